// What the use cases work with: configuration as values, and the ports. Made once, in compose.ts.

import type { Clock, Log, Pseudonym, Random } from '../core/ports';
import type { ServiceProvider } from '../saml/service-provider';
import type { StateStore } from '../stores/state-store';
import type { Exchange, Site } from '../wix/site';
import type { Connection } from './connection';

export interface SiteWithExchange extends Site {
  readonly exchange: Exchange;
}

export interface SsoContext {
  readonly serviceProvider: ServiceProvider;
  readonly sites: ReadonlyMap<string, SiteWithExchange>;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly maxMessageBytes: number;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly pseudonym: Pseudonym;
  /** 32 secret bytes that authenticate handles (sso/handle), the same in every process behind one address. */
  readonly handleKey: Buffer;
}
