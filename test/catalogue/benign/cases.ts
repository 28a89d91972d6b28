/** Layouts, algorithms, forms and edges that real identity providers show. */
import {
  C14N,
  CONTENT,
  CONTEXT,
  DIGEST,
  encryptXml,
  LAYOUTS,
  makeIdpKeys,
  METHOD,
  NAME_ID,
  SIGNATURE,
  TRANSPORT,
  type EncryptOptions,
  type LayoutName,
  type ResponseOptions,
} from '../../support/idp';
import { form, post } from '../attacks/catalogue';
import { honest, replaceAll, replaceOnce } from '../attacks/material';
import { benign, EMAIL, type BenignCase, type BenignContext, type BenignDraft } from './catalogue';
import { under } from '../../support/rule-ids';

const SIGNINGS = ['assertion', 'response', 'both'] as const;
const person = { id: 'u-1', name: 'Mallory Ünïcode', email: EMAIL };

const layouts: BenignCase[] = under(
  'message.structure',
  (Object.keys(LAYOUTS) as LayoutName[]).flatMap((name) =>
    [false, true].map((encrypted) => ({
      id: `B-layout-${name}${encrypted ? '-encrypted' : ''}`,
      source: `${name}, as its administration screens set it up`,
      email: EMAIL,
      // CyberArk sends a user name in its attributes; its NameID is the address.
      build: (c: BenignContext) => {
        const layout = LAYOUTS[name]({
          person,
          spEntityId: c.spEntityId,
          entityId: c.idp.entityId,
          ...(encrypted ? { encryptionCertificate: c.encryptionCertificate } : {}),
        });
        const encrypt = encrypted ? { recipients: [c.encryptionCertificate] } : null;
        return post(
          honest(c, 'none', { ...layout, encrypt: layout.encrypt ?? encrypt, sign: layout.sign ?? {} }),
        );
      },
    })),
  ),
);

const signatureAlgorithms: [string, string, string][] = [
  ['rsa-sha384', SIGNATURE.rsaSha384, DIGEST.sha384],
  ['rsa-sha512', SIGNATURE.rsaSha512, DIGEST.sha512],
  ['rsa-sha256-digest-sha512', SIGNATURE.rsaSha256, DIGEST.sha512],
  ['rsa-sha512-digest-sha256', SIGNATURE.rsaSha512, DIGEST.sha256],
  ['rsa-pss-sha256', SIGNATURE.pssSha256, DIGEST.sha256],
  ['rsa-pss-sha384', SIGNATURE.pssSha384, DIGEST.sha384],
  ['rsa-pss-sha512', SIGNATURE.pssSha512, DIGEST.sha512],
];

/** One service provider each: the key is in the metadata. */
const ecP256 = { idpKeys: makeIdpKeys({ kind: 'ec-p256' }) };
const ecP384 = { idpKeys: makeIdpKeys({ kind: 'ec-p384' }) };
const ecP521 = { idpKeys: makeIdpKeys({ kind: 'ec-p521' }) };
const rsa3072 = { idpKeys: makeIdpKeys({ kind: 'rsa-3072' }) };
const expired = {
  idpKeys: makeIdpKeys({ notBefore: new Date('2015-01-01'), notAfter: new Date('2018-01-01') }),
};
const rollover = { moreIdpCertificates: [1, 2, 3, 4].map(() => makeIdpKeys().certificateBase64) };
const sha1Allowed = { connection: { allowSha1: true } };
const secondKey = makeIdpKeys({ commonName: 'older encryption key' });
const twoDecryptionKeys = { decryptionKeys: [makeIdpKeys(), secondKey] };
const fromNameId = { connection: { emailFrom: 'nameId' } };
const fromMail = { connection: { emailFrom: 'mail' } };
const judgedTwice = { connection: { secondOpinion: true } };

const secondsFrom = (now: Date, seconds: number): string =>
  new Date(now.getTime() + seconds * 1000).toISOString();

