// The door: its order, its two ways out, and that they agree.

import type { ErrorCode } from '../../../src/core/errors';
import { resolveMember } from '../../../src/policy/member';
import type { Decryption } from '../../../src/saml/encryption/decrypt';
import { acceptResponse, judgeResponse, VerifiedAssertion, type Question } from '../../../src/saml/gate';
import { rules } from '../../../src/saml/login/rules/check';
import { CONTENT } from '../../support/idp';
import {
  EMAIL,
  expected,
  IDP,
  message,
  NOW,
  outcome,
  parse,
  refusalOf,
  spKeys,
  trust,
} from '../../support/makers/valid';

const question: Question = { trust, expected, now: NOW };
const encrypt = { recipients: [spKeys.certificatePem], content: CONTENT.aes128cbc };
const changed = (pattern: string | RegExp, replacement: string, xml: string): string => {
  const result = xml.replace(pattern, replacement);
  if (result === xml) throw new Error(`nothing to change: ${String(pattern)}`);
  return result;
};

const honest = message();
const expired = message({ now: new Date(NOW - 3_600_000) });
const unreadable = message({
  mutateUnsigned: (xml) => changed('<saml:Subject>', 'text<saml:Subject>', xml),
});
const forged = changed('alice@', 'mallory@', honest);
const unsigned = message({ sign: {} });

/** A message that is wrong at one step, or at several, and the code of the first. */
const answers: [title: string, xml: string, code: ErrorCode | 'accepted'][] = [
  ['honest', honest, 'accepted'],
  ['honest, encrypted', message({ encrypt }), 'accepted'],
  ['forged', forged, 'SAML_SIGNATURE_INVALID'],
  ['unsigned', unsigned, 'SAML_SIGNATURE_MISSING'],
  ['forged and expired', changed('alice@', 'mallory@', expired), 'SAML_SIGNATURE_INVALID'],
  ['forged and not to be read', changed('alice@', 'mallory@', unreadable), 'SAML_SIGNATURE_INVALID'],
  ['not to be read', unreadable, 'SAML_STRUCTURE_INVALID'],
  ['expired', expired, 'SAML_SUBJECT_CONFIRMATION_EXPIRED'],
  ['from another IdP', message({ issuer: `${IDP}/other` }), 'SAML_ISSUER_MISMATCH'],
];

describe('the way in', () => {
  it('gives what was verified, read and checked', () => {
    const assertion = acceptResponse(parse(honest), question);
    expect(VerifiedAssertion.isMinted(assertion)).toBe(true);
    expect(assertion.data.nameId?.value).toBe(EMAIL);
    expect(assertion.facts).toMatchObject({ assertionSigned: true, responseSigned: false, encrypted: false });
    expect(assertion.inResponseTo).toBe(expected.requestId);
  });

  it.each(answers)('an answer that is %s', (_title, xml, code) => {
    expect(outcome(() => acceptResponse(parse(xml), question))).toBe(code);
  });

  it('asks with what it was given', () => {
    const ask = (changes: Partial<Question>): string =>
      outcome(() => acceptResponse(parse(honest), { ...question, ...changes }));
    expect(ask({ trust: { ...trust, keys: [] } })).toBe('SAML_SIGNATURE_INVALID');
    expect(ask({ expected: { ...expected, serviceProvider: 'urn:other' } })).toBe('SAML_AUDIENCE_MISMATCH');
    expect(ask({ now: NOW + 3_600_000 })).toBe('SAML_SUBJECT_CONFIRMATION_EXPIRED');
  });

  it('opens an encrypted NameID with the keys it opens an Assertion with', () => {
    const xml = message({ encryptNameId: encrypt });
    expect(acceptResponse(parse(xml), question).data.nameId?.value).toBe(EMAIL);
    const none = { ...trust, decryption: { ...trust.decryption, keys: [] } };
    expect(outcome(() => acceptResponse(parse(xml), { ...question, trust: none }))).toBe(
      'SAML_DECRYPTION_FAILED',
    );
  });
});

