// Every assertion once (SAML Profiles §4.1.4.5): its issuer and ID are claimed for as long as a copy could be presented.
// Hashed as a pair, so that no two pairs read alike, a long ID takes no more room than a short one, and the store learns
// neither.

import { createHash } from 'node:crypto';
import type { VerifiedAssertion } from '../saml/gate';
import type { SsoContext } from './context';

/** True for exactly one caller per assertion. @param identityProvider its entityID */
export function claimAssertion(
  { store, clock }: Pick<SsoContext, 'store' | 'clock'>,
  identityProvider: string,
  { id, validUntil }: Pick<VerifiedAssertion, 'id' | 'validUntil'>,
): Promise<boolean> {
  const name = digestOf(identityProvider, id).toString('base64url');
  return store.claim(`assertion:${name}`, Math.max(validUntil - clock.now(), 1));
}

/** Hexadecimal digits: no two assertions of a log share them. */
const HASH_CHARS = 32;

/**
 * For the day after an IdP's key was stolen: lets its records be compared with ours, assertion by assertion. The log tells
 * how it is computed (core/event-fields), and holds no id. @param identityProvider its entityID
 */
export function assertionIdHash(identityProvider: string, { id }: Pick<VerifiedAssertion, 'id'>): string {
  return digestOf(identityProvider, id).toString('hex').slice(0, HASH_CHARS);
}

const digestOf = (identityProvider: string, id: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([identityProvider, id]))
    .digest();
