import { checkAuthentication, classesToAsk } from '../../../src/policy/authentication';
import { mfaInWords, REFEDS_MFA, refedsWay, showsMfa, type MfaWay } from '../../../src/policy/mfa';
import type { AuthnStatement } from '../../../src/saml/assertion';
import { at, data, NOW, outcome, refusalOf, SKEW } from '../../support/makers/valid-data';

const emailDomains = new Set(['example.com']);
const METHODS = 'http://schemas.microsoft.com/claims/authnmethodsreferences';
const MULTIPLE = 'http://schemas.microsoft.com/claims/multipleauthn';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';
const entra: MfaWay = {
  product: 'Microsoft Entra ID',
  ask: [],
  classes: [REFEDS_MFA],
  attribute: { name: METHODS, values: [MULTIPLE] },
};

const saying = (values: readonly string[] | undefined, ...authnStatements: AuthnStatement[]) =>
  data({
    authnStatements,
    attributes: new Map(
      values === undefined ? [] : [[METHODS, { name: METHODS, values, structured: false }]],
    ),
  });
const check = (mfa: MfaWay, ...given: Parameters<typeof saying>): void =>
  checkAuthentication(saying(...given), { emailDomains, mfa, maxAuthnAgeMs: 60_000 }, NOW, SKEW);

describe('a statement shows MFA', () => {
  const password = { authnContextClassRef: PASSWORD, authnInstant: at(0) };
  const strong = { authnContextClassRef: REFEDS_MFA, authnInstant: at(0) };

  it.each<[string, MfaWay, readonly string[] | undefined, AuthnStatement[], boolean]>([
    ['by its class', refedsWay, undefined, [strong], true],
    ['by the attribute of its product', entra, [PASSWORD, MULTIPLE], [password], true],
    ['by the attribute, whatever its class', entra, [MULTIPLE], [{ authnInstant: at(0) }], true],
    ['not by an attribute that the product does not use', refedsWay, [MULTIPLE], [password], false],
    ['not by another value', entra, [`${MULTIPLE}2`, PASSWORD], [password], false],
    ['not by an attribute that is not there', entra, undefined, [password], false],
    ['not by the attribute where there are two sign-ins', entra, [MULTIPLE], [password, password], false],
  ])('%s', (_title, way, values, authnStatements, shown) => {
    const said = saying(values, ...authnStatements);
    expect(showsMfa(authnStatements[0] ?? {}, said, way)).toBe(shown);
    expect(outcome(() => check(way, values, ...authnStatements))).toBe(
      shown ? 'accepted' : 'POLICY_MFA_MISSING',
    );
  });

  it('and it is that one whose age counts', () => {
    const old = { ...strong, authnInstant: at(-60_000 - SKEW - 1000) };
    const refusal = refusalOf(() => check(refedsWay, undefined, old, password));
    expect([refusal.code, refusal.detail.expected]).toEqual([
      'POLICY_AUTHN_TOO_OLD',
      'a sign-in within 60 s with MFA',
    ]);
  });
});

it('a refusal says what would show it, and what came', () => {
  const password = { authnContextClassRef: PASSWORD };
  const words = `the class ${REFEDS_MFA}, or the attribute ${METHODS} with ${MULTIPLE}`;
  expect(mfaInWords(entra)).toBe(words);
  expect(refusalOf(() => check(entra, ['pwd'], password, {})).detail).toEqual({
    expected: words,
    received: [`class ${PASSWORD}`, 'class nothing', 'attribute pwd', '2 AuthnStatements'],
  });
  expect(refusalOf(() => check(entra, undefined, password)).detail.received).toEqual([
    `class ${PASSWORD}`,
    'attribute not there',
  ]);
  expect(refusalOf(() => check(refedsWay, undefined, password)).detail).toEqual({
    expected: `the class ${REFEDS_MFA}`,
    received: [`class ${PASSWORD}`],
  });
});

it('a connection asks for what it lists, else for what its product understands', () => {
  expect(classesToAsk({ emailDomains })).toBeUndefined();
  expect(classesToAsk({ emailDomains, mfa: refedsWay })).toEqual([REFEDS_MFA]);
  expect(classesToAsk({ emailDomains, mfa: refedsWay, requestedAuthnContext: [PASSWORD] })).toEqual([
    PASSWORD,
  ]);
});
