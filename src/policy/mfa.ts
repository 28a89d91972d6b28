// What proves that a person used more than one factor, at one IdP. A product shows it by a class of authentication context
// or by an attribute; both are believed only of the product that is known to set them, because elsewhere an attribute of
// that name may be anything, and a person may even fill it in.

import type { AssertionData, AuthnStatement } from '../saml/assertion';
import type { IdentityProvider } from '../saml/identity-provider';

export interface MfaWay {
  /** Name of the product; absent where the IdP is not recognised. */
  readonly product?: string;
  /** Classes for the AuthnRequest, compared exactly; none where the product refuses or ignores the question. */
  readonly ask: readonly string[];
  /** AuthnContextClassRef values that stand for MFA. */
  readonly classes: readonly string[];
  /** Shows MFA when one of the values is among those sent under exactly this Name. */
  readonly attribute?: { readonly name: string; readonly values: readonly string[] };
}

/** Recognises the IdP by its metadata. */
export type FindMfaWay = (identityProvider: IdentityProvider) => MfaWay;

/** https://refeds.org/profile/mfa: the common word of research and education, and free for anybody to use. */
export const REFEDS_MFA = 'https://refeds.org/profile/mfa';

/** Of an IdP that nothing is known about: asked for, and nothing else is believed. */
export const refedsWay: MfaWay = Object.freeze({
  ask: Object.freeze([REFEDS_MFA]),
  classes: Object.freeze([REFEDS_MFA]),
});

/**
 * One statement shows MFA by its class. An attribute belongs to no statement (SAML Core §2.7.3), so it speaks for a sign-in
 * only where the Assertion tells of exactly one: of two, the weak one might be the one that it does not mean.
 */
export function showsMfa(
  { authnContextClassRef }: AuthnStatement,
  data: AssertionData,
  way: MfaWay,
): boolean {
  const { classes, attribute } = way;
  if (authnContextClassRef !== undefined && classes.includes(authnContextClassRef)) return true;
  if (attribute === undefined || data.authnStatements.length !== 1) return false;
  const sent = data.attributes.get(attribute.name)?.values ?? [];
  return sent.some((value) => attribute.values.includes(value));
}

/** "the class A, or the attribute B with C", for whoever has to set it. */
export function mfaInWords({ classes, attribute }: MfaWay): string {
  const byAttribute =
    attribute === undefined ? [] : [`the attribute ${attribute.name} with ${attribute.values.join(' or ')}`];
  return [...classes.map((name) => `the class ${name}`), ...byAttribute].join(', or ');
}
