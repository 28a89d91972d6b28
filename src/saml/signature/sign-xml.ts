// The one door to xml-crypto, loaded when it is first needed: puts an enveloped signature of ours into a message that we
// wrote ourselves. Never verifies: what comes from others is judged by saml/signature alone.

import { constants, createHash, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { ns } from '../names';
import type { KeyPair } from '../service-provider';
import {
  usualDigest,
  usualMethod,
  type DigestMethod,
  type Signing,
  type SigningMethod,
} from './signing-methods';

/** Signature algorithm by the kind of key, with SHA-256. */
export const signingAlgorithmOf = (key: KeyObject): string => usualMethod(key).uri;

/**
 * The signature value over the bytes. For an EC key r and s side by side (RFC 9231 §2.3.6), which binds both XML signatures
 * and the Redirect binding, because both name the same algorithm; OpenSSL's own DER form would be another algorithm.
 */
export function signBytes(data: Buffer, key: KeyObject, { hash, pss }: SigningMethod): Promise<Buffer> {
  const padding =
    pss === true
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {};
  return signElsewhere(hash, data, { key, dsaEncoding: 'ieee-p1363', ...padding });
}

/** On a thread of the pool: an RSA signature takes milliseconds, in which nobody else would be served. */
const signElsewhere = promisify(sign);

/**
 * Signs the document element by its ID: enveloped signature, exclusive C14N, by default SHA-256, the certificate in KeyInfo.
 *
 * @param xml a document with an ID attribute on its document element
 * @param place where the schema wants the Signature: after the Issuer of a message, first in metadata
 */
export async function signDocument(
  xml: string,
  { privateKey, certificate }: KeyPair,
  place: 'after Issuer' | 'first',
  { method = usualMethod(privateKey), digest = usualDigest }: Partial<Omit<Signing, 'keyPair'>> = {},
): Promise<string> {
  const { SignedXml } = await import('xml-crypto');
  const algorithm = method.uri;
  const signed = new SignedXml({
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: ns.exclusiveC14n,
  });
  // Also for RSA: one way to sign, and a KeyObject is not decoded again for every message.
  signed.SignatureAlgorithms = { [algorithm]: signatureClass(method) };
  signed.HashAlgorithms = { [digest.uri]: hashClass(digest) };
  signed.addReference({
    xpath: '/*',
    transforms: [`${ns.ds}enveloped-signature`, ns.exclusiveC14n],
    digestAlgorithm: digest.uri,
  });
  const location =
    place === 'first'
      ? ({ reference: '/*', action: 'prepend' } as const)
      : ({ reference: "/*/*[local-name(.)='Issuer']", action: 'after' } as const);
  await new Promise<void>((resolve, reject) => {
    signed.computeSignature(xml, { prefix: 'ds', location }, (error) => (error ? reject(error) : resolve()));
  });
  return signed.getSignedXml();
}

function hashClass({ uri, hash }: DigestMethod) {
  return class {
    getHash = (xml: string): string => createHash(hash).update(xml, 'utf8').digest('base64');
    getAlgorithmName = (): string => uri;
  };
}

function signatureClass(method: SigningMethod) {
  return class {
    getSignature = (signedInfo: unknown, key: unknown, done?: unknown): string => {
      if (typeof signedInfo !== 'string' || !isKeyObject(key) || !isDone(done))
        throw new TypeError('nothing to sign');
      signBytes(Buffer.from(signedInfo), key, method).then(
        (value) => done(null, value.toString('base64')),
        (error: unknown) => done(error),
      );
      return ''; // xml-crypto takes what `done` is told.
    };
    verifySignature = (): boolean => {
      throw new TypeError('xml-crypto does not verify here');
    };
    getAlgorithmName = (): string => method.uri;
  };
}

function isKeyObject(key: unknown): key is KeyObject {
  return typeof key === 'object' && key !== null && 'asymmetricKeyType' in key;
}

function isDone(done: unknown): done is (error: unknown, value?: string) => void {
  return typeof done === 'function';
}
