// The object mother of the gate's tests: one message that passes everything. A test changes one thing and names it.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { describeCertificate, readCertificate } from '../../../src/saml/signature/certificate';
import { decodeSamlResponse } from '../../../src/saml/login/decode';
import type { VerificationKey } from '../../../src/saml/identity-provider';
import { readAssertion, type Assertion } from '../../../src/saml/login/read';
import { parseResponse, type UnverifiedResponse } from '../../../src/saml/login/response';
import { acceptResponse, type VerificationTrust, type VerifiedAssertion } from '../../../src/saml/gate';
import { verifyResponse, type VerifiedXml } from '../../../src/saml/login/verify';
import { buildResponse, makeIdpKeys, type IdpKeys, type ResponseOptions } from '../idp';
import { ACS, expected, IDP, NOW, REQUEST, SP } from './valid-data';

export * from './valid-data';

export const idpKeys = makeIdpKeys();
export const spKeys = makeIdpKeys({ commonName: 'Service provider' });

export const verificationKey = (keys: IdpKeys): VerificationKey =>
  describeCertificate(readCertificate(keys.certificatePem));

export const decryptionKey: KeyObject = createPrivateKey(spKeys.privateKeyPem);

export const trust: VerificationTrust = {
  keys: [verificationKey(idpKeys)],
  allowSha1: false,
  decryption: { keys: [decryptionKey], allowCbc: true },
};

/** XML of a Response that is accepted, with these changes. */
export const message = (options: Partial<ResponseOptions> = {}): string =>
  buildResponse({
    keys: idpKeys,
    issuer: IDP,
    acsUrl: ACS,
    audience: SP,
    inResponseTo: REQUEST,
    now: new Date(NOW),
    ...options,
  });

export const encode = (xml: string): string => Buffer.from(xml, 'utf8').toString('base64');

export const parse = (xml: string): UnverifiedResponse =>
  parseResponse(decodeSamlResponse(encode(xml), 384 * 1024));

export const verify = (xml: string, changes: Partial<VerificationTrust> = {}): VerifiedXml =>
  verifyResponse(parse(xml), { ...trust, ...changes });

export const read = (xml: string, changes: Partial<VerificationTrust> = {}): Assertion =>
  readAssertion(verify(xml, changes), { ...trust, ...changes }.decryption);

export const accept = (xml: string, changes: Partial<VerificationTrust> = {}): VerifiedAssertion =>
  acceptResponse(parse(xml), { trust: { ...trust, ...changes }, expected, now: NOW });

/** What looks like a minted value and is none, whatever it was copied from. */
export const forgeries: [title: string, forge: (real: object) => unknown][] = [
  ['a copy', (real) => ({ ...real })],
  [
    'a copy with its prototype',
    (real) => Object.assign(Object.create(Object.getPrototypeOf(real) as object) as object, real),
  ],
  ['an heir', (real) => Object.create(real) as object],
  ['a proxy', (real) => new Proxy(real, {})],
  ['a structured clone', (real) => structuredClone({ ...real, parent: undefined })],
  [
    'JSON',
    (real) => {
      const text = JSON.stringify(real, (key, value: unknown) => (key === 'parent' ? undefined : value));
      return JSON.parse(text) as object;
    },
  ],
];
