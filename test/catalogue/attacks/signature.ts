/** Signature presence, form and trust: security catalogue 2.1. */
import { createHmac, X509Certificate } from 'node:crypto';
import { C14N, DIGEST, ENVELOPED, makeIdpKeys, SIGNATURE, signElement, STATUS } from '../../support/idp';
import { attack, type AttackCase, type AttackContext } from './catalogue';
import {
  assertionOf,
  evilAssertion,
  honest,
  idOf,
  replaceAll,
  replaceOnce,
  resign,
  sha256,
  signatureOf,
  withAssertion,
  withoutSignature,
  type Signed,
} from './material';
import { under } from '../../support/rule-ids';

const MALFORMED = 'SAML_SIGNATURE_MALFORMED';
const INVALID = 'SAML_SIGNATURE_INVALID';
const ALGORITHM = 'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED';
const MISSING = 'SAML_SIGNATURE_MISSING';
/** Nobody gains anything: the person is the one who was signed. */
const AS_SIGNED = { acceptedAs: 'mallory@example.com' };
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** The attacker's message, turned to the victim after signing. */
const forVictim = (c: AttackContext, signed: Signed = 'assertion'): string =>
  replaceAll(honest(c, signed), c.attacker, c.victim);

const presence: AttackCase[] = under('signature', [
  attack('S-unsigned', 'HackerOne 812064 (Rocket.Chat)', MISSING, (c) =>
    replaceAll(honest(c, 'none'), c.attacker, c.victim),
  ),
  attack('S-stripped-assertion', 'Somorovsky et al. 2012 §4.1; CVE-2020-2021', MISSING, (c) =>
    withoutSignature(forVictim(c)),
  ),
  attack('S-stripped-response', 'CVE-2020-2021', MISSING, (c) => withoutSignature(forVictim(c, 'response'))),
  attack('S-stripped-both', 'CVE-2020-2021', MISSING, (c) =>
    withoutSignature(withoutSignature(forVictim(c, 'both'))),
  ),
  attack('S-sig-empty-element', 'CVE-2026-28323 (fail open)', MALFORMED, (c) => {
    const xml = forVictim(c);
    return replaceOnce(xml, signatureOf(xml), `<ds:Signature xmlns:ds="${DSIG}"/>`);
  }),
  attack('S-sig-empty-text', 'CVE-2026-28323', MALFORMED, (c) => {
    const xml = forVictim(c);
    return replaceOnce(xml, signatureOf(xml), `<ds:Signature xmlns:ds="${DSIG}">ok</ds:Signature>`);
  }),
  ...(
    [
      ['signedinfo', /<ds:SignedInfo>[^]*<\/ds:SignedInfo>/],
      ['signaturevalue', /<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/],
      ['reference', /<ds:Reference [^]*<\/ds:Reference>/],
      ['c14nmethod', /<ds:CanonicalizationMethod[^>]*\/>/],
      ['sigmethod', /<ds:SignatureMethod[^>]*\/>/],
      ['digestmethod', /<ds:DigestMethod[^>]*\/>/],
      ['digestvalue', /<ds:DigestValue>[^<]*<\/ds:DigestValue>/],
    ] as const
  ).map(([name, part]) =>
    attack(`S-sig-no-${name}`, 'XML Signature §4 schema', MALFORMED, (c) =>
      replaceOnce(forVictim(c), part, ''),
    ),
  ),
  attack('S-sig-empty-signaturevalue', 'XML Signature §4.3', MALFORMED, (c) =>
    replaceOnce(forVictim(c), /<ds:SignatureValue>[^<]*</, '<ds:SignatureValue><'),
  ),
  attack('S-sig-wrong-namespace', 'namespace confusion', MISSING, (c) =>
    replaceOnce(forVictim(c), `xmlns:ds="${DSIG}"`, 'xmlns:ds="urn:not-dsig"'),
  ),
  attack('S-sig-no-namespace', 'namespace confusion', MISSING, (c) => {
    const xml = forVictim(c);
    return replaceOnce(
      xml,
      signatureOf(xml),
      signatureOf(xml)
        .replaceAll('ds:', '')
        .replace(/ xmlns:ds="[^"]*"| xmlns="[^"]*"/, ''),
    );
  }),
]);

