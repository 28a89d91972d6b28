// Metadata that is right but odd, and odd but wrong.

import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import * as certificates from '../../../../src/saml/signature/certificate';
import {
  MetadataError,
  readIdentityProviderMetadata,
} from '../../../../src/saml/metadata/identity-provider-metadata';
import * as parser from '../../../../src/saml/xml/parse';
import { idpKeys, NOW } from '../../../support/makers/valid';

jest.mock('../../../../src/saml/signature/certificate', () => {
  const actual = jest.requireActual<typeof certificates>('../../../../src/saml/signature/certificate');
  return { ...actual, readCertificate: jest.fn(actual.readCertificate) };
});
jest.mock('../../../../src/saml/xml/parse', () => {
  const actual = jest.requireActual<typeof parser>('../../../../src/saml/xml/parse');
  return { ...actual, parseXml: jest.fn(actual.parseXml) };
});

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const SSO =
  '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/>';
const key = (...list: string[]): string =>
  `<KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>${list
    .map((certificate) => `<ds:X509Certificate>${certificate}</ds:X509Certificate>`)
    .join('')}</ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
const KEY = key(idpKeys.certificateBase64);
const role = (content: string, attributes = `protocolSupportEnumeration="${SAMLP}"`): string =>
  `<IDPSSODescriptor ${attributes}>${content}</IDPSSODescriptor>`;
const entity = (content: string, entityId = 'https://idp.example/'): string =>
  `<EntityDescriptor xmlns="${MD}" entityID="${entityId}">${content}</EntityDescriptor>`;
const several = (...entities: string[]): string =>
  `<EntitiesDescriptor xmlns="${MD}">${entities.join('')}</EntitiesDescriptor>`;

const read = (xml: string, entityId?: string) => readIdentityProviderMetadata(xml, { now: NOW, entityId });
const refused = (xml: string, entityId?: string): MetadataError => {
  try {
    read(xml, entityId);
  } catch (error) {
    if (error instanceof MetadataError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('an endpoint', () => {
  it('without Binding is not used', () => {
    expect(read(entity(role(`${KEY}<SingleSignOnService/>${SSO}`))).singleSignOnServices).toHaveLength(1);
  });

  it('without Location is refused', () => {
    const error = refused(entity(role(KEY + SSO.replace(/ Location="[^"]*"/, ''))));
    expect(error.problem).toBe('The SingleSignOnService address "" is not usable.');
  });
});

describe('the text', () => {
  const document = entity(role(KEY + SSO));
  it.each([
    ['an empty line before the declaration', '\n<?xml version="1.0" encoding="UTF-8"?>\n'],
    ['a byte order mark and an empty line', '\uFEFF\r\n\t <?xml version="1.0"?>'],
    ['a declaration as .NET writes it', '<?xml version="1.0" encoding="utf-16"?>'],
    ['a declaration with apostrophes', "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes'?>"],
    ['no declaration', ''],
  ])('is read with %s', (_title, before) => {
    expect(read(before + document)).toEqual(read(document));
  });

  it.each(['<?xml version="1.1" encoding="utf-16"?>', '<?xml encoding="UTF-8"?>', '\uFEFF\uFEFF'])(
    'is refused with %j',
    (before) => {
      expect(refused(before + document).problem).toMatch(/^The metadata is not plain XML/);
    },
  );
});

describe('a role', () => {
  it('without protocolSupportEnumeration does not speak SAML 2.0', () => {
    expect(refused(entity(role(KEY + SSO, ''))).problem).toBe(
      'The IdP https://idp.example/ does not speak SAML 2.0.',
    );
  });
});

describe('the name to show', () => {
  const named = (names: string): string | undefined =>
    read(
      entity(
        role(
          `<Extensions><mdui:UIInfo xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui">${names}</mdui:UIInfo></Extensions>${KEY}${SSO}`,
        ),
      ),
    ).displayName;
  const name = (lang: string, text: string): string =>
    `<mdui:DisplayName${lang === '' ? '' : ` xml:lang="${lang}"`}>${text}</mdui:DisplayName>`;

  it.each([
    ['the English one', name('de', 'Firma') + name('en', 'Company'), 'Company'],
    ['a regional English one', name('de', 'Firma') + name('EN-gb', 'Company'), 'Company'],
    [
      'the first that says something',
      name('de', ' ') + name('fr', 'Société') + name('it', 'Azienda'),
      'Société',
    ],
    ['not an empty English one', name('en', '') + name('de', 'Firma'), 'Firma'],
    ['one without a language', name('', 'Firma'), 'Firma'],
    ['none of elements', name('en', '<x/>') + name('de', 'Firma'), 'Firma'],
    ['one line', name('en', ' A \n\t B '), 'A B'],
    ['at most 200 characters', name('en', 'x'.repeat(201)), 'x'.repeat(200)],
    ['nothing', name('en', ''), undefined],
  ])('is %s', (_title, names, shown) => {
    expect(named(names)).toBe(shown);
  });

  it('does not take a lang that is not xml:lang', () => {
    expect(named(`<mdui:DisplayName lang="en">A</mdui:DisplayName>${name('en', 'B')}`)).toBe('B');
    expect(named(`<mdui:DisplayName xml:space="en">A</mdui:DisplayName>${name('en', 'B')}`)).toBe('B');
  });

  it('does not take a description, a keyword or an address for it', () => {
    const others =
      '<mdui:Description xml:lang="en">A</mdui:Description><mdui:Keywords xml:lang="en">A</mdui:Keywords>';
    expect(named(others + name('en', 'B'))).toBe('B');
    const organization =
      '<Organization><OrganizationName>A</OrganizationName><OrganizationURL>A</OrganizationURL></Organization>';
    expect(read(entity(role(KEY + SSO) + organization)).displayName).toBeUndefined();
  });

  it('does not take one that stands elsewhere', () => {
    const elsewhere =
      '<Extensions><mdui:DiscoHints xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui">' +
      `${name('en', 'A')}</mdui:DiscoHints></Extensions>`;
    expect(read(entity(role(elsewhere + KEY + SSO))).displayName).toBeUndefined();
  });
});

