// A Signature's parts and the connection's keys → the bytes that were really signed. Cheap before dear: the signature
// over SignedInfo first (a stranger never makes us digest a document), then one digest, whatever the number of keys.
// The returned text is all that may be read afterwards.

import { createHash, timingSafeEqual } from 'node:crypto';
import { SsoError } from '../../core/errors';
import type { VerificationKey } from '../identity-provider';
import { canonicalizeExclusive, canonicalizeInclusive, type CanonicalizeOptions } from '../xml/canonicalize';
import type { XmlElement } from '../xml/element';
import type { CanonicalizationMethod, SignatureParts } from './read-signature';

/**
 * Verifies an enveloped signature (XML Signature §3.2, both steps).
 *
 * @returns the canonical form of `signed` without its Signature, and the key that verified it
 * @throws SsoError SAML_SIGNATURE_INVALID
 */
export function verifySignature(
  parts: SignatureParts,
  signed: XmlElement,
  keys: readonly VerificationKey[],
): { readonly canonical: string; readonly key: VerificationKey } {
  const signedInfo = Buffer.from(canonicalize(parts.signedInfo, parts.canonicalizationMethod), 'utf8');
  const key = inLikelyOrder(keys).find(
    (candidate) => candidate.type === parts.algorithm.keyType && verifies(parts, signedInfo, candidate),
  );
  if (key === undefined) throw invalid('signature value', keys);

  const canonical = canonicalize(signed, parts.transform, parts.element);
  const digest = createHash(parts.digestHash).update(canonical, 'utf8').digest();
  if (digest.length !== parts.digestValue.length || !timingSafeEqual(digest, parts.digestValue)) {
    throw invalid('digest: the content was changed after signing', keys);
  }
  lastVerified.set(keys, key);
  return { canonical, key };
}

/** An IdP signs with one key for years: the one that verified last goes first. Says nothing about trust. */
const lastVerified = new WeakMap<readonly VerificationKey[], VerificationKey>();

function inLikelyOrder(keys: readonly VerificationKey[]): readonly VerificationKey[] {
  const last = lastVerified.get(keys);
  return [...keys.filter((key) => key === last), ...keys.filter((key) => key !== last)];
}

function verifies(parts: SignatureParts, signedInfo: Buffer, { key }: VerificationKey): boolean {
  try {
    return parts.algorithm.verify(signedInfo, key, parts.signatureValue);
  } catch {
    return false; // a key that cannot do this algorithm (e.g. PSS with a short modulus) is a key that does not verify
  }
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
