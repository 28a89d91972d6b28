// Turns a compact JWS (RFC 7515 §7.1) into its claims when one of the site's keys signed it with ES256 (RFC 7518 §3.4).
// Trusts only the keys passed in. Never lets the message choose: one algorithm, one type, keys by kid from the site's list,
// and no header parameter that is not expected.

import { createHash, createPublicKey, verify } from 'crypto';
import { Buffer } from 'buffer';
import { refusal } from 'backend/wix-saml-refusal';

const SEGMENT = /^[A-Za-z0-9_-]+$/;
/** SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point (RFC 5480 §2). */
const P256_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200' + '04', 'hex');

/**
 * @param {string} jws
 * @param {{ keys: { kid: string, x: string, y: string }[], type: string }} expected
 * @returns {object} the claims, authentic but not yet checked
 */
export function verifyCompactJws(jws, expected) {
  const segments = jws.split('.');
  if (segments.length !== 3) throw refusal('SITE_SIGNATURE_INVALID');
  const [header, payload, signature] = segments;
  const key = keyFor(decodeObject(header), expected);
  const signed = verify(
    'sha256',
    Buffer.from(header + '.' + payload, 'ascii'),
    { key, dsaEncoding: 'ieee-p1363' },
    decode(signature, 64),
  );
  if (signed !== true) throw refusal('SITE_SIGNATURE_INVALID');
  return decodeObject(payload);
}

/** The key of the store: an identifier of Wix Data may not hold just anything, a hash may. */
export function assertionKey(issuer, jti) {
  return createHash('sha256')
    .update(issuer + '\n' + jti, 'utf8')
    .digest('hex');
}

/** base64url(SHA-256(verifier)): the S256 challenge of RFC 7636 §4.2. */
export function sha256Base64url(text) {
  return toBase64url(createHash('sha256').update(text, 'ascii').digest());
}

function keyFor(header, { keys, type }) {
  const names = Object.keys(header).sort().join();
  const jwk = keys.find((candidate) => candidate.kid === header.kid);
  if (names !== 'alg,kid,typ' || header.alg !== 'ES256' || header.typ !== type || !jwk) {
    throw refusal('SITE_SIGNATURE_INVALID');
  }
  const point = Buffer.concat([Buffer.from(jwk.x, 'base64'), Buffer.from(jwk.y, 'base64')]);
  try {
    // As DER and not as a JWK: Node reads that since version 11, whichever one Wix runs.
    return createPublicKey({ key: Buffer.concat([P256_PREFIX, point]), format: 'der', type: 'spki' });
  } catch (error) {
    throw refusal('SITE_CONFIGURATION_INVALID', error);
  }
}

function decodeObject(segment) {
  try {
    const value = JSON.parse(decode(segment).toString('utf8'));
    if (value && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch (error) {
    throw refusal('SITE_SIGNATURE_INVALID', error);
  }
  throw refusal('SITE_SIGNATURE_INVALID');
}

/** Strict base64url without padding: one text per value, so that nothing is read two ways. */
function decode(segment, length) {
  const value = Buffer.from(segment, 'base64');
  const canonical = SEGMENT.test(segment) && toBase64url(value) === segment;
  if (!canonical || (length !== undefined && value.length !== length))
    throw refusal('SITE_SIGNATURE_INVALID');
  return value;
}

function toBase64url(buffer) {
  return buffer.toString('base64').replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
