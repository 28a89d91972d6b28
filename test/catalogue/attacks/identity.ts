/** Addresses that are not what they look like: security catalogue 2.5. All of it is signed by the identity provider. */
import { NAME_ID, type AttributeOptions, type ResponseOptions } from '../../support/idp';
import { attack, type AttackCase, type AttackDraft, type Verdict } from './catalogue';
import { honest } from './material';
import { under } from '../../support/rule-ids';

const INVALID = 'POLICY_EMAIL_INVALID';
const MISSING = 'POLICY_EMAIL_MISSING';
const DOMAIN = 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED';
const AMBIGUOUS = 'POLICY_EMAIL_AMBIGUOUS';

const says = (id: string, source: string, expect: Verdict, options: Partial<ResponseOptions>): AttackDraft =>
  attack(id, source, expect, (c) => honest(c, 'assertion', options));

const nameIds: [string, string, string][] = [
  // outside the connection's domains
  ['foreign-domain', 'mallory@evil.example', DOMAIN],
  ['subdomain', 'mallory@sub.example.com', DOMAIN],
  ['parent-domain', 'mallory@com', INVALID],
  ['lookalike-suffix', 'mallory@example.com.evil.example', DOMAIN],
  ['lookalike-prefix', 'mallory@evilexample.com', DOMAIN],
  ['lookalike-dash', 'mallory@evil-example.com', DOMAIN],
  ['other-connection-domain', 'mallory@globex.example', DOMAIN],
  ['punycode', 'mallory@xn--xample-2of.com', DOMAIN],
  ['trailing-dot', 'mallory@example.com.', INVALID],
  ['leading-dot-domain', 'mallory@.example.com', INVALID],
  ['double-dot-domain', 'mallory@example..com', INVALID],
  // syntax
  ['two-at', 'mallory@evil.example@example.com', INVALID],
  ['two-at-reversed', 'alice@example.com@evil.example', INVALID],
  ['no-at', 'mallory.example.com', INVALID],
  ['no-local', '@example.com', INVALID],
  ['no-domain', 'mallory@', INVALID],
  ['quoted-local', '"alice"@example.com', INVALID],
  ['quoted-local-at', '"alice@example.com"@example.com', INVALID],
  ['quoted-escape', '"ali\\ce"@example.com', INVALID],
  ['angle', 'Alice <alice@example.com>', INVALID],
  ['angle-only', '<alice@example.com>', INVALID],
  ['display-name-other', '"alice@example.com" <mallory@example.com>', INVALID],
  ['list-comma', 'mallory@example.com,alice@example.com', INVALID],
  ['list-semicolon', 'mallory@example.com;alice@example.com', INVALID],
  ['list-space', 'mallory@example.com alice@example.com', INVALID],
  ['comment', 'alice(comment)@example.com', INVALID],
  ['comment-domain', 'alice@(comment)example.com', INVALID],
  ['percent-hack', 'alice%evil.example@example.com', INVALID],
  ['bang-path', 'evil!alice@example.com', INVALID],
  ['source-route', '@evil.example:alice@example.com', INVALID],
  ['mailto', 'mailto:alice@example.com', INVALID],
  ['mailto-query', 'alice@example.com?cc=mallory@evil.example', INVALID],
  ['literal', 'alice@[127.0.0.1]', INVALID],
  ['encoded-word', '=?utf-8?q?alice=40example.com?=', INVALID],
  ['leading-dot', '.alice@example.com', INVALID],
  ['trailing-dot-local', 'alice.@example.com', INVALID],
  ['double-dot-local', 'al..ice@example.com', INVALID],
  ['too-long', `${'a'.repeat(300)}@example.com`, INVALID],
  ['long-local', `${'a'.repeat(65)}@example.com`, INVALID],
  ['backslash', 'alice\\@example.com', INVALID],
  ['slash', 'alice/evil@example.com', INVALID],
  ['html', '<img src=x onerror=alert(1)>@example.com', INVALID],
  ['template', '${7*7}@example.com', INVALID],
  // Unicode
  ['fullwidth-at', 'alice\uff20example.com', INVALID],
  ['fullwidth-domain', 'alice@\uff45xample.com', INVALID],
  ['fullwidth-local', '\uff41lice@example.com', INVALID],
  ['ideographic-dot', 'alice@example\u3002com', INVALID],
  ['one-dot-leader', 'alice@example\u2024com', INVALID],
  ['dotless-i', 'al\u0131ce@example.com', INVALID],
  ['long-s', 'ali\u017f@example.com', INVALID],
  ['kelvin', 'ali\u212a@example.com', INVALID],
  ['cyrillic', '\u0430lice@example.com', INVALID],
  ['cyrillic-domain', 'alice@\u0435\u0445ample.com', INVALID],
  ['idn', 'alice@exämple.com', INVALID],
  ['zero-width-space', 'ali\u200bce@example.com', INVALID],
  ['zero-width-joiner', 'alice@exam\u200dple.com', INVALID],
  ['word-joiner', 'alice\u2060@example.com', INVALID],
  ['soft-hyphen', 'ali\u00adce@example.com', INVALID],
  ['bidi-override', 'alice@\u202eexample.com', INVALID],
  ['bidi-mark', 'alice@example.com\u200e', INVALID],
  ['combining', 'alice\u0301@example.com', INVALID],
  ['bom', '\ufeffalice@example.com', INVALID],
  ['non-bmp', 'alice𝒳@example.com', INVALID],
  ['variation-selector', 'alice\ufe0f@example.com', INVALID],
  // white space and controls
  ['leading-space', ' alice@example.com', INVALID],
  ['trailing-space', 'alice@example.com ', INVALID],
  ['inner-space', 'ali ce@example.com', INVALID],
  ['newline', 'alice@example.com\n', INVALID],
  ['newline-inside', 'alice\n@example.com', INVALID],
  ['newline-second-address', 'mallory@evil.example\nalice@example.com', INVALID],
  ['crlf-ref', 'alice@example.com\r\nBcc: x@evil.example', INVALID],
  ['cr-ref', 'alice@example.com\r', INVALID],
  ['tab', 'alice@example.com\t', INVALID],
  ['nbsp', 'alice@example.com\u00a0', INVALID],
  ['del', 'alice\u007f@example.com', INVALID],
  ['null-word', 'null@', INVALID],
];

