// The object mother of the gate's tests: one message and one set of expectations that pass everything. A test changes
// one thing and names it.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SsoError } from '../../src/core/errors';
import type { AssertionData, ResponseData, SubjectConfirmation } from '../../src/saml/assertion';
import { describeCertificate, readCertificate } from '../../src/saml/certificate';
import { decodeSamlResponse } from '../../src/saml/decode';
import type { VerificationKey } from '../../src/saml/identity-provider';
import { readAssertion, type Assertion } from '../../src/saml/read';
import { parseResponse, type UnverifiedResponse } from '../../src/saml/response';
import { checkAssertion, type VerifiedAssertion } from '../../src/saml/rules/check';
import type { Expected } from '../../src/saml/rules/rule';
import { verifyResponse, type VerificationTrust, type VerifiedXml } from '../../src/saml/verify';
import { buildResponse, makeIdpKeys, type IdpKeys, type ResponseOptions } from '../support/idp';

export const NOW = Date.UTC(2026, 0, 15, 12);
export const SKEW = 180_000;
export const DAY = 86_400_000;
export const IDP = 'https://idp.example/metadata';
export const SP = 'https://sso.example.com/saml/metadata';
export const ACS = 'https://sso.example.com/saml/acs';
export const REQUEST = `_${'0123456789'.repeat(4)}-acme`;
export const EMAIL = 'alice@example.com';

/** xs:dateTime `ms` away from NOW. */
export const at = (ms: number): string => new Date(NOW + ms).toISOString();

export const expected: Expected = {
  identityProvider: IDP,
  serviceProvider: SP,
  assertionConsumerServiceUrl: ACS,
  requestId: REQUEST,
  clockSkewMs: SKEW,
};

/* --- as a message --- */

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
  checkAssertion(read(xml, changes), expected, NOW);

/** The refusal that `act` must end in. */
export function refusalOf(act: () => unknown): SsoError {
  try {
    act();
  } catch (error) {
    if (error instanceof SsoError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** `accepted`, or the code of the refusal. */
export function outcome(act: () => unknown): string {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof SsoError) return error.code;
    throw error;
  }
}

/* --- as data, for the rules --- */

/** A property of `undefined` is left out. */
type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

function change<T extends object>(valid: T, changes: Changes<T>): T {
  const changed = { ...valid, ...changes };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) as T;
}

const validResponse: ResponseData = {
  signed: true,
  encrypted: false,
  id: '_response',
  version: '2.0',
  issueInstant: at(0),
  issuer: { value: IDP },
  destination: ACS,
  inResponseTo: REQUEST,
  statusCodes: ['urn:oasis:names:tc:SAML:2.0:status:Success'],
};

const validConfirmation: SubjectConfirmation = {
  method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
  recipient: ACS,
  inResponseTo: REQUEST,
  notOnOrAfter: at(300_000),
};

const validData: AssertionData = {
  response: validResponse,
  id: '_assertion',
  version: '2.0',
  issueInstant: at(0),
  issuer: { value: IDP },
  hasSubject: true,
  nameId: { value: EMAIL, format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
  subjectConfirmations: [validConfirmation],
  conditions: {
    notBefore: at(-30_000),
    notOnOrAfter: at(300_000),
    audienceRestrictions: [[SP]],
    unknown: [],
  },
  authnStatements: [{ authnInstant: at(-5000), sessionIndex: '_session' }],
  attributes: new Map(),
};

export const data = (changes: Changes<AssertionData> = {}): AssertionData => change(validData, changes);

export const response = (changes: Changes<ResponseData> = {}): AssertionData =>
  data({ response: change(validResponse, changes) });

export const bearer = (changes: Changes<SubjectConfirmation> = {}): SubjectConfirmation =>
  change(validConfirmation, changes);

export const conditions = (changes: Changes<NonNullable<AssertionData['conditions']>> = {}): AssertionData =>
  data({
    conditions: change(validData.conditions ?? { audienceRestrictions: [], unknown: [] }, changes),
  });

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
