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
  const name = createHash('sha256')
    .update(JSON.stringify([identityProvider, id]))
    .digest('base64url');
  return store.claim(`assertion:${name}`, Math.max(validUntil - clock.now(), 1));
}