describe('the way out for those who only look', () => {
  it('gives every verdict on an honest answer, and nothing to sign in with', () => {
    const judgement = judgeResponse(parse(honest), question);
    expect(judgement.refusal).toBeUndefined();
    expect(judgement.data).toEqual(acceptResponse(parse(honest), question).data);
    expect(judgement.verdicts.map(({ rule }) => rule)).toEqual(rules);
    expect(judgement.verdicts.filter(({ failure }) => failure !== undefined)).toEqual([]);
    for (const value of [judgement, judgement.data]) {
      expect(() => {
        Reflect.apply(resolveMember, undefined, [value, { emailDomains: '*' }, NOW, 0]);
      }).toThrow(new TypeError('resolveMember takes what acceptResponse returned'));
    }
  });

  it.each(answers)('agrees with the way in about an answer that is %s', (_title, xml, code) => {
    const { refusal, verdicts } = judgeResponse(parse(xml), question);
    const failed = verdicts.find(({ failure }) => failure !== undefined);
    expect(refusal?.code ?? failed?.failure?.code ?? 'accepted').toBe(code);
    if (refusal === undefined) expect(verdicts).toHaveLength(rules.length);
  });

  it('shows what was hidden, where it was verified', () => {
    const { data } = judgeResponse(parse(message({ encrypt })), question);
    expect([data?.nameId?.value, data?.response.encrypted]).toEqual([EMAIL, true]);
  });

  it('goes on with what a forged answer claims', () => {
    const { refusal, data, verdicts } = judgeResponse(
      parse(changed('alice@', 'mallory@', expired)),
      question,
    );
    expect(refusal?.code).toBe('SAML_SIGNATURE_INVALID');
    expect(data?.nameId?.value).toBe('mallory@example.com');
    expect(verdicts).toHaveLength(rules.length);
    const codes = verdicts.flatMap(({ failure }) => (failure === undefined ? [] : [failure.code]));
    expect(codes).toContain('SAML_SUBJECT_CONFIRMATION_EXPIRED');
  });

  it.each([
    ['cannot be read', unreadable],
    [
      'is hidden',
      changed('InResponseTo', 'Consent="x" InResponseTo', message({ encrypt, sign: { response: true } })),
    ],
    ['is not there', changed(/<saml:Assertion [^]*<\/saml:Assertion>/, '', honest)],
  ])('has no data and no verdicts where the Assertion %s', (_title, xml) => {
    const { refusal, data, verdicts } = judgeResponse(parse(xml), question);
    expect([refusal === undefined, data, verdicts]).toEqual([false, undefined, []]);
  });
});

describe('who counts failed decryptions', () => {
  /** Says how often it was told, whichever way the answer goes. */
  const told = (xml: string, judge: (decryption: Decryption) => unknown): [string, number] => {
    let count = 0;
    const onFailure = (): void => {
      count++;
    };
    return [outcome(() => judge({ ...trust.decryption, onFailure })), count];
  };
  const accept = (xml: string): [string, number] =>
    told(xml, (decryption) => acceptResponse(parse(xml), { ...question, trust: { ...trust, decryption } }));

  it.each([
    ['honest', message({ encrypt }), 'accepted', 0],
    ['unsigned', message({ encrypt, sign: {} }), 'SAML_DECRYPTION_FAILED', 1],
    ['forged', forged, 'SAML_SIGNATURE_INVALID', 1],
    ['not to be read', unreadable, 'SAML_STRUCTURE_INVALID', 1],
    [
      'expired: the plaintext was what it should be',
      message({ encrypt, now: new Date(NOW - 3_600_000) }),
      'SAML_SUBJECT_CONFIRMATION_EXPIRED',
      0,
    ],
  ])('is told of an answer that is %s', (_title, xml, code, count) => {
    expect(accept(xml)).toEqual([code, count]);
  });

  it('is told by both ways out', () => {
    const judged = told(forged, (decryption) =>
      judgeResponse(parse(forged), { ...question, trust: { ...trust, decryption } }),
    );
    expect(judged).toEqual(['accepted', 1]);
  });
});

describe('a mistake of ours', () => {
  const mistake = new TypeError('a mistake');
  const fail = (): never => {
    throw mistake;
  };
  const keys = new Proxy([], { get: fail });

  it('is no refusal, whichever way out', () => {
    const broken = { ...question, trust: { ...trust, keys } };
    expect(() => acceptResponse(parse(honest), broken)).toThrow(mistake);
    expect(() => judgeResponse(parse(honest), broken)).toThrow(mistake);
    expect(refusalOf(() => acceptResponse(parse(forged), question)).code).toBe('SAML_SIGNATURE_INVALID');
  });

  it('is none either while claims are read', () => {
    const decryption = { ...trust.decryption, keys };
    const xml = message({ encryptNameId: encrypt, sign: {} });
    expect(() => judgeResponse(parse(xml), { ...question, trust: { ...trust, decryption } })).toThrow(
      mistake,
    );
  });
});
