/** Parser differentials, document types, encodings: security catalogue 2.3. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { honest, replaceAll, replaceOnce, assertionOf, evilAssertion, resign, sha256 } from './material';
import { attack, form, post, type AttackCase, type AttackContext, type Posting } from './catalogue';
import { under } from '../../support/rule-ids';

const MALFORMED = 'SAML_XML_MALFORMED';
const DOCTYPE = 'SAML_XML_DOCTYPE';
const PI = 'SAML_XML_PROCESSING_INSTRUCTION';
const STRUCTURE = 'SAML_STRUCTURE_INVALID';
const ENCODING = 'SAML_ENCODING_INVALID';
const BASE64 = 'SAML_BASE64_INVALID';
const INVALID = 'SAML_SIGNATURE_INVALID';
/** The whole text counts, as it was signed: never what stands before or after a comment. */
const WHOLE = { acceptedAs: 'not-alice@example.com' };
const AS_SIGNED = { acceptedAs: 'mallory@example.com' };
const DUO = 'CVE-2017-11427, CVE-2017-11428, CVE-2018-0489, CVE-2018-7340';

/** Signed for `not-victim@…` or `victim@….evil.example`; the cut would leave the victim. */
const prefixed = (c: AttackContext): AttackContext => ({ ...c, attacker: `not-${c.victim}` });
const suffixed = (c: AttackContext): AttackContext => ({ ...c, attacker: `${c.victim}.evil.example` });

/** Text put into the signed NameID without changing its canonical form (comments are not in it). */
const inNameId = (
  c: AttackContext,
  at: string,
  inserted: string,
  signed: 'assertion' | 'response' = 'assertion',
): string =>
  replaceOnce(honest(c, signed), `>${c.attacker}<`, `>${c.attacker.replace(at, () => `${at}${inserted}`)}<`);

