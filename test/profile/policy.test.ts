/** Demands of the profiles on what a deployment decides: AuthnContext, and the names that are shown. */
import { resolveMember, type MemberIdentity } from '../../src/policy/member';
import type { MemberPolicy } from '../../src/policy/member-policy';
import { CONTEXT, type ResponseOptions } from '../support/idp';
import { makeWorld, NOW, toField, verify } from '../properties/gate';

const world = makeWorld();
const member = (options: Partial<ResponseOptions>, policy: Partial<MemberPolicy> = {}): MemberIdentity =>
  resolveMember(
    verify(toField(world.honest(options)), world.parties, NOW),
    { emailDomains: '*', ...policy },
    NOW,
    0,
  );

describe('the AuthnContext of the Assertion (IIP-SP07)', () => {
  const demanded = { requestedAuthnContext: [CONTEXT.x509, CONTEXT.passwordProtectedTransport] };

  it('may be anything when nothing is demanded', () => {
    expect(member({ authnStatements: [{ contextClass: null }] }).email).toBe('alice@example.com');
  });

  it.each([CONTEXT.x509, CONTEXT.passwordProtectedTransport])(
    '#policy.authentication/demanded is accepted when it is one of those demanded: %s',
    (contextClass) => {
      expect(member({ authnStatements: [{ contextClass }] }, demanded).email).toBe('alice@example.com');
    },
  );

  it.each([CONTEXT.password, `${CONTEXT.x509} ${CONTEXT.x509}`, CONTEXT.x509.toLowerCase(), '', null])(
    '#policy.authentication/other is refused when it is %j',
    (contextClass) => {
      expect(() => member({ authnStatements: [{ contextClass }] }, demanded)).toThrow(
        'POLICY_AUTHN_CONTEXT_NOT_ALLOWED',
      );
    },
  );

  it('is accepted when one of several AuthnStatements has it', () => {
    const authnStatements = [{ contextClass: CONTEXT.password }, { contextClass: CONTEXT.x509 }];
    expect(member({ authnStatements }, demanded).email).toBe('alice@example.com');
  });
});

describe('the names of a person (SDP-SP18)', () => {
  it.each([
    ['displayName', 'givenName', 'sn'],
    ['urn:oid:2.16.840.1.113730.3.1.241', 'urn:oid:2.5.4.42', 'urn:oid:2.5.4.4'],
  ])('#policy.member/names are read from %s, %s and %s', (nickname, firstName, lastName) => {
    const attributes = [
      { name: nickname, values: ['Ada L.'] },
      { name: firstName, values: ['Ada'] },
      { name: lastName, values: ['Lovelace'] },
    ];
    expect(member({ attributes }).names).toEqual({
      nickname: 'Ada L.',
      firstName: 'Ada',
      lastName: 'Lovelace',
    });
  });

  it('are no reason to refuse anybody', () => {
    const attributes = [{ name: 'displayName', values: ['', ' ', 'a\u202eb', 'x'.repeat(101)] }];
    expect(member({ attributes }).names).toEqual({});
  });
});
