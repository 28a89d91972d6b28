/** Encrypted assertions: security catalogue 2.6. Anybody can encrypt for us; only a signature says who did. */
import {
  CONTENT,
  encryptXml,
  signElement,
  TRANSPORT,
  type EncryptOptions,
  type ResponseOptions,
} from '../../support/idp';
import { attack, type AttackCase, type AttackContext } from './catalogue';
import {
  assertionOf,
  evilAssertion,
  honest,
  idOf,
  replaceOnce,
  withAssertion,
  withoutSignature,
  type Signed,
} from './material';
import { under } from '../../support/rule-ids';

const FAILED = 'SAML_DECRYPTION_FAILED';
const ALGORITHM = 'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED';
/** A RetrievalMethod is never followed: the key beside it is the only one, and the person is the one who was signed. */
const AS_SIGNED = { acceptedAs: 'mallory@example.com' };
const WHOLE = { acceptedAs: 'not-alice@example.com' };
const STRUCTURE = 'SAML_STRUCTURE_INVALID';

const encrypted = (
  c: AttackContext,
  encrypt: Partial<EncryptOptions> = {},
  signed: Signed = 'assertion',
  options: Partial<ResponseOptions> = {},
): string =>
  honest(c, signed, { encrypt: { recipients: [c.encryptionCertificate], ...encrypt }, ...options });

/** Any text, encrypted for us and wrapped as EncryptedAssertion in an unsigned Response. */
const wrapped = (c: AttackContext, plain: string, encrypt: Partial<EncryptOptions> = {}): string =>
  withAssertion(
    honest(c, 'none'),
    `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encryptXml(plain, { recipients: [c.encryptionCertificate], ...encrypt })}</saml:EncryptedAssertion>`,
  );

