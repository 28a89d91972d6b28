// The exchange key as a site may know it: its public half as JWK (RFC 7517), named by its thumbprint (RFC 7638).

import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** Public P-256 key for ES256. Members in the order in which they are printed. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/** @throws TypeError when the key is not on P-256: ES256 knows no other curve (RFC 7518 §3.4) */
export function publicJwk(key: KeyObject): PublicJwk {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('The exchange key must be an elliptic-curve key on P-256 (ES256).');
  }
  const { x, y } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  if (x === undefined || y === undefined) throw new TypeError('The exchange key has no public point.');
  // RFC 7638 §3.2: the required members only, in lexical order, without white space.
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }));
  const kid = thumbprint.digest('base64url');
  return Object.freeze({ kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' });
}

/** What the site keeps: several keys while one replaces another. */
export function publicJwkSet(keys: readonly KeyObject[]): { readonly keys: readonly PublicJwk[] } {
  return Object.freeze({ keys: Object.freeze(keys.map(publicJwk)) });
}
