// EncryptedAssertion or EncryptedID → algorithms and ciphertexts. Pure shape, no key is used here. EncryptedKey may
// stand inside EncryptedData/KeyInfo or beside EncryptedData; both are simply collected, so a RetrievalMethod between
// them need not be followed (and no reference ever is). Sources: SAML Core §6.1, XML Encryption 1.1 §3, IIP-ALG04–06.

import type { CipherGCMTypes } from 'node:crypto';
import { SsoError, type ErrorCode } from '../../core/errors';
import { decodeBase64 } from '../xml/base64';
import { ns } from '../names';
import { attributeOf, childElements, isElement, textOf, type XmlElement } from '../xml/element';

export type ContentAlgorithm =
  | { readonly mode: 'gcm'; readonly cipher: CipherGCMTypes; readonly keyBytes: number }
  | { readonly mode: 'cbc'; readonly cipher: string; readonly keyBytes: number };

export interface EncryptedKey {
  readonly cipherValue: Buffer;
  readonly oaepHash: string;
  readonly mgfHash: string;
  /** OAEPparams */
  readonly label: Buffer | undefined;
}

export interface EncryptedParts {
  readonly algorithm: ContentAlgorithm;
  readonly cipherValue: Buffer;
  readonly encryptedKeys: readonly EncryptedKey[];
}

const contentAlgorithms: ReadonlyMap<string, ContentAlgorithm> = new Map<string, ContentAlgorithm>([
  [`${ns.xenc11}aes128-gcm`, { cipher: 'aes-128-gcm', mode: 'gcm', keyBytes: 16 }],
  [`${ns.xenc11}aes192-gcm`, { cipher: 'aes-192-gcm', mode: 'gcm', keyBytes: 24 }],
  [`${ns.xenc11}aes256-gcm`, { cipher: 'aes-256-gcm', mode: 'gcm', keyBytes: 32 }],
  [`${ns.xenc}aes128-cbc`, { cipher: 'aes-128-cbc', mode: 'cbc', keyBytes: 16 }],
  [`${ns.xenc}aes192-cbc`, { cipher: 'aes-192-cbc', mode: 'cbc', keyBytes: 24 }],
  [`${ns.xenc}aes256-cbc`, { cipher: 'aes-256-cbc', mode: 'cbc', keyBytes: 32 }],
]);

const OAEP_MGF1P = `${ns.xenc}rsa-oaep-mgf1p`;
const OAEP_11 = `${ns.xenc11}rsa-oaep`;

