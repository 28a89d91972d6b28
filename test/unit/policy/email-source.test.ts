// Which of several addresses in one assertion is the person's. Each finding is a test of its own.

import type { SsoError } from '../../../src/core/errors';
import { resolveEmail } from '../../../src/policy/member';
import type { EmailSource, MemberPolicy } from '../../../src/policy/member-policy';
import type { AssertionData, NameId } from '../../../src/saml/assertion';
import { NAME_ID } from '../../support/idp';
import { data, refusalOf } from '../../support/makers/valid-data';

const policy: MemberPolicy = { emailDomains: new Set(['corp.example']) };
const ALICE = 'alice@corp.example';

function said(
  nameId: NameId | string | undefined,
  attributes: Record<string, string | readonly string[]> = {},
): AssertionData {
  return data({
    nameId: typeof nameId === 'string' ? { value: nameId, format: NAME_ID.email } : nameId,
    attributes: new Map(
      Object.entries(attributes).map(([name, value]) => [
        name,
        { name, values: typeof value === 'string' ? [value] : value, structured: false },
      ]),
    ),
  });
}

const who = (assertion: AssertionData, changes: Partial<MemberPolicy> = {}): string =>
  resolveEmail(assertion, { ...policy, ...changes });
const refusal = (assertion: AssertionData, changes: Partial<MemberPolicy> = {}): SsoError =>
  refusalOf(() => who(assertion, changes));
const from = (attribute: string): { emailFrom: EmailSource } => ({ emailFrom: { attribute } });
const fromNameId = { emailFrom: 'nameId' } as const;
const received = ({ detail }: SsoError): string => String(detail.received);
const expected = ({ detail }: SsoError): string => String(detail.expected);

