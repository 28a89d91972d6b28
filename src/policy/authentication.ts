// How and when the person signed in at the IdP, against what the connection demands (SAML Core §3.3.2.2.1, IIP-SP07).

import { SsoError } from '../core/errors';
import type { AssertionData } from '../saml/assertion';
import { parseDateTime } from '../saml/xml/date-time';
import type { MemberPolicy } from './member-policy';

/**
 * One AuthnStatement must satisfy both wishes.
 *
 * @throws SsoError POLICY_AUTHN_CONTEXT_NOT_ALLOWED, POLICY_AUTHN_TOO_OLD
 */
export function checkAuthentication(
  data: AssertionData,
  policy: MemberPolicy,
  now: number,
  clockSkewMs: number,
): void {
  const { requestedAuthnContext, maxAuthnAgeMs } = policy;
  const fitting =
    requestedAuthnContext === undefined
      ? data.authnStatements
      : data.authnStatements.filter(({ authnContextClassRef }) =>
          requestedAuthnContext.includes(authnContextClassRef ?? ''),
        );
  if (fitting.length === 0) {
    throw new SsoError('POLICY_AUTHN_CONTEXT_NOT_ALLOWED', {
      expected: requestedAuthnContext,
      received: data.authnStatements.map(({ authnContextClassRef }) => authnContextClassRef ?? 'nothing'),
    });
  }
  if (maxAuthnAgeMs === undefined) return;
  const newest = Math.max(...fitting.map(({ authnInstant }) => parseDateTime(authnInstant) ?? 0));
  if (newest + maxAuthnAgeMs + clockSkewMs < now) {
    throw new SsoError('POLICY_AUTHN_TOO_OLD', {
      expected: `a sign-in within ${String(maxAuthnAgeMs / 1000)} s`,
      received: `${String(Math.round((now - newest) / 1000))} s ago`,
    });
  }
}

/** ForceAuthn (SAML Core §3.4.1): the person must have signed in after we asked. */
export function checkFreshAuthentication(
  data: AssertionData,
  requestedAt: number,
  clockSkewMs: number,
): void {
  const fresh = data.authnStatements.some(
    ({ authnInstant }) => (parseDateTime(authnInstant) ?? 0) + clockSkewMs >= requestedAt,
  );
  if (!fresh) throw new SsoError('POLICY_AUTHN_TOO_OLD', { expected: 'a new sign-in (ForceAuthn)' });
}
