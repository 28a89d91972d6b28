// How and when the person signed in at the IdP, against what the connection demands (SAML Core §3.3.2.2.1, IIP-SP07).
// All wishes are met by one and the same AuthnStatement: a strong sign-in of yesterday and a weak one of today are no
// strong sign-in of today.

import { SsoError } from '../core/errors';
import type { AssertionData, AuthnStatement } from '../saml/assertion';
import { parseDateTime } from '../saml/xml/date-time';
import type { MemberPolicy } from './member-policy';
import { mfaInWords, showsMfa, type MfaWay } from './mfa';

const STATEMENTS_SHOWN = 5;
const CLASS_CHARS = 120;

/** Classes for the AuthnRequest; undefined when nothing is to be asked for. */
export const classesToAsk = ({ mfa, requestedAuthnContext }: MemberPolicy): readonly string[] | undefined =>
  requestedAuthnContext ?? mfa?.ask;

/**
 * The method and the age of the sign-in, in one AuthnStatement.
 *
 * @throws SsoError POLICY_AUTHN_CONTEXT_NOT_ALLOWED, POLICY_MFA_MISSING, POLICY_AUTHN_TOO_OLD
 */
export function checkAuthentication(
  data: AssertionData,
  policy: MemberPolicy,
  now: number,
  clockSkewMs: number,
): void {
  const newest = newestFitting(data, policy);
  const { maxAuthnAgeMs } = policy;
  if (maxAuthnAgeMs === undefined || newest + maxAuthnAgeMs + clockSkewMs >= now) return;
  throw new SsoError('POLICY_AUTHN_TOO_OLD', {
    expected: `a sign-in within ${String(maxAuthnAgeMs / 1000)} s${byMethod(policy)}`,
    received: newest === 0 ? 'no usable AuthnInstant' : `${String(Math.round((now - newest) / 1000))} s ago`,
  });
}

/**
 * ForceAuthn (SAML Core §3.4.1): the person must have signed in after we asked, by a method that the connection accepts.
 * That statement also has the right age if any has: of the fitting ones the newest is looked at in both checks.
 *
 * @param requestedAt milliseconds since 1970
 * @throws SsoError POLICY_AUTHN_CONTEXT_NOT_ALLOWED, POLICY_MFA_MISSING, POLICY_AUTHN_TOO_OLD
 */
export function checkFreshAuthentication(
  data: AssertionData,
  policy: MemberPolicy,
  requestedAt: number,
  clockSkewMs: number,
): void {
  const newest = data.authnStatements.length === 0 ? 0 : newestFitting(data, policy);
  if (newest + clockSkewMs >= requestedAt) return;
  throw new SsoError('POLICY_AUTHN_TOO_OLD', {
    expected: `a new sign-in (ForceAuthn) since ${instant(requestedAt)}${byMethod(policy)}`,
    received: newest === 0 ? 'no usable AuthnInstant' : `AuthnInstant ${instant(newest)}`,
  });
}

/** When the person last signed in by an accepted method: milliseconds since 1970, 0 when no time can be read. */
function newestFitting(data: AssertionData, { requestedAuthnContext, mfa }: MemberPolicy): number {
  const listed = data.authnStatements.filter(
    ({ authnContextClassRef = '' }) => requestedAuthnContext?.includes(authnContextClassRef) ?? true,
  );
  if (listed.length === 0) {
    throw new SsoError('POLICY_AUTHN_CONTEXT_NOT_ALLOWED', {
      expected: requestedAuthnContext ?? 'an AuthnStatement',
      received: data.authnStatements.slice(0, STATEMENTS_SHOWN).map(classInWords),
    });
  }
  const fitting = mfa === undefined ? listed : listed.filter((statement) => showsMfa(statement, data, mfa));
  if (mfa !== undefined && fitting.length === 0) {
    throw new SsoError('POLICY_MFA_MISSING', {
      expected: mfaInWords(mfa),
      received: evidenceInWords(data, mfa),
    });
  }
  return Math.max(0, ...fitting.map(({ authnInstant }) => parseDateTime(authnInstant) ?? 0));
}

/** The classes that came, and what the attribute held that could have shown MFA. */
function evidenceInWords(
  { authnStatements, attributes }: AssertionData,
  { attribute }: MfaWay,
): readonly string[] {
  const classes = authnStatements.slice(0, STATEMENTS_SHOWN).map((each) => `class ${classInWords(each)}`);
  if (attribute === undefined) return classes;
  const values = attributes.get(attribute.name)?.values.slice(0, STATEMENTS_SHOWN) ?? [];
  const several = authnStatements.length > 1 ? [`${String(authnStatements.length)} AuthnStatements`] : [];
  return [
    ...classes,
    `attribute ${values.length === 0 ? 'not there' : values.map((value) => value.slice(0, CLASS_CHARS)).join(' ')}`,
    ...several,
  ];
}

const classInWords = ({ authnContextClassRef }: AuthnStatement): string =>
  authnContextClassRef?.slice(0, CLASS_CHARS) ?? 'nothing';

const byMethod = ({ requestedAuthnContext, mfa }: MemberPolicy): string =>
  (requestedAuthnContext === undefined ? '' : ' by a method of requestedAuthnContext') +
  (mfa === undefined ? '' : ' with MFA');

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
