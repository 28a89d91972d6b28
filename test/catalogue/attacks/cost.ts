/** Messages that cost more than they should: security catalogue 2.9, performance notes on hostile input. */
import { attack, form, type AttackCase } from './catalogue';
import { encryptXml } from '../../support/idp';
import { assertionOf, honest, replaceOnce, resign, withAssertion } from './material';
import { under, type RuleId } from '../../support/rule-ids';

const LIMIT = 'SAML_XML_LIMIT_EXCEEDED';
const KB = 1024;
const SIZE = 300 * KB;

const fill = (part: string, bytes = SIZE): string => part.repeat(Math.floor(bytes / part.length));
const numbered = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join('');

const anonymous: [string, string, () => string][] = [
  ['siblings', LIMIT, () => `<a>${fill('<a/>')}</a>`],
  ['unclosed', LIMIT, () => fill('<a>')],
  ['lt-run', 'SAML_XML_MALFORMED', () => fill('<')],
  ['depth', LIMIT, () => `${fill('<a>', 150 * KB)}${fill('</a>', 150 * KB)}`],
  ['comments', LIMIT, () => `<a>${fill('<!---->')}</a>`],
  ['attributes', LIMIT, () => `<a ${numbered(20_000, (index) => `a${index}="1" `)}/>`],
  ['namespaces', LIMIT, () => `<a ${numbered(10_000, (index) => `xmlns:n${index}="urn:${index}" `)}/>`],
  ['one-comment', 'SAML_ROOT_INVALID', () => `<a><!--${'x'.repeat(SIZE)}--></a>`],
  ['character-references', 'SAML_ROOT_INVALID', () => `<a>${fill('&#65;')}</a>`],
  ['entities', 'SAML_ROOT_INVALID', () => `<a>${fill('&amp;')}</a>`],
  ['long-name', 'SAML_ROOT_INVALID', () => `<${'a'.repeat(SIZE / 2)}/>`],
  ['long-attribute', 'SAML_ROOT_INVALID', () => `<a b="${'x'.repeat(SIZE)}"/>`],
  ['long-text', 'SAML_ROOT_INVALID', () => `<a>${'x'.repeat(SIZE)}</a>`],
  ['quotes', 'SAML_XML_MALFORMED', () => `<a b="${fill('"')}`],
  ['spaces', 'SAML_XML_MALFORMED', () => ' '.repeat(SIZE)],
  ['pi-run', 'SAML_XML_PROCESSING_INSTRUCTION', () => fill('<?a b?>')],
  ['cdata-run', 'SAML_ROOT_INVALID', () => `<a>${fill('<![CDATA[x]]>')}</a>`],
];

const unsigned: AttackCase[] = under(
  'message.structure',
  anonymous.map(([name, code, build]) =>
    attack(`D-${name}`, 'CPU of an anonymous request', code, () => build()),
  ),
);