const signatures: BenignCase[] = under('signature', [
  ...SIGNINGS.map((signed) => benign(`B-signed-${signed}`, 'Profiles §4.1.4.5', {}, { signed })),
  ...signatureAlgorithms.flatMap(([name, signatureAlgorithm, digestAlgorithm]) =>
    SIGNINGS.map((signed) =>
      benign(
        `B-${name}-${signed}`,
        'IIP-ALG; RFC 9231',
        { signature: { signatureAlgorithm, digestAlgorithm } },
        { signed },
      ),
    ),
  ),
  benign(
    'B-ecdsa-p256',
    'RFC 9231 §2.3.6',
    { signature: { signatureAlgorithm: SIGNATURE.ecdsaSha256 } },
    { signed: 'both', serviceProvider: ecP256 },
  ),
  benign(
    'B-ecdsa-p384',
    'RFC 9231 §2.3.6',
    { signature: { signatureAlgorithm: SIGNATURE.ecdsaSha384, digestAlgorithm: DIGEST.sha384 } },
    { signed: 'both', serviceProvider: ecP384 },
  ),
  benign(
    'B-ecdsa-p521',
    'RFC 9231 §2.3.6',
    { signature: { signatureAlgorithm: SIGNATURE.ecdsaSha512, digestAlgorithm: DIGEST.sha512 } },
    { serviceProvider: ecP521 },
  ),
  benign('B-rsa-3072', 'NIST SP 800-57', {}, { signed: 'both', serviceProvider: rsa3072 }),
  benign('B-cert-expired', 'IIP-MD12: a key is trusted, not a date', {}, { serviceProvider: expired }),
  ...SIGNINGS.map((signed) =>
    benign(
      `B-key-rollover-${signed}`,
      'the fifth of five certificates signs',
      {},
      { signed, serviceProvider: rollover },
    ),
  ),
  benign(
    'B-sha1-allowed',
    'a connection that says so',
    { signature: { signatureAlgorithm: SIGNATURE.rsaSha1, digestAlgorithm: DIGEST.sha1 } },
    { serviceProvider: sha1Allowed },
  ),
  benign(
    'B-sha1-digest-allowed',
    'a connection that says so',
    { signature: { digestAlgorithm: DIGEST.sha1 } },
    { signed: 'both', serviceProvider: sha1Allowed },
  ),
  benign('B-no-keyinfo', 'XML Signature §4.5: KeyInfo is optional', { signature: { keyInfo: 'none' } }),
  benign('B-keyinfo-keyname', 'KeyName only', {
    signature: { keyInfo: '<{p}KeyName>idp-2024</{p}KeyName>' },
  }),
  benign('B-keyinfo-subjectname', 'Google, Keycloak', {
    signature: { keyInfo: '<{p}X509Data><{p}X509SubjectName>CN=x,O=y</{p}X509SubjectName></{p}X509Data>' },
  }),
  benign('B-keyinfo-other-cert', 'KeyInfo is a hint at most (Core §5.4.5)', (c) => ({
    signature: {
      keyInfo: `<{p}X509Data><{p}X509Certificate>${c.otherIdp.keys.certificateBase64}</{p}X509Certificate></{p}X509Data>`,
    },
  })),
  benign('B-keyinfo-chain', 'AD FS: the whole chain', (c) => ({
    signature: {
      keyInfo: `<{p}X509Data>${[c.idp, c.otherIdp].map(({ keys }) => `<{p}X509Certificate>${keys.certificateBase64}</{p}X509Certificate>`).join('')}</{p}X509Data>`,
    },
  })),
  benign('B-wrapped-base64', 'xmlsec: 76 columns', { signature: { wrapBase64: true } }, { signed: 'both' }),
  {
    id: 'B-wrapped-base64-crlf-reference',
    source: '.NET: carriage returns by reference in SignatureValue',
    email: EMAIL,
    build: (c) =>
      post(replaceAll(honest(c, 'assertion', { signature: { wrapBase64: true } }), '\n', '&#13;\n')),
  },
  benign('B-signature-default-namespace', 'Entra, AD FS', { signature: { prefix: '' } }, { signed: 'both' }),
  benign('B-signature-dsig-prefix', 'Keycloak', { signature: { prefix: 'dsig' } }, { signed: 'both' }),
  benign(
    'B-signed-by-two-keys',
    'Response and Assertion by different keys of one IdP',
    {},
    { signed: 'both', serviceProvider: rollover },
  ),
]);

const canonicalizations: BenignCase[] = under('signature', [
  ...SIGNINGS.flatMap((signed) => [
    benign(
      `B-c14n-inclusive-${signed}`,
      'older products: Canonical XML 1.0',
      { signature: { canonicalization: C14N.inclusive } },
      { signed },
    ),
    benign(
      `B-c14n-inclusive-root-${signed}`,
      'Canonical XML 1.0 with namespaces on the root',
      {
        signature: { canonicalization: C14N.inclusive },
        style: { declareOn: 'root', xsiType: 'response' },
        attributes: [{ name: 'n', values: ['v'] }],
      },
      { signed },
    ),
    benign(
      `B-prefixlist-${signed}`,
      'Okta, Shibboleth: PrefixList "xs"',
      {
        signature: { prefixList: ['xs', 'xsi'] },
        style: { xsiType: 'response' },
        attributes: [{ name: 'n', values: ['v'] }],
      },
      { signed },
    ),
    benign(
      `B-prefixlist-root-${signed}`,
      'PrefixList for namespaces of the root',
      {
        signature: { prefixList: ['xs'] },
        style: { xsiType: 'response', declareOn: 'root' },
        attributes: [{ name: 'n', values: ['v'] }],
      },
      { signed },
    ),
    benign(
      `B-pretty-${signed}`,
      'indented before signing',
      { style: { indent: '  ', xmlDeclaration: true } },
      { signed },
    ),
  ]),
  benign('B-prefixlist-unknown', 'a PrefixList names what is not in scope', {
    signature: { prefixList: ['nowhere', 'saml'] },
  }),
  benign('B-c14n-with-comments', 'exclusive C14N #WithComments, no comments', {
    signature: { canonicalization: C14N.exclusiveWithComments },
  }),
  benign('B-pretty-tabs-crlf', 'tabs; line ends are normalised (XML §2.11)', {
    style: { indent: '\t' },
    mutateSigned: (xml) => xml.replaceAll('\n', '\r\n'),
  }),
]);