const tampering: AttackCase[] = under('signature', [
  attack('S-tampered-nameid', 'Core §5.4', INVALID, (c) => forVictim(c)),
  attack('S-tampered-nameid-response-signed', 'Core §5.4', INVALID, (c) => forVictim(c, 'response')),
  attack('S-tampered-nameid-both-signed', 'Core §5.4', INVALID, (c) => forVictim(c, 'both')),
  attack('S-tampered-attribute', 'Core §5.4', INVALID, (c) =>
    replaceOnce(
      honest(c, 'assertion', { attributes: [{ name: 'groups', values: ['staff'] }] }),
      '>staff<',
      '>admin<',
    ),
  ),
  attack('S-tampered-nameid-case', 'Core §5.4', INVALID, (c) =>
    replaceOnce(honest(c), '>mallory@', '>Mallory@'),
  ),
  attack('S-tampered-nameid-space', 'Core §5.4', INVALID, (c) =>
    replaceOnce(honest(c), '>mallory@', '> mallory@'),
  ),
  attack('S-tampered-format', 'Core §5.4', INVALID, (c) =>
    replaceOnce(honest(c), 'emailAddress', 'unspecified'),
  ),
  attack('S-tampered-audience', 'Core §5.4', INVALID, (c) =>
    replaceOnce(
      honest(c, 'assertion', { conditions: { audiences: [['https://other.example/sp']] } }),
      'https://other.example/sp',
      c.spEntityId,
    ),
  ),
  attack('S-tampered-expired-window', 'Core §5.4', INVALID, (c) => {
    const old = '2020-01-01T00:00:00.000Z';
    return replaceAll(
      honest(c, 'assertion', { conditions: { notOnOrAfter: old }, confirmations: [{ notOnOrAfter: old }] }),
      old,
      new Date(c.now.getTime() + 300_000).toISOString(),
    );
  }),
  attack('S-tampered-in-response-to', 'Core §5.4', INVALID, (c) =>
    replaceAll(honest(c, 'assertion', { inResponseTo: '_another' }), '_another', c.requestId),
  ),
  attack('S-tampered-destination', 'Core §5.4', INVALID, (c) =>
    replaceOnce(
      honest(c, 'response', { destination: 'https://other.example/acs' }),
      'https://other.example/acs',
      c.acsUrl,
    ),
  ),
  attack('S-tampered-status', 'Core §5.4', INVALID, (c) =>
    replaceOnce(
      honest(c, 'response', { status: { code: STATUS.responder } }),
      STATUS.responder,
      STATUS.success,
    ),
  ),
  attack('S-tampered-inserted-attribute', 'Core §5.4', INVALID, (c) =>
    replaceOnce(
      honest(c),
      '</saml:AuthnStatement>',
      `</saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>${c.victim}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`,
    ),
  ),
  attack('S-tampered-signaturevalue', 'XML Signature §3.2.2', INVALID, (c) => {
    const xml = honest(c);
    const other = xml.includes('<ds:SignatureValue>A') ? 'B' : 'A';
    return replaceOnce(xml, /<ds:SignatureValue>./, `<ds:SignatureValue>${other}`);
  }),
  attack('S-digest-swapped', 'XML Signature §3.2.1', INVALID, (c) => {
    const good = honest(c, 'assertion', { assertionId: '_same' });
    const evil = honest({ ...c, attacker: c.victim, idp: { ...c.idp, keys: c.attackerKeys } }, 'assertion', {
      assertionId: '_same',
    });
    const digest = (xml: string): string => /<ds:DigestValue>[^<]*</.exec(xml)?.[0] ?? '';
    const forged = withAssertion(evil, assertionOf(evil));
    return replaceOnce(
      forged,
      signatureOf(forged),
      replaceOnce(signatureOf(good), digest(good), digest(evil)),
    );
  }),
  attack('S-signature-of-another-message', 'Core §5.4', INVALID, (c) => {
    const good = honest(c, 'assertion', { assertionId: '_same' });
    const evil = replaceAll(honest(c, 'assertion', { assertionId: '_same' }), c.attacker, c.victim);
    return replaceOnce(evil, signatureOf(evil), signatureOf(good));
  }),
  attack('S-signature-of-response-on-assertion', 'Core §5.4.2', MALFORMED, (c) => {
    const signed = honest(c, 'response');
    const bare = replaceAll(withoutSignature(signed), c.attacker, c.victim);
    return replaceOnce(
      bare,
      '</saml:Issuer><saml:Subject>',
      `</saml:Issuer>${signatureOf(signed)}<saml:Subject>`,
    );
  }),
  attack('S-digest-empty', 'CVE-2025-66568 (digest of the empty string)', INVALID, (c) =>
    resign(c, forVictim(c), (info) =>
      replaceOnce(info, /<ds:DigestValue>[^<]*</, `<ds:DigestValue>${sha256('')}<`),
    ),
  ),
  attack('S-digest-absent-text', 'CVE-2025-66568', MALFORMED, (c) =>
    resign(c, forVictim(c), (info) => replaceOnce(info, /<ds:DigestValue>[^<]*</, '<ds:DigestValue><')),
  ),
  attack('S-digest-whitespace', 'CVE-2025-66568', MALFORMED, (c) =>
    resign(c, forVictim(c), (info) => replaceOnce(info, /<ds:DigestValue>[^<]*</, '<ds:DigestValue> \n<')),
  ),
  attack('S-digest-prefix', 'truncated comparison', INVALID, (c) =>
    resign(c, honest(c), (info) =>
      replaceOnce(
        info,
        /<ds:DigestValue>([^<]{8})[^<]*</,
        `<ds:DigestValue>${/DigestValue>([^<]{8})/.exec(info)?.[1] ?? ''}<`,
      ),
    ),
  ),
  attack('S-void-c14n-relative-namespace', 'CVE-2025-66578, The Fragile Lock (2025)', INVALID, (c) =>
    resign(c, replaceOnce(forVictim(c), '<saml:Assertion ', '<saml:Assertion xmlns:v="1" '), (info) =>
      replaceOnce(info, /<ds:DigestValue>[^<]*</, `<ds:DigestValue>${sha256('')}<`),
    ),
  ),
]);

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trim()}\n-----END ${label}-----\n`;

const hmacSecrets: [string, (c: AttackContext) => string | Buffer][] = [
  ['certpem', (c) => c.idp.keys.certificatePem],
  ['certpem-trimmed', (c) => c.idp.keys.certificatePem.trim()],
  ['certbase64', (c) => c.idp.keys.certificateBase64],
  ['certder', (c) => new X509Certificate(c.idp.keys.certificatePem).raw],
  ['spkipem', (c) => pem('PUBLIC KEY', c.idp.keys.publicKey.export({ type: 'spki', format: 'der' }))],
  ['spkider', (c) => c.idp.keys.publicKey.export({ type: 'spki', format: 'der' })],
  ['empty', () => ''],
];

function withHmac(
  c: AttackContext,
  uri: string,
  hash: string,
  secret: string | Buffer,
  parameter = '',
): string {
  const signed = honest({ ...c, attacker: c.victim, idp: { ...c.idp, keys: c.attackerKeys } });
  return resign(
    c,
    signed,
    (info) =>
      replaceOnce(
        info,
        /<ds:SignatureMethod[^>]*\/>/,
        `<ds:SignatureMethod Algorithm="${uri}">${parameter}</ds:SignatureMethod>`,
      ),
    { signer: (bytes) => createHmac(hash, secret).update(bytes).digest('base64') },
  );
}

const hmac: AttackCase[] = under('signature', [
  ...hmacSecrets.flatMap(([name, secret]) => [
    attack(`S-hmac-sha1-${name}`, 'GHSA-c27r-x354-4m68; CVE-2021-21239', ALGORITHM, (c) =>
      withHmac(c, `${DSIG}hmac-sha1`, 'sha1', secret(c)),
    ),
    attack(`S-hmac-sha256-${name}`, 'GHSA-c27r-x354-4m68', ALGORITHM, (c) =>
      withHmac(c, 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', 'sha256', secret(c)),
    ),
  ]),
  attack('S-hmac-truncated-0', 'CVE-2009-0217', ALGORITHM, (c) =>
    withHmac(c, `${DSIG}hmac-sha1`, 'sha1', 'x', '<ds:HMACOutputLength>0</ds:HMACOutputLength>'),
  ),
  attack('S-hmac-truncated-8', 'CVE-2009-0217', ALGORITHM, (c) =>
    withHmac(c, `${DSIG}hmac-sha1`, 'sha1', 'x', '<ds:HMACOutputLength>8</ds:HMACOutputLength>'),
  ),
]);

/** The message signed by the attacker's own key. */
const signedByAttacker = (c: AttackContext, keyInfo?: string): string =>
  honest({ ...c, attacker: c.victim, idp: { ...c.idp, keys: c.attackerKeys } }, 'assertion', {
    signature: keyInfo === undefined ? {} : { keyInfo },
  });

const trust: AttackCase[] = under('signature', [
  attack('S-attacker-key', 'CVE-2024-32962', INVALID, (c) => signedByAttacker(c)),
  attack('S-attacker-key-no-keyinfo', 'Core §5.4.5', INVALID, (c) => signedByAttacker(c, 'none')),
  attack('S-attacker-key-idp-certificate', 'Core §5.4.5', INVALID, (c) =>
    signedByAttacker(
      c,
      `<{p}X509Data><{p}X509Certificate>${c.idp.keys.certificateBase64}</{p}X509Certificate></{p}X509Data>`,
    ),
  ),
  attack('S-attacker-key-two-certificates', 'CVE-2024-32962', INVALID, (c) =>
    signedByAttacker(
      c,
      `<{p}X509Data><{p}X509Certificate>${c.idp.keys.certificateBase64}</{p}X509Certificate><{p}X509Certificate>${c.attackerKeys.certificateBase64}</{p}X509Certificate></{p}X509Data>`,
    ),
  ),
  attack('S-attacker-key-response-signed', 'CVE-2024-32962', INVALID, (c) =>
    honest({ ...c, attacker: c.victim, idp: { ...c.idp, keys: c.attackerKeys } }, 'response'),
  ),
  attack('S-cert-faking', 'SAML Raider certificate faking', INVALID, (c) => {
    const subject = new X509Certificate(c.idp.keys.certificatePem).subject.replace(/^CN=/, '');
    const keys = makeIdpKeys({ commonName: subject });
    return honest({ ...c, attacker: c.victim, idp: { ...c.idp, keys } });
  }),
  attack('S-keyvalue', 'Core §5.4.5', INVALID, (c) => {
    const jwk = c.attackerKeys.publicKey.export({ format: 'jwk' });
    const base64 = (value: string | undefined): string =>
      Buffer.from(value ?? '', 'base64url').toString('base64');
    return signedByAttacker(
      c,
      `<{p}KeyValue><{p}RSAKeyValue><{p}Modulus>${base64(jwk.n)}</{p}Modulus><{p}Exponent>${base64(jwk.e)}</{p}Exponent></{p}RSAKeyValue></{p}KeyValue>`,
    );
  }),
  attack('S-keyinfo-retrieval-http', 'SSRF by RetrievalMethod', INVALID, (c) =>
    signedByAttacker(
      c,
      '<{p}RetrievalMethod URI="http://127.0.0.1:9/key.xml" Type="http://www.w3.org/2000/09/xmldsig#X509Data"/>',
    ),
  ),
  attack('S-keyname-traversal', 'path traversal by KeyName', INVALID, (c) =>
    signedByAttacker(c, '<{p}KeyName>../../etc/passwd</{p}KeyName>'),
  ),
  attack('S-sp-certificate-as-idp', 'key confusion', INVALID, (c) =>
    signedByAttacker(
      c,
      `<{p}X509Data><{p}X509Certificate>${new X509Certificate(c.spSigningCertificate).raw.toString('base64')}</{p}X509Certificate></{p}X509Data>`,
    ),
  ),
  attack('S-weak-key-1024', 'NIST SP 800-131A', INVALID, (c) =>
    honest({ ...c, attacker: c.victim, idp: { ...c.idp, keys: makeIdpKeys({ kind: 'rsa-1024' }) } }),
  ),
]);

const changeAlgorithm =
  (element: string, value: string) =>
  (c: AttackContext): string =>
    resign(
      c,
      honest(c),
      (info) =>
        replaceOnce(
          info,
          new RegExp(`<ds:${element} Algorithm="[^"]*"`),
          `<ds:${element} Algorithm="${value}"`,
        ),
      {
        algorithm: SIGNATURE.rsaSha256,
      },
    );