/** Several things that go wrong after decryption began: all of them must look the same from outside. */
const oracle: AttackCase[] = under('decryption', [
  attack('E-unsigned', 'CVE-2024-4985, CVE-2024-9487', FAILED, (c) =>
    wrapped(c, evilAssertion(c, honest(c))),
  ),
  attack('E-attacker-signed', 'CVE-2024-9487', FAILED, (c) =>
    wrapped(c, signElement(evilAssertion(c, honest(c)), '_evil', { keys: c.attackerKeys })),
  ),
  attack('E-tampered-inside', 'CVE-2024-9487', FAILED, (c) =>
    wrapped(c, assertionOf(honest(c)).replaceAll(c.attacker, c.victim)),
  ),
  attack('E-gcm-tag-flipped', 'constant answer', FAILED, (c) =>
    encrypted(c, { mutateCipherText: (bytes) => flip(bytes, bytes.length - 1) }),
  ),
  attack('E-gcm-tag-truncated', 'short GCM tag', FAILED, (c) =>
    encrypted(c, { mutateCipherText: (bytes) => bytes.subarray(0, -12) }),
  ),
  attack('E-gcm-text-flipped', 'constant answer', FAILED, (c) =>
    encrypted(c, { mutateCipherText: (bytes) => flip(bytes, 40) }),
  ),
  attack('E-gcm-iv-only', 'constant answer', FAILED, (c) =>
    encrypted(c, { mutateCipherText: (bytes) => bytes.subarray(0, 12) }),
  ),
  attack('E-gcm-empty', 'constant answer', FAILED, (c) =>
    encrypted(c, { mutateCipherText: () => Buffer.alloc(0) }),
  ),
  attack('E-cbc-last-byte', 'padding oracle (Jager, Somorovsky 2011)', FAILED, (c) =>
    wrapped(c, endingInsideABlock(assertionOf(honest(c))), {
      content: CONTENT.aes256cbc,
      mutateCipherText: (bytes) => flip(bytes, bytes.length - 1),
    }),
  ),
  attack('E-cbc-padding-byte', 'padding oracle', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes256cbc, mutateCipherText: (bytes) => flip(bytes, bytes.length - 17) }),
  ),
  attack('E-cbc-first-block', 'padding fine, text garbage', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes256cbc, mutateCipherText: (bytes) => flip(bytes, 3) }),
  ),
  attack('E-cbc-middle', 'padding fine, text garbage', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes256cbc, mutateCipherText: (bytes) => flip(bytes, 200) }),
  ),
  attack('E-cbc-not-whole-blocks', 'length check', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes128cbc, mutateCipherText: (bytes) => bytes.subarray(0, -5) }),
  ),
  attack('E-cbc-iv-only', 'length check', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes128cbc, mutateCipherText: (bytes) => bytes.subarray(0, 16) }),
  ),
  attack('E-cbc-truncated-block', 'padding oracle', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes128cbc, mutateCipherText: (bytes) => bytes.subarray(0, -16) }),
  ),
  attack('E-key-flipped', 'OAEP decoding error (Manger)', FAILED, (c) =>
    encrypted(c, { mutateKeyCipher: (bytes) => flip(bytes, 100) }),
  ),
  attack('E-key-short', 'OAEP length', FAILED, (c) =>
    encrypted(c, { mutateKeyCipher: (bytes) => bytes.subarray(0, -1) }),
  ),
  attack('E-key-empty', 'OAEP length', FAILED, (c) =>
    encrypted(c, { mutateKeyCipher: () => Buffer.alloc(0) }),
  ),
  attack('E-key-zero', 'OAEP length', FAILED, (c) =>
    encrypted(c, { mutateKeyCipher: (bytes) => Buffer.alloc(bytes.length) }),
  ),
  attack('E-other-recipient', 'not for us', FAILED, (c) =>
    encrypted(c, { recipients: [c.attackerKeys.certificatePem] }),
  ),
  attack('E-key-size-mismatch', 'AES-256 label, AES-128 key', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes128gcm, labelContentAs: CONTENT.aes256gcm }),
  ),
  attack('E-cbc-labelled-gcm', 'downgrade label', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes256cbc, labelContentAs: CONTENT.aes256gcm }),
  ),
  attack('E-gcm-labelled-cbc', 'downgrade label (backwards compatibility attack)', FAILED, (c) =>
    encrypted(c, { content: CONTENT.aes256gcm, labelContentAs: CONTENT.aes256cbc }),
  ),
  attack('E-digest-label', 'OAEP digest label', FAILED, (c) =>
    encrypted(c, { digest: 'sha256', omitDigest: true }),
  ),
  attack('E-plain-garbage', 'constant answer', FAILED, (c) => wrapped(c, 'hello')),
  attack('E-plain-empty', 'constant answer', FAILED, (c) => wrapped(c, '')),
  attack('E-plain-not-utf8', 'constant answer', FAILED, (c) => wrapped(c, '\u0000\u0001')),
  attack('E-doctype-inside', 'XXE in the plaintext', FAILED, (c) =>
    wrapped(c, `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${assertionOf(honest(c))}`),
  ),
  attack('E-bomb-entities-inside', 'billion laughs in the plaintext', FAILED, (c) =>
    wrapped(
      c,
      `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "${'&a;'.repeat(1000)}">]>${assertionOf(honest(c))}`,
    ),
  ),
  attack('E-pi-inside', 'CVE-2025-54419', FAILED, (c) =>
    wrapped(c, assertionOf(honest(c)).replace(`>${c.attacker}<`, `>${c.victim}<?x ${c.attacker}?><`)),
  ),
  attack('E-xsw-inside', 'wrapping in the plaintext', FAILED, (c) => {
    const signed = honest(c);
    return wrapped(
      c,
      replaceOnce(evilAssertion(c, signed), '</saml:Assertion>', `${assertionOf(signed)}</saml:Assertion>`),
    );
  }),
  attack('E-two-inside', 'wrapping in the plaintext', FAILED, (c) => {
    const signed = honest(c);
    return wrapped(c, evilAssertion(c, signed) + assertionOf(signed));
  }),
  attack('E-nested', 'EncryptedAssertion in EncryptedAssertion', FAILED, (c) => {
    const inner = assertionOf(honest(c));
    const once = `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encryptXml(inner, { recipients: [c.encryptionCertificate] })}</saml:EncryptedAssertion>`;
    return wrapped(c, once);
  }),
  attack('E-response-inside', 'wrong plaintext', FAILED, (c) => wrapped(c, honest(c, 'response'))),
  attack('E-nameid-inside', 'wrong plaintext', FAILED, (c) =>
    wrapped(c, `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${c.victim}</saml:NameID>`),
  ),
  attack('E-text-around-inside', 'junk in the plaintext', FAILED, (c) =>
    wrapped(c, `junk${assertionOf(honest(c))}`),
  ),
]);