const prefixes: BenignCase[] = under(
  'message.structure',
  [
    ['saml2p', 'saml2'],
    ['saml1p', 'saml1'],
    ['', ''],
    ['', 'saml'],
    ['samlp', ''],
    ['ns0', 'ns1'],
    ['a', 'b'],
    ['Zz', 'aA'],
    ['samlp2.0-x', '_y'],
  ].flatMap(([protocolPrefix = '', assertionPrefix = '']) =>
    (['element', 'root'] as const)
      .filter((declareOn) => !(declareOn === 'root' && protocolPrefix === '' && assertionPrefix === ''))
      .map((declareOn) =>
        benign(
          `B-prefix-${protocolPrefix || 'default'}-${assertionPrefix || 'default'}-${declareOn}`,
          'any prefix (IIP-EXT01)',
          { style: { protocolPrefix, assertionPrefix, declareOn } },
          { signed: 'both' },
        ),
      ),
  ),
);

const at = (c: BenignContext, seconds: number): string =>
  new Date(c.now.getTime() + seconds * 1000).toISOString();

const times: BenignCase[] = [
  ...under('conditions.window', [
    benign('B-conditions-no-times', 'Core §2.5.1: both are optional', {
      conditions: { notBefore: null, notOnOrAfter: null },
    }),
  ]),
  ...under('conditions.notOnOrAfter', [
    benign('B-conditions-notbefore-only', 'Core §2.5.1', { conditions: { notOnOrAfter: null } }),
  ]),
  ...under('conditions.notBefore', [
    benign('B-conditions-notonorafter-only', 'Core §2.5.1', { conditions: { notBefore: null } }),
    benign('B-skew-notbefore', 'IIP-G01: 3 to 5 minutes', (c) => ({
      conditions: { notBefore: at(c, 170), notOnOrAfter: at(c, 600) },
    })),
  ]),
  ...under('conditions.notOnOrAfter', [
    benign('B-skew-notonorafter', 'IIP-G01', (c) => ({
      conditions: { notBefore: at(c, -600), notOnOrAfter: at(c, -170) },
    })),
  ]),
  ...under('confirmation.open', [
    benign('B-skew-confirmation', 'IIP-G01', (c) => ({ confirmations: [{ notOnOrAfter: at(c, -170) }] })),
  ]),
  ...under('assertion.issueInstant', [
    benign(
      'B-skew-issueinstant',
      'IIP-G01',
      (c) => ({ issueInstant: at(c, 170), assertionIssueInstant: at(c, 170) }),
      { signed: 'both' },
    ),
  ]),
  ...under('authn.instant', [
    benign('B-skew-authninstant', 'IIP-G01', (c) => ({ authnStatements: [{ authnInstant: at(c, 170) }] })),
  ]),
  ...under('authn.session', [
    benign('B-skew-session', 'IIP-G01', (c) => ({ authnStatements: [{ sessionNotOnOrAfter: at(c, -170) }] })),
  ]),
  ...under('conditions.window', [
    benign('B-window-of-an-hour', 'Entra, AD FS', { lifetimeSeconds: 3600 }),
    benign('B-window-of-nearly-a-day', 'generous IdPs', { lifetimeSeconds: 86_000 }),
  ]),
  ...under('authn.instant', [
    benign('B-authn-yesterday', 'a session at the IdP', (c) => ({
      authnStatements: [{ authnInstant: at(c, -86_400 * 20) }],
    })),
  ]),
  ...under('authn.session', [
    benign('B-session-tomorrow', 'SessionNotOnOrAfter', (c) => ({
      authnStatements: [{ sessionNotOnOrAfter: at(c, 86_400) }],
    })),
  ]),
  ...under('conditions.window', [
    ...(
      [
        ['seconds', (time: string) => time.replace(/\.\d+Z/, 'Z')],
        ['tenths', (time: string) => time.replace(/\.\d+Z/, '.5Z')],
        ['seven-digits', (time: string) => time.replace(/\.\d+Z/, '.1234567Z')],
        ['nanoseconds', (time: string) => time.replace(/\.\d+Z/, '.123456789Z')],
      ] as const
    ).map(([name, change]) =>
      benign(`B-time-${name}`, 'Core §1.3.3: fractions of a second', (c) => ({
        issueInstant: change(at(c, 0)),
        assertionIssueInstant: change(at(c, 0)),
        conditions: { notBefore: change(at(c, -60)), notOnOrAfter: change(at(c, 300)) },
        confirmations: [{ notOnOrAfter: change(at(c, 300)) }],
        authnStatements: [{ authnInstant: change(at(c, -5)) }],
      })),
    ),
  ]),
];