const inside: AttackCase[] = [
  ...under('message.structure', [
    attack('D-wide-root', 'node-saml: 90 s', LIMIT, (c) =>
      replaceOnce(honest(c), '<samlp:Status>', `${fill('<a/>', 200 * KB)}<samlp:Status>`),
    ),
    attack('D-ids', 'node-saml: 5–9 s', LIMIT, (c) =>
      replaceOnce(
        honest(c),
        '<samlp:Status>',
        `<samlp:Extensions>${numbered(15_000, (index) => `<a ID="i${index}"/>`)}</samlp:Extensions><samlp:Status>`,
      ),
    ),
  ]),
  ...under('signature', [
    attack('D-references', 'many References', 'SAML_SIGNATURE_MALFORMED', (c) =>
      resign(c, honest(c), (info) => {
        const reference = /<ds:Reference [^]*<\/ds:Reference>/.exec(info)?.[0] ?? '';
        return replaceOnce(info, reference, reference.repeat(500));
      }),
    ),
    attack('D-transforms', 'CVE-2021-39171', 'SAML_SIGNATURE_MALFORMED', (c) =>
      resign(c, honest(c), (info) => {
        const one = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>';
        return replaceOnce(info, '</ds:Transforms>', `${one.repeat(2000)}</ds:Transforms>`);
      }),
    ),
    attack('D-prefixlist', 'a long PrefixList', 'SAML_SIGNATURE_MALFORMED', (c) =>
      honest(c, 'assertion', {
        signature: { prefixList: Array.from({ length: 5000 }, (_, index) => `p${index}`) },
      }),
    ),
  ]),
  ...under('message.structure', [
    attack('D-signatures', 'many Signatures', 'SAML_STRUCTURE_INVALID', (c) => {
      const xml = honest(c);
      const signature = /<ds:Signature[\s>][^]*?<\/ds:Signature>/.exec(xml)?.[0] ?? '';
      return replaceOnce(xml, signature, signature.repeat(100));
    }),
    attack('D-assertions', 'many Assertions', 'SAML_ASSERTION_MULTIPLE', (c) => {
      const xml = honest(c);
      return withAssertion(
        xml,
        assertionOf(xml) +
          numbered(100, (index) => assertionOf(xml).replace(/ ID="[^"]*"/, ` ID="_${index}"`)),
      );
    }),
  ]),
  ...under('conditions.window', [
    attack('D-long-date', 'date parsing', 'SAML_TIME_INVALID', (c) =>
      honest(c, 'assertion', { conditions: { notOnOrAfter: `2099-01-01T00:00:00.${'0'.repeat(100_000)}Z` } }),
    ),
  ]),
  ...under('policy.email', [
    attack('D-email-redos', 'address pattern', 'POLICY_EMAIL_INVALID', (c) =>
      honest(c, 'assertion', { nameId: { value: `${'a.'.repeat(50_000)}@${'a-'.repeat(50_000)}` } }),
    ),
    attack('D-email-ats', 'address pattern', 'POLICY_EMAIL_INVALID', (c) =>
      honest(c, 'assertion', { nameId: { value: '@'.repeat(100_000) } }),
    ),
  ]),
  ...under('message.structure', [
    attack('D-groups-many', 'too many elements', LIMIT, (c) =>
      honest(c, 'assertion', {
        attributes: [{ name: 'groups', values: [{ raw: '<a/>'.repeat(10_001) }] }],
      }),
    ),
  ]),
];

const sizes: AttackCase[] = [
  ...under('message.encoding', [
    attack('D-too-large', 'CVE-2025-54572: size before format', 'SAML_MESSAGE_TOO_LARGE', () =>
      form({ SAMLResponse: Buffer.from(`<a>${'x'.repeat(400 * KB)}</a>`).toString('base64') }),
    ),
  ]),
  ...under('http.body', [
    attack('D-too-large-garbage', 'CVE-2025-54572', 'HTTP_BODY_TOO_LARGE', () =>
      form({ SAMLResponse: '!'.repeat(900 * KB) }),
    ),
    attack('D-padded-base64', 'white space in base64', 'HTTP_BODY_TOO_LARGE', (c) => {
      const base64 = Buffer.from(honest(c)).toString('base64');
      return form({ SAMLResponse: base64 + ' '.repeat(900 * KB) });
    }),
  ]),
];

/** The shapes that cost most before every octet was read once; each stands for its kind. */
const rawForm = (body: string) => ({ contentType: 'application/x-www-form-urlencoded', body });
const FORM_SIZE = 680 * KB;
const wide = (part: (index: number) => string): string => `<a${numbered(60, part)}/>`;

const aboutShape = ({ expect }: { readonly expect: unknown }): RuleId => {
  if (expect === 'SAML_BASE64_INVALID') return 'message.encoding';
  if (expect === 'SAML_DECRYPTION_FAILED') return 'decryption';
  return String(expect).startsWith('HTTP_') ? 'http.body' : 'message.structure';
};

const onePass: AttackCase[] = under(aboutShape, [
  attack('D-plus-run', 'a blank for every character', 'SAML_BASE64_INVALID', () =>
    rawForm(`SAMLResponse=${fill('A+', FORM_SIZE)}`),
  ),
  attack('D-plus-only', 'blanks and nothing else', 'SAML_BASE64_INVALID', () =>
    rawForm(`SAMLResponse=${fill('+', FORM_SIZE)}`),
  ),
  attack('D-line-break-run', 'a line for every character', 'SAML_BASE64_INVALID', () =>
    rawForm(`SAMLResponse=${fill('A\n', FORM_SIZE)}`),
  ),
  attack('D-escaped-blanks', 'escapes in base64', 'HTTP_BODY_MALFORMED', () =>
    rawForm(`SAMLResponse=${fill('A%20', FORM_SIZE)}`),
  ),
  attack('D-escaped-letters', 'escapes in base64', 'HTTP_BODY_MALFORMED', () =>
    rawForm(`SAMLResponse=${fill('%41', FORM_SIZE)}`),
  ),
  attack('D-relaystate-plus-run', 'RelayState: 200 ms', 'SAML_XML_MALFORMED', () =>
    rawForm(`SAMLResponse=YQ%3D%3D&RelayState=${fill('+', FORM_SIZE)}`),
  ),
  attack('D-relaystate-escapes', 'escapes in RelayState', 'HTTP_BODY_MALFORMED', () =>
    rawForm(`SAMLResponse=YQ%3D%3D&RelayState=${fill('%2B', FORM_SIZE)}`),
  ),
  attack('D-name-plus-run', 'a name of blanks', 'HTTP_FIELD_MISSING', () =>
    rawForm(`${fill('+', FORM_SIZE)}=1`),
  ),
  attack('D-name-bracket-run', 'a name of brackets', 'HTTP_FIELD_DUPLICATE', () =>
    rawForm(`SAMLResponse${fill('[', FORM_SIZE)}=1`),
  ),
  attack('D-ampersand-run', 'parameters without names', 'HTTP_BODY_MALFORMED', () =>
    rawForm(fill('&', FORM_SIZE)),
  ),
  attack(
    'D-carriage-returns',
    'line ends in text: 144 ms',
    'SAML_ROOT_INVALID',
    () => `<a>${fill('\r')}</a>`,
  ),
  attack(
    'D-line-feeds-in-attribute',
    'attribute normalisation: 118 ms',
    'SAML_ROOT_INVALID',
    () => `<a b="${fill('\n')}"/>`,
  ),
  attack(
    'D-tabs-in-attribute',
    'attribute normalisation',
    'SAML_ROOT_INVALID',
    () => `<a b="${fill('\t')}"/>`,
  ),
  attack(
    'D-attributes-each',
    '60 attributes on each element: 100 ms',
    'SAML_ROOT_INVALID',
    () => `<a>${fill(wide((index) => ` a${index}=""`))}</a>`,
  ),
  attack(
    'D-namespaces-each',
    '60 declarations on each element',
    'SAML_ROOT_INVALID',
    () => `<a>${fill(wide((index) => ` xmlns:n${index}="u"`))}</a>`,
  ),
  attack('D-encrypted-keys', 'eight EncryptedKeys, none for us: 90 ms', 'SAML_DECRYPTION_FAILED', (c) => {
    const one = encryptXml('<a/>', { recipients: [c.encryptionCertificate] });
    const many = one.replace(/<xenc:EncryptedKey[^]*<\/xenc:EncryptedKey>/, (key) =>
      key
        .replace(/(<xenc:CipherValue>)..../, '$1AAAA')
        .replace(/ Id="[^"]*"/, '')
        .repeat(8),
    );
    return withAssertion(
      honest(c, 'none'),
      `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${many}</saml:EncryptedAssertion>`,
    );
  }),
]);

export const costAttacks: readonly AttackCase[] = [...unsigned, ...inside, ...sizes, ...onePass];