/** A last block of padding alone may be lost by chance, and with it nothing: this one holds the end of the text too. */
function endingInsideABlock(xml: string): string {
  const blanks = (24 - (Buffer.byteLength(xml) % 16)) % 16;
  return xml.replace(/>$/, `${' '.repeat(blanks)}>`);
}

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x41;
  return copy;
}

const algorithms: AttackCase[] = under('decryption', [
  attack('E-rsa15', 'Bleichenbacher; CVE-2023-46809', ALGORITHM, (c) =>
    encrypted(c, { transport: TRANSPORT.rsa15 }),
  ),
  attack('E-rsa15-cbc', 'Bleichenbacher; CVE-2023-46809', ALGORITHM, (c) =>
    encrypted(c, { transport: TRANSPORT.rsa15, content: CONTENT.aes128cbc }),
  ),
  attack('E-rsa15-label', 'downgrade label', ALGORITHM, (c) =>
    encrypted(c, { labelTransportAs: TRANSPORT.rsa15 }),
  ),
  attack('E-3des', 'SWEET32', ALGORITHM, (c) => encrypted(c, { content: CONTENT.tripleDes })),
  attack('E-3des-label', 'downgrade label', ALGORITHM, (c) =>
    encrypted(c, { labelContentAs: CONTENT.tripleDes }),
  ),
  attack('E-alg-content-unknown', 'allow-list', ALGORITHM, (c) =>
    encrypted(c, { labelContentAs: 'urn:unknown' }),
  ),
  attack('E-alg-content-constructor', 'allow-list', ALGORITHM, (c) =>
    encrypted(c, { labelContentAs: 'constructor' }),
  ),
  attack('E-alg-content-empty', 'allow-list', ALGORITHM, (c) => encrypted(c, { labelContentAs: '' })),
  attack('E-alg-transport-unknown', 'allow-list', ALGORITHM, (c) =>
    encrypted(c, { labelTransportAs: 'urn:unknown' }),
  ),
  attack('E-alg-transport-proto', 'allow-list', ALGORITHM, (c) =>
    encrypted(c, { labelTransportAs: '__proto__' }),
  ),
  attack('E-alg-kw-aes', 'no key wrap', ALGORITHM, (c) =>
    encrypted(c, { labelTransportAs: 'http://www.w3.org/2001/04/xmlenc#kw-aes256' }),
  ),
  attack('E-alg-rc4', 'allow-list', ALGORITHM, (c) =>
    encrypted(c, { labelContentAs: 'http://www.w3.org/2001/04/xmldsig-more#arcfour' }),
  ),
  attack('E-digest-md5', 'OAEP digest allow-list', ALGORITHM, (c) => encrypted(c, { digest: 'md5' })),
  attack('E-mgf-md5', 'OAEP MGF allow-list', ALGORITHM, (c) =>
    encrypted(c, { transport: TRANSPORT.oaep, mgf: 'md5' }),
  ),
]);