const structures: BenignCase[] = [
  ...under('response.destination', [
    benign('B-no-destination-unsigned-response', 'Core §3.2.2: optional when unsigned', {
      destination: null,
    }),
  ]),
  ...under('response.issuer', [
    benign('B-no-response-issuer', 'Profiles §4.1.4.2: optional when unsigned', { responseIssuer: null }),
  ]),
  ...under('assertion.issuer', [
    benign(
      'B-issuer-format-entity',
      'Profiles §4.1.4.2',
      { style: { issuerFormat: true } },
      { signed: 'both' },
    ),
  ]),
  ...under('confirmation.bearer', [
    benign('B-two-confirmations', 'one good bearer is enough (Profiles §4.1.4.3)', {
      confirmations: [{ method: METHOD.holderOfKey }, {}],
    }),
  ]),
  ...under('confirmation.recipient', [
    benign('B-two-bearers-first-bad', 'one good bearer is enough', (c) => ({
      confirmations: [{ recipient: 'https://other.example/acs' }, { notOnOrAfter: at(c, -900) }, {}],
    })),
    benign('B-two-bearers-second-bad', 'one good bearer is enough', {
      confirmations: [{}, { recipient: 'https://other.example/acs' }],
    }),
  ]),
  ...under('confirmation.bearer', [
    benign('B-sender-vouches-beside', 'one good bearer is enough', {
      confirmations: [{ method: METHOD.senderVouches, noData: true }, {}],
    }),
    benign('B-address', 'Profiles §4.1.4.3: Address MAY be compared; NAT', {
      confirmations: [{ address: '203.0.113.7' }],
    }),
  ]),
  ...under('message.structure', [
    benign('B-confirmation-keyinfo', 'KeyInfo in SubjectConfirmationData is an extension point', {
      mutateUnsigned: (xml) =>
        xml.replace(
          /(<saml:SubjectConfirmationData[^>]*)\/>/,
          '$1><x:Extra xmlns:x="urn:x">1</x:Extra></saml:SubjectConfirmationData>',
        ),
    }),
  ]),
  ...under('authn.present', [
    benign('B-two-authn-statements', 'Core §2.7.2', {
      authnStatements: [{}, { contextClass: CONTEXT.x509 }],
    }),
    benign('B-authn-no-session-index', 'Core §2.7.2', { authnStatements: [{ sessionIndex: null }] }),
    benign('B-authn-authority', 'Core §2.7.2.2', {
      authnStatements: [
        {
          extra: '<saml:AuthenticatingAuthority>https://upstream.example/idp</saml:AuthenticatingAuthority>',
        },
      ],
    }),
    benign('B-authn-declref', 'Core §2.7.2.2', {
      authnStatements: [
        { contextClass: null, extra: '<saml:AuthnContextDeclRef>urn:x:decl</saml:AuthnContextDeclRef>' },
      ],
    }),
    benign('B-authn-subject-locality', 'Core §2.7.2.1', {
      mutateUnsigned: (xml) =>
        replaceOnce(
          xml,
          '<saml:AuthnContext>',
          '<saml:SubjectLocality Address="203.0.113.7" DNSName="host"/><saml:AuthnContext>',
        ),
    }),
  ]),
  ...under('conditions.audience', [
    benign('B-audience-white-space', 'XML Schema 2 §4.3.6: xs:anyURI collapses', (c) => ({
      conditions: { audiences: [[`\n      ${c.spEntityId}\n\t`]] },
    })),
    benign('B-audience-several', 'Core §2.5.1.4: any of them', (c) => ({
      conditions: { audiences: [['https://other.example', c.spEntityId, 'urn:x']] },
    })),
    benign('B-audience-two-restrictions', 'Core §2.5.1.4: all of them', (c) => ({
      conditions: { audiences: [[c.spEntityId], ['urn:x', c.spEntityId]] },
    })),
  ]),
  ...under('conditions.window', [
    benign('B-times-white-space', 'XML Schema 2 §4.3.6: xs:dateTime collapses', (c) => ({
      conditions: { notBefore: ` ${secondsFrom(c.now, -30)}`, notOnOrAfter: `${secondsFrom(c.now, 300)} ` },
    })),
  ]),
  ...under('confirmation.notBefore', [
    benign('B-sc-notbefore-past', 'Core §2.4.1.2; SecureWorks, older CAS, OpenAM', (c) => ({
      confirmations: [{ notBefore: secondsFrom(c.now, -60) }],
    })),
    benign('B-sc-notbefore-within-skew', 'Core §2.4.1.2, IIP-G01', (c) => ({
      confirmations: [{ notBefore: secondsFrom(c.now, 120) }],
    })),
  ]),
  ...under('confirmation.recipient', [
    benign('B-recipient-white-space', 'XML Schema 2 §4.3.6: xs:anyURI collapses', (c) => ({
      confirmations: [{ recipient: ` ${c.acsUrl}\n` }],
    })),
  ]),
  ...under('response.destination', [
    benign('B-destination-white-space', 'XML Schema 2 §4.3.6', (c) => ({ destination: `${c.acsUrl} ` })),
  ]),
  ...under('authn.instant', [
    benign('B-authn-instant-zero', 'a valid xs:dateTime: Go’s zero time', () => ({
      authnStatements: [{ authnInstant: '0001-01-01T00:00:00Z' }],
    })),
  ]),
  ...under('conditions.known', [
    benign('B-onetimeuse-proxy', 'Core §2.5.1.5, §2.5.1.6', (c) => ({
      conditions: {
        audiences: [[c.spEntityId]],
        extra:
          '<saml:OneTimeUse/><saml:ProxyRestriction Count="0"><saml:Audience>urn:x</saml:Audience></saml:ProxyRestriction>',
      },
    })),
  ]),
  ...under('message.structure', [
    benign(
      'B-extensions',
      'Core §3.2.1: Extensions are ignored',
      { extensions: '<x:Ext xmlns:x="urn:x" a="1"><x:In>text</x:In></x:Ext>' },
      { signed: 'both' },
    ),
    benign('B-advice', 'Core §2.6.1: Advice is ignored', {
      advice: '<x:Note xmlns:x="urn:x">hello</x:Note>',
    }),
  ]),
  ...under('response.status', [
    benign(
      'B-status-message',
      'Core §3.2.2.3',
      {
        status: {
          code: 'urn:oasis:names:tc:SAML:2.0:status:Success',
          message: 'All fine',
          detail: '<x:D xmlns:x="urn:x"/>',
        },
      },
      { signed: 'response' },
    ),
    benign(
      'B-status-second-level',
      'a second-level code under Success',
      { status: { code: 'urn:oasis:names:tc:SAML:2.0:status:Success', subCode: 'urn:x:remark' } },
      { signed: 'response' },
    ),
  ]),
  ...under('message.structure', [
    benign(
      'B-consent',
      'AD FS',
      { style: { responseAttributes: { Consent: 'urn:oasis:names:tc:SAML:2.0:consent:unspecified' } } },
      { signed: 'response' },
    ),
    benign('B-foreign-attributes', 'xs:anyAttribute on SubjectConfirmationData', {
      mutateUnsigned: (xml) =>
        replaceOnce(
          xml,
          '<saml:SubjectConfirmationData ',
          '<saml:SubjectConfirmationData xmlns:x="urn:x" x:y="z" ',
        ),
    }),
    benign(
      'B-schema-location',
      'xsi:schemaLocation on the root',
      {
        style: {
          responseAttributes: {
            'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
            'xsi:schemaLocation': 'urn:x x.xsd',
          },
        },
      },
      { signed: 'both' },
    ),
  ]),
  ...under('assertion.id', [
    benign('B-short-ids', 'IDs of one letter', { responseId: 'r', assertionId: 'a' }, { signed: 'both' }),
    benign(
      'B-odd-ids',
      'IDs with dots and dashes',
      { responseId: '_a.b-c', assertionId: 'pfx-1_2.3' },
      { signed: 'both' },
    ),
  ]),
];

