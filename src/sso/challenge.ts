// Which tab somebody is: the verifier proves the challenge that the sign-in began with (RFC 7636 §4.6).

import { createHash, timingSafeEqual } from 'node:crypto';

/** RFC 7636 §4.1. */
const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** S256; undefined for what is no verifier. */
export function challengeOf(codeVerifier: string | undefined): string | undefined {
  if (codeVerifier === undefined || !CODE_VERIFIER.test(codeVerifier)) return undefined;
  return createHash('sha256').update(codeVerifier).digest('base64url');
}

/** Compared in constant time. */
export function provesChallenge(codeVerifier: string | undefined, codeChallenge: string): boolean {
  const computed = Buffer.from(challengeOf(codeVerifier) ?? '', 'base64url');
  const expected = Buffer.from(codeChallenge, 'base64url');
  return computed.length > 0 && computed.length === expected.length && timingSafeEqual(computed, expected);
}