const comments: AttackCase[] = [
  ...under('policy.email', [
    attack('P-comment-tail', DUO, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED', (c) =>
      inNameId(suffixed(c), c.victim, '<!-- -->'),
    ),
    attack('P-comment-tail-response-signed', DUO, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED', (c) =>
      inNameId(suffixed(c), c.victim, '<!-- -->', 'response'),
    ),
    attack('P-comment-empty', DUO, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED', (c) =>
      inNameId(suffixed(c), c.victim, '<!---->'),
    ),
  ]),
  ...under('message.values', [
    attack('P-comment-head', DUO, WHOLE, (c) => inNameId(prefixed(c), 'not-', '<!-- -->')),
    attack('P-comment-many', DUO, WHOLE, (c) => inNameId(prefixed(c), 'not-', '<!--a--><!--b--><!--c-->')),
    attack('P-comment-first', DUO, AS_SIGNED, (c) =>
      replaceOnce(honest(c), `>${c.attacker}<`, `><!-- ${c.victim} -->${c.attacker}<`),
    ),
    attack('P-comment-last', DUO, AS_SIGNED, (c) =>
      replaceOnce(honest(c), `>${c.attacker}<`, `>${c.attacker}<!-- ${c.victim} --><`),
    ),
    attack('P-comment-with-markup', DUO, WHOLE, (c) =>
      inNameId(prefixed(c), 'not-', '<!--</saml:NameID><saml:NameID>-->'),
    ),
    attack('P-comment-in-attribute-value', DUO, WHOLE, (c) =>
      replaceOnce(
        honest(c, 'assertion', {
          nameId: { value: 'u1', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
          attributes: [{ name: 'email', values: [`not-${c.victim}`] }],
        }),
        `>not-${c.victim}<`,
        `>not-<!-- -->${c.victim}<`,
      ),
    ),
  ]),
  ...under('conditions.audience', [
    attack('P-comment-in-audience', DUO, 'SAML_AUDIENCE_MISMATCH', (c) =>
      replaceOnce(
        honest(c, 'assertion', { conditions: { audiences: [[`${c.spEntityId}.evil.example`]] } }),
        `>${c.spEntityId}.evil`,
        `>${c.spEntityId}<!-- -->.evil`,
      ),
    ),
  ]),
  ...under('assertion.issuer', [
    attack('P-comment-in-issuer', DUO, 'SAML_ISSUER_MISMATCH', (c) =>
      replaceAll(
        honest(c, 'assertion', { assertionIssuer: `${c.idp.entityId}.evil`, responseIssuer: null }),
        `${c.idp.entityId}.evil`,
        `${c.idp.entityId}<!-- -->.evil`,
      ),
    ),
  ]),
  ...under('signature', [
    attack('P-comment-hides-signature', 'comment handling', INVALID, (c) => {
      const xml = replaceAll(honest(c), c.attacker, c.victim);
      return replaceOnce(xml, '<saml:Subject>', '<!-- <saml:Subject> --><saml:Subject>');
    }),
  ]),
];

const processingInstructions: AttackCase[] = under('message.structure', [
  attack('P-pi-nameid-tail', 'CVE-2025-54419', PI, (c) =>
    replaceOnce(honest(suffixed(c)), '.evil.example<', '<?x .evil.example?><'),
  ),
  attack('P-pi-nameid-head', 'CVE-2025-54419', PI, (c) =>
    replaceOnce(honest(prefixed(c)), '>not-', '><?not-?>'),
  ),
  attack('P-pi-swallows-signed-text', 'CVE-2025-54419; CVE-2026-41675', PI, (c) =>
    replaceOnce(honest(c), `>${c.attacker}<`, `><?x ${c.attacker}?>${c.victim}<`),
  ),
  attack('P-pi-in-response', 'no honest message has one', PI, (c) =>
    replaceOnce(honest(c), '<samlp:Status>', '<?x y?><samlp:Status>'),
  ),
  attack('P-pi-before-root', 'no honest message has one', PI, (c) => `<?x y?>${honest(c)}`),
  attack('P-pi-after-root', 'no honest message has one', PI, (c) => `${honest(c)}<?x y?>`),
  attack('P-pi-in-signature', 'CVE-2025-29775', PI, (c) =>
    replaceOnce(honest(c), '<ds:SignedInfo>', '<ds:SignedInfo><?x y?>'),
  ),
  attack(
    'P-stylesheet-pi',
    'SSRF by xml-stylesheet',
    PI,
    (c) => `<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>${honest(c)}`,
  ),
  attack('P-php-pi', 'code in the log', PI, (c) =>
    replaceOnce(honest(c), '<samlp:Status>', '<?php system($_GET[0]); ?><samlp:Status>'),
  ),
]);

const wholeText: AttackCase[] = [
  ...under('message.values', [
    attack('P-cdata-nameid', 'CDATA is text', { acceptedAs: 'not-alice@example.com' }, (c) =>
      replaceOnce(honest(prefixed(c)), `>not-${c.victim}<`, `>not-<![CDATA[${c.victim}]]><`),
    ),
    attack('P-cdata-split', 'CDATA is text', { acceptedAs: 'not-alice@example.com' }, (c) =>
      replaceOnce(honest(prefixed(c)), `>not-${c.victim}<`, `><![CDATA[not-]]><![CDATA[${c.victim}]]><`),
    ),
    attack('P-charref-split', 'a reference is text', { acceptedAs: 'not-alice@example.com' }, (c) =>
      replaceOnce(honest(prefixed(c)), '>not-', '>not&#45;'),
    ),
  ]),
  ...under('signature', [
    attack('P-cdata-markup', 'CDATA is text', INVALID, (c) =>
      replaceOnce(honest(c), `>${c.attacker}<`, `><![CDATA[</saml:NameID><saml:NameID>]]>${c.victim}<`),
    ),
  ]),
];

const children: AttackCase[] = under('message.structure', [
  attack('P-child-in-nameid', 'xml2js drops text of children', STRUCTURE, (c) =>
    honest(c, 'assertion', { nameId: { value: '', rawContent: `<b>not-</b>${c.victim}` } }),
  ),
  attack('P-child-in-nameid-after', 'xml2js drops text of children', STRUCTURE, (c) =>
    honest(c, 'assertion', { nameId: { value: '', rawContent: `${c.victim}<b>.evil.example</b>` } }),
  ),
  attack('P-child-in-audience', 'child element in a text value', STRUCTURE, (c) =>
    honest(c, 'assertion', {
      conditions: {
        audiences: [],
        extra: `<saml:AudienceRestriction><saml:Audience>${c.spEntityId}<x/></saml:Audience></saml:AudienceRestriction>`,
      },
    }),
  ),
  attack('P-nested-nameid', 'child element in a text value', STRUCTURE, (c) =>
    honest(c, 'assertion', { nameId: { value: '', rawContent: `<saml:NameID>${c.victim}</saml:NameID>` } }),
  ),
  attack('P-stray-text-in-response', 'mixed content', STRUCTURE, (c) =>
    replaceOnce(honest(c), '<samlp:Status>', 'x<samlp:Status>'),
  ),
  attack('P-stray-text-in-subject', 'mixed content', STRUCTURE, (c) =>
    honest(c, 'assertion', {
      mutateUnsigned: (xml) => replaceOnce(xml, '<saml:NameID', `${c.victim}<saml:NameID`),
    }),
  ),
]);

const attributesAndNames: AttackCase[] = [
  ...under('signature', [
    attack('P-attr-xmlns-lookalike', 'xml-crypto skips attributes named xmlns…', INVALID, (c) =>
      replaceOnce(honest(c), '<saml:NameID ', '<saml:NameID xmlnsfoo="x" '),
    ),
    attack('P-attr-xmlns-lookalike-response', 'xml-crypto skips attributes named xmlns…', INVALID, (c) =>
      replaceOnce(honest(c, 'response'), '<saml:NameID ', '<saml:NameID xmlnsfoo="x" '),
    ),
  ]),
  ...under('message.values', [
    attack('P-ns-unused', 'exclusive C14N drops it: harmless', { acceptedAs: 'mallory@example.com' }, (c) =>
      replaceOnce(honest(c), '<saml:Subject>', '<saml:Subject xmlns:unused="urn:x">'),
    ),
  ]),
  ...under('message.structure', [
    attack('P-ns-response-evil', 'namespace confusion', 'SAML_ROOT_INVALID', (c) =>
      replaceOnce(honest(c), 'urn:oasis:names:tc:SAML:2.0:protocol', 'urn:evil'),
    ),
    attack('P-ns-response-none', 'namespace confusion', 'SAML_ROOT_INVALID', (c) =>
      honest(c)
        .replaceAll('samlp:', '')
        .replace(/ xmlns:samlp="[^"]*"| xmlns="[^"]*"/, ''),
    ),
    attack('P-ns-assertion-wrong', 'namespace confusion', STRUCTURE, (c) =>
      honest(c, 'assertion', {
        mutateUnsigned: (xml) =>
          xml.replaceAll('urn:oasis:names:tc:SAML:2.0:assertion', 'urn:oasis:names:tc:SAML:2.0:assertio'),
      }),
    ),
    attack('P-ns-undeclared', 'not namespace-well-formed', MALFORMED, (c) =>
      replaceOnce(honest(c), '<samlp:Status>', '<u:x/><samlp:Status>'),
    ),
  ]),
  ...under('signature', [
    attack('P-ns-quote', 'quote in a namespace name', INVALID, (c) =>
      replaceOnce(honest(c), '<saml:NameID ', '<saml:NameID xmlns:q="&quot;>evil" q:a="1" '),
    ),
  ]),
  ...under('message.structure', [
    attack('P-ns-redeclared-xml', 'Namespaces in XML §3', MALFORMED, (c) =>
      replaceOnce(honest(c), '<samlp:Status>', '<samlp:Status xmlns:xml="urn:x">'),
    ),
    attack('P-ns-prefix-undeclared-empty', 'Namespaces in XML 1.0 §2.2', MALFORMED, (c) =>
      replaceOnce(honest(c), '<samlp:Status>', '<samlp:Status xmlns:z="">'),
    ),
    attack('P-attr-duplicate', 'XML §3.1', MALFORMED, (c) =>
      replaceOnce(honest(c), '<saml:NameID ', '<saml:NameID Format="a" '),
    ),
    attack('P-attr-duplicate-namespace', 'Namespaces in XML §6.3', MALFORMED, (c) =>
      replaceOnce(
        honest(c),
        '<samlp:Status>',
        '<samlp:Status xmlns:a="urn:x" xmlns:b="urn:x" a:y="1" b:y="2">',
      ),
    ),
  ]),
];

const doctypes: [string, string][] = [
  ['empty', '<!DOCTYPE samlp:Response>'],
  ['lower-case', '<!doctype samlp:Response>'],
  ['internal', '<!DOCTYPE samlp:Response [<!ENTITY e "x">]>'],
  ['attlist', '<!DOCTYPE samlp:Response [<!ATTLIST saml:NameID Format CDATA "x">]>'],
  ['xxe-file', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
  ['xxe-http', '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'],
  ['xxe-parameter', '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'],
  ['external-dtd', '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'],
  ['public', '<!DOCTYPE r PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://127.0.0.1:9/x.dtd">'],
  [
    'billion-laughs',
    `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i] ?? ''} "${`&${'abcdefghij'[i] ?? ''};`.repeat(10)}">`).join('')}]>`,
  ],
  ['quadratic-blowup', `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(20_000)}">]>`],
];

