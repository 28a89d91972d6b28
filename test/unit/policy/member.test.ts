import type { SsoError } from '../../../src/core/errors';
import type { MemberPolicy } from '../../../src/policy/member-policy';
import { MemberIdentity, resolveEmail, resolveMember } from '../../../src/policy/member';
import type { AssertionData, NameId } from '../../../src/saml/assertion';
import { NAME_ID } from '../../support/idp';
import { accept, data, forgeries, message, NOW, outcome, refusalOf, SKEW } from '../../support/makers/valid';

const policy: MemberPolicy = { emailDomains: new Set(['example.com', 'example.org']) };
const attributed = (values: Record<string, readonly string[]>, nameId?: NameId): AssertionData =>
  data({
    nameId,
    attributes: new Map(
      Object.entries(values).map(([name, list]) => [name, { name, values: list, structured: false }]),
    ),
  });
const resolved = (assertion: AssertionData, changes: Partial<MemberPolicy> = {}): string =>
  resolveEmail(assertion, { ...policy, ...changes });
const refused = (assertion: AssertionData, changes: Partial<MemberPolicy> = {}): SsoError['code'] =>
  refusalOf(() => resolved(assertion, changes)).code;
const named = (value: string, format?: string): AssertionData =>
  data({ nameId: format === undefined ? { value } : { value, format } });

