// Makes key pairs with self-signed certificates; the only file that knows the X.509 library, loaded only when used.
// IdPs pin the certificate and look at nothing else in it, so name and dates are for people.

import { createPrivateKey, generateKeyPairSync, webcrypto, type KeyObject } from 'node:crypto';
import type * as X509 from '@peculiar/x509';
import type { Clock, Random } from '../core/ports';

export interface NewPair {
  /** PKCS #8, PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
}

const dayMs = 86_400_000;
const rsaBits = 3072;

/**
 * An RSA-3072 pair.
 * @param commonName for people who look at the certificate
 * @param days validity from now; IdPs do not stop at the end, but their administrators get nervous
 */
export async function makeRsaPair(
  commonName: string,
  days: number,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<NewPair> {
  const x509 = await loadX509();
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(
    { ...algorithm, modulusLength: rsaBits, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  const now = clock.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // RFC 5280 §4.1.2.2: positive, at most 20 octets.
      serialNumber: `01${random.bytes(15).toString('hex')}`,
      name: [{ CN: [commonName] }],
      // An IdP whose clock is a little behind must not see a certificate of the future.
      notBefore: new Date(now - dayMs),
      notAfter: new Date(now + days * dayMs),
      signingAlgorithm: algorithm,
      keys,
    },
    webcrypto,
  );
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { key: pem(key), certificate: `${certificate.toString('pem')}\n` };
}

/** The library's dependency injection wants the decorator-metadata polyfill to be there first. */
async function loadX509(): Promise<typeof X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** An ES256 private key (P-256) for signing to a Wix site; its public half travels as JWK, so it has no certificate. */
export function makeExchangeKey(): string {
  return pem(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey);
}

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