const attribute = (name: string, ...values: string[]) => ({ name, values });
const persistent = { value: 'opaque-1234', format: NAME_ID.persistent };

const identities: BenignCase[] = [
  ...under('policy.email', [
    benign('B-nameid-no-format', 'Core §2.2.2', { nameId: { value: EMAIL, format: null } }),
    benign('B-nameid-unspecified', 'Okta, Google', { nameId: { value: EMAIL, format: NAME_ID.unspecified } }),
    benign('B-nameid-qualifiers', 'Shibboleth', {
      nameId: {
        value: EMAIL,
        format: NAME_ID.email,
        nameQualifier: 'https://idp.example.com',
        spNameQualifier: 'urn:sp',
      },
    }),
    benign('B-nameid-upper-case', 'one address, whatever its case', {
      nameId: { value: 'Mallory@Example.COM', format: NAME_ID.email },
    }),
    benign(
      'B-nameid-plus',
      'sub-addressing',
      { nameId: { value: 'mallory+wix@example.com' } },
      { email: 'mallory+wix@example.com' },
    ),
    benign(
      'B-nameid-apostrophe',
      'names',
      { nameId: { value: "mallory.o'neil@example.com" } },
      { email: "mallory.o'neil@example.com" },
    ),
    benign(
      'B-nameid-digits',
      'staff numbers',
      { nameId: { value: '12345@example.com' } },
      { email: '12345@example.com' },
    ),
    benign(
      'B-nameid-long-local',
      'RFC 5321: 64 octets',
      { nameId: { value: `${'m'.repeat(64)}@example.com` } },
      { email: `${'m'.repeat(64)}@example.com` },
    ),
    ...[
      'email',
      'mail',
      'emailAddress',
      'urn:oid:0.9.2342.19200300.100.1.3',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    ].map((name) =>
      benign(`B-attribute-${name.slice(-12)}`, 'the well-known names', {
        nameId: persistent,
        attributes: [attribute(name, EMAIL)],
      }),
    ),
    benign('B-attribute-transient-nameid', 'Shibboleth: transient NameID, mail released', {
      nameId: { value: '_t1', format: NAME_ID.transient },
      attributes: [attribute('mail', EMAIL)],
    }),
    benign('B-attribute-no-nameid', 'a Subject without NameID', {
      nameId: null,
      attributes: [attribute('mail', EMAIL)],
    }),
    benign('B-attribute-same-twice', 'one address under two names', {
      nameId: persistent,
      attributes: [attribute('email', EMAIL), attribute('mail', EMAIL.toUpperCase())],
    }),
    benign(
      'B-attribute-beside-nameid',
      'the NameID counts',
      { attributes: [attribute('email', 'mallory.other@example.com')] },
      { serviceProvider: fromNameId },
    ),
    benign(
      'B-attribute-before-nameid',
      'Entra ID: the NameID is the user principal name',
      {
        nameId: { value: 'ms0042@example.com', format: NAME_ID.email },
        attributes: [attribute('mail', EMAIL), attribute('email', 'mallory.other@example.com')],
      },
      { serviceProvider: fromMail },
    ),
    benign('B-nameid-guest', 'Entra ID: a guest', {
      nameId: { value: 'mallory_example.com#EXT#@tenant.onmicrosoft.example', format: NAME_ID.email },
      attributes: [attribute('http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress', EMAIL)],
    }),
    benign('B-nameid-short-upn', 'AD FS: a user principal name without a public domain', {
      nameId: { value: 'mallory@CORP', format: NAME_ID.unspecified },
      attributes: [attribute('http://schemas.xmlsoap.org/claims/EmailAddress', EMAIL)],
    }),
    benign('B-nameid-down-level', 'AD FS: DOMAIN\\user as NameID', {
      nameId: { value: 'EXAMPLE\\mallory', format: NAME_ID.unspecified },
      attributes: [attribute('Emailaddress', EMAIL)],
    }),
    benign('B-nameid-display-name', 'a NameID with a display name', {
      nameId: { value: `Mallory <${EMAIL}>`, format: NAME_ID.email },
      attributes: [attribute('urn:oid:1.2.840.113549.1.9.1', EMAIL)],
    }),
    benign('B-nameid-empty-mail', 'LemonLDAP::NG: an empty NameID beside the attribute', {
      nameId: { value: '', format: NAME_ID.email },
      attributes: [attribute('EmailAddress', EMAIL)],
    }),
    benign('B-nameid-equals-claims', 'one address everywhere, in capitals somewhere', {
      attributes: [attribute('mail', EMAIL.toUpperCase()), attribute('User.email', EMAIL)],
    }),
    benign('B-upn-attribute-beside-mail', 'a upn claim is no source of the address', {
      nameId: persistent,
      attributes: [
        attribute('http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn', 'ms0042@example.com'),
        attribute('mail', EMAIL),
      ],
    }),
  ]),
  ...under('message.values', [
    benign('B-attribute-two-statements', 'Core §2.7.3: several AttributeStatements', {
      nameId: persistent,
      attributes: [attribute('groups', 'a')],
      extraInAssertion: `<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>${EMAIL}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`,
    }),
    benign('B-attribute-empty', 'an attribute without values, an empty and a nil value', {
      attributes: [{ name: 'a', values: [] }, attribute('b', ''), { name: 'c', values: [{ raw: '' }] }],
    }),
    benign('B-attribute-structured', 'XML as value', {
      attributes: [{ name: 'x', values: [{ raw: '<y:z xmlns:y="urn:y">1</y:z>' }] }],
    }),
  ]),
  ...under('policy.email', [
    benign('B-attribute-friendlyname', 'FriendlyName is never looked at', {
      nameId: persistent,
      attributes: [
        { name: 'mail', friendlyName: 'not-mail', values: [EMAIL] },
        { name: 'urn:x', friendlyName: 'email', values: ['alice@example.com'] },
      ],
    }),
    benign(
      'B-attribute-configured',
      'emailAttribute',
      {
        nameId: persistent,
        attributes: [attribute('urn:custom', EMAIL), attribute('email', 'other@example.com')],
      },
      { serviceProvider: { connection: { emailAttribute: 'urn:custom' } } },
    ),
  ]),
  ...under('message.values', [
    benign(
      'B-groups-500',
      'a large organisation',
      {
        attributes: [
          attribute(
            'groups',
            ...Array.from({ length: 500 }, (_, index) => `CN=Group ${index},OU=Groups,DC=example,DC=com`),
          ),
        ],
      },
      { signed: 'both' },
    ),
    benign('B-groups-1500', 'a very large organisation', {
      attributes: [
        attribute(
          'groups',
          ...Array.from({ length: 1500 }, (_, index) => `CN=Group ${index},OU=Groups,DC=example,DC=com`),
        ),
      ],
    }),
    benign('B-roles-one-attribute-each', 'Keycloak', {
      attributes: Array.from({ length: 40 }, (_, index) => attribute('Role', `role-${index}`)),
    }),
    benign('B-value-256', 'IIP-SP02: 256 characters', { attributes: [attribute('n', 'é'.repeat(256))] }),
    benign(
      'B-non-bmp',
      'characters beyond the BMP',
      { attributes: [attribute('displayName', '𝒳 👩‍💻 𠜎')] },
      { signed: 'both' },
    ),
    benign(
      'B-markup-chars',
      'escaped markup',
      { attributes: [attribute('displayName', `<b> & "quotes" ' ]]> >`)] },
      { signed: 'both' },
    ),
    benign('B-newlines-in-values', 'white space in values', {
      attributes: [attribute('description', ' a\n\tb  c \r\n')],
    }),
    benign('B-rtl', 'right-to-left names', { attributes: [attribute('displayName', 'שלום عليكم')] }),
    {
      id: 'B-u2028-u0085',
      source: 'line separators are plain characters in XML 1.0',
      email: EMAIL,
      // Signed by reference, because xml-crypto's parser changes the raw characters; the canonical form is the same.
      build: (c) => {
        const value = { raw: 'a&#x2028;b&#x85;c' };
        return post(
          replaceOnce(
            honest(c, 'both', { attributes: [{ name: 'n', values: [value] }] }),
            value.raw,
            'a\u2028b\u0085c',
          ),
        );
      },
    },
    {
      id: 'B-cdata',
      source: 'CDATA is text',
      email: EMAIL,
      build: (c) => post(replaceOnce(honest(c), `>${EMAIL}<`, `><![CDATA[${EMAIL}]]><`)),
    },
    {
      id: 'B-comments-around',
      source: 'comments outside of values',
      email: EMAIL,
      build: (c) =>
        post(
          replaceOnce(
            `<!-- made by -->${honest(c, 'both')}<!-- end -->`,
            '<saml:Subject>',
            '<!-- who --><saml:Subject>',
          ),
        ),
    },
  ]),
  ...under<BenignDraft>('message.structure', [
    {
      id: 'B-attribute-quotes',
      source: 'single quotes, other order and white space in tags',
      email: EMAIL,
      build: (c) =>
        post(
          replaceOnce(
            honest(c),
            /<saml:NameID Format="([^"]*)">/,
            `<saml:NameID  Format='${NAME_ID.email}'\n >`,
          ),
        ),
    },
  ]),
];