describe('B1: one configured source decides', () => {
  const mallory = said('ceo@corp.example', { mail: 'mallory@corp.example' });

  it('a configured attribute goes before a NameID that looks like an address', () => {
    expect(who(mallory, from('mail'))).toBe('mallory@corp.example');
  });

  it('the NameID can be chosen on purpose', () => {
    expect(who(mallory, fromNameId)).toBe('ceo@corp.example');
  });

  it.each([
    ['a missing attribute', said(ALICE, { email: ALICE }), from('mail'), 'POLICY_EMAIL_MISSING'],
    ['an attribute of another case', said(ALICE, { Mail: ALICE }), from('mail'), 'POLICY_EMAIL_MISSING'],
    ['an empty attribute', said(ALICE, { mail: '' }), from('mail'), 'POLICY_EMAIL_MISSING'],
    ['an invalid attribute', said(ALICE, { mail: 'alice@CORP' }), from('mail'), 'POLICY_EMAIL_INVALID'],
    [
      'an attribute with two addresses',
      said(ALICE, { mail: [ALICE, 'bob@corp.example'] }),
      from('mail'),
      'POLICY_EMAIL_AMBIGUOUS',
    ],
    ['a missing NameID', said(undefined, { mail: ALICE }), fromNameId, 'POLICY_EMAIL_MISSING'],
    ['an empty NameID', said('', { mail: ALICE }), fromNameId, 'POLICY_EMAIL_MISSING'],
    ['a NameID that is a name', said('CORP\\alice', { mail: ALICE }), fromNameId, 'POLICY_EMAIL_INVALID'],
    [
      'a transient NameID',
      said({ value: ALICE, format: NAME_ID.transient }, { mail: ALICE }),
      fromNameId,
      'POLICY_NAMEID_TRANSIENT',
    ],
    [
      'a Kerberos principal',
      said({ value: ALICE, format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos' }, { mail: ALICE }),
      fromNameId,
      'POLICY_EMAIL_INVALID',
    ],
  ])('%s is refused, whatever the other sources say', (_title, assertion, source, code) => {
    expect(refusal(assertion, source).code).toBe(code);
  });

  it('an attribute that is called nameId is an attribute', () => {
    expect(who(said('ceo@corp.example', { nameId: ALICE }), from('nameId'))).toBe(ALICE);
    expect(refusal(said('ceo@corp.example'), from('nameId')).code).toBe('POLICY_EMAIL_MISSING');
  });

  it('several equal values are one', () => {
    expect(who(said('x', { mail: [ALICE, 'Alice@CORP.example', ''] }), from('mail'))).toBe(ALICE);
  });
});

describe('B2: two different addresses are refused when nobody said which counts', () => {
  it('NameID and attribute, with both sources and both lines', () => {
    const refused = refusal(said('as0042@corp.example', { mail: ALICE }));
    expect(refused.code).toBe('POLICY_EMAIL_AMBIGUOUS');
    expect(expected(refused)).toContain('`emailFrom: nameId` or `emailFrom: mail`');
    expect(refused.detail.received).toEqual([
      `NameID a***@corp.example, Format ${NAME_ID.email}`,
      'attribute mail: a***@corp.example (another address)',
    ]);
  });

  it('before the domains are looked at', () => {
    for (const emailDomains of ['*', new Set(['corp.example']), new Set(['other.example'])] as const) {
      const refused = refusal(said('alice@tenant.example', { mail: ALICE }), { emailDomains });
      expect(refused.code).toBe('POLICY_EMAIL_AMBIGUOUS');
    }
  });

  it('names the line of the attribute as the IdP spells it', () => {
    const claim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
    expect(expected(refusal(said(undefined, { Mail: ALICE, [claim]: 'bob@corp.example' })))).toContain(
      `\`emailFrom: Mail\` or \`emailFrom: ${claim}\``,
    );
  });

  it('proposes no line that would not decide', () => {
    const two = [ALICE, 'bob@corp.example'];
    expect(expected(refusal(said(undefined, { mail: two })))).toBe('one address, not several in one source');
    const beside = expected(refusal(said(ALICE, { mail: two, email: [ALICE, 'x'] })));
    expect(beside).toBe('one address; `emailFrom: nameId` in the connection would decide');
  });

  it('equal ones pass, compared in normal form', () => {
    expect(who(said('Alice@Corp.Example', { mail: ALICE, email: 'ALICE@corp.example' }))).toBe(ALICE);
  });
});

describe('B3: what is no mailbox is no candidate', () => {
  it.each([
    'alice_corp.example#EXT#@tenant.onmicrosoft.example',
    'alice@CORP',
    'CORP\\alice',
    'Alice <alice@corp.example>',
    'alice@corp@tenant.example',
    '@',
  ])('as NameID it does not hide the attribute, and as attribute not the NameID: %s', (name) => {
    expect(who(said(name, { mail: ALICE }))).toBe(ALICE);
    expect(who(said(ALICE, { mail: name }))).toBe(ALICE);
    expect(who(said(undefined, { mail: name, email: ALICE }))).toBe(ALICE);
    expect(refusal(said(name)).code).toBe('POLICY_EMAIL_INVALID');
    expect(refusal(said('u4711', { mail: name })).code).toBe('POLICY_EMAIL_INVALID');
  });

  it('a persistent identifier that looks like an address counts only when nothing else was sent', () => {
    const persistent = { value: 'id7@corp.example', format: NAME_ID.persistent };
    expect(who(said(persistent))).toBe('id7@corp.example');
    expect(who(said(persistent, { mail: ALICE }))).toBe(ALICE);
    expect(refusal(said(persistent, { mail: 'alice@CORP' })).code).toBe('POLICY_EMAIL_INVALID');
    expect(who(said(persistent, { mail: ALICE }), fromNameId)).toBe('id7@corp.example');
  });
});

describe('B4: a refusal shows both sides', () => {
  it('what was configured and what came instead', () => {
    const refused = refusal(
      said({ value: 'u4711', format: NAME_ID.persistent }, { Department: 'x', email: ALICE }),
      from('mail'),
    );
    expect(refused.detail).toEqual({
      expected: 'one address in the attribute mail (emailFrom of the connection)',
      received: [
        `NameID u*** (no @), Format ${NAME_ID.persistent}`,
        'attribute email: a***@corp.example',
        'attribute Department',
      ],
    });
  });

  it.each([
    ['MISSING', said(undefined), {}, 'no NameID,no attributes'],
    [
      'MISSING',
      said('', { mail: [] }),
      {},
      `NameID (empty), Format ${NAME_ID.email},attribute mail: no value`,
    ],
    ['INVALID', said('alice@CORP'), {}, 'NameID a***@CORP (no dot in the domain)'],
    ['INVALID', said('a b@corp.example'), {}, 'a***@corp.example (white space or a control character in it)'],
    ['INVALID', said('alice@cörp.example'), {}, 'a***@cörp.example (a character outside ASCII in it)'],
    ['INVALID', said('a@b@corp.example'), {}, 'a***@corp.example (more than one @)'],
    ['INVALID', said('a.b#EXT#@t.example'), {}, 'a***@t.example (the name of a guest account, no mailbox)'],
    ['INVALID', said('"alice"@corp.example'), {}, '***@corp.example (no plain mailbox)'],
    ['INVALID', said('<alice@corp.example>'), {}, '***@corp.example… (no plain mailbox)'],
    ['INVALID', said('@corp.example'), {}, '***@corp.example (no plain mailbox)'],
    ['DOMAIN_NOT_ALLOWED', said('alice@evil.example'), {}, 'NameID a***@evil.example'],
    [
      'DOMAIN_NOT_ALLOWED',
      said('x', { login: 'bob@evil.example' }),
      from('login'),
      'login: b***@evil.example',
    ],
  ])('%s: %#', (code, assertion, source, text) => {
    const refused = refusal(assertion, source);
    expect(refused.code).toBe(`POLICY_EMAIL_${code}`);
    expect(received(refused)).toContain(text);
    expect(expected(refused)).toMatch(/address/);
  });

  it('TRANSIENT, and a NameID without Format', () => {
    const refused = refusal(said({ value: '_x1', format: NAME_ID.transient }, { groups: 'a' }));
    expect(refused.code).toBe('POLICY_NAMEID_TRANSIENT');
    expect(received(refused)).toBe(`NameID *** (no @), Format ${NAME_ID.transient},attribute groups`);
    expect(received(refusal(said({ value: 'u1' })))).toContain('NameID u*** (no @), without Format');
  });

  it('what a connection may vouch for, also of many domains and of the star', () => {
    const domains = new Set(Array.from({ length: 11 }, (_, index) => `d${index}.example`));
    expect(expected(refusal(said(ALICE), { emailDomains: domains }))).toMatch(
      /^an address at d0.* and 3 more$/,
    );
    const rest = { emailDomains: '*', domainsOfOthers: new Set(['corp.example']) } as const;
    expect(expected(refusal(said(ALICE), rest))).toBe(
      'an address at a domain that no other connection of this site names (these are corp.example)',
    );
  });

  it('never a local part, nor the values of other attributes', () => {
    const assertion = said('alice.secret@evil.example', { mail: 'bob.secret', phone: '555-secret' });
    const text = JSON.stringify(refusal(assertion).detail);
    expect(text).toContain('evil.example');
    expect(text).not.toContain('secret');
  });

  it('few attributes and values, short, without control characters or addresses in their names', () => {
    const names = Array.from({ length: 500 }, (_, index) => `a${index}\u202e\n${'x'.repeat(5000)}`);
    const many = said(
      { value: `a@${'b'.repeat(5000)}`, format: 'f'.repeat(5000) },
      {
        'alice@corp.example': 'x',
        mail: ['1@x', '2@x', '3@x', '4@x', '5@x'],
        ...Object.fromEntries(names.map((name) => [name, 'v'])),
      },
    );
    const lines = refusal(many).detail.received as readonly string[];
    expect(lines).toHaveLength(10);
    expect(lines[1]).toMatch(/^attribute mail: 1\*{3}@x .* and 2 more$/);
    expect(lines[2]).toBe('attribute a***@corp.example');
    expect(lines[3]).toContain('attribute a0\ufffd\ufffdx');
    expect(lines[9]).toBe('494 more attributes');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(200);
    expect(lines.join('')).not.toMatch(/[\n\u202e]/);
  });

  it('says when an attribute holds XML', () => {
    const attributes = new Map([['mail', { name: 'mail', values: [], structured: true }]]);
    expect(received(refusal(data({ nameId: undefined, attributes })))).toContain(
      'attribute mail: XML elements',
    );
  });
});

describe('B5: an empty NameID of format emailAddress', () => {
  it('is a missing address, not an invalid one', () => {
    expect(refusal(said('')).code).toBe('POLICY_EMAIL_MISSING');
    expect(refusal(said('', { mail: '' })).code).toBe('POLICY_EMAIL_MISSING');
  });

  it('does not hide an attribute', () => {
    expect(who(said('', { mail: ALICE }))).toBe(ALICE);
  });
});

describe('B6: a named domain belongs to those who name it', () => {
  const star = { emailDomains: '*', domainsOfOthers: new Set(['corp.example']) } as const;

  it('the star does not reach it', () => {
    expect(refusal(said('Alice@CORP.example'), star).code).toBe('POLICY_EMAIL_DOMAIN_NOT_ALLOWED');
  });

  it('the star reaches all others, also those that look alike', () => {
    expect(who(said('alice@sub.corp.example'), star)).toBe('alice@sub.corp.example');
    expect(who(said(ALICE), { emailDomains: '*', domainsOfOthers: new Set() })).toBe(ALICE);
  });
});

describe('B10: names that real IdPs give the address', () => {
  it.each([
    'EmailAddress',
    'Emailaddress',
    'EMAIL',
    'Mail',
    'User.email',
    'urn:oid:1.2.840.113549.1.9.1',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:mace:dir:attribute-def:mail',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/EmailAddress',
    'http://schemas.xmlsoap.org/claims/EmailAddress',
    'http://wso2.org/claims/emailaddress',
  ])('%s is well known', (name) => {
    expect(who(said('u4711', { [name]: ALICE }))).toBe(ALICE);
  });

  it.each([
    'http://evil.example/claims/NotMail',
    'http://evil.example/claims/mail',
    'urn:corp:manager:mail',
    'urn:oid:1.2.840.113549.1.9.11',
    'backup.email',
    'hotmail',
    'emails',
    'mail\u200b',
    'ma\u0131l',
  ])('%j is not: nobody knows whose address it holds', (name) => {
    expect(refusal(said({ value: 'u4711' }, { [name]: ALICE })).code).toBe('POLICY_EMAIL_MISSING');
  });

  it('two of them must agree', () => {
    const two = said('u4711', { EmailAddress: ALICE, 'urn:oid:1.2.840.113549.1.9.1': 'bob@corp.example' });
    expect(refusal(two).code).toBe('POLICY_EMAIL_AMBIGUOUS');
  });
});