describe('the address of a member', () => {
  describe('from the NameID', () => {
    it.each([undefined, NAME_ID.email, NAME_ID.unspecified, NAME_ID.persistent, 'urn:x'])(
      'is taken when it is one, with Format %s',
      (format) => {
        expect(resolved(named('Alice@Example.com', format))).toBe('alice@example.com');
      },
    );

    it.each([undefined, NAME_ID.email, NAME_ID.unspecified])(
      'contradicts an attribute with another address, unless one is configured, with Format %s',
      (format) => {
        const nameId = { value: 'alice@example.com', ...(format === undefined ? {} : { format }) };
        const assertion = attributed({ email: ['bob@example.com'], login: ['carol@example.com'] }, nameId);
        expect(refused(assertion)).toBe('POLICY_EMAIL_AMBIGUOUS');
        expect(resolved(assertion, { emailFrom: 'nameId' })).toBe('alice@example.com');
        expect(resolved(assertion, { emailFrom: { attribute: 'login' } })).toBe('carol@example.com');
        expect(resolved(attributed({ login: ['carol@example.com'] }, nameId))).toBe('alice@example.com');
      },
    );

    it.each([
      ['SAML:2.0:nameid-format:kerberos', 'alice@EXAMPLE.COM'],
      ['SAML:2.0:nameid-format:entity', 'alice@example.com'],
      ['SAML:1.1:nameid-format:WindowsDomainQualifiedName', 'alice@example.com'],
      ['SAML:1.1:nameid-format:X509SubjectName', 'E=alice@example.com'],
    ])('is not an address with Format %s, which says that it is something else', (format, value) => {
      const nameId = { value, format: `urn:oasis:names:tc:${format}` };
      expect(refused(data({ nameId }))).toBe('POLICY_EMAIL_MISSING');
      expect(resolved(attributed({ email: ['bob@example.com'] }, nameId))).toBe('bob@example.com');
    });

    it.each(['alice@example.com ', 'a@b@example.com', '<alice@example.com>', '@'])(
      'that has an @ and is no mailbox is refused when nothing else speaks, and when it is configured: %j',
      (value) => {
        const assertion = named(value, NAME_ID.email);
        expect(refused(assertion)).toBe('POLICY_EMAIL_INVALID');
        expect(refused(assertion, { emailFrom: 'nameId' })).toBe('POLICY_EMAIL_INVALID');
        const both = attributed({ email: ['bob@example.com'] }, { value, format: NAME_ID.email });
        expect(refused(both, { emailFrom: 'nameId' })).toBe('POLICY_EMAIL_INVALID');
        expect(resolved(both)).toBe('bob@example.com');
      },
    );

    it('outside the domains contradicts an attribute inside them: nothing is filtered before', () => {
      const both = attributed({ email: ['alice@example.com'] }, { value: 'alice@evil.example' });
      expect(refused(both)).toBe('POLICY_EMAIL_AMBIGUOUS');
      expect(refused(both, { emailFrom: 'nameId' })).toBe('POLICY_EMAIL_DOMAIN_NOT_ALLOWED');
    });

    it.each([
      ['no @ and Format emailAddress', named('alice', NAME_ID.email), 'POLICY_EMAIL_INVALID'],
      ['nothing in it and Format emailAddress', named('', NAME_ID.email), 'POLICY_EMAIL_MISSING'],
      ['a blank in it and Format emailAddress', named(' ', NAME_ID.email), 'POLICY_EMAIL_INVALID'],
      ['no @', named('alice'), 'POLICY_EMAIL_MISSING'],
      ['no @ and Format unspecified', named('alice', NAME_ID.unspecified), 'POLICY_EMAIL_MISSING'],
      ['no @ and Format persistent', named('x', NAME_ID.persistent), 'POLICY_EMAIL_MISSING'],
      ['Format transient', named('x', NAME_ID.transient), 'POLICY_NAMEID_TRANSIENT'],
      [
        'Format transient and an address',
        named('alice@example.com', NAME_ID.transient),
        'POLICY_NAMEID_TRANSIENT',
      ],
      ['no NameID', data({ nameId: undefined }), 'POLICY_EMAIL_MISSING'],
    ])('that has %s, and no attribute: %s', (_title, assertion, code) => {
      expect(refused(assertion)).toBe(code);
    });
  });

  describe('from attributes', () => {
    const wellKnown = [
      'email',
      'mail',
      'emailAddress',
      'urn:oid:0.9.2342.19200300.100.1.3',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      'urn:mace:dir:attribute-def:mail',
    ];
    it.each(wellKnown)('%s is well known', (name) => {
      expect(resolved(attributed({ [name]: ['Alice@example.com'] }))).toBe('alice@example.com');
    });

    it.each(['e-mail', 'upn', 'mail ', '__proto__', 'constructor', ''])('%j is not', (name) => {
      expect(refused(attributed({ [name]: ['alice@example.com'] }))).toBe('POLICY_EMAIL_MISSING');
    });

    it.each([NAME_ID.transient, NAME_ID.persistent])(
      'goes before an address in a NameID of Format %s',
      (format) => {
        expect(
          resolved(attributed({ mail: ['bob@example.com'] }, { value: 'alice@example.com', format })),
        ).toBe('bob@example.com');
      },
    );

    it('is the configured one alone', () => {
      const emailFrom = { attribute: 'login' };
      const assertion = attributed({ login: ['alice@example.com'], email: ['bob@example.com'] });
      expect(resolved(assertion, { emailFrom })).toBe('alice@example.com');
      const others = { email: ['bob@example.com'], Login: ['bob@example.com'] };
      for (const format of [NAME_ID.email, NAME_ID.transient]) {
        const without = attributed(others, { value: 'bob@example.com', format });
        expect(refused(without, { emailFrom })).toBe('POLICY_EMAIL_MISSING');
      }
    });

    it('may be said several times when it is the same', () => {
      expect(
        resolved(
          attributed({ mail: ['Alice@example.com', 'alice@EXAMPLE.com', ''], email: ['alice@example.com'] }),
        ),
      ).toBe('alice@example.com');
    });

    it.each([
      [
        'two addresses in one attribute',
        { mail: ['alice@example.com', 'bob@example.com'] },
        'POLICY_EMAIL_AMBIGUOUS',
      ],
      [
        'two addresses in two attributes',
        { mail: ['alice@example.com'], email: ['bob@example.com'] },
        'POLICY_EMAIL_AMBIGUOUS',
      ],
      [
        'two addresses in two domains',
        { mail: ['alice@example.com', 'alice@example.org'] },
        'POLICY_EMAIL_AMBIGUOUS',
      ],
      ['only empty values', { mail: ['', ''] }, 'POLICY_EMAIL_MISSING'],
      ['no values', { mail: [] }, 'POLICY_EMAIL_MISSING'],
      ['what is no address', { mail: ['alice'] }, 'POLICY_EMAIL_INVALID'],
      [
        'two addresses of which one is outside the domains',
        { mail: ['alice@private.example', 'alice@example.com'] },
        'POLICY_EMAIL_AMBIGUOUS',
      ],
      ['white space', { mail: [' '] }, 'POLICY_EMAIL_INVALID'],
      ['an address outside the domains', { mail: ['alice@evil.example'] }, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED'],
    ])('%s: %#', (_title, values, code) => {
      expect(refused(attributed(values))).toBe(code);
    });

    it('may hold what is no address beside one, unless the attribute is configured: then all of it counts', () => {
      const assertion = attributed({ mail: ['alice@example.com', 'x'] });
      expect(resolved(assertion)).toBe('alice@example.com');
      expect(refused(assertion, { emailFrom: { attribute: 'mail' } })).toBe('POLICY_EMAIL_INVALID');
    });

    it('with elements inside are refused, also beside a plain value', () => {
      const attributes = new Map([
        ['mail', { name: 'mail', values: ['alice@example.com'], structured: true }],
      ]);
      expect(refused(data({ nameId: undefined, attributes }))).toBe('POLICY_EMAIL_INVALID');
      expect(resolved(data({ attributes }))).toBe('alice@example.com');
      expect(refused(data({ attributes }), { emailFrom: { attribute: 'mail' } })).toBe(
        'POLICY_EMAIL_INVALID',
      );
    });
  });
});

describe('the domains of a connection', () => {
  it.each([
    'sub.example.com',
    'example.com.evil.example',
    'evilexample.com',
    'example.co',
    'xn--example.com',
    'example.net',
  ])('do not hold %s', (domain) => {
    expect(refused(named(`alice@${domain}`))).toBe('POLICY_EMAIL_DOMAIN_NOT_ALLOWED');
  });

  it('are compared in lower case', () => {
    expect(resolved(named('alice@EXAMPLE.ORG'))).toBe('alice@example.org');
  });

  it('are all when a star says so, and none when there is none', () => {
    expect(resolved(named('alice@anything.example'), { emailDomains: '*' })).toBe('alice@anything.example');
    expect(refused(named('alice@example.com'), { emailDomains: new Set() })).toBe(
      'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
    );
    expect(refused(named('alice@example.com'), { emailDomains: new Set(['*']) })).toBe(
      'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
    );
  });

  it('do not make two addresses one under the star', () => {
    expect(refused(attributed({ mail: ['a@x.example', 'a@y.example'] }), { emailDomains: '*' })).toBe(
      'POLICY_EMAIL_AMBIGUOUS',
    );
  });
});

describe('a member', () => {
  const attribute = (name: string, ...values: string[]) => ({ name, values });
  const member = (...attributes: ReturnType<typeof attribute>[]): MemberIdentity =>
    resolveMember(accept(message({ attributes })), policy, NOW, SKEW);

  it('is frozen, and known to its class', () => {
    const identity = member();
    expect(identity).toMatchObject({ email: 'alice@example.com', names: {} });
    expect(Object.isFrozen(identity)).toBe(true);
    expect(Object.isFrozen(identity.names)).toBe(true);
    expect(MemberIdentity.isMinted(identity)).toBe(true);
  });

  it.each(forgeries)('cannot be had from %s', (_title, forge) => {
    expect(Reflect.apply(MemberIdentity.isMinted, undefined, [forge(member())])).toBe(false);
    expect(() => {
      Reflect.apply(resolveMember, undefined, [forge(accept(message())), policy, NOW, SKEW]);
    }).toThrow(new TypeError('resolveMember takes what acceptResponse returned'));
  });

  it('must have signed in as the connection demands', () => {
    const strict = { ...policy, requestedAuthnContext: ['urn:x'] };
    expect(outcome(() => resolveMember(accept(message()), strict, NOW, SKEW))).toBe(
      'POLICY_AUTHN_CONTEXT_NOT_ALLOWED',
    );
  });

  it('must have an address of the connection', () => {
    const strict = { ...policy, emailDomains: new Set(['other.example']) };
    expect(outcome(() => resolveMember(accept(message()), strict, NOW, SKEW))).toBe(
      'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
    );
  });

  const names: [string, 'firstName' | 'lastName' | 'nickname'][] = [
    ['givenName', 'firstName'],
    ['firstName', 'firstName'],
    ['urn:oid:2.5.4.42', 'firstName'],
    ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname', 'firstName'],
    ['sn', 'lastName'],
    ['surname', 'lastName'],
    ['lastName', 'lastName'],
    ['urn:oid:2.5.4.4', 'lastName'],
    ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname', 'lastName'],
    ['displayName', 'nickname'],
    ['urn:oid:2.16.840.1.113730.3.1.241', 'nickname'],
    ['http://schemas.microsoft.com/identity/claims/displayname', 'nickname'],
  ];
  it.each(names)('%s is the %s', (name, property) => {
    expect(member(attribute(name, 'Zoë 𐀀')).names).toStrictEqual({ [property]: 'Zoë 𐀀' });
  });

  it('has the first usable text of each', () => {
    const many = member(
      attribute('firstName', 'B'),
      attribute('givenName', ' ', 'A'),
      attribute('sn', 'x\ny', 'C'),
      attribute('displayName', 'A B C'),
    );
    expect(many.names).toEqual({ firstName: 'A', lastName: 'C', nickname: 'A B C' });
  });

  it.each([
    ['nothing', ''],
    ['white space', '  '],
    ['a no-break space', '\u00a0'],
    ['101 characters', 'x'.repeat(101)],
    ['a line feed', 'a\nb'],
    ['a tab', 'a\tb'],
    ['a control character', 'a\u0080b'],
    ['a delete', 'a\u007fb'],
    ['a right-to-left override', 'a\u202eb'],
    ['a zero-width space', 'a\u200bb'],
    ['a paragraph separator', 'a\u2029b'],
  ])('has no name of %s', (_title, value) => {
    expect(member(attribute('givenName', value)).names).toEqual({});
  });

  it.each(['x'.repeat(100), '<b>&"', 'Ω', ' Alice '])('may be called %j', (value) => {
    expect(member(attribute('givenName', value)).names).toEqual({ firstName: value });
  });
});