const documentTypes: AttackCase[] = [
  ...under('message.structure', [
    ...doctypes.map(([name, declaration]) =>
      attack(
        `P-doctype-${name}`,
        'IIP-G03; CVE-2016-10149; CVE-2024-52806',
        name === 'lower-case' ? MALFORMED : DOCTYPE,
        (c) => declaration + honest(c),
      ),
    ),
    attack(
      'P-doctype-entity-in-nameid',
      'CVE-2025-25291, CVE-2025-25292',
      DOCTYPE,
      (c) => `<!DOCTYPE r [<!ENTITY e "${c.victim}">]>${replaceOnce(honest(c), `>${c.attacker}<`, '>&e;<')}`,
    ),
    attack(
      'P-doctype-entity-in-id',
      'CVE-2025-23369',
      DOCTYPE,
      (c) => `<!DOCTYPE r [<!ENTITY idv "_x">]>${replaceOnce(honest(c), / ID="[^"]*"/, ' ID="&idv;"')}`,
    ),
    attack(
      'P-doctype-after-comment',
      'pre-scan evasion',
      DOCTYPE,
      (c) => `<!-- x --><!DOCTYPE r>${honest(c)}`,
    ),
    attack(
      'P-doctype-after-declaration',
      'pre-scan evasion',
      DOCTYPE,
      (c) => `<?xml version="1.0"?>\n<!DOCTYPE r>${honest(c)}`,
    ),
  ]),
  ...under('message.encoding', [
    attack('P-doctype-utf16', 'pre-scan evasion', ENCODING, (c) =>
      post(
        Buffer.concat([
          Buffer.from([0xff, 0xfe]),
          Buffer.from(`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${honest(c)}`, 'utf16le'),
        ]),
      ),
    ),
  ]),
  ...under('message.structure', [
    attack('P-doctype-inside', 'XML §2.8', DOCTYPE, (c) =>
      replaceOnce(honest(c), '<samlp:Status>', '<!DOCTYPE x><samlp:Status>'),
    ),
    attack('P-entity-undefined', 'XML §4.1', MALFORMED, (c) =>
      replaceOnce(honest(c), `>${c.attacker}<`, '>&unknown;<'),
    ),
  ]),
];