describe('a document', () => {
  const idp = (at: number): string => entity(role(KEY + SSO), `https://idp${at}.example/`);

  it('with many IdPs names five and counts the rest', () => {
    const list = [1, 2, 3, 4, 5].map((at) => `https://idp${at}.example/`).join(', ');
    expect(refused(several(...[1, 2, 3, 4, 5].map(idp))).hint).toBe(`Set idpEntityId to one of ${list}.`);
    expect(refused(several(...[1, 2, 3, 4, 5, 6, 7].map(idp))).hint).toBe(
      `Set idpEntityId to one of ${list} and 2 more.`,
    );
  });

  it.each([
    [
      'a service provider',
      entity('<SPSSODescriptor/>'),
      'It describes a service provider. Download the metadata of the identity provider.',
    ],
    [
      'a service provider with other roles',
      entity('<AttributeAuthorityDescriptor/><SPSSODescriptor/>'),
      'It describes a service provider. Download the metadata of the identity provider.',
    ],
    [
      'an IdP where no entity stands',
      several(`<Extensions>${entity(role(KEY + SSO))}</Extensions>`),
      'Download the SAML metadata of the identity provider.',
    ],
    [
      'something else',
      entity('<AttributeAuthorityDescriptor/>'),
      'Download the SAML metadata of the identity provider.',
    ],
    ['nothing', several(), 'Download the SAML metadata of the identity provider.'],
  ])('of %s is no IdP', (_title, xml, hint) => {
    const error = refused(xml);
    expect([error.problem, error.hint]).toEqual(['There is no IDPSSODescriptor in it.', hint]);
  });

  it('whose wanted entity is no IdP says so', () => {
    const error = refused(entity('<AttributeAuthorityDescriptor/>'), 'https://idp.example/');
    expect([error.problem, error.hint]).toEqual([
      'The entity https://idp.example/ has no IDPSSODescriptor.',
      'Download the SAML metadata of the identity provider.',
    ]);
    expect(refused(entity('<SPSSODescriptor/>'), 'https://idp.example/').hint).toMatch(
      /^It describes a service provider/,
    );
  });

  it('that is not XML says why', () => {
    expect(refused('<a>').problem).toBe('The metadata is not plain XML: unclosed tag: a.');
    expect(refused('<a>').cause).toMatchObject({ code: 'SAML_XML_MALFORMED' });
  });
});

