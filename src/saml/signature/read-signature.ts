// ds:Signature → its parts, by the SAML signature profile (Core §5.4): one SignedInfo, one Reference to the parent's own
// ID, enveloped-signature and one canonicalisation, nothing else. Pure shape: no key, no digest is touched here, and
// KeyInfo is never looked into (Core §5.4.5: it is at most a hint; our keys come from configuration).

import { SsoError, type ErrorCode } from '../../core/errors';
import { decodeBase64 } from '../base64';
import { ns } from '../names';
import { attributeOf, childElements, hasStrayText, isElement, textOf, type XmlElement } from '../xml/element';
import { canonicalization, digestAlgorithm, signatureAlgorithm, type Canonicalization } from './algorithms';
import type { HashName, SignatureAlgorithm } from './algorithms';

export interface CanonicalizationMethod {
  readonly method: Canonicalization;
  readonly inclusivePrefixes: readonly string[];
}

export interface SignatureParts {
  readonly element: XmlElement;
  readonly signedInfo: XmlElement;
  readonly canonicalizationMethod: CanonicalizationMethod;
  readonly algorithm: SignatureAlgorithm;
  readonly algorithmUri: string;
  readonly transform: CanonicalizationMethod;
  readonly digestHash: HashName;
  readonly digestValue: Buffer;
  readonly signatureValue: Buffer;
}

const ENVELOPED = `${ns.ds}enveloped-signature`;
const MAX_PREFIXES = 64;

/**
 * Reads a Signature that stands directly inside `signed`.
 *
 * @throws SsoError SAML_SIGNATURE_MALFORMED for any other shape, SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED
 */
export function readSignature(element: XmlElement, signed: XmlElement, allowSha1: boolean): SignatureParts {
  const [signedInfo, signatureValue, keyInfo, ...more] = elementsOf(element);
  if (signedInfo === undefined || !isElement(signedInfo, ns.ds, 'SignedInfo')) malformed('SignedInfo');
  if (signatureValue === undefined || !isElement(signatureValue, ns.ds, 'SignatureValue')) {
    malformed('SignatureValue');
  }
  if (keyInfo !== undefined && !isElement(keyInfo, ns.ds, 'KeyInfo')) malformed(keyInfo.name);
  if (more.length > 0) malformed('more than SignedInfo, SignatureValue and KeyInfo');

  const [c14nMethod, signatureMethod, reference, ...others] = elementsOf(signedInfo);
  if (others.length > 0) malformed('more than one Reference');
  const algorithmUri = algorithmOf(signatureMethod, 'SignatureMethod');
  const algorithm = signatureAlgorithm(algorithmUri, allowSha1);
  if (algorithm === undefined) notAllowed(algorithmUri);
  if (signatureMethod !== undefined && elementsOf(signatureMethod).length > 0) malformed('SignatureMethod');
  return Object.freeze({
    element,
    signedInfo,
    canonicalizationMethod: readCanonicalization(c14nMethod, 'CanonicalizationMethod'),
    algorithm,
    algorithmUri,
    ...readReference(reference, signed, allowSha1),
    signatureValue: valueOf(signatureValue),
  });
}

function readReference(
  reference: XmlElement | undefined,
  signed: XmlElement,
  allowSha1: boolean,
): Pick<SignatureParts, 'transform' | 'digestHash' | 'digestValue'> {
  if (reference === undefined || !isElement(reference, ns.ds, 'Reference')) malformed('Reference');
  const id = attributeOf(signed, 'ID');
  if (id === undefined || id === '') malformed('signed element without ID');
  if (attributeOf(reference, 'URI') !== `#${id}`) malformed('Reference URI is not the ID of its parent');
  const [transforms, digestMethod, digestValue, ...more] = elementsOf(reference);
  if (transforms === undefined || !isElement(transforms, ns.ds, 'Transforms')) malformed('Transforms');
  if (digestValue === undefined || !isElement(digestValue, ns.ds, 'DigestValue')) malformed('DigestValue');
  if (more.length > 0) malformed('Reference');

  const digestUri = algorithmOf(digestMethod, 'DigestMethod');
  const digestHash = digestAlgorithm(digestUri, allowSha1);
  if (digestHash === undefined) notAllowed(digestUri);
  if (digestMethod !== undefined && elementsOf(digestMethod).length > 0) malformed('DigestMethod');
  return { transform: readTransforms(transforms), digestHash, digestValue: valueOf(digestValue) };
}

/** Core §5.4.4: enveloped-signature, then one canonicalisation; without the second, Canonical XML 1.0 is implied. */
function readTransforms(transforms: XmlElement): CanonicalizationMethod {
  const [enveloped, c14n, ...more] = elementsOf(transforms);
  if (more.length > 0) malformed('more than two Transforms');
  const first = algorithmOf(enveloped, 'Transform');
  if (first !== ENVELOPED) notAllowed(first);
  if (enveloped !== undefined && elementsOf(enveloped).length > 0) malformed('Transform');
  return c14n === undefined
    ? { method: 'inclusive', inclusivePrefixes: [] }
    : readCanonicalization(c14n, 'Transform');
}

function readCanonicalization(element: XmlElement | undefined, local: string): CanonicalizationMethod {
  const uri = algorithmOf(element, local);
  const method = canonicalization(uri);
  if (method === undefined || element === undefined) notAllowed(uri);
  const [parameter, ...more] = elementsOf(element);
  if (more.length > 0) malformed(local);
  if (parameter === undefined) return { method, inclusivePrefixes: [] };
  if (method !== 'exclusive' || !isElement(parameter, ns.exclusiveC14n, 'InclusiveNamespaces'))
    malformed(local);
  if (elementsOf(parameter).length > 0) malformed('InclusiveNamespaces');
  const list = (attributeOf(parameter, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter((name) => name !== '');
  if (list.length > MAX_PREFIXES) malformed('PrefixList');
  return { method, inclusivePrefixes: list.map((name) => (name === '#default' ? '' : name)) };
}

function algorithmOf(element: XmlElement | undefined, local: string): string {
  if (element === undefined || !isElement(element, ns.ds, local)) malformed(local);
  const uri = attributeOf(element, 'Algorithm');
  if (uri === undefined) malformed(local);
  return uri;
}

/** One plain text, strictly base64: a comment or child inside hides a second value (CVE-2025-29775). */
function valueOf(element: XmlElement): Buffer {
  const text = element.hasComment ? undefined : textOf(element);
  const bytes = text === undefined ? undefined : decodeBase64(text);
  if (bytes === undefined) malformed(element.local);
  return bytes;
}

/** Children of an element that may hold elements only: no text, no comment (they would be invisible to some readers). */
function elementsOf(element: XmlElement): XmlElement[] {
  if (element.hasComment || hasStrayText(element)) malformed(`text or comment in ${element.local}`);
  return childElements(element);
}

function malformed(where: string): never {
  return refuse('SAML_SIGNATURE_MALFORMED', where);
}

function notAllowed(uri: string): never {
  return refuse('SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED', uri);
}

function refuse(code: ErrorCode, received: string): never {
  throw new SsoError(code, { received: received.slice(0, 200) });
}
