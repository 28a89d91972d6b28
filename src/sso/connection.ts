// A connection is one IdP for one site, with the deployer's choices for it.

import { nameLine } from '../core/text';
import type { Binding, IdentityProvider } from '../saml/identity-provider';
import type { MemberPolicy } from '../policy/member-policy';
import type { RevocationRules } from './revocation-rules';
import type { SessionRules } from './session-rules';
import type { FindMfaWay } from '../policy/mfa';

/** What the deployer decides; known before the IdP's metadata is, and whatever becomes of it. */
export interface ConnectionSettings {
  /** `[a-z0-9-]{1,32}`, from the configuration. Part of every request id, so the answer finds its way back. */
  readonly name: string;
  /** Shown in the chooser; absent: what the IdP calls itself, or the name. */
  readonly displayName?: string;
  /** Whom its people ask when they cannot sign in; before the site's. */
  readonly contactEmail?: string;
  /** Name of its site. */
  readonly site: string;
  readonly policy: MemberPolicy;
  /** Where MFA is demanded: what proves it at the IdP that the metadata is of. Before that is known, `policy` demands the
   * common class. */
  readonly findMfaWay?: FindMfaWay;
  /** Preferred binding of the AuthnRequest; the other one is used when the IdP does not offer it. */
  readonly requestBinding: Binding;
  readonly forceAuthn: boolean;
  readonly unsolicited: 'restart' | 'reject';
  readonly clockSkewMs: number;
  /** SHA-1 signatures and digests, for IdPs that can do nothing else. Loud in log and `check`. */
  readonly allowSha1: boolean;
  /** The Response itself must be signed; a signed Assertion in it is not enough. */
  readonly requireSignedResponse?: boolean;
  /** AES-CBC ciphertexts (AD FS and older products). Warned about when used. */
  readonly allowCbc: boolean;
  /** How long its sessions last; absent: as long as by default. */
  readonly session?: SessionRules;
  /** Who may end its people's sessions from outside; absent: nobody. */
  readonly revocation?: RevocationRules;
  /** What becomes of a member whom the company has disabled. */
  readonly leavers?: 'keep' | 'block';
  /** node-saml must agree before a message is accepted. */
  readonly secondOpinion: boolean;
}

/** One that can sign people in. */
export interface Connection extends ConnectionSettings {
  readonly displayName: string;
  readonly identityProvider: IdentityProvider;
}

export function connectTo(settings: ConnectionSettings, identityProvider: IdentityProvider): Connection {
  const displayName = settings.displayName ?? nameOf(identityProvider, settings.name);
  const { findMfaWay, policy } = settings;
  const demanded =
    findMfaWay === undefined
      ? {}
      : { policy: Object.freeze({ ...policy, mfa: findMfaWay(identityProvider) }) };
  return Object.freeze({ ...settings, ...demanded, displayName, identityProvider });
}

// The IdP's own text goes to the chooser: one line, short, without control characters.
function nameOf(identityProvider: IdentityProvider, name: string): string {
  const text = nameLine(identityProvider.displayName ?? '', 80);
  return text === '' ? name : text;
}
