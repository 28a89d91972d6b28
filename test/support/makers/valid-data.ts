// The object mother of the rules' tests: the data of an Assertion that passes every rule, and what we expect of it.

import { SsoError } from '../../../src/core/errors';
import type { AssertionData, ResponseData, SubjectConfirmation } from '../../../src/saml/assertion';
import type { Expected } from '../../../src/saml/login/rules/rule';

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