const encryptions: [string, Partial<EncryptOptions>][] = [
  ['aes128gcm', { content: CONTENT.aes128gcm }],
  ['aes256gcm', { content: CONTENT.aes256gcm }],
  ['aes128cbc', { content: CONTENT.aes128cbc }],
  ['aes256cbc', { content: CONTENT.aes256cbc }],
  ['oaep-mgf1p-sha256', { digest: 'sha256' }],
  ['oaep-mgf1p-no-digestmethod', { digest: 'sha1', omitDigest: true }],
  ['oaep11-sha1', { transport: TRANSPORT.oaep, digest: 'sha1' }],
  ['oaep11-sha256', { transport: TRANSPORT.oaep, digest: 'sha256' }],
  ['oaep11-sha256-mgf256', { transport: TRANSPORT.oaep, digest: 'sha256', mgf: 'sha256' }],
  ['oaep11-sha1-mgf1', { transport: TRANSPORT.oaep, digest: 'sha1', mgf: 'sha1' }],
  ['oaep11-sha256-mgf1', { transport: TRANSPORT.oaep, digest: 'sha256', mgf: 'sha1' }],
  ['key-beside', { keyPlacement: 'beside' }],
  ['key-beside-no-retrieval', { keyPlacement: 'beside-without-retrieval' }],
  ['recipient-name', { recipientName: 'https://sp.example.com' }],
  ['with-certificate', { withCertificate: true }],
  ['no-type', { omitType: true }],
  ['prefixes', { prefixes: { xenc: 'e', ds: '' } }],
  ['default-namespace', { prefixes: { xenc: '', ds: '' } }],
];