const byNameId: AttackCase[] = under(
  'policy.email',
  nameIds.map(([name, value, code]) =>
    says(`I-${name}`, 'e-mail confusion', code, { nameId: { value, format: NAME_ID.email } }),
  ),
);

// By reference: xml-crypto's parser would turn the raw characters into line feeds before it digests them.
const separators: AttackCase[] = under(
  'policy.email',
  (['2028', '2029', '0085', '00A0', 'A', 'D', '9'] as const).map((code) =>
    says(`I-reference-${code}`, 'line separators', INVALID, {
      nameId: { value: '', rawContent: `alice@example.com&#x${code};`, format: NAME_ID.email },
    }),
  ),
);

const quotable: AttackCase[] = under(
  'policy.email',
  ["o'neil@example.com", "alice'--@example.com", 'alice+tag@example.com', 'a=b&c@example.com'].map(
    (value, index) =>
      // Plain atext (RFC 5321 §4.1.2): whoever builds queries or pages from it must escape, which is what the site does.
      says(
        `I-atext-${index}`,
        'RFC 5321 §4.1.2',
        { acceptedAs: value },
        { nameId: { value, format: NAME_ID.email } },
      ),
  ),
);

const persistent = { value: 'a-user-id', format: NAME_ID.persistent };
const email = (...values: AttributeOptions['values']): AttributeOptions => ({ name: 'email', values });

