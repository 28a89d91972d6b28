import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAssertion, judge, rules, VerifiedAssertion } from '../../../../../src/saml/login/rules/check';
import { when } from '../../../../../src/saml/login/rules/rule';
import {
  accept,
  at,
  bearer,
  data,
  DAY,
  expected,
  forgeries,
  message,
  NOW,
  read,
  refusalOf,
  REQUEST,
  response,
  SKEW,
} from '../../../../support/makers/valid';

describe('the rules table', () => {
  it('#message.structure/every-row has every row tested, by a row(…) in this folder', () => {
    const tested = readdirSync(__dirname)
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(__dirname, file), 'utf8').matchAll(/^row\(\s*'([^']+)'/gm)])
      .map((match) => match[1]);
    expect(tested.sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('runs in one order, from the outside in', () => {
    expect(rules.map(({ id }) => id)).toEqual([
      'response.version',
      'response.id',
      'response.issueInstant',
      'response.status',
      'response.issuer',
      'response.destination',
      'response.inResponseTo',
      'assertion.version',
      'assertion.id',
      'assertion.issuer',
      'assertion.issueInstant',
      'subject.present',
      'confirmation.bearer',
      'confirmation.notBefore',
      'confirmation.recipient',
      'confirmation.inResponseTo',
      'confirmation.notOnOrAfter',
      'confirmation.open',
      'confirmation.bounded',
      'conditions.present',
      'conditions.known',
      'conditions.window',
      'conditions.notBefore',
      'conditions.notOnOrAfter',
      'conditions.audience',
      'authn.present',
      'authn.instant',
      'authn.session',
    ]);
    expect(Object.isFrozen(rules)).toBe(true);
  });
});

describe('judging (explain)', () => {
  it('runs every row, whatever the others say', () => {
    expect(judge(data(), expected, NOW).map(({ rule, failure }) => [rule, failure])).toEqual(
      rules.map((rule) => [rule, undefined]),
    );
  });

  it('says nothing about conditions that are not there but that they are missing', () => {
    const failing = judge(data({ conditions: undefined }), expected, NOW).filter(({ failure }) => failure);
    expect(failing.map(({ rule }) => rule.id)).toEqual(['conditions.present', 'conditions.audience']);
  });

  it('quotes a malformed time as it is', () => {
    const conditions = { notBefore: 'x', notOnOrAfter: 'y', audienceRestrictions: [], unknown: [] };
    const failures = judge(data({ conditions }), expected, NOW).filter(({ failure }) => failure);
    expect(failures.map(({ rule, failure }) => [rule.id, failure?.received])).toEqual([
      ['conditions.window', 'x'],
      ['conditions.notBefore', 'x'],
      ['conditions.notOnOrAfter', 'y'],
      ['conditions.audience', 'nothing'],
    ]);
  });
});

describe('an unsolicited Response under judgement', () => {
  it('answers nothing, also where nothing is said on both sides', () => {
    const claimed = {
      ...response({ inResponseTo: undefined }),
      subjectConfirmations: [bearer({ inResponseTo: undefined })],
    };
    const failing = judge(claimed, expected, NOW).filter(({ failure }) => failure);
    expect(failing.map(({ rule }) => rule.id)).toEqual([
      'response.inResponseTo',
      'confirmation.inResponseTo',
      'confirmation.notOnOrAfter',
      'confirmation.open',
      'confirmation.bounded',
    ]);
  });
});

describe('a failure', () => {
  it('shows at most 300 characters of what came', () => {
    expect(when(true, 'SAML_ISSUER_MISMATCH', { received: 'x'.repeat(301) })).toEqual({
      code: 'SAML_ISSUER_MISMATCH',
      received: 'x'.repeat(300),
    });
  });

  it('says “nothing” when nothing came', () => {
    expect(when(true, 'SAML_ISSUER_MISMATCH')).toStrictEqual({
      code: 'SAML_ISSUER_MISMATCH',
      received: 'nothing',
    });
  });

  it('works out what came only when there is one', () => {
    const received = jest.fn(() => 'what came');
    expect(when(false, 'SAML_ISSUER_MISMATCH', { received })).toBeUndefined();
    expect(received).not.toHaveBeenCalled();
    expect(when(true, 'SAML_ISSUER_MISMATCH', { received })).toMatchObject({ received: 'what came' });
  });
});

describe('checking an Assertion', () => {
  it('gives the id, the request and until when a copy could come', () => {
    const checked = accept(message({ assertionId: '_assertion' }));
    expect(VerifiedAssertion.isMinted(checked)).toBe(true);
    expect(Object.isFrozen(checked)).toBe(true);
    expect(checked).toMatchObject({
      id: '_assertion',
      inResponseTo: REQUEST,
      validUntil: NOW + 300_000 + SKEW,
      data: { nameId: { value: 'alice@example.com' } },
      facts: { assertionSigned: true, responseSigned: false },
    });
  });

  it('keeps the replay state for the longest confirmation that passes', () => {
    const confirmations = [
      { notOnOrAfter: at(60_000) },
      { notOnOrAfter: at(120_000) },
      { notOnOrAfter: at(900_000), recipient: 'https://other.example/' },
    ];
    expect(accept(message({ confirmations })).validUntil).toBe(NOW + 120_000 + SKEW);
  });

  it('keeps it for one that counts only later, as long as the Assertion may be that old', () => {
    const withLater = (ms: number) =>
      accept(message({ confirmations: [{ notOnOrAfter: at(60_000) }, { notOnOrAfter: at(ms) }] })).validUntil;
    expect(withLater(DAY + SKEW)).toBe(NOW + DAY + SKEW);
    expect(withLater(DAY + SKEW + 3_600_000)).toBe(NOW + DAY + SKEW);
  });

  it('#message.structure/first-failure stops at the first row that fails, and says which', () => {
    const assertion = read(
      message({ audience: 'https://other.example', confirmations: [{ recipient: 'x' }] }),
    );
    const refusal = refusalOf(() => checkAssertion(assertion, expected, NOW));
    expect(refusal.code).toBe('SAML_RECIPIENT_MISMATCH');
    expect(refusal.detail).toEqual({
      rule: 'confirmation.recipient',
      clause: 'SAML Profiles §4.1.4.3',
      expected: expected.assertionConsumerServiceUrl,
      received: 'x',
    });
  });

  it.each(forgeries)('makes what %s does not pass for', (_title, forge) => {
    const forged = forge(accept(message()));
    expect(Reflect.apply(VerifiedAssertion.isMinted, undefined, [forged])).toBe(false);
  });

  it.each(forgeries)('takes %s of an Assertion for none', (_title, forge) => {
    const forged = forge(read(message()));
    expect(() => {
      Reflect.apply(checkAssertion, undefined, [forged, expected, NOW]);
    }).toThrow(new TypeError('checkAssertion takes what readAssertion returned'));
  });
});