const structure: AttackCase[] = [
  ...under('decryption', [
    attack('E-comment-inside', 'comment truncation', WHOLE, (c) => {
      const signed = honest({ ...c, attacker: `not-${c.victim}` });
      return wrapped(c, assertionOf(signed).replace('>not-', '>not-<!-- -->'));
    }),
    attack('E-cipherreference', 'SSRF by CipherReference', FAILED, (c) =>
      encrypted(c).replace(
        /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?![^]*<xenc:CipherValue>)/,
        '<xenc:CipherReference URI="http://127.0.0.1:9/x"/>',
      ),
    ),
    attack('E-retrieval-http', 'SSRF by RetrievalMethod', AS_SIGNED, (c) =>
      encrypted(c, { keyPlacement: 'beside' }).replace(/URI="#_ek[^"]*"/, 'URI="http://127.0.0.1:9/key"'),
    ),
    attack('E-retrieval-xpath', 'XPath injection by RetrievalMethod', AS_SIGNED, (c) =>
      encrypted(c, { keyPlacement: 'beside' }).replace(/URI="#_ek[^"]*"/, `URI="#x' or '1'='1"`),
    ),
    attack('E-retrieval-unknown', 'dangling RetrievalMethod', AS_SIGNED, (c) =>
      encrypted(c, { keyPlacement: 'beside' }).replace(/URI="#_ek[^"]*"/, 'URI="#nowhere"'),
    ),
    attack('E-no-key', 'XML Encryption §3.5', FAILED, (c) =>
      encrypted(c).replace(/<ds:KeyInfo[^]*<\/ds:KeyInfo>/, ''),
    ),
    attack('E-no-ciphertext', 'XML Encryption §3.1', FAILED, (c) =>
      encrypted(c).replace(/<xenc:CipherData>(?![^]*<xenc:CipherData>)[^]*?<\/xenc:CipherData>/, ''),
    ),
    attack('E-no-method', 'XML Encryption §3.2', ALGORITHM, (c) =>
      encrypted(c).replace(/(<xenc:EncryptedData[^>]*>)<xenc:EncryptionMethod[^>]*\/>/, '$1'),
    ),
    attack('E-empty', 'Core §2.3.4', FAILED, (c) =>
      withAssertion(
        honest(c, 'none'),
        '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>',
      ),
    ),
  ]),
  ...under('message.structure', [
    attack('E-two-encrypted-assertions', 'exactly one', 'SAML_ASSERTION_MULTIPLE', (c) => {
      const one = /<saml:EncryptedAssertion[^]*<\/saml:EncryptedAssertion>/;
      const first = one.exec(encrypted(c))?.[0] ?? '';
      return replaceOnce(encrypted(c), one, first + (one.exec(encrypted(c))?.[0] ?? ''));
    }),
  ]),
  ...under('decryption', [
    attack('E-two-encrypted-data', 'Core §2.3.4', FAILED, (c) => {
      const data = /<xenc:EncryptedData[^]*<\/xenc:EncryptedData>/;
      return replaceOnce(
        encrypted(c),
        data,
        (data.exec(encrypted(c))?.[0] ?? '') + (data.exec(encrypted(c))?.[0] ?? ''),
      );
    }),
  ]),
  ...under('message.structure', [
    attack('E-evil-plus-encrypted', 'exactly one', 'SAML_ASSERTION_MULTIPLE', (c) =>
      replaceOnce(
        encrypted(c),
        '<saml:EncryptedAssertion',
        `${evilAssertion(c, honest(c))}<saml:EncryptedAssertion`,
      ),
    ),
    attack('E-plain-plus-encrypted', 'exactly one', 'SAML_ASSERTION_MULTIPLE', (c) =>
      replaceOnce(
        encrypted(c),
        '<saml:EncryptedAssertion',
        `${assertionOf(honest(c))}<saml:EncryptedAssertion`,
      ),
    ),
  ]),
  ...under('decryption', [
    attack('E-ciphertext-not-base64', 'XML Encryption §3.3', FAILED, (c) =>
      encrypted(c).replaceAll('<xenc:CipherValue>', '<xenc:CipherValue>!!'),
    ),
  ]),
  ...under('message.structure', [
    attack('E-outside-extensions', 'no decryption elsewhere', STRUCTURE, (c) => {
      const part = /<saml:EncryptedAssertion[^]*<\/saml:EncryptedAssertion>/.exec(encrypted(c))?.[0] ?? '';
      return replaceOnce(
        withoutSignature(honest(c)),
        '<samlp:Status>',
        `<samlp:Extensions>${part}</samlp:Extensions><samlp:Status>`,
      );
    }),
  ]),
  ...under('signature', [
    attack(
      'E-response-signature-broken',
      'verify the Response before decrypting',
      'SAML_SIGNATURE_INVALID',
      (c) => replaceOnce(encrypted(c, {}, 'response'), ' Destination="', ' Consent="x" Destination="'),
    ),
    attack(
      'E-response-attacker-signed',
      'verify the Response before decrypting',
      'SAML_SIGNATURE_INVALID',
      (c) => encrypted(c, {}, 'response', { responseSignature: { keys: c.attackerKeys } }),
    ),
  ]),
  ...under('decryption', [
    attack('E-sameid-inside', 'Core §1.3.4', FAILED, (c) => {
      const outer = honest(c, 'none');
      const inner = signElement(
        replaceOnce(assertionOf(outer), / ID="[^"]*"/, ` ID="${idOf(outer)}"`),
        idOf(outer),
        { keys: c.idp.keys },
      );
      return withAssertion(
        outer,
        `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encryptXml(inner, { recipients: [c.encryptionCertificate] })}</saml:EncryptedAssertion>`,
      );
    }),
  ]),
];

export const encryptionAttacks: readonly AttackCase[] = [...oracle, ...algorithms, ...structure];
/** Failures after decryption began: their answers must not differ in anything but the reference. */
export const oracleAttacks: readonly AttackCase[] = oracle;