const others: AttackCase[] = [
  ...under('policy.email', [
    says('I-nameid-empty', 'Core §8.3; LemonLDAP::NG, person without mail', MISSING, {
      nameId: { value: '', format: NAME_ID.email },
    }),
    says('I-nameid-blank', 'Core §8.3', INVALID, { nameId: { value: '  ', format: NAME_ID.email } }),
    says('I-nameid-none', 'Core §2.4.1', MISSING, { nameId: null }),
    says('I-nameid-persistent-only', 'no address', MISSING, { nameId: persistent }),
    says('I-nameid-transient', 'Core §8.3.8', 'POLICY_NAMEID_TRANSIENT', {
      nameId: { value: '_x1', format: NAME_ID.transient },
    }),
    says('I-nameid-transient-address', 'Core §8.3.8', 'POLICY_NAMEID_TRANSIENT', {
      nameId: { value: 'alice@example.com', format: NAME_ID.transient },
    }),
  ]),
  ...under('message.structure', [
    attack('I-nameid-two', 'Core §2.4.1 schema', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'assertion', {
        mutateUnsigned: (xml) =>
          xml.replace(/<saml:NameID.*<\/saml:NameID>/, (all) => all + all.replace(c.attacker, c.victim)),
      }),
    ),
  ]),
  ...under('policy.email', [
    says('I-nameid-attr-named-nameid', 'merged profile object', MISSING, {
      nameId: persistent,
      attributes: [{ name: 'nameID', values: ['alice@example.com'] }],
    }),
    says('I-baseid', 'Core §2.2.1', MISSING, {
      nameId: null,
      mutateUnsigned: (xml) =>
        xml.replace(
          '<saml:Subject>',
          '<saml:Subject><saml:BaseID xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x" xsi:type="x:Any"/>',
        ),
    }),
    says('I-email-two-values', 'ambiguous', AMBIGUOUS, {
      nameId: persistent,
      attributes: [email('mallory@example.com', 'alice@example.com')],
    }),
    says('I-email-two-attributes', 'first wins / last wins', AMBIGUOUS, {
      nameId: persistent,
      attributes: [email('mallory@example.com'), email('alice@example.com')],
    }),
    says('I-email-two-names', 'ambiguous', AMBIGUOUS, {
      nameId: persistent,
      attributes: [email('mallory@example.com'), { name: 'mail', values: ['alice@example.com'] }],
    }),
    says('I-email-element-value', 'structured value', INVALID, {
      nameId: persistent,
      attributes: [email({ raw: '<a>alice@example.com</a>' })],
    }),
    says('I-email-mixed-value', 'structured value', INVALID, {
      nameId: persistent,
      attributes: [email({ raw: 'not-<a/>alice@example.com' })],
    }),
    says('I-email-attribute-foreign', 'domain binding', DOMAIN, {
      nameId: persistent,
      attributes: [email('alice@evil.example')],
    }),
    says('I-email-attribute-name-case', 'names are compared exactly', MISSING, {
      nameId: persistent,
      attributes: [{ name: 'EMAIL ', values: ['alice@example.com'] }],
    }),
    says('I-upn-outside', 'a UPN is not an address', DOMAIN, {
      nameId: { value: 'alice@corp.local', format: NAME_ID.unspecified },
    }),
  ]),
];

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
const alice = 'alice@example.com';
const mallory = 'mallory@example.com';
const mail = (value: string, name = 'mail'): AttributeOptions => ({ name, values: [value] });
const speaking = (value: string) => ({ value, format: NAME_ID.email });

