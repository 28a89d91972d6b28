import { checkAuthentication, checkFreshAuthentication } from '../../../src/policy/authentication';
import type { AuthnStatement } from '../../../src/saml/assertion';
import { at, data, NOW, outcome, refusalOf, SKEW } from '../../support/makers/valid-data';

const emailDomains = new Set(['example.com']);
const statements = (...authnStatements: AuthnStatement[]) => data({ authnStatements });
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';
const X509 = 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509';

describe('requestedAuthnContext', () => {
  const check = (classes: readonly string[] | undefined, ...authnStatements: AuthnStatement[]): void => {
    const wish = classes === undefined ? {} : { requestedAuthnContext: classes };
    checkAuthentication(statements(...authnStatements), { emailDomains, ...wish }, NOW, SKEW);
  };

  it('accepts any class, and none, when it is absent', () => {
    expect(outcome(() => check(undefined, { authnContextClassRef: X509 }))).toBe('accepted');
    expect(outcome(() => check(undefined, {}))).toBe('accepted');
  });

  it('accepts any of several classes, in any statement', () => {
    expect(outcome(() => check([X509, PASSWORD], { authnContextClassRef: PASSWORD }))).toBe('accepted');
    expect(outcome(() => check([X509], {}, { authnContextClassRef: X509 }))).toBe('accepted');
  });

  it.each([
    ['another class', [{ authnContextClassRef: PASSWORD }], [PASSWORD]],
    ['no class', [{}], ['nothing']],
    ['a class that only starts like it', [{ authnContextClassRef: `${X509}2` }, {}], [`${X509}2`, 'nothing']],
  ])('refuses %s', (_title, authnStatements, received) => {
    const refusal = refusalOf(() => check([X509], ...authnStatements));
    expect([refusal.code, refusal.detail]).toEqual([
      'POLICY_AUTHN_CONTEXT_NOT_ALLOWED',
      { expected: [X509], received },
    ]);
  });

  it('refuses when nothing is accepted', () => {
    expect(outcome(() => check([], { authnContextClassRef: PASSWORD }))).toBe(
      'POLICY_AUTHN_CONTEXT_NOT_ALLOWED',
    );
  });
});

describe('maxAuthnAge', () => {
  const AGE = 3_600_000;
  const oldest = -AGE - SKEW;
  const check = (...instants: (number | undefined)[]): void => {
    const list = instants.map((ms) => (ms === undefined ? {} : { authnInstant: at(ms) }));
    checkAuthentication(statements(...list), { emailDomains, maxAuthnAgeMs: AGE }, NOW, SKEW);
  };

  it('accepts the age and the skew, to the millisecond', () => {
    expect(outcome(() => check(oldest))).toBe('accepted');
    const refusal = refusalOf(() => check(oldest - 1));
    expect([refusal.code, refusal.detail]).toEqual([
      'POLICY_AUTHN_TOO_OLD',
      { expected: 'a sign-in within 3600 s', received: '3780 s ago' },
    ]);
  });

  it('counts the newest statement', () => {
    expect(outcome(() => check(oldest - 1, oldest, undefined))).toBe('accepted');
  });

  it('takes a statement without a time for very old', () => {
    expect(outcome(() => check(undefined))).toBe('POLICY_AUTHN_TOO_OLD');
  });

  it('counts only statements of an accepted class', () => {
    const both = statements(
      { authnInstant: at(0), authnContextClassRef: PASSWORD },
      { authnInstant: at(oldest - 1), authnContextClassRef: X509 },
    );
    const wish = { emailDomains, maxAuthnAgeMs: AGE, requestedAuthnContext: [X509] };
    expect(outcome(() => checkAuthentication(both, wish, NOW, SKEW))).toBe('POLICY_AUTHN_TOO_OLD');
  });

  it('of zero accepts a sign-in of this moment', () => {
    const wish = { emailDomains, maxAuthnAgeMs: 0 };
    expect(outcome(() => checkAuthentication(statements({ authnInstant: at(0) }), wish, NOW, SKEW))).toBe(
      'accepted',
    );
    expect(
      outcome(() => checkAuthentication(statements({ authnInstant: at(-SKEW - 1) }), wish, NOW, SKEW)),
    ).toBe('POLICY_AUTHN_TOO_OLD');
  });

  it('allows the skew of the connection, which may be none', () => {
    const wish = { emailDomains, maxAuthnAgeMs: AGE };
    const old = statements({ authnInstant: at(-AGE - 1) });
    expect(outcome(() => checkAuthentication(old, wish, NOW, 1))).toBe('accepted');
    expect(outcome(() => checkAuthentication(old, wish, NOW, 0))).toBe('POLICY_AUTHN_TOO_OLD');
  });

  it('is not asked about when it is absent', () => {
    expect(
      outcome(() =>
        checkAuthentication(statements({ authnInstant: at(-1e11) }), { emailDomains }, NOW, SKEW),
      ),
    ).toBe('accepted');
  });
});

