/**
 * XML signatures for the local identity provider: a document and an element's ID in, the document with an enveloped
 * ds:Signature out. xml-crypto computes the signature; its text is then put into the original document, so that nothing else in it changes.
 */
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign as cryptoSign,
  verify as cryptoVerify,
  type KeyLike,
} from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { IdpKeys } from './keys';
import { C14N, DIGEST, ENVELOPED, SIGNATURE } from './names';

export interface SignOptions {
  readonly keys: IdpKeys;
  readonly signatureAlgorithm?: string;
  readonly digestAlgorithm?: string;
  /** Both CanonicalizationMethod and the second transform, unless `transforms` is given. */
  readonly canonicalization?: string;
  readonly transforms?: readonly string[];
  readonly prefixList?: readonly string[];
  /** Prefix of the Signature element; '' writes a default namespace. */
  readonly prefix?: string;
  /** 'x509' (default), 'none', or the whole content of KeyInfo; `{p}` in it stands for the prefix with its colon. */
  readonly keyInfo?: string;
  /** Break SignatureValue and X509Certificate at 76 columns, as xmlsec-based products do. */
  readonly wrapBase64?: boolean;
}

export function signElement(xml: string, id: string, options: SignOptions): string {
  const signatureXml = computeSignature(xml, id, options);
  const at = insertionPoint(xml, id);
  return xml.slice(0, at) + signatureXml + xml.slice(at);
}

/** The Signature element for the element with this ID, as it has to stand right after that element's Issuer. */
export function computeSignature(xml: string, id: string, options: SignOptions): string {
  const canonicalization = options.canonicalization ?? C14N.exclusive;
  const prefix = options.prefix ?? 'ds';
  const signer = new SignedXml({
    privateKey: options.keys.privateKey,
    signatureAlgorithm: options.signatureAlgorithm ?? defaultAlgorithm(options.keys),
    canonicalizationAlgorithm: canonicalization,
    getKeyInfoContent: () => keyInfoContent(options, prefix),
  });
  registerAlgorithms(signer);
  const target = `//*[@ID='${id}']`;
  signer.addReference({
    xpath: target,
    uri: `#${id}`,
    digestAlgorithm: options.digestAlgorithm ?? DIGEST.sha256,
    transforms: options.transforms ?? [ENVELOPED, canonicalization],
    inclusiveNamespacesPrefixList: [...(options.prefixList ?? [])],
  });
  const hasIssuer = /^<[^>]*>\s*<(?:[\w.-]+:)?Issuer[\s>]/.test(xml.slice(startTagOf(xml, id).start));
  signer.computeSignature(xml, {
    ...(prefix === '' ? {} : { prefix }),
    location: hasIssuer
      ? { reference: `${target}/*[local-name(.)='Issuer']`, action: 'after' }
      : { reference: target, action: 'prepend' },
  });
  const text = signer.getSignatureXml();
  return options.wrapBase64 === true ? wrapLongBase64(text) : text;
}

export const defaultAlgorithm = (keys: IdpKeys): string =>
  keys.kind.startsWith('rsa') ? SIGNATURE.rsaSha256 : SIGNATURE.ecdsaSha256;

function keyInfoContent(options: SignOptions, prefix: string): string | null {
  const p = prefix === '' ? '' : `${prefix}:`;
  if (options.keyInfo === 'none') return null;
  if (options.keyInfo !== undefined && options.keyInfo !== 'x509')
    return options.keyInfo.replaceAll('{p}', p);
  return `<${p}X509Data><${p}X509Certificate>${options.keys.certificateBase64}</${p}X509Certificate></${p}X509Data>`;
}

function wrapLongBase64(text: string): string {
  return text.replace(
    /<((?:\w+:)?(?:SignatureValue|X509Certificate))>([^<]+)<\//g,
    (_all, name: string, value: string) => `<${name}>\n${(value.match(/.{1,76}/g) ?? []).join('\n')}\n</`,
  );
}

function startTagOf(xml: string, id: string): { start: number; end: number } {
  const attribute = xml.search(new RegExp(`\\sID="${id}"`));
  if (attribute < 0) throw new TypeError(`no element with ID ${id}`);
  return { start: xml.lastIndexOf('<', attribute), end: xml.indexOf('>', attribute) + 1 };
}