describe('what the administrator is told', () => {
  const cases: [title: string, xml: string, problem: string, hint: string, entityId?: string][] = [
    [
      'a document of 4 MB and a byte',
      `<a>${'x'.repeat(4 * 1024 * 1024)}</a>`,
      'The metadata is larger than 4 MB.',
      'Download the metadata of this one IdP instead of a whole federation.',
    ],
    [
      'a web page',
      '\n<!doctype  html><p>',
      'This is a web page, not metadata.',
      'Download the metadata file itself; the address may need a signed-in administrator.',
    ],
    [
      'a web page without a doctype',
      ' <HTML><p>',
      'This is a web page, not metadata.',
      'Download the metadata file itself; the address may need a signed-in administrator.',
    ],
    [
      'a page in the middle of something',
      'x<html>',
      'The metadata is not plain XML: text data outside of root node.',
      'Download it again, and do not edit it.',
    ],
    [
      'a style sheet',
      '<?xml version="1.0"?><?xml-stylesheet href="/a.xsl"?><x/>',
      'The metadata is not plain XML: processing instruction.',
      'Remove the lines that start with <? from the file; only <?xml …?> may be there, as its beginning.',
    ],
    [
      'a file that a Windows shell wrote, in UTF-16',
      Buffer.from('\uFEFF<x/>', 'utf16le').toString('utf8'),
      'The metadata is not text in UTF-8.',
      'Save the file again, with the encoding UTF-8.',
    ],
    [
      'a file in Latin-1',
      Buffer.from('<x>é</x>', 'latin1').toString('utf8'),
      'The metadata is not text in UTF-8.',
      'Save the file again, with the encoding UTF-8.',
    ],
    [
      'a DOCTYPE',
      '<!DOCTYPE x><x/>',
      'The metadata is not plain XML: document type declaration.',
      'Metadata has no DOCTYPE; download it again from the IdP.',
    ],
    [
      'a federation',
      `<a>${'<b/>'.repeat(10_000)}</a>`,
      'The metadata is not plain XML: elements.',
      'Download the metadata of this one IdP instead of a whole federation.',
    ],
    [
      'another document',
      '<Response/>',
      'The document is a Response, not SAML metadata.',
      'Metadata starts with EntityDescriptor or EntitiesDescriptor.',
    ],
    [
      'an entity that is not there',
      several(entity(role(KEY + SSO), 'a'), entity(role(KEY + SSO), 'b')),
      'There is no entity c in it.',
      'It holds a, b.',
      'c',
    ],
    [
      'an entity twice',
      several(entity(role(KEY + SSO), 'a'), entity(role(KEY + SSO), 'a')),
      'The entity a is in it 2 times.',
      'Which one is right? Keep it alone.',
      'a',
    ],
    [
      'two IdPs',
      several(entity(role(KEY + SSO), 'a'), entity(role(KEY + SSO), 'b')),
      'There are 2 IdPs in it.',
      'Set idpEntityId to one of a, b.',
    ],
    [
      'an empty entityID',
      entity(role(KEY + SSO), ''),
      'An EntityDescriptor has no usable entityID.',
      'Download the metadata again.',
    ],
    [
      'white space around an entityID',
      entity(role(KEY + SSO), ' a'),
      'An EntityDescriptor has no usable entityID.',
      'Download the metadata again.',
    ],
    [
      'an entityID of 1025',
      entity(role(KEY + SSO), 'a'.repeat(1025)),
      'An EntityDescriptor has no usable entityID.',
      'Download the metadata again.',
    ],
    [
      'SAML 1.1 alone',
      entity(role(KEY + SSO, 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol"'), 'a'),
      'The IdP a does not speak SAML 2.0.',
      'Its IDPSSODescriptor must list urn:oasis:names:tc:SAML:2.0:protocol.',
    ],
    [
      'two roles',
      entity(role(KEY + SSO) + role(KEY + SSO), 'a'),
      'The IdP a has 2 IDPSSODescriptors for SAML 2.0.',
      'Which one is right? Keep it alone.',
    ],
    [
      'a validUntil that is no time',
      entity(role(KEY + SSO, `protocolSupportEnumeration="${SAMLP}" validUntil="x2030-01-01T00:00:00Z"`)),
      'validUntil of the IDPSSODescriptor is not a time.',
      'Download the metadata again.',
    ],
    [
      'a validUntil of the past',
      entity(role(KEY + SSO, `protocolSupportEnumeration="${SAMLP}" validUntil=" 2020-01-01T00:00:00Z "`)),
      'The metadata was valid until 2020-01-01T00:00:00.000Z.',
      'Download the current metadata from the IdP.',
    ],
    [
      'no endpoint',
      entity(role(KEY), 'a'),
      'The IdP a offers no SingleSignOnService for HTTP-Redirect or HTTP-POST.',
      'Switch one of the two bindings on at the IdP and download its metadata again.',
    ],
    [
      'a long address',
      entity(role(KEY + SSO.replace('https://idp.example/sso', `ftp://${'x'.repeat(300)}`))),
      `The SingleSignOnService address "ftp://${'x'.repeat(194)}" is not usable.`,
      'It must be an https address (http only on this machine), without a user name or fragment.',
    ],
    [
      'no certificate',
      entity(role(SSO)),
      'There is no signing certificate in it.',
      'The IDPSSODescriptor needs a KeyDescriptor for signing with an X509Certificate.',
    ],
    [
      'a broken certificate',
      entity(role(key('YQ==') + SSO)),
      'A signing certificate is not usable: The certificate cannot be read.',
      'At the IdP, renew the signing certificate or download the metadata anew. Is it complete? Download it again as PEM.',
    ],
    [
      'a certificate of elements',
      entity(role(key('<x/>') + SSO)),
      'A signing certificate is not usable: The certificate is not PEM, base64 or DER.',
      'At the IdP, renew the signing certificate or download the metadata anew. Download it again as “Base-64 (.cer)” or PEM.',
    ],
  ];
  it.each(cases)('about %s', (...[, xml, problem, hint, entityId]) => {
    const error = refused(xml, entityId);
    expect([error.name, error.problem, error.hint, error.message]).toEqual([
      'MetadataError',
      problem,
      hint,
      `${problem} ${hint}`,
    ]);
  });

  it('holds the cause where there is one', () => {
    expect(refused(entity(role(key('YQ==') + SSO))).cause).toBeInstanceOf(certificates.CertificateError);
    expect('cause' in refused(entity(role(SSO)))).toBe(false);
  });
});

describe('what is not refused', () => {
  it.each([
    ['an entityID of 1024', entity(role(KEY + SSO), 'a'.repeat(1024))],
    [
      'a document of 4 MB',
      `<!--${'x'.repeat(4 * 1024 * 1024 - entity(role(KEY + SSO)).length - 7)}-->${entity(role(KEY + SSO))}`,
    ],
    [
      'a validUntil without a zone, in UTC',
      entity(role(KEY + SSO, `protocolSupportEnumeration="${SAMLP}" validUntil="2030-01-01T00:00:00"`)),
    ],
    [
      'a validUntil with a zone',
      entity(role(KEY + SSO, `protocolSupportEnumeration="${SAMLP}" validUntil="2030-01-01T00:00:00+02:00"`)),
    ],
    ['several protocols', entity(role(KEY + SSO, `protocolSupportEnumeration="urn:x  ${SAMLP}&#x9;urn:y"`))],
    [
      'white space around Binding and Location',
      entity(role(KEY + SSO.replace('Binding="', 'Binding=" ').replace('/sso"', '/sso "'))),
    ],
    [
      'a certificate for another use',
      entity(role(KEY + key('YQ==').replace('<KeyDescriptor', '<KeyDescriptor use="encryption"') + SSO)),
    ],
    [
      'a broken certificate that is no KeyDescriptor’s',
      entity(role(KEY + key('YQ==').replaceAll('KeyDescriptor', 'Other') + SSO)),
    ],
  ])('%s', (_title, xml) => {
    expect(read(xml).singleSignOnServices[0]?.location).toBe('https://idp.example/sso');
  });

  it.each([
    ['true', true],
    [' 1 ', true],
    ['false', false],
    ['0', false],
    ['TRUE', false],
  ])('WantAuthnRequestsSigned of %j is %s', (value, wanted) => {
    const xml = entity(
      role(KEY + SSO, `protocolSupportEnumeration="${SAMLP}" WantAuthnRequestsSigned="${value}"`),
    );
    expect(read(xml).wantAuthnRequestsSigned).toBe(wanted);
  });

  it.each([
    'http://127.0.0.1:8080/sso',
    'http://127.255.255.254/',
    'http://localhost/sso',
    'http://[::1]/sso',
  ])('the address %s of this machine', (location) => {
    expect(
      read(entity(role(KEY + SSO.replace('https://idp.example/sso', location)))).singleSignOnServices[0]
        ?.location,
    ).toBe(location);
  });

  it.each([
    'http://127.0.0.1.example/',
    'http://128.0.0.1/',
    'http://127.example/',
    'http://[::2]/',
    'https://a@idp.example/',
    'https://:b@idp.example/',
    'https://idp.example/#x',
    'https://idp.example/a b',
    'https://idp.example/&#x7F;',
  ])('but %s is', (location) => {
    expect(refused(entity(role(KEY + SSO.replace('https://idp.example/sso', location)))).problem).toContain(
      'is not usable',
    );
  });
});

describe('a chain of certificates', () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pair = (): Promise<webcrypto.CryptoKeyPair> =>
    webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const base64 = (certificate: x509.X509Certificate): string =>
    Buffer.from(certificate.rawData).toString('base64');

  it('leaves the authority out, which signs certificates and not assertions', async () => {
    const authority = await pair();
    const signer = await pair();
    const dates = { notBefore: new Date(NOW - 1e9), notAfter: new Date(NOW + 1e9) };
    const ca = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=CA',
      keys: authority,
      signingAlgorithm: algorithm,
      ...dates,
    });
    const leaf = await x509.X509CertificateGenerator.create({
      subject: 'CN=Signer',
      issuer: 'CN=CA',
      publicKey: signer.publicKey,
      signingKey: authority.privateKey,
      signingAlgorithm: algorithm,
      ...dates,
    });
    const stranger = await x509.X509CertificateGenerator.create({
      subject: 'CN=Stranger',
      issuer: 'CN=CA',
      publicKey: signer.publicKey,
      signingKey: signer.privateKey,
      signingAlgorithm: algorithm,
      ...dates,
    });
    const subjects = (...chain: x509.X509Certificate[]): string[] =>
      read(entity(role(key(...chain.map(base64)) + SSO))).signingKeys.map(({ subject }) => subject);
    expect(subjects(leaf, ca)).toEqual(['CN=Signer']);
    expect(subjects(ca, leaf)).toEqual(['CN=Signer']);
    expect(subjects(ca)).toEqual(['CN=CA']);
    // A name is not an issue: it was signed by somebody else.
    expect(subjects(stranger, ca)).toEqual(['CN=Stranger', 'CN=CA']);
  });
});

describe('a mistake of ours', () => {
  const mistake = new TypeError('a mistake');
  const fail = (): never => {
    throw mistake;
  };

  it('in reading a certificate is not blamed on the metadata', () => {
    jest.mocked(certificates.readCertificate).mockImplementationOnce(fail);
    expect(() => read(entity(role(KEY + SSO)))).toThrow(mistake);
  });

  it('in parsing is not blamed on the metadata', () => {
    jest.mocked(parser.parseXml).mockImplementationOnce(fail);
    expect(() => read(entity(role(KEY + SSO)))).toThrow(mistake);
  });
});
