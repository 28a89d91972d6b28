// ds:Signature → its parts, by the SAML signature profile (Core §5.4): one SignedInfo, one Reference to the parent's own
// ID, enveloped-signature and one canonicalisation, nothing else. Pure shape: no key, no digest is touched here, and
// KeyInfo is never looked into (Core §5.4.5: it is at most a hint; our keys come from configuration).

import { SsoError, type ErrorCode } from '../../core/errors';
import { decodeBase64 } from '../xml/base64';
import { ns } from '../names';
import { attributeOf, childElements, hasStrayText, isElement, textOf, type XmlElement } from '../xml/element';
import { canonicalization, digestAlgorithm, signatureAlgorithm, type Canonicalization } from './algorithms';
import type { HashName, SignatureAlgorithm } from './algorithms';

export interface CanonicalizationMethod {
  readonly method: Canonicalization;
  readonly inclusivePrefixes: readonly string[];
}

/** What SignedInfo says. */
export interface SignedInfo {
  readonly canonicalizationMethod: CanonicalizationMethod;
  readonly algorithm: SignatureAlgorithm;
  /** SignatureMethod and DigestMethod. */
  readonly algorithmUris: readonly [string, string];
  /** ID of the element that is signed. */
  readonly id: string;
  readonly transform: CanonicalizationMethod;
  readonly digestHash: HashName;
  readonly digestValue: Buffer;
}

/** A Signature as it stands in the message. Nothing of it is verified: it says how to begin, or that there is no need to. */
export interface SignatureParts {
  readonly element: XmlElement;
  readonly signedInfo: XmlElement;
  readonly signatureValue: Buffer;
  /** May choose and refuse; what counts is read again from the bytes that the signature value covers. */
  readonly claimed: SignedInfo;
}

const ENVELOPED = `${ns.ds}enveloped-signature`;
const MAX_PREFIXES = 64;

/**
 * Reads a Signature that stands directly inside `signed`.
 *
 * @throws SsoError SAML_SIGNATURE_MALFORMED for any other shape, SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED
 */
export function readSignature(element: XmlElement, signed: XmlElement, allowSha1: boolean): SignatureParts {
  const [first, second, third, ...more] = elementsOf(element);
  const signedInfo = named(first, 'SignedInfo');
  const signatureValue = named(second, 'SignatureValue');
  if (third !== undefined) named(third, 'KeyInfo');
  if (more.length > 0) malformed('more than SignedInfo, SignatureValue and KeyInfo');

  const claimed = readSignedInfo(signedInfo, allowSha1);
  const id = attributeOf(signed, 'ID');
  if (id === undefined || id === '') malformed('signed element without ID');
  if (claimed.id !== id) malformed('Reference URI is not the ID of its parent');
  return Object.freeze({ element, signedInfo, signatureValue: valueOf(signatureValue), claimed });
}

/**
 * Reads a SignedInfo: the one in the message, and again the one that was signed.
 *
 * @throws SsoError SAML_SIGNATURE_MALFORMED, SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED
 */
export function readSignedInfo(signedInfo: XmlElement, allowSha1: boolean): SignedInfo {
  const [c14nMethod, method, reference, ...others] = elementsOf(named(signedInfo, 'SignedInfo'));
  if (others.length > 0) malformed('more than one Reference');
  const signatureMethod = named(method, 'SignatureMethod');
  const algorithmUri = algorithmOf(signatureMethod);
  const algorithm = signatureAlgorithm(algorithmUri, allowSha1);
  if (algorithm === undefined) notAllowed(algorithmUri);
  refuseContent(signatureMethod);
  const { digestUri, ...referenced } = readReference(named(reference, 'Reference'), allowSha1);
  return Object.freeze({
    canonicalizationMethod: readCanonicalization(named(c14nMethod, 'CanonicalizationMethod')),
    algorithm,
    algorithmUris: [algorithmUri, digestUri] as const,
    ...referenced,
  });
}

type Referenced = Pick<SignedInfo, 'id' | 'transform' | 'digestHash' | 'digestValue'> & {
  readonly digestUri: string;
};

function readReference(reference: XmlElement, allowSha1: boolean): Referenced {
  const uri = attributeOf(reference, 'URI');
  if (uri?.startsWith('#') !== true) malformed('Reference URI is not the ID of its parent');
  const [transforms, method, value, ...more] = elementsOf(reference);
  if (more.length > 0) malformed('Reference');
  const transform = readTransforms(named(transforms, 'Transforms'));
  const digestMethod = named(method, 'DigestMethod');
  const digestUri = algorithmOf(digestMethod);
  const digestHash = digestAlgorithm(digestUri, allowSha1);
  if (digestHash === undefined) notAllowed(digestUri);
  refuseContent(digestMethod);
  const digestValue = valueOf(named(value, 'DigestValue'));
  return { id: uri.slice(1), digestUri, transform, digestHash, digestValue };
}

/** Core §5.4.4: enveloped-signature, then one canonicalisation; without the second, Canonical XML 1.0 is implied. */
function readTransforms(transforms: XmlElement): CanonicalizationMethod {
  const [first, c14n, ...more] = elementsOf(transforms);
  if (more.length > 0) malformed('more than two Transforms');
  const enveloped = named(first, 'Transform');
  const uri = algorithmOf(enveloped);
  if (uri !== ENVELOPED) notAllowed(uri);
  // IdPs built on xml-crypto repeat their PrefixList here, in this transform's namespace, where it has no meaning.
  if (!elementsOf(enveloped).every(({ local }) => local === 'InclusiveNamespaces')) malformed('Transform');
  return c14n === undefined
    ? { method: 'inclusive', inclusivePrefixes: [] }
    : readCanonicalization(named(c14n, 'Transform'));
}

function readCanonicalization(element: XmlElement): CanonicalizationMethod {
  const uri = algorithmOf(element);
  const method = canonicalization(uri);
  if (method === undefined) notAllowed(uri);
  if (method === 'exclusive') return { method, inclusivePrefixes: readPrefixList(element) };
  refuseContent(element);
  return { method, inclusivePrefixes: [] };
}

/** Exclusive C14N §4: at most one InclusiveNamespaces. */
function readPrefixList(element: XmlElement): string[] {
  const [parameter, ...more] = elementsOf(element);
  if (parameter === undefined) return [];
  if (more.length > 0 || !isElement(parameter, ns.exclusiveC14n, 'InclusiveNamespaces')) {
    malformed(element.local);
  }
  refuseContent(parameter);
  const prefixes = (attributeOf(parameter, 'PrefixList') ?? '')
    .split(/[ \t\r\n]+/)
    .filter((name) => name !== '');
  if (prefixes.length > MAX_PREFIXES) malformed('PrefixList');
  return prefixes.map((name) => (name === '#default' ? '' : name));
}

function named(element: XmlElement | undefined, local: string): XmlElement {
  if (element === undefined || !isElement(element, ns.ds, local)) malformed(local);
  return element;
}

function algorithmOf(element: XmlElement): string {
  return attributeOf(element, 'Algorithm') ?? malformed(element.local);
}

function refuseContent(element: XmlElement): void {
  if (elementsOf(element).length > 0) malformed(element.local);
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
  throw new SsoError(code, { received });
}