const encrypted = (c: BenignContext, more: Partial<EncryptOptions> = {}): Partial<ResponseOptions> => ({
  encrypt: { recipients: [c.encryptionCertificate], ...more },
});

const encryption: BenignCase[] = under('decryption', [
  ...encryptions.map(([name, more]) =>
    benign(`B-enc-${name}`, 'XML Encryption 1.1 §5; IIP-ALG05', (c) => encrypted(c, more)),
  ),
  ...(['response', 'both'] as const).map((signed) =>
    benign(`B-enc-signed-${signed}`, 'Shibboleth: the Response is signed', (c) => encrypted(c), { signed }),
  ),
  benign('B-enc-cbc-signed-response', 'AD FS', (c) => encrypted(c, { content: CONTENT.aes256cbc }), {
    signed: 'response',
  }),
  benign('B-enc-several-recipients', 'one EncryptedKey for each', (c) =>
    encrypted(c, { recipients: [c.attackerKeys.certificatePem, c.encryptionCertificate] }),
  ),
  benign('B-enc-several-recipients-beside', 'one EncryptedKey for each', (c) =>
    encrypted(c, {
      recipients: [c.encryptionCertificate, c.attackerKeys.certificatePem],
      keyPlacement: 'beside',
    }),
  ),
  benign(
    'B-enc-second-key',
    'key rollover: the older key',
    () => ({ encrypt: { recipients: [secondKey.certificatePem] } }),
    { serviceProvider: twoDecryptionKeys },
  ),
  benign('B-enc-inherited-namespaces', 'the plaintext uses prefixes of its surroundings', (c) => ({
    ...encrypted(c),
    mutateBeforeResponseSignature: (xml) => xml,
    style: { declareOn: 'root' },
  })),
  benign('B-enc-id', 'Core §2.2.4: EncryptedID', (c) => ({
    encryptNameId: { recipients: [c.encryptionCertificate] },
  })),
  benign('B-enc-id-in-encrypted-assertion', 'Core §2.2.4', (c) => ({
    ...encrypted(c),
    encryptNameId: { recipients: [c.encryptionCertificate] },
  })),
  benign('B-enc-large', 'many groups, encrypted', (c) => ({
    ...encrypted(c),
    attributes: [attribute('groups', ...Array.from({ length: 500 }, (_, index) => `Group ${index}`))],
  })),
  benign('B-enc-attribute-ignored', 'EncryptedAttribute that we do not need', (c) => ({
    attributes: [attribute('a', 'b')],
    mutateUnsigned: (xml) =>
      replaceOnce(
        xml,
        '</saml:AttributeStatement>',
        `<saml:EncryptedAttribute>${encryptXml('<saml:Attribute xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Name="x"/>', { recipients: [c.encryptionCertificate] })}</saml:EncryptedAttribute></saml:AttributeStatement>`,
      ),
  })),
]);

