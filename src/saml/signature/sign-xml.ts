// The one door to xml-crypto, loaded when it is first needed: puts an enveloped signature of ours into a message that we
// wrote ourselves. Never verifies: what comes from others is judged by saml/signature alone.

import { sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { ns } from '../names';
import type { KeyPair } from '../service-provider';

/** Signature algorithm by the kind of key, always with SHA-256 (SDP-ALG01). */
const signingAlgorithms = Object.freeze({
  rsa: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  ec: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
});

export function signingAlgorithmOf(key: KeyObject): string {
  const type = key.asymmetricKeyType;
  if (key.type === 'private' && (type === 'rsa' || type === 'ec')) return signingAlgorithms[type];
  throw new TypeError(`a ${key.type} key of the kind ${type ?? 'none'} cannot sign`);
}

/**
 * The signature value over the bytes. For an EC key r and s side by side (RFC 9231 §2.3.6), which binds both XML signatures
 * and the Redirect binding, because both name the same algorithm; OpenSSL's own DER form would be another algorithm.
 */
export function signBytes(data: Buffer, key: KeyObject): Promise<Buffer> {
  return signElsewhere('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
}

/** On a thread of the pool: an RSA signature takes milliseconds, in which nobody else would be served. */
const signElsewhere = promisify(sign);

/**
 * Signs the document element by its ID: enveloped signature, exclusive C14N, SHA-256, the certificate in KeyInfo.
 *
 * @param xml a document with an ID attribute on its document element
 * @param place where the schema wants the Signature: after the Issuer of a message, first in metadata
 */
export async function signDocument(
  xml: string,
  { privateKey, certificate }: KeyPair,
  place: 'after Issuer' | 'first',
): Promise<string> {
  const { SignedXml } = await import('xml-crypto');
  const algorithm = signingAlgorithmOf(privateKey);
  const signed = new SignedXml({
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: ns.exclusiveC14n,
  });
  // Also for RSA: one way to sign, and a KeyObject is not decoded again for every message.
  signed.SignatureAlgorithms = { [algorithm]: signatureClass(algorithm) };
  signed.addReference({
    xpath: '/*',
    transforms: [`${ns.ds}enveloped-signature`, ns.exclusiveC14n],
    digestAlgorithm: `${ns.xenc}sha256`,
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

function signatureClass(algorithm: string) {
  return class {
    getSignature = (signedInfo: unknown, key: unknown, done?: unknown): string => {
      if (typeof signedInfo !== 'string' || !isKeyObject(key) || !isDone(done))
        throw new TypeError('nothing to sign');
      signBytes(Buffer.from(signedInfo), key).then(
        (value) => done(null, value.toString('base64')),
        (error: unknown) => done(error),
      );
      return ''; // xml-crypto takes what `done` is told.
    };
    verifySignature = (): boolean => {
      throw new TypeError('xml-crypto does not verify here');
    };
    getAlgorithmName = (): string => algorithm;
  };
}

function isKeyObject(key: unknown): key is KeyObject {
  return typeof key === 'object' && key !== null && 'asymmetricKeyType' in key;
}

function isDone(done: unknown): done is (error: unknown, value?: string) => void {
  return typeof done === 'function';
}
