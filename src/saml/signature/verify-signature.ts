// A Signature's parts and the connection's keys → the bytes that were really signed. Cheap before dear: the signature
// over SignedInfo first (a stranger never makes us digest a document), then one digest, whatever the number of keys.
// What a step has proved, and no more, is what the next one reads: the signature value proves the canonical SignedInfo,
// which is parsed again; its DigestValue proves the canonical element, and that text alone may be read afterwards.

import { createHash, timingSafeEqual } from 'node:crypto';
import { SsoError } from '../../core/errors';
import type { VerificationKey } from '../identity-provider';
import { canonicalizeExclusive, canonicalizeInclusive, type CanonicalizeOptions } from '../xml/canonicalize';
import { attributeOf, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';
import type { SignatureAlgorithm } from './algorithms';
import type { KeyMemory } from './key-memory';
import {
  readSignedInfo,
  type CanonicalizationMethod,
  type SignatureParts,
  type SignedInfo,
} from './read-signature';

export interface SignatureTrust {
  /** The only keys that count. */
  readonly keys: readonly VerificationKey[];
  readonly allowSha1: boolean;
  /** Saves trying keys that are probably not the one. */
  readonly keyMemory?: KeyMemory | undefined;
}

export interface SignedBytes {
  /** The canonical form of the signed element without its Signature. */
  readonly canonical: string;
  /** What its Reference calls it. */
  readonly id: string;
  /** SignatureMethod and DigestMethod. */
  readonly algorithmUris: readonly [string, string];
  readonly key: VerificationKey;
}

/**
 * Verifies an enveloped signature (XML Signature §3.2, both steps).
 *
 * @throws SsoError SAML_SIGNATURE_INVALID, SAML_SIGNATURE_MALFORMED
 */
export function verifySignature(
  parts: SignatureParts,
  signed: XmlElement,
  trust: SignatureTrust,
): SignedBytes {
  const { info, key } = verifySignedInfo(parts, trust);
  const { keys, keyMemory } = trust;
  const canonical = canonicalize(signed, info.transform, parts.element);
  if (!isDigest(createHash(info.digestHash).update(canonical, 'utf8').digest(), info))
    throw invalid('digest: the content was changed after signing', keys);
  keyMemory?.remember(keys, key);
  return { canonical, id: info.id, algorithmUris: info.algorithmUris, key };
}

/**
 * The first step alone, for whoever digests a document while it is read: what was signed, read from the signed bytes.
 *
 * @throws SsoError SAML_SIGNATURE_INVALID, SAML_SIGNATURE_MALFORMED
 */
export function verifySignedInfo(
  parts: SignatureParts,
  { keys, allowSha1, keyMemory }: SignatureTrust,
): { readonly info: SignedInfo; readonly key: VerificationKey } {
  const canonicalInfo = canonicalize(parts.signedInfo, parts.claimed.canonicalizationMethod);
  const { claimed, signatureValue } = parts;
  const octets = Buffer.from(canonicalInfo, 'utf8');
  const key = findKey(claimed.algorithm, signatureValue, octets, keyMemory?.inLikelyOrder(keys) ?? keys);
  if (key === undefined) throw invalid('signature value', keys);
  // From here on the first reading of SignedInfo is forgotten: these are the bytes that the key signed.
  const info = readSignedInfo(parseXml(canonicalInfo), allowSha1);
  if (!isVerifiedAs(info, parts.claimed)) throw invalid('the signature was made by another method', keys);
  return { info, key };
}

/** The second step: whether this is the digest that was signed. */
export function isDigest(digest: Buffer, { digestValue }: SignedInfo): boolean {
  return digest.length === digestValue.length && timingSafeEqual(digest, digestValue);
}

/**
 * Parses signed bytes: the tree that may be believed.
 *
 * @throws SsoError SAML_SIGNATURE_MALFORMED when the element does not bear the ID that its Reference names
 */
export function parseSigned({ canonical, id }: SignedBytes): XmlElement {
  const element = parseXml(canonical);
  if (attributeOf(element, 'ID') !== id) {
    throw new SsoError('SAML_SIGNATURE_MALFORMED', { received: 'Reference to another element' });
  }
  return element;
}

/** True when the methods that were used are those that the signed bytes name. */
function isVerifiedAs(info: SignedInfo, used: SignedInfo): boolean {
  const [read, applied] = [info.canonicalizationMethod, used.canonicalizationMethod];
  return (
    info.algorithm === used.algorithm &&
    read.method === applied.method &&
    read.inclusivePrefixes.join(' ') === applied.inclusivePrefixes.join(' ')
  );
}

/**
 * Verifies a signature over octets that stand outside of any XML: the query of the Redirect binding (SAML Bindings §3.4.4.1).
 *
 * @throws SsoError SAML_SIGNATURE_INVALID
 */
export function verifyOctets(
  octets: Buffer,
  { algorithm, value }: { readonly algorithm: SignatureAlgorithm; readonly value: Buffer },
  { keys, keyMemory }: SignatureTrust,
): VerificationKey {
  const key = findKey(algorithm, value, octets, keyMemory?.inLikelyOrder(keys) ?? keys);
  if (key === undefined) throw invalid('signature value', keys);
  keyMemory?.remember(keys, key);
  return key;
}

function findKey(
  algorithm: SignatureAlgorithm,
  signatureValue: Buffer,
  octets: Buffer,
  keys: readonly VerificationKey[],
): VerificationKey | undefined {
  return keys.find(({ type, key }) => {
    if (type !== algorithm.keyType) return false;
    try {
      return algorithm.verify(octets, key, signatureValue);
    } catch {
      return false; // a key that cannot do this algorithm (e.g. PSS with a short modulus) is a key that does not verify
    }
  });
}

function canonicalize(
  element: XmlElement,
  { method, inclusivePrefixes }: CanonicalizationMethod,
  without?: XmlElement,
): string {
  const options: CanonicalizeOptions = { inclusivePrefixes, ...(without === undefined ? {} : { without }) };
  return method === 'exclusive'
    ? canonicalizeExclusive(element, options)
    : canonicalizeInclusive(element, options);
}

function invalid(problem: string, keys: readonly VerificationKey[]): SsoError {
  return new SsoError('SAML_SIGNATURE_INVALID', {
    problem,
    expected: keys.map(({ thumbprint }) => `certificate with SHA-256 thumbprint ${thumbprint}`),
  });
}