const broken: [string, (xml: string, c: AttackContext) => string][] = [
  ['unclosed-root', (xml) => xml.replace(/<\/samlp:Response>$/, '')],
  ['unclosed-nameid', (xml) => replaceOnce(xml, '</saml:NameID>', '')],
  ['stray-end', (xml) => replaceOnce(xml, '<samlp:Status>', '</x><samlp:Status>')],
  ['wrong-nesting', (xml) => replaceOnce(xml, '</saml:NameID>', '</saml:Subject></saml:NameID>')],
  ['end-tag-attribute', (xml) => replaceOnce(xml, '</saml:NameID>', '</saml:NameID x="1">')],
  ['end-tag-garbage', (xml) => replaceOnce(xml, '</saml:NameID>', '</saml:NameID<x>')],
  ['attr-unquoted', (xml) => replaceOnce(xml, 'Version="2.0"', 'Version=2.0')],
  ['attr-no-space', (xml) => replaceOnce(xml, '" Version=', '"Version=')],
  ['attr-no-value', (xml) => replaceOnce(xml, ' Version="2.0"', ' x Version="2.0"')],
  ['attr-less-than', (xml) => replaceOnce(xml, ' Version="2.0"', ' x="<" Version="2.0"')],
  ['amp', (xml) => replaceOnce(xml, '<saml:Audience>', '<saml:Audience>a & b')],
  ['amp-unterminated', (xml) => replaceOnce(xml, '<saml:Audience>', '<saml:Audience>&amp')],
  ['nul', (xml) => replaceOnce(xml, '@example', '\u0000@example')],
  ['nul-reference', (xml) => replaceOnce(xml, '@example', '&#0;@example')],
  ['control-character', (xml) => replaceOnce(xml, '@example', '\u0001@example')],
  ['surrogate-reference', (xml) => replaceOnce(xml, '@example', '&#xD800;@example')],
  ['fffe-reference', (xml) => replaceOnce(xml, '@example', '&#xFFFE;@example')],
  ['too-large-reference', (xml) => replaceOnce(xml, '@example', '&#x110000;@example')],
  ['text-before', (xml) => `x${xml}`],
  ['text-after', (xml) => `${xml}x`],
  ['empty', () => ' '],
  ['only-declaration', () => '<?xml version="1.0"?>'],
  ['not-xml', () => 'hello'],
  ['html', () => '<!-- --><p>hello<br>'],
  ['json', () => '{"SAMLResponse": true}'],
  ['comment-double-dash', (xml) => replaceOnce(xml, '<samlp:Status>', '<!-- -- --><samlp:Status>')],
  ['comment-unclosed', (xml) => replaceOnce(xml, '<samlp:Status>', '<!-- <samlp:Status>')],
  ['cdata-end-in-text', (xml) => replaceOnce(xml, '<saml:Audience>', '<saml:Audience>]]>')],
  ['cdata-unclosed', (xml) => replaceOnce(xml, '<saml:Audience>', '<saml:Audience><![CDATA[')],
  ['two-colons', (xml) => replaceOnce(xml, '<samlp:Status>', '<a:b:c xmlns:a="urn:a"/><samlp:Status>')],
  ['name-digit', (xml) => replaceOnce(xml, '<samlp:Status>', '<1x/><samlp:Status>')],
  ['declaration-late', (xml) => ` <?xml version="1.0"?>${xml}`],
  ['declaration-twice', (xml) => `<?xml version="1.0"?><?xml version="1.0"?>${xml}`],
  ['xml11', (xml) => `<?xml version="1.1"?>${xml}`],
  ['space-in-tag', (xml) => replaceOnce(xml, '<samlp:Status>', '< samlp:Status>')],
];