const strangeNames = [
  ['constructor', 'constructor'],
  ['proto', '__proto__'],
  ['tostring', 'toString'],
  ['empty', ''],
  ['unknown', 'urn:unknown'],
  ['relative', '#rsa-sha256'],
  ['evil-host', 'http://evil.example/#rsa-sha256'],
  ['leading-space', ` ${SIGNATURE.rsaSha256}`],
  ['upper-case', SIGNATURE.rsaSha256.toUpperCase()],
] as const;

const algorithms: AttackCase[] = under('signature', [
  ...strangeNames.map(([name, value]) =>
    attack(
      `S-sigmethod-${name}`,
      'xml-crypto algorithm table',
      ALGORITHM,
      changeAlgorithm('SignatureMethod', value),
    ),
  ),
  ...strangeNames.map(([name, value]) =>
    attack(
      `S-digmethod-${name}`,
      'xml-crypto algorithm table',
      ALGORITHM,
      changeAlgorithm('DigestMethod', value.replace('rsa-sha256', 'sha256')),
    ),
  ),
  ...strangeNames.map(([name, value]) =>
    attack(
      `S-c14nmethod-${name}`,
      'xml-crypto algorithm table',
      ALGORITHM,
      changeAlgorithm('CanonicalizationMethod', value),
    ),
  ),
  attack('S-rsa-sha1', 'NIST SP 800-131A; SHAttered', ALGORITHM, (c) =>
    honest(c, 'assertion', {
      signature: { signatureAlgorithm: SIGNATURE.rsaSha1, digestAlgorithm: DIGEST.sha1 },
    }),
  ),
  attack('S-rsa-sha1-digest256', 'NIST SP 800-131A', ALGORITHM, (c) =>
    honest(c, 'assertion', { signature: { signatureAlgorithm: SIGNATURE.rsaSha1 } }),
  ),
  attack('S-digest-sha1', 'NIST SP 800-131A', ALGORITHM, (c) =>
    honest(c, 'assertion', { signature: { digestAlgorithm: DIGEST.sha1 } }),
  ),
  attack('S-rsa-sha1-response', 'NIST SP 800-131A', ALGORITHM, (c) =>
    honest(c, 'both', {
      responseSignature: { signatureAlgorithm: SIGNATURE.rsaSha1, digestAlgorithm: DIGEST.sha1 },
    }),
  ),
  attack('S-rsa-sha1-inner', 'NIST SP 800-131A', ALGORITHM, (c) =>
    honest(c, 'both', {
      assertionSignature: { signatureAlgorithm: SIGNATURE.rsaSha1, digestAlgorithm: DIGEST.sha1 },
    }),
  ),
  attack('S-rsa-md5', 'RFC 6151', ALGORITHM, (c) =>
    honest(c, 'assertion', {
      signature: { signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5' },
    }),
  ),
  attack('S-digest-md5', 'RFC 6151', ALGORITHM, (c) =>
    honest(c, 'assertion', { signature: { digestAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#md5' } }),
  ),
  attack('S-dsa-sha1', 'RSA/DSA confusion', ALGORITHM, changeAlgorithm('SignatureMethod', `${DSIG}dsa-sha1`)),
  attack(
    'S-ecdsa-label-rsa-key',
    'key type confusion',
    INVALID,
    changeAlgorithm('SignatureMethod', SIGNATURE.ecdsaSha256),
  ),
  attack(
    'S-pss-label-pkcs1-value',
    'padding confusion',
    INVALID,
    changeAlgorithm('SignatureMethod', SIGNATURE.pssSha256),
  ),
  attack('S-pkcs1-label-pss-value', 'padding confusion', INVALID, (c) =>
    resign(c, honest(c), (info) => info.replace('<ds:SignedInfo>', '<ds:SignedInfo >'), {
      algorithm: SIGNATURE.pssSha256,
      canonical: () => 'x',
    }),
  ),
  attack(
    'S-sha512-label-sha256-value',
    'hash confusion',
    INVALID,
    changeAlgorithm('SignatureMethod', SIGNATURE.rsaSha512),
  ),
  attack('S-digest-label-sha512', 'hash confusion', INVALID, changeAlgorithm('DigestMethod', DIGEST.sha512)),
]);

const several: AttackCase[] = [
  ...under('signature', [
    attack('S-resp-broken-assert-ok', 'every signature must verify', INVALID, (c) =>
      replaceOnce(honest(c, 'both'), ' Destination="', ' Consent="urn:x" Destination="'),
    ),
    attack('S-assert-broken-resp-ok', 'every signature must verify', INVALID, (c) =>
      honest(c, 'both', { mutateAssertion: (xml) => replaceAll(xml, c.attacker, c.victim) }),
    ),
    attack('S-resp-attacker-assert-idp', 'every signature must verify', INVALID, (c) =>
      honest(c, 'both', { responseSignature: { keys: c.attackerKeys } }),
    ),
    attack('S-assert-attacker-resp-idp', 'every signature must verify', INVALID, (c) =>
      honest(c, 'both', { assertionSignature: { keys: c.attackerKeys } }),
    ),
    attack('S-assert-other-idp-resp-idp', 'every signature must verify', INVALID, (c) =>
      honest(c, 'both', { assertionSignature: { keys: c.otherIdp.keys } }),
    ),
    attack('S-resp-sig-empty', 'every signature must verify', MALFORMED, (c) =>
      replaceOnce(honest(c), '</saml:Issuer>', `</saml:Issuer><ds:Signature xmlns:ds="${DSIG}"/>`),
    ),
  ]),
  ...under('message.structure', [
    attack('S-two-sigs-assertion', 'one Signature per parent', 'SAML_STRUCTURE_INVALID', (c) => {
      const xml = honest(c);
      return replaceOnce(xml, signatureOf(xml), signatureOf(xml) + signatureOf(xml));
    }),
    attack('S-two-sigs-attacker-first', 'one Signature per parent', 'SAML_STRUCTURE_INVALID', (c) => {
      const xml = honest(c);
      const foreign = signatureOf(
        signElement(withoutSignature(xml), idOf(assertionOf(xml)), { keys: c.attackerKeys }),
      );
      return replaceOnce(xml, signatureOf(xml), foreign + signatureOf(xml));
    }),
    attack('S-two-sigs-attacker-last', 'one Signature per parent', 'SAML_STRUCTURE_INVALID', (c) => {
      const xml = honest(c);
      const foreign = signatureOf(
        signElement(withoutSignature(xml), idOf(assertionOf(xml)), { keys: c.attackerKeys }),
      );
      return replaceOnce(xml, signatureOf(xml), signatureOf(xml) + foreign);
    }),
    attack('S-two-sigs-response', 'one Signature per parent', 'SAML_STRUCTURE_INVALID', (c) => {
      const xml = honest(c, 'response');
      return replaceOnce(xml, signatureOf(xml), signatureOf(xml) + signatureOf(xml));
    }),
  ]),
];

/** A SignedInfo that says something else, to stand beside the real one. */
const fakeSignedInfo = (c: AttackContext, xml: string): string => {
  const digest = sha256(replaceAll(assertionOf(withoutSignature(xml)), c.attacker, c.victim));
  const info = /<ds:SignedInfo>[^]*<\/ds:SignedInfo>/.exec(signatureOf(xml))?.[0] ?? '';
  return replaceOnce(info, /<ds:DigestValue>[^<]*</, `<ds:DigestValue>${digest}<`);
};

const onVictim = (
  c: AttackContext,
  xml: string,
  change: (signature: string, real: string, fake: string) => string,
): string => {
  const signature = signatureOf(xml);
  const real = /<ds:SignedInfo>[^]*<\/ds:SignedInfo>/.exec(signature)?.[0] ?? '';
  const bare = replaceAll(xml, c.attacker, c.victim);
  return replaceOnce(bare, signature, change(signature, real, fakeSignedInfo(c, xml)));
};

const shape: AttackCase[] = [
  ...under('signature', [
    attack('S-cve-2025-29774-a', 'CVE-2025-29774: fake SignedInfo first', MALFORMED, (c) =>
      onVictim(c, honest(c), (signature, real, fake) => replaceOnce(signature, real, fake + real)),
    ),
    attack('S-cve-2025-29774-b', 'CVE-2025-29774: fake SignedInfo last', MALFORMED, (c) =>
      onVictim(c, honest(c), (signature, real, fake) => replaceOnce(signature, real, real + fake)),
    ),
  ]),
  ...under('message.structure', [
    attack(
      'S-cve-2025-29774-c',
      'CVE-2025-29774: real SignedInfo inside an Object',
      'SAML_STRUCTURE_INVALID',
      (c) =>
        onVictim(c, honest(c), (signature, real, fake) =>
          replaceOnce(
            replaceOnce(signature, real, fake),
            '</ds:Signature>',
            `<ds:Object>${real}</ds:Object></ds:Signature>`,
          ),
        ),
    ),
    attack(
      'S-cve-2025-29774-d',
      'CVE-2025-29774: fake SignedInfo nested in the real one',
      'SAML_STRUCTURE_INVALID',
      (c) =>
        onVictim(c, honest(c), (signature, _real, fake) =>
          replaceOnce(signature, '</ds:SignedInfo>', `${fake}</ds:SignedInfo>`),
        ),
    ),
  ]),
  ...under('signature', [
    attack('S-signedinfo-foreign-namespace', 'CVE-2025-29774', MALFORMED, (c) =>
      onVictim(c, honest(c), (signature, real, fake) =>
        replaceOnce(
          signature,
          real,
          fake.replaceAll('ds:', 'f:').replace('<f:SignedInfo', '<f:SignedInfo xmlns:f="urn:f"') + real,
        ),
      ),
    ),
  ]),
  ...under('message.structure', [
    ...['SignedInfo', 'SignatureValue'].map((name) =>
      attack(`S-${name.toLowerCase()}-in-keyinfo`, 'CVE-2025-29774', 'SAML_STRUCTURE_INVALID', (c) =>
        replaceOnce(honest(c), '</ds:KeyInfo>', `<ds:${name}/></ds:KeyInfo>`),
      ),
    ),
    ...['Subject', 'NameID', 'Conditions', 'AttributeStatement'].map((name) =>
      attack(`S-${name.toLowerCase()}-in-keyinfo`, 'CVE-2024-9487', 'SAML_STRUCTURE_INVALID', (c) =>
        replaceOnce(
          honest(c),
          '</ds:KeyInfo>',
          `<saml:${name} xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/></ds:KeyInfo>`,
        ),
      ),
    ),
  ]),
  ...under('signature', [
    attack('S-object', 'no Object in a SAML signature', MALFORMED, (c) =>
      replaceOnce(honest(c), '</ds:Signature>', '<ds:Object><x/></ds:Object></ds:Signature>'),
    ),
    attack('S-methods-in-object', 'first descendant instead of child', MALFORMED, (c) =>
      replaceOnce(
        honest(c),
        '<ds:SignedInfo>',
        `<ds:Object><ds:SignatureMethod Algorithm="${DSIG}hmac-sha1"/></ds:Object><ds:SignedInfo>`,
      ),
    ),
    attack('S-keyinfo-before-signedinfo', 'XML Signature §4 order', MALFORMED, (c) => {
      const xml = honest(c);
      const keyInfo = /<ds:KeyInfo>[^]*<\/ds:KeyInfo>/.exec(xml)?.[0] ?? '';
      return replaceOnce(replaceOnce(xml, keyInfo, ''), '<ds:SignedInfo>', `${keyInfo}<ds:SignedInfo>`);
    }),
    attack('S-two-signaturevalues', 'XML Signature §4', MALFORMED, (c) =>
      replaceOnce(honest(c), '<ds:KeyInfo>', '<ds:SignatureValue>AAAA</ds:SignatureValue><ds:KeyInfo>'),
    ),
    attack('S-cve-2025-29775-comment', 'CVE-2025-29775: comment in DigestValue', MALFORMED, (c) =>
      replaceOnce(forVictim(c), '<ds:DigestValue>', `<ds:DigestValue><!--${sha256('x')}-->`),
    ),
    attack('S-cve-2025-29775-comment-inside', 'CVE-2025-29775', MALFORMED, (c) => {
      const xml = honest(c);
      const start = /<ds:DigestValue>.{4}/.exec(xml)?.[0] ?? '';
      return replaceOnce(xml, start, `${start}<!-- -->`);
    }),
  ]),
  ...under('message.structure', [
    attack('S-cve-2025-29775-pi', 'CVE-2025-29775', 'SAML_XML_PROCESSING_INSTRUCTION', (c) =>
      replaceOnce(forVictim(c), '<ds:DigestValue>', '<ds:DigestValue><?x y?>'),
    ),
  ]),
  ...under('signature', [
    attack('S-cve-2025-29775-child', 'CVE-2025-29775', MALFORMED, (c) =>
      replaceOnce(forVictim(c), '<ds:DigestValue>', `<ds:DigestValue><x>${sha256('x')}</x>`),
    ),
    attack('S-cve-2025-29775-twice', 'CVE-2025-29775', MALFORMED, (c) =>
      replaceOnce(
        forVictim(c),
        '<ds:DigestValue>',
        `<ds:DigestValue>${sha256('x')}</ds:DigestValue><ds:DigestValue>`,
      ),
    ),
    attack('S-sigvalue-comment', 'CVE-2025-29775 class', MALFORMED, (c) =>
      replaceOnce(honest(c), '<ds:SignatureValue>', '<ds:SignatureValue><!--x-->'),
    ),
    attack('S-sigvalue-child', 'CVE-2025-29775 class', MALFORMED, (c) =>
      replaceOnce(honest(c), '<ds:SignatureValue>', '<ds:SignatureValue><x/>'),
    ),
    attack('S-sigvalue-not-base64', 'XML Signature §4.3', MALFORMED, (c) =>
      replaceOnce(honest(c), '<ds:SignatureValue>', '<ds:SignatureValue>!'),
    ),
    attack('S-signedinfo-stray-text', 'XML Signature §4', MALFORMED, (c) =>
      replaceOnce(honest(c), '<ds:SignedInfo>', '<ds:SignedInfo>x'),
    ),
  ]),
];

const uriForms: [string, string | null][] = [
  ['empty', ''],
  ['missing', null],
  ['xpointer-root', '#xpointer(/)'],
  ['xpointer-id', "#xpointer(id('ID'))"],
  ['quote', "#x' or '1'='1"],
  ['double-quote', '#x&quot; or &quot;1'],
  ['http', 'http://127.0.0.1:9/assertion.xml'],
  ['http-fragment', 'http://127.0.0.1:9/assertion.xml#ID'],
  ['file', 'file:///etc/passwd'],
  ['unknown', '#_nowhere'],
  ['hash-only', '#'],
  ['no-hash', 'ID'],
  ['double-hash', '##ID'],
  ['trailing-space', '#ID '],
  ['percent-encoded', '#%5FID'],
  ['element-scheme', '#element(ID)'],
];

const references: AttackCase[] = under('signature', [
  ...uriForms.map(([name, uri]) =>
    attack(`S-uri-${name}`, 'Core §5.4.2; XPath injection; SSRF', MALFORMED, (c) => {
      const xml = honest(c);
      const written = uri === null ? '' : ` URI="${uri.replace('ID', idOf(assertionOf(xml)))}"`;
      return resign(c, xml, (info) => replaceOnce(info, / URI="[^"]*"/, written));
    }),
  ),
  attack('S-uri-of-response-in-assertion', 'Core §5.4.2', MALFORMED, (c) => {
    const xml = honest(c);
    return resign(c, xml, (info) => replaceOnce(info, / URI="[^"]*"/, ` URI="#${idOf(xml)}"`));
  }),
  attack('S-two-references', 'Core §5.4.2', MALFORMED, (c) =>
    resign(c, honest(c), (info) => {
      const reference = /<ds:Reference [^]*<\/ds:Reference>/.exec(info)?.[0] ?? '';
      return replaceOnce(info, reference, reference + reference);
    }),
  ),
  attack('S-two-references-other-target', 'Core §5.4.2', MALFORMED, (c) =>
    resign(c, honest(c), (info) => {
      const reference = /<ds:Reference [^]*<\/ds:Reference>/.exec(info)?.[0] ?? '';
      return replaceOnce(info, reference, reference + reference.replace(/URI="[^"]*"/, 'URI=""'));
    }),
  ),
  // Type is advisory: it changes nothing of what is digested (XML Signature §4.4.3.1).
  attack('S-reference-type-manifest', 'XML Signature §4.4.3.1', AS_SIGNED, (c) =>
    resign(c, honest(c), (info) =>
      replaceOnce(info, '<ds:Reference ', `<ds:Reference Type="${DSIG}Manifest" `),
    ),
  ),
]);

const transform = (uri: string, content = ''): string =>
  `<ds:Transform Algorithm="${uri}">${content}</ds:Transform>`;
const E = transform(ENVELOPED);
const X = transform(C14N.exclusive);

const transformLists: [string, string, string][] = [
  ['none', '', MALFORMED],
  // Canonical XML 1.0 is implied (XML Signature §4.4.3.2), and the digest is another one's.
  ['enveloped-only', E, INVALID],
  ['c14n-only', X, ALGORITHM],
  ['swapped', X + E, ALGORITHM],
  ['enveloped-twice', E + E, ALGORITHM],
  ['three', E + X + X, MALFORMED],
  ['hundred', E + X.repeat(99), MALFORMED],
  [
    'xpath',
    E +
      transform(
        'http://www.w3.org/TR/1999/REC-xpath-19991116',
        '<ds:XPath>not(ancestor-or-self::saml:NameID)</ds:XPath>',
      ),
    ALGORITHM,
  ],
  [
    'xpath-filter2',
    E +
      transform(
        'http://www.w3.org/2002/06/xmldsig-filter2',
        '<f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">//*</f:XPath>',
      ),
    ALGORITHM,
  ],
  [
    'xslt',
    E +
      transform(
        'http://www.w3.org/TR/1999/REC-xslt-19991116',
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>',
      ),
    ALGORITHM,
  ],
  ['base64', E + transform(`${DSIG}base64`), ALGORITHM],
  ['decrypt', E + transform('http://www.w3.org/2002/07/decrypt#XML'), ALGORITHM],
  ['constructor', E + transform('constructor'), ALGORITHM],
  ['proto', E + transform('__proto__'), ALGORITHM],
  ['empty-algorithm', E + transform(''), ALGORITHM],
  ['no-algorithm', `${E}<ds:Transform></ds:Transform>`, MALFORMED],
  ['foreign-child', E + transform(C14N.exclusive, '<x xmlns="urn:x">y</x>'), MALFORMED],
  [
    'two-prefixlists',
    E +
      transform(
        C14N.exclusive,
        '<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a"/>'.repeat(
          2,
        ),
      ),
    MALFORMED,
  ],
];

const transforms: AttackCase[] = under('signature', [
  ...transformLists.map(([name, list, code]) =>
    attack(`S-transform-${name}`, 'CVE-2021-39171; CVE-2022-47966; Core §5.4.4', code, (c) =>
      resign(c, honest(c), (info) =>
        replaceOnce(info, /<ds:Transforms>.*<\/ds:Transforms>/, `<ds:Transforms>${list}</ds:Transforms>`),
      ),
    ),
  ),
  attack('S-transforms-absent', 'Core §5.4.4', MALFORMED, (c) =>
    resign(c, honest(c), (info) => replaceOnce(info, /<ds:Transforms>.*<\/ds:Transforms>/, '')),
  ),
  attack('S-transforms-twice', 'XML Signature §4.4.3', MALFORMED, (c) =>
    resign(c, honest(c), (info) =>
      replaceOnce(info, '</ds:Transforms>', `</ds:Transforms><ds:Transforms>${E}</ds:Transforms>`),
    ),
  ),
]);

const places: AttackCase[] = [
  ...under('signature', [
    attack('S-detached-in-response', 'Core §5.4.1: enveloped only', MALFORMED, (c) => {
      const xml = honest(c);
      const signature = signatureOf(xml);
      return replaceOnce(replaceOnce(xml, signature, ''), '<samlp:Status>', `${signature}<samlp:Status>`);
    }),
  ]),
  ...under('message.structure', [
    ...(
      [
        ['subject', '<saml:Subject>'],
        ['conditions', '<saml:AudienceRestriction>'],
        ['status', '<samlp:Status>'],
        ['authncontext', '<saml:AuthnContext>'],
      ] as const
    ).map(([name, before]) =>
      attack(`S-sig-deep-${name}`, 'Core §5.4.1', 'SAML_STRUCTURE_INVALID', (c) => {
        const xml = honest(c);
        const signature = signatureOf(xml);
        return replaceOnce(replaceOnce(xml, signature, ''), before, before + signature);
      }),
    ),
  ]),
  ...under('signature', [
    // The place inside the parent is no signed content; what counts is what was signed.
    attack('S-sig-last-in-assertion', 'enveloped transform', AS_SIGNED, (c) => {
      const xml = honest(c);
      const signature = signatureOf(xml);
      return replaceOnce(
        replaceOnce(xml, signature, ''),
        '</saml:Assertion>',
        `${signature}</saml:Assertion>`,
      );
    }),
  ]),
];

/** Other things that the same key signs. */
const otherMessages: AttackCase[] = [
  ...under('message.structure', [
    ...(['LogoutResponse', 'AuthnRequest', 'LogoutRequest', 'ArtifactResponse'] as const).map((name) =>
      attack(`S-other-${name.toLowerCase()}`, 'golden signed XML', 'SAML_ROOT_INVALID', (c) =>
        honest(c, 'response', { mutateUnsigned: (xml) => xml.replaceAll('samlp:Response', `samlp:${name}`) }),
      ),
    ),
    attack('S-other-metadata', 'golden signed XML', 'SAML_ROOT_INVALID', (c) =>
      signElement(
        `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_m" entityID="${c.idp.entityId}"><md:Extensions>${evilAssertion(c, honest(c))}</md:Extensions></md:EntityDescriptor>`,
        '_m',
        { keys: c.idp.keys },
      ),
    ),
    attack('S-other-bare-assertion', 'golden signed XML', 'SAML_ROOT_INVALID', (c) => assertionOf(honest(c))),
    attack('S-other-signature-root', 'golden signed XML', 'SAML_ROOT_INVALID', (c) => signatureOf(honest(c))),
  ]),
  ...under('response.status', [
    attack('S-error-response-signed', 'Core §3.2.2.2', 'SAML_STATUS_NOT_SUCCESS', (c) =>
      honest(c, 'response', {
        noAssertion: true,
        status: { code: STATUS.responder, subCode: STATUS.authnFailed },
      }),
    ),
  ]),
  ...under('signature', [
    attack('S-error-response-assertion-injected', 'PortSwigger SAML roulette', MISSING, (c) =>
      replaceOnce(
        honest(c, 'none', { noAssertion: true }),
        '</samlp:Response>',
        `${evilAssertion(c, honest(c))}</samlp:Response>`,
      ),
    ),
  ]),
];

export const signatureAttacks: readonly AttackCase[] = [
  ...presence,
  ...tampering,
  ...hmac,
  ...trust,
  ...algorithms,
  ...several,
  ...shape,
  ...references,
  ...transforms,
  ...places,
  ...otherMessages,
];