describe('ForceAuthn', () => {
  const check = (...instants: (number | undefined)[]): void => {
    const list = instants.map((ms) => (ms === undefined ? {} : { authnInstant: at(ms) }));
    checkFreshAuthentication(statements(...list), { emailDomains }, NOW, SKEW);
  };

  it('accepts a sign-in after the request, with skew, to the millisecond', () => {
    expect(outcome(() => check(0))).toBe('accepted');
    expect(outcome(() => check(-SKEW))).toBe('accepted');
    const refusal = refusalOf(() => check(-SKEW - 1));
    expect([refusal.code, refusal.detail]).toEqual([
      'POLICY_AUTHN_TOO_OLD',
      {
        expected: 'a new sign-in (ForceAuthn) since 2026-01-15T12:00:00.000Z',
        received: 'AuthnInstant 2026-01-15T11:56:59.999Z',
      },
    ]);
  });

  it('is content with one new sign-in', () => {
    expect(outcome(() => check(-SKEW - 1, undefined, 1000))).toBe('accepted');
  });

  it.each([[[]], [[undefined]]])('refuses no time: %j', (instants) => {
    expect(outcome(() => check(...instants))).toBe('POLICY_AUTHN_TOO_OLD');
  });
});

describe('B7: all wishes are met by one AuthnStatement', () => {
  const strong = { emailDomains, requestedAuthnContext: [X509] };
  const fresh = (...list: AuthnStatement[]): string =>
    outcome(() => checkFreshAuthentication(statements(...list), strong, NOW, SKEW));

  it('ForceAuthn is not met by a new sign-in of another class beside an old one of the right class', () => {
    const old = { authnInstant: at(-SKEW - 1), authnContextClassRef: X509 };
    const weak = { authnInstant: at(0), authnContextClassRef: PASSWORD };
    expect(fresh(old, weak)).toBe('POLICY_AUTHN_TOO_OLD');
    expect(fresh(weak)).toBe('POLICY_AUTHN_CONTEXT_NOT_ALLOWED');
    expect(fresh(old, weak, { authnInstant: at(0), authnContextClassRef: X509 })).toBe('accepted');
  });

  it('says which method must be new', () => {
    const old = statements({ authnInstant: at(-SKEW - 1), authnContextClassRef: X509 });
    const refusal = refusalOf(() => checkFreshAuthentication(old, strong, NOW, SKEW));
    expect(refusal.detail.expected).toMatch(/ForceAuthn.* by a method of requestedAuthnContext$/);
  });

  it('shows a statement without a time as such, and no statement at all', () => {
    const aged = { emailDomains, maxAuthnAgeMs: 1000 };
    expect(refusalOf(() => checkAuthentication(statements({}), aged, NOW, SKEW)).detail.received).toBe(
      'no usable AuthnInstant',
    );
    expect(
      refusalOf(() => checkFreshAuthentication(statements({}), { emailDomains }, NOW, SKEW)).detail.received,
    ).toBe('no usable AuthnInstant');
    const none = refusalOf(() => checkAuthentication(statements(), aged, NOW, SKEW));
    expect(none.code).toBe('POLICY_AUTHN_CONTEXT_NOT_ALLOWED');
    expect(none.detail).toEqual({ expected: 'an AuthnStatement', received: [] });
  });

  it('shows few classes, cut', () => {
    const many = Array.from({ length: 50 }, () => ({ authnContextClassRef: 'x'.repeat(5000) }));
    const { received } = refusalOf(() => checkAuthentication(statements(...many), strong, NOW, SKEW)).detail;
    expect(received).toEqual(Array.from({ length: 5 }, () => 'x'.repeat(120)));
  });
});
