// A signed revocation (Okta Universal Logout, Global Token Revocation): compact JWS → its id, or a refusal. Trust is what the
// operator configured, issuer and address of the keys; nothing in the token chooses a key but by name, nor the algorithm but
// from this list. The only file that imports jose, when the first such token comes.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { PublicJwk } from './revocation-keys';

export interface RevocationTrust {
  readonly issuer: string;
  /** This very endpoint. */
  readonly audience: string;
  readonly keysFor: (kid: string | undefined) => Promise<readonly PublicJwk[]>;
  readonly clockSkewMs: number;
}

export interface RevocationToken {
  readonly jti: string;
  /** Until when a copy could be presented, in milliseconds since 1970, skew included. */
  readonly validUntil: number;
}

/** Public keys only: a name of HMAC would make the public key a shared secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
const TYPE = 'global-token-revocation+jwt';
const JTI_CHARS = 256;

/**
 * @param now milliseconds since 1970
 * @throws CONNECTION_REVOCATION_REFUSED, CONNECTION_KEYS_UNAVAILABLE
 */
export async function verifyRevocationToken(
  token: string,
  { issuer, audience, keysFor, clockSkewMs }: RevocationTrust,
  now: number,
): Promise<RevocationToken> {
  const { jwtVerify, createLocalJWKSet, errors } = await import('jose');
  try {
    const { payload } = await jwtVerify(
      token,
      async (header, jws) => {
        const keys = await keysFor(header.kid);
        return createLocalJWKSet({ keys: keys.map((key) => ({ ...key })) })(header, jws);
      },
      {
        algorithms: ALGORITHMS,
        typ: TYPE,
        issuer,
        audience,
        requiredClaims: ['iat', 'exp', 'jti'],
        currentDate: new Date(now),
        clockTolerance: clockSkewMs / 1000,
      },
    );
    const { jti = '', exp = 0, iat = 0, aud } = payload;
    // Several audiences would be several endpoints at which one token works.
    if (aud !== audience && !(Array.isArray(aud) && aud.length === 1)) throw refusal('several audiences');
    if (typeof jti !== 'string' || jti === '' || jti.length > JTI_CHARS) throw refusal('no usable jti');
    if ((exp - iat) * 1000 > limits.revocationTokenMs) throw refusal('it lives longer than an hour');
    return { jti, validUntil: exp * 1000 + clockSkewMs };
  } catch (cause) {
    if (cause instanceof errors.JOSEError) throw refusal(cause.message, cause);
    throw cause;
  }
}

const refusal = (problem: string, cause?: unknown): SsoError =>
  new SsoError('CONNECTION_REVOCATION_REFUSED', { problem }, cause);