/** The offset right after the element's Issuer (its start tag when it has none): where the schema wants the Signature. */
export function insertionPoint(xml: string, id: string): number {
  const { end } = startTagOf(xml, id);
  const issuer = /^\s*<((?:[\w.-]+:)?Issuer)(?:\s[^>]*)?>[^]*?<\/\1\s*>/.exec(xml.slice(end));
  return issuer === null ? end : end + issuer[0].length;
}

/* --- algorithms that xml-crypto has no class for --- */

const HASHES = new Map<string, string>([
  [DIGEST.sha384, 'sha384'],
  ['http://www.w3.org/2001/04/xmldsig-more#md5', 'md5'],
]);

interface NodeAlgorithm {
  readonly hash: string;
  readonly pss?: boolean;
  readonly ecdsa?: boolean;
}

const SIGNERS = new Map<string, NodeAlgorithm>([
  [SIGNATURE.rsaSha384, { hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-md5', { hash: 'md5' }],
  [SIGNATURE.ecdsaSha1, { hash: 'sha1', ecdsa: true }],
  [SIGNATURE.ecdsaSha256, { hash: 'sha256', ecdsa: true }],
  [SIGNATURE.ecdsaSha384, { hash: 'sha384', ecdsa: true }],
  [SIGNATURE.ecdsaSha512, { hash: 'sha512', ecdsa: true }],
  [SIGNATURE.pssSha256, { hash: 'sha256', pss: true }],
  [SIGNATURE.pssSha384, { hash: 'sha384', pss: true }],
  [SIGNATURE.pssSha512, { hash: 'sha512', pss: true }],
]);

interface KeyParameters {
  readonly key: KeyObject;
  readonly padding?: number;
  readonly saltLength?: number;
  readonly dsaEncoding?: 'ieee-p1363';
}

function keyParameters(key: KeyObject, algorithm: NodeAlgorithm): KeyParameters {
  if (algorithm.ecdsa === true) return { key, dsaEncoding: 'ieee-p1363' };
  if (algorithm.pss !== true) return { key };
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

const privateKeyOf = (key: KeyLike): KeyObject => (key instanceof KeyObject ? key : createPrivateKey(key));
const publicKeyOf = (key: KeyLike): KeyObject => (key instanceof KeyObject ? key : createPublicKey(key));

/** Base64 signature value over these bytes, for any algorithm of the lists above and the plain RSA ones. */
export function signBytes(
  bytes: string | Buffer,
  keys: IdpKeys,
  uri: string = defaultAlgorithm(keys),
): string {
  const algorithm = SIGNERS.get(uri) ?? { hash: uri.slice(uri.lastIndexOf('-') + 1) };
  return cryptoSign(algorithm.hash, Buffer.from(bytes), keyParameters(keys.privateKey, algorithm)).toString(
    'base64',
  );
}

export function registerAlgorithms(signer: SignedXml): void {
  for (const [uri, algorithm] of SIGNERS) {
    signer.SignatureAlgorithms[uri] = class {
      getSignature = (data: unknown, key: KeyLike): string =>
        cryptoSign(
          algorithm.hash,
          Buffer.from(String(data)),
          keyParameters(privateKeyOf(key), algorithm),
        ).toString('base64');
      verifySignature = (data: string, key: KeyLike, value: string): boolean =>
        cryptoVerify(
          algorithm.hash,
          Buffer.from(data),
          keyParameters(publicKeyOf(key), algorithm),
          Buffer.from(value, 'base64'),
        );
      getAlgorithmName = (): string => uri;
    };
  }
  for (const [uri, hash] of HASHES) {
    signer.HashAlgorithms[uri] = class {
      getHash = (data: string): string => createHash(hash).update(data, 'utf8').digest('base64');
      getAlgorithmName = (): string => uri;
    };
  }
}

/** Verifies one enveloped signature with xml-crypto; answers the signed bytes, or null. For requests and for self-checks. */
export function verifyElement(xml: string, signatureXml: string, certificatePem: string): string | null {
  const verifier = new SignedXml({ publicCert: certificatePem, getCertFromKeyInfo: () => null });
  registerAlgorithms(verifier);
  try {
    verifier.loadSignature(signatureXml);
    return verifier.checkSignature(xml) ? (verifier.getSignedReferences()[0] ?? null) : null;
  } catch {
    return null;
  }
}