const base64 = (c: BenignContext): string => Buffer.from(honest(c)).toString('base64');

const transports: BenignCase[] = [
  ...under('message.encoding', [
    ...(
      [
        ['plain', (text: string) => text],
        ['lines-76', (text: string) => text.replace(/(.{76})/g, '$1\n')],
        ['lines-76-crlf', (text: string) => text.replace(/(.{76})/g, '$1\r\n')],
        ['lines-64-trailing', (text: string) => `${text.replace(/(.{64})/g, '$1\n')}\n`],
        ['surrounding-space', (text: string) => ` ${text}\n`],
      ] as const
    ).map(([name, change]) => ({
      id: `B-form-${name}`,
      source: 'RFC 2045 line lengths in the form field',
      email: EMAIL,
      build: (c: BenignContext) => form({ SAMLResponse: change(base64(c)) }),
    })),
  ]),
  ...under<BenignDraft>('http.relayState', [
    {
      id: 'B-form-relaystate',
      source: 'RelayState echoed',
      email: EMAIL,
      build: (c) => form({ SAMLResponse: base64(c), RelayState: c.requestId }),
    },
    {
      id: 'B-form-relaystate-first',
      source: 'field order',
      email: EMAIL,
      build: (c) =>
        form([
          ['RelayState', c.requestId],
          ['SAMLResponse', base64(c)],
        ]),
    },
    {
      id: 'B-form-relaystate-own',
      source: 'an IdP that puts its own, longer than 80 bytes',
      email: EMAIL,
      build: (c) =>
        form({ SAMLResponse: base64(c), RelayState: `https://portal.example/${'x'.repeat(200)}` }),
    },
  ]),
  ...under<BenignDraft>('http.body', [
    {
      id: 'B-form-more-fields',
      source: 'fields that we do not know',
      email: EMAIL,
      build: (c) => form({ SAMLResponse: base64(c), submit: 'Continue', csrf: 'x' }),
    },
    {
      id: 'B-form-charset',
      source: 'a charset on the form type',
      email: EMAIL,
      build: (c) => ({
        ...form({ SAMLResponse: base64(c) }),
        contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
      }),
    },
    {
      id: 'B-form-type-case',
      source: 'media types have no case',
      email: EMAIL,
      build: (c) => ({
        ...form({ SAMLResponse: base64(c) }),
        contentType: 'Application/X-WWW-Form-URLEncoded',
      }),
    },
  ]),
  ...under<BenignDraft>('message.encoding', [
    {
      id: 'B-bom',
      source: 'a byte order mark in front',
      email: EMAIL,
      build: (c) => post(`\ufeff${honest(c)}`),
    },
    {
      id: 'B-declaration-lower-case',
      source: 'encoding="utf-8"',
      email: EMAIL,
      build: (c) => post(`<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n${honest(c)}\n`),
    },
  ]),
];

const judged: BenignCase[] = under(
  'secondOpinion',
  SIGNINGS.map((signed) =>
    benign(`B-second-opinion-${signed}`, 'node-saml agrees', {}, { signed, serviceProvider: judgedTwice }),
  ),
);

export const benignCases: readonly BenignCase[] = [
  ...layouts,
  ...signatures,
  ...canonicalizations,
  ...prefixes,
  ...times,
  ...structures,
  ...identities,
  ...encryption,
  ...transports,
  ...judged,
];