/** Nobody configured a source: two sources that name different people are refused, whichever of them is the liar. */
const sources: AttackCase[] = under('policy.email', [
  says('I-source-nameid-victim', 'a NameID the person may choose, mail is theirs', AMBIGUOUS, {
    nameId: speaking(alice),
    attributes: [mail(mallory)],
  }),
  says('I-source-mail-victim', 'a self-service mail attribute', AMBIGUOUS, {
    nameId: speaking(mallory),
    attributes: [mail(alice)],
  }),
  says('I-source-unspecified-nameid-victim', 'Core §8.3.1: unspecified may be an address', AMBIGUOUS, {
    nameId: { value: alice, format: NAME_ID.unspecified },
    attributes: [mail(mallory, 'email')],
  }),
  says('I-source-two-claims', 'two well-known names, no NameID', AMBIGUOUS, {
    nameId: null,
    attributes: [mail(mallory, claims), mail(alice, 'urn:oid:1.2.840.113549.1.9.1')],
  }),
  says('I-source-name-in-another-case', 'a second attribute under a name in another case', AMBIGUOUS, {
    nameId: persistent,
    attributes: [mail(mallory), mail(alice, 'MAIL')],
  }),
  says('I-source-foreign-domain-hides-nobody', 'no domain filter before the choice', AMBIGUOUS, {
    nameId: speaking('mallory@evil.example'),
    attributes: [mail(alice)],
  }),
  says('I-source-two-values-one-inside', 'no domain filter before the choice', AMBIGUOUS, {
    nameId: persistent,
    attributes: [{ name: 'mail', values: ['mallory@evil.example', alice] }],
  }),
  says('I-source-opaque-and-two', 'a transient NameID decides nothing', AMBIGUOUS, {
    nameId: { value: alice, format: NAME_ID.transient },
    attributes: [mail(mallory), mail(alice, 'EmailAddress')],
  }),
  says('I-source-manager', 'a name that only ends like a well-known one', MISSING, {
    nameId: persistent,
    attributes: [mail(alice, 'urn:corp:manager:mail'), mail(alice, 'http://evil.example/claims/NotMail')],
  }),
  says('I-source-kerberos', 'Core §8.3.5: a principal is no mailbox', MISSING, {
    nameId: { value: alice, format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos' },
  }),
  says('I-source-guest-name', 'Entra: the name of a guest account', INVALID, {
    nameId: speaking('alice_example.com#EXT#@tenant.example.com'),
  }),
  says('I-source-down-level-name', 'DOMAIN\\user', INVALID, { nameId: speaking('EXAMPLE\\alice') }),
  says(
    'I-source-lookalike-pair',
    'equal only to the eye',
    { acceptedAs: mallory },
    {
      nameId: speaking('al\u0456ce@example.com'),
      attributes: [mail(mallory)],
    },
  ),
  says(
    'I-source-structured-victim',
    'XML in one source is no candidate',
    { acceptedAs: mallory },
    {
      nameId: speaking(mallory),
      attributes: [email({ raw: '<a>alice@example.com</a>' })],
    },
  ),
]);

const pollution: AttackCase[] = under(
  'policy.email',
  [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'nameID',
    'isAdmin',
    '$ne',
    'valueOf',
  ].flatMap((name) => [
    says(
      `I-attr-${name}`,
      'CVE-2023-0842; CVE-2022-37616',
      { acceptedAs: 'mallory@example.com' },
      {
        attributes: [{ name, values: ['alice@example.com'] }],
      },
    ),
    says(
      `I-attr-${name}-structured`,
      'CVE-2023-0842',
      { acceptedAs: 'mallory@example.com' },
      {
        attributes: [{ name, values: [{ raw: '<isAdmin>true</isAdmin>' }] }],
      },
    ),
  ]),
);

const injection: AttackCase[] = [
  ...under('response.status', [
    says('I-status-message-html', 'XSS by StatusMessage', 'SAML_STATUS_NOT_SUCCESS', {
      status: {
        code: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
        message: '<script>alert("xss-probe")</script>',
      },
      noAssertion: true,
      sign: { response: true },
    }),
    says('I-status-message-log', 'log injection', 'SAML_STATUS_NOT_SUCCESS', {
      status: {
        code: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
        message: 'x\r\n{"level":"info","event":"xss-probe"}\u2028\u009b31m',
      },
      noAssertion: true,
      sign: { response: true },
    }),
  ]),
  ...under('assertion.issuer', [
    says('I-issuer-html', 'XSS by Issuer', 'SAML_ISSUER_MISMATCH', {
      assertionIssuer: '<svg onload=alert("xss-probe")>',
    }),
  ]),
  ...under('conditions.audience', [
    says('I-audience-html', 'XSS by Audience', 'SAML_AUDIENCE_MISMATCH', {
      conditions: { audiences: [['"><script>xss-probe</script>']] },
    }),
  ]),
  ...under('policy.email', [
    says('I-nameid-svg', 'XSS by NameID', INVALID, {
      nameId: { value: '<svg/onload=xss-probe>@example.com', format: NAME_ID.email },
    }),
  ]),
  ...under('confirmation.recipient', [
    says('I-recipient-html', 'XSS by Recipient', 'SAML_RECIPIENT_MISMATCH', {
      confirmations: [{ recipient: 'javascript:xss-probe' }],
    }),
  ]),
];

export const identityAttacks: readonly AttackCase[] = [
  ...byNameId,
  ...separators,
  ...quotable,
  ...others,
  ...sources,
  ...pollution,
  ...injection,
];
