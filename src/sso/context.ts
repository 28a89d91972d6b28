// What the use cases work with: configuration as values, and the ports. Made once, in compose.ts.

import type { Events } from '../core/events';
import type { Clock, Pseudonym, Random } from '../core/ports';
import type { Spans } from '../core/spans';
import type { ServiceProvider } from '../saml/service-provider';
import type { RequestTemplates } from '../saml/login/authn-request-template';
import type { KeyMemory } from '../saml/signature/key-memory';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import type { BreakerState } from '../wix/breaker';
import type { CommandMember, Exchange, Site } from '../wix/site';
import type { SiteQueue } from '../wix/site-queue';
import type { HandleKeys } from './handle';
import type { DecryptionThrottle } from './decryption-throttle';
import type { ConnectionDirectory } from './directory';
import type { RevocationKeys } from './revocation-keys';
import type { DomainProofs } from './domain-proofs';
import type { SignInWatch } from './sign-in-watch';

export interface SiteWithExchange extends Site {
  readonly exchange: Exchange;
  /** Whether it is called at the moment. Absent: nobody keeps watch. */
  readonly state?: () => BreakerState;
  /** In front of it. Absent: whoever comes goes. */
  readonly queue?: SiteQueue;
  /** Absent where a host brings its own way to the site. */
  readonly commandMember?: CommandMember;
}

export interface SsoContext {
  readonly serviceProvider: ServiceProvider;
  readonly sites: ReadonlyMap<string, SiteWithExchange>;
  /** The one in use now. It is swapped whole: whoever works with a connection asks once and keeps what they got. */
  readonly connections: ConnectionDirectory;
  /** Asks an IdP's address again, within bounds; true when there is another copy now. Absent: nothing is refreshed. */
  readonly refreshForUnknownKey?: (connection: string) => Promise<boolean>;
  /** Told after a sign-in whose answer was encrypted with AES-CBC. Absent: nobody keeps it. */
  readonly cbcUsed?: (connection: string) => void;
  /** What the DNS says of mail domains. Absent: they need no proof. */
  readonly domainProofs?: DomainProofs;
  /** Hears of answers that were accepted or refused. Absent: nobody keeps a log of sign-ins. */
  readonly signInWatch?: SignInWatch;
  /** Keys of those who may revoke by a signed token. */
  readonly revocationKeys?: RevocationKeys;
  readonly maxMessageBytes: number;
  readonly store: StateStore;
  /** Seal what is stored. */
  readonly stateKeys: StateKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: Events;
  readonly pseudonym: Pseudonym;
  /** Told of each piece of work. Absent: nobody watches. */
  readonly spans?: Spans;
  readonly decryptionThrottle: DecryptionThrottle;
  readonly keyMemory: KeyMemory;
  readonly requestTemplates: RequestTemplates;
  /** Authenticate handles (sso/handle): the first writes, all are believed. The same in every process behind one address. */
  readonly handleKeys: HandleKeys;
}
