// The allow-list of signature, digest and canonicalisation algorithms. What is not here does not exist:
// no HMAC (a public key must never become a shared secret), no MD5, no DSA, no XSLT, no XPath. SHA-1 only where a
// connection says so. Looked up in Maps, so `__proto__` and `constructor` are unknown names like any other.
// Source: XML Signature §6.4, RFC 9231 §2.3; IIP-ALG01–03, IIP-ALG08.

import { constants, verify, type KeyObject } from 'node:crypto';
import { ns } from '../names';

export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export interface SignatureAlgorithm {
  readonly keyType: 'rsa' | 'ec';
  readonly hash: HashName;
  readonly verify: (data: Buffer, key: KeyObject, signature: Buffer) => boolean;
}

const rsa = (hash: HashName): SignatureAlgorithm => ({
  keyType: 'rsa',
  hash,
  verify: (data, key, signature) => verify(hash, data, key, signature),
});

/** RFC 9231 §2.3.10: MGF1 with the same hash, salt as long as the hash. */
const rsaPss = (hash: HashName): SignatureAlgorithm => ({
  keyType: 'rsa',
  hash,
  verify: (data, key, signature) =>
    verify(
      hash,
      data,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
      signature,
    ),
});

/** RFC 9231 §2.3.6: the value is r and s, side by side. */
const ecdsa = (hash: HashName): SignatureAlgorithm => ({
  keyType: 'ec',
  hash,
  verify: (data, key, signature) =>
    verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, withFullHalves(signature, key)),
});

/** Octets of r and of s, by OpenSSL's name of the curve. */
const halfLengths: ReadonlyMap<string, number> = new Map([
  ['prime256v1', 32],
  ['secp384r1', 48],
  ['secp521r1', 66],
]);

/**
 * Apache Santuario cuts leading zeros that r and s have in common, which every fourth signature of P-521 has. The halves
 * stay equally long, so the two numbers are the same.
 */
function withFullHalves(signature: Buffer, key: KeyObject): Buffer {
  const full = halfLengths.get(key.asymmetricKeyDetails?.namedCurve ?? '') ?? 0;
  const half = signature.length >> 1; // an odd length stays odd, and does not verify
  const zeros = Buffer.alloc(Math.max(0, full - half));
  return Buffer.concat([zeros, signature.subarray(0, half), zeros, signature.subarray(half)]);
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#';

const signatureAlgorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [`${ns.ds}rsa-sha1`, rsa('sha1')],
  [`${more}rsa-sha256`, rsa('sha256')],
  [`${more}rsa-sha384`, rsa('sha384')],
  [`${more}rsa-sha512`, rsa('sha512')],
  [`${more2007}sha256-rsa-MGF1`, rsaPss('sha256')],
  [`${more2007}sha384-rsa-MGF1`, rsaPss('sha384')],
  [`${more2007}sha512-rsa-MGF1`, rsaPss('sha512')],
  [`${more}ecdsa-sha1`, ecdsa('sha1')],
  [`${more}ecdsa-sha256`, ecdsa('sha256')],
  [`${more}ecdsa-sha384`, ecdsa('sha384')],
  [`${more}ecdsa-sha512`, ecdsa('sha512')],
]);

const digestAlgorithms: ReadonlyMap<string, HashName> = new Map([
  [`${ns.ds}sha1`, 'sha1'],
  [`${ns.xenc}sha256`, 'sha256'],
  [`${more}sha384`, 'sha384'],
  [`${ns.xenc}sha512`, 'sha512'],
]);

/** XML Encryption 1.1 names SHA-384 differently (§5.1.1, Message Digest); some products sign with that name. */
const SHA384_OF_XML_ENCRYPTION = `${ns.xenc}sha384`;

/** Undefined for anything not allowed. */
export function signatureAlgorithm(uri: string, allowSha1: boolean): SignatureAlgorithm | undefined {
  const algorithm = signatureAlgorithms.get(uri);
  return algorithm?.hash === 'sha1' && !allowSha1 ? undefined : algorithm;
}

/** Undefined for anything not allowed. */
export function digestAlgorithm(uri: string, allowSha1: boolean): HashName | undefined {
  const hash = uri === SHA384_OF_XML_ENCRYPTION ? 'sha384' : digestAlgorithms.get(uri);
  return hash === 'sha1' && !allowSha1 ? undefined : hash;
}

/** What metadata may say about us (alg:SigningMethod, alg:DigestMethod): the list above without SHA-1. */
export const advertisedAlgorithms: {
  readonly signing: readonly string[];
  readonly digest: readonly string[];
} = Object.freeze({
  signing: [...signatureAlgorithms].filter(([, { hash }]) => hash !== 'sha1').map(([uri]) => uri),
  digest: [...digestAlgorithms].filter(([, hash]) => hash !== 'sha1').map(([uri]) => uri),
});

export type Canonicalization = 'exclusive' | 'inclusive';

// The #WithComments forms give the same bytes here: comments inside a Signature are refused, and a same-document
// reference selects none (XML Signature §4.4.3.3). Canonical XML 1.1 differs from 1.0 in xml:base and xml:id only.
const canonicalizations: ReadonlyMap<string, Canonicalization> = new Map([
  [ns.exclusiveC14n, 'exclusive'],
  [`${ns.exclusiveC14n}WithComments`, 'exclusive'],
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'inclusive'],
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments', 'inclusive'],
  ['http://www.w3.org/2006/12/xml-c14n11', 'inclusive'],
]);

/** Undefined for anything not allowed. */
export function canonicalization(uri: string): Canonicalization | undefined {
  return canonicalizations.get(uri);
}