/** SHA-1 is allowed here: OAEP does not need collision resistance, and IIP-ALG06 demands it. */
const oaepDigests: ReadonlyMap<string, string> = new Map([
  [`${ns.ds}sha1`, 'sha1'],
  [`${ns.xenc}sha256`, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  [`${ns.xenc}sha384`, 'sha384'], // the name in XML Encryption 1.1 §5.1.1
  [`${ns.xenc}sha512`, 'sha512'],
]);

const mgfs: ReadonlyMap<string, string> = new Map([
  [`${ns.xenc11}mgf1sha1`, 'sha1'],
  [`${ns.xenc11}mgf1sha256`, 'sha256'],
  [`${ns.xenc11}mgf1sha384`, 'sha384'],
  [`${ns.xenc11}mgf1sha512`, 'sha512'],
]);

/** One message to several recipients; each costs a private-key operation per key of ours. */
const MAX_ENCRYPTED_KEYS = 8;

/** @throws SsoError SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED, SAML_STRUCTURE_INVALID */
export function readEncryptedElement(envelope: XmlElement, allowCbc: boolean): EncryptedParts {
  const children = childElements(envelope);
  const data = children.filter((child) => isElement(child, ns.xenc, 'EncryptedData'));
  const beside = children.filter((child) => isElement(child, ns.xenc, 'EncryptedKey'));
  const [encryptedData] = data;
  if (encryptedData === undefined || data.length + beside.length !== children.length || data.length > 1) {
    refuse('SAML_STRUCTURE_INVALID', 'EncryptedData');
  }
  const method = onlyChild(encryptedData, ns.xenc, 'EncryptionMethod');
  const uri = (method && attributeOf(method, 'Algorithm')) ?? '';
  const algorithm = contentAlgorithms.get(uri);
  if (algorithm === undefined || (algorithm.mode === 'cbc' && !allowCbc)) notAllowed(uri);
  const keyInfo = onlyChild(encryptedData, ns.ds, 'KeyInfo');
  const inside = (keyInfo ? childElements(keyInfo) : []).filter((c) => isElement(c, ns.xenc, 'EncryptedKey'));
  const encryptedKeys = [...inside, ...beside];
  if (encryptedKeys.length > MAX_ENCRYPTED_KEYS) refuse('SAML_XML_LIMIT_EXCEEDED', 'EncryptedKey');
  if (encryptedKeys.length === 0) refuse('SAML_STRUCTURE_INVALID', 'no EncryptedKey');
  return {
    algorithm,
    cipherValue: cipherValueOf(encryptedData),
    encryptedKeys: encryptedKeys.map(readEncryptedKey),
  };
}

function readEncryptedKey(element: XmlElement): EncryptedKey {
  const method = onlyChild(element, ns.xenc, 'EncryptionMethod');
  const uri = (method && attributeOf(method, 'Algorithm')) ?? '';
  if (method === undefined || (uri !== OAEP_MGF1P && uri !== OAEP_11)) notAllowed(uri);
  const digest = onlyChild(method, ns.ds, 'DigestMethod');
  const mgf = onlyChild(method, ns.xenc11, 'MGF');
  // XML Encryption 1.1 §5.5.2: the older URI means MGF1 with SHA-1; the newer one names it, with the same default.
  const digestUri = digest ? attributeOf(digest, 'Algorithm') : `${ns.ds}sha1`;
  const mgfUri = mgf && uri === OAEP_11 ? attributeOf(mgf, 'Algorithm') : `${ns.xenc11}mgf1sha1`;
  const oaepHash = oaepDigests.get(digestUri ?? '');
  const mgfHash = mgfs.get(mgfUri ?? '');
  if (oaepHash === undefined || mgfHash === undefined) notAllowed(`${digestUri ?? ''} ${mgfUri ?? ''}`);
  const params = onlyChild(method, ns.xenc, 'OAEPparams');
  return {
    cipherValue: cipherValueOf(element),
    oaepHash,
    mgfHash,
    label: params && base64Of(params),
  };
}

function cipherValueOf(element: XmlElement): Buffer {
  const cipherData = onlyChild(element, ns.xenc, 'CipherData');
  const [value, ...more] = cipherData ? childElements(cipherData) : [];
  // A CipherReference would make us fetch what a stranger names.
  if (value === undefined || more.length > 0 || !isElement(value, ns.xenc, 'CipherValue')) {
    refuse('SAML_STRUCTURE_INVALID', 'CipherValue');
  }
  return base64Of(value);
}

/** One plain text, strictly base64. */
function base64Of(element: XmlElement): Buffer {
  const text = element.hasComment ? undefined : textOf(element);
  const bytes = text === undefined ? undefined : decodeBase64(text);
  if (bytes === undefined) refuse('SAML_STRUCTURE_INVALID', element.local);
  return bytes;
}

function onlyChild(element: XmlElement, uri: string, local: string): XmlElement | undefined {
  const [first, second] = childElements(element).filter((child) => isElement(child, uri, local));
  if (second !== undefined) refuse('SAML_STRUCTURE_INVALID', local);
  return first;
}

function notAllowed(uri: string): never {
  return refuse('SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED', uri);
}

function refuse(code: ErrorCode, received: string): never {
  throw new SsoError(code, { received });
}