const wellFormedness: AttackCase[] = under(
  'message.structure',
  broken.map(([name, change]) =>
    attack(
      `P-broken-${name}`,
      'XML 1.0: a fatal error ends the parse',
      // A declaration that is not the first thing is a processing instruction by its looks.
      name.startsWith('declaration-') ? PI : MALFORMED,
      (c) => change(honest(c), c),
    ),
  ),
);

const utf16 = (xml: string, bigEndian: boolean, bom: boolean): Buffer => {
  const bytes = Buffer.from((bom ? '\ufeff' : '') + xml, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

const splice = (xml: string, at: string, bytes: number[]): Buffer => {
  const index = xml.indexOf(at);
  return Buffer.concat([Buffer.from(xml.slice(0, index)), Buffer.from(bytes), Buffer.from(xml.slice(index))]);
};

const encodings: AttackCase[] = [
  ...under('message.encoding', [
    attack('P-utf16le-bom', 'UTF-8 only', ENCODING, (c) => post(utf16(honest(c), false, true))),
    attack('P-utf16be-bom', 'UTF-8 only', ENCODING, (c) => post(utf16(honest(c), true, true))),
  ]),
  ...under('message.structure', [
    attack('P-utf16le', 'UTF-8 only', MALFORMED, (c) => post(utf16(honest(c), false, false))),
    attack('P-utf16be', 'UTF-8 only', MALFORMED, (c) => post(utf16(honest(c), true, false))),
  ]),
  ...under('message.encoding', [
    attack(
      'P-encoding-utf16-label',
      'declared encoding',
      ENCODING,
      (c) => `<?xml version="1.0" encoding="UTF-16"?>${honest(c)}`,
    ),
    attack(
      'P-encoding-latin1-label',
      'declared encoding',
      ENCODING,
      (c) => `<?xml version="1.0" encoding="ISO-8859-1"?>${honest(c)}`,
    ),
    attack(
      'P-encoding-utf7-label',
      'declared encoding',
      ENCODING,
      (c) => `<?xml version="1.0" encoding="UTF-7"?>${honest(c)}`,
    ),
    attack(
      'P-encoding-ebcdic-label',
      'declared encoding',
      ENCODING,
      (c) => `<?xml version="1.0" encoding="IBM037"?>${honest(c)}`,
    ),
    attack('P-utf8-overlong', 'overlong <', ENCODING, (c) =>
      post(splice(honest(c), '@example', [0xc0, 0xbc])),
    ),
    attack('P-utf8-overlong-nul', 'overlong NUL', ENCODING, (c) =>
      post(splice(honest(c), '@example', [0xc0, 0x80])),
    ),
    attack('P-utf8-surrogate', 'CESU-8', ENCODING, (c) =>
      post(splice(honest(c), '@example', [0xed, 0xa0, 0x80])),
    ),
    attack('P-utf8-stray-continuation', 'ill-formed UTF-8', ENCODING, (c) =>
      post(splice(honest(c), '@example', [0x80])),
    ),
    attack('P-utf8-truncated', 'ill-formed UTF-8', ENCODING, (c) =>
      post(splice(honest(c), '@example', [0xe2, 0x82])),
    ),
    attack('P-utf8-latin1-byte', 'ill-formed UTF-8', ENCODING, (c) =>
      post(splice(honest(c), '@example', [0xe9])),
    ),
  ]),
  ...under('message.structure', [
    attack('P-utf8-ffff', 'non-character', MALFORMED, (c) =>
      post(splice(honest(c), '@example', [0xef, 0xbf, 0xbf])),
    ),
  ]),
  ...under('signature', [
    attack('P-utf8-replacement-swap', 'U+FFFD is content', INVALID, (c) =>
      post(splice(honest(c), '@example', [0xef, 0xbf, 0xbd])),
    ),
  ]),
  ...under('message.structure', [
    attack('P-utf8-two-boms', 'a second BOM is content', MALFORMED, (c) => post(`\ufeff\ufeff${honest(c)}`)),
  ]),
];

const field = (value: string): Posting => form({ SAMLResponse: value });
const base64 = (c: AttackContext): string => Buffer.from(honest(c)).toString('base64');

const transport: AttackCase[] = [
  ...under('message.encoding', [
    attack('P-b64-garbage', 'strict base64', BASE64, (c) =>
      field(`${base64(c).slice(0, 40)}!${base64(c).slice(40)}`),
    ),
    attack('P-b64-leading-garbage', 'strict base64', BASE64, (c) => field(`~~${base64(c)}`)),
    attack('P-b64-url-alphabet', 'strict base64', BASE64, (c) =>
      field(
        Buffer.from(`${honest(c)}<!--\u00ff\u00fe??>-->`)
          .toString('base64url')
          .replace(/$/, '-_'),
      ),
    ),
    attack('P-b64-concatenated', 'strict base64', BASE64, (c) =>
      field(`${Buffer.from('<a/>x').toString('base64')}=${base64(c)}`),
    ),
    attack('P-b64-padding-inside', 'strict base64', BASE64, (c) => field(`QQ==${base64(c)}`)),
    attack('P-b64-missing-padding', 'strict base64', BASE64, (c) =>
      field(
        Buffer.from(`${honest(c)}${' '.repeat(3 - (Buffer.byteLength(honest(c)) % 3) + 1)}`)
          .toString('base64')
          .replace(/=+$/, '')
          .slice(0, -1),
      ),
    ),
    attack('P-b64-loose-bits', 'strict base64', BASE64, () => field('QR==')),
    attack('P-b64-nul', 'strict base64', BASE64, (c) => field(`${base64(c)}\u0000`)),
    attack('P-b64-percent-encoded-twice', 'strict base64', BASE64, (c) =>
      field(encodeURIComponent(`${base64(c)}==`)),
    ),
    attack('P-b64-none', 'strict base64', BASE64, (c) => field(honest(c))),
  ]),
  ...under('message.structure', [
    attack('P-b64-twice', 'one encoding', MALFORMED, (c) => field(Buffer.from(base64(c)).toString('base64'))),
  ]),
  ...under('message.encoding', [
    attack('P-b64-space-only', 'strict base64', BASE64, () => field('   ')),
    attack('P-deflated', 'that is the Redirect binding', ENCODING, (c) =>
      field(deflateRawSync(honest(c)).toString('base64')),
    ),
    attack('P-gzip', 'nothing is inflated', ENCODING, (c) => field(gzipSync(honest(c)).toString('base64'))),
    attack('P-deflate-bomb', 'CVE-2023-28119', ENCODING, () =>
      field(deflateRawSync(Buffer.alloc(20_000_000, 97)).toString('base64')),
    ),
  ]),
];

const rootElements: AttackCase[] = [
  ...under('message.structure', [
    attack('P-root-assertion', 'Profiles §4.1', 'SAML_ROOT_INVALID', (c) => assertionOf(honest(c))),
    attack('P-root-other', 'Profiles §4.1', 'SAML_ROOT_INVALID', () => '<a/>'),
    attack('P-root-lowercase', 'Profiles §4.1', 'SAML_ROOT_INVALID', (c) =>
      honest(c).replaceAll('samlp:Response', 'samlp:response'),
    ),
    attack(
      'P-root-metadata',
      'Profiles §4.1',
      'SAML_ROOT_INVALID',
      () => '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>',
    ),
    attack(
      'P-saml11',
      'SAML 1.1',
      'SAML_ROOT_INVALID',
      (c) =>
        `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:1.0:protocol" MajorVersion="1" MinorVersion="1" Recipient="${c.acsUrl}"/>`,
    ),
    attack(
      'P-wsfed',
      'WS-Federation',
      'SAML_ROOT_INVALID',
      (c) =>
        `<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken>${evilAssertion(c, honest(c))}</t:RequestedSecurityToken></t:RequestSecurityTokenResponse>`,
    ),
  ]),
  ...under('signature', [
    attack('P-xop-include', 'nothing is included', 'SAML_SIGNATURE_MISSING', (c) =>
      replaceOnce(
        honest(c, 'none'),
        '<saml:Assertion ',
        '<saml:Assertion xmlns:xi="http://www.w3.org/2001/XInclude" ',
      ),
    ),
  ]),
  ...under('message.structure', [
    attack('P-attacker-signed-pi-digest', 'xml-crypto digests PI data as text', PI, (c) =>
      resign(c, replaceOnce(honest(c), `>${c.attacker}<`, `>${c.victim}<?x ?><`), (info) =>
        replaceOnce(info, /<ds:DigestValue>[^<]*</, `<ds:DigestValue>${sha256('x')}<`),
      ),
    ),
  ]),
];

export const parsingAttacks: readonly AttackCase[] = [
  ...comments,
  ...processingInstructions,
  ...wholeText,
  ...children,
  ...attributesAndNames,
  ...documentTypes,
  ...wellFormedness,
  ...encodings,
  ...transport,
  ...rootElements,
];
