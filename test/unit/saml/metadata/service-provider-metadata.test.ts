import { X509Certificate } from 'node:crypto';
import { ns } from '../../../../src/saml/names';
import {
  buildServiceProviderMetadata,
  buildSignedServiceProviderMetadata,
} from '../../../../src/saml/metadata/service-provider-metadata';
import { attributeOf, childElements, textOf, type XmlElement } from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';
import { readSpMetadata } from '../../../support/idp/metadata';
import { aKeyPair, aServiceProvider } from '../../../support/makers/a-service-provider';
import { itWithSchemas, itWithXmlsec, schemaErrors, verifyWithXmlsec } from '../../../support/makers/judges';

const base64Of = (pem: string): string => new X509Certificate(pem).raw.toString('base64');

const NOW = Date.parse('2026-03-01T12:00:00Z');

const display = {
  displayName: 'Members & friends <beta>',
  description: 'Sign in to the "members" area',
  logoUrl: 'https://www.example.com/logo.png?a=1&b=2',
  privacyStatementUrl: 'https://www.example.com/privacy',
  technicalContactEmail: 'it@example.com',
};

function all(element: XmlElement, local: string): XmlElement[] {
  return childElements(element).flatMap((child) => [
    ...(child.local === local ? [child] : []),
    ...all(child, local),
  ]);
}

const parsed = (changes: Parameters<typeof aServiceProvider>[0] = {}): XmlElement =>
  parseXml(buildServiceProviderMetadata(aServiceProvider(changes), NOW));

describe('#metadata.own/all our metadata', () => {
  it('#metadata.own/complete tells an IdP all that it needs', () => {
    const [first, second] = [aKeyPair(), aKeyPair('ec-p256')];
    const serviceProvider = aServiceProvider({ signing: [first, second] });
    const info = readSpMetadata(buildServiceProviderMetadata(serviceProvider, NOW));
    expect(info).toMatchObject({
      entityId: 'https://sso.example.com/saml/metadata',
      acsUrls: ['https://sso.example.com/saml/acs'],
      authnRequestsSigned: true,
    });
    const base64 = (pems: readonly string[]) => pems.map(base64Of);
    expect(base64(info.signingCertificates)).toEqual(base64([first.certificate, second.certificate]));
    expect(base64(info.encryptionCertificates)).toEqual(base64([serviceProvider.decryption[0]!.certificate]));
  });

  it('#metadata.own/first-decryption-key offers the first decryption key only, and none when there is none', () => {
    const [first, second] = [aKeyPair(), aKeyPair()];
    const uses = (root: XmlElement) => all(root, 'KeyDescriptor').map((key) => attributeOf(key, 'use'));
    const root = parsed({ decryption: [first, second] });
    expect(uses(root)).toEqual(['signing', 'encryption']);
    expect(all(root, 'X509Certificate').map(textOf)).toContain(base64Of(first.certificate));
    expect(all(root, 'X509Certificate').map(textOf)).not.toContain(base64Of(second.certificate));
    expect(uses(parsed({ decryption: [] }))).toEqual(['signing']);
  });

  it('#metadata.own/algorithms asks for nothing that is weak', () => {
    const algorithms = [
      ...all(parsed(), 'EncryptionMethod'),
      ...all(parsed(), 'SigningMethod'),
      ...all(parsed(), 'DigestMethod'),
    ].map((method) => attributeOf(method, 'Algorithm') ?? '');
    expect(algorithms).toContain('http://www.w3.org/2009/xmlenc11#aes256-gcm');
    expect(algorithms).toContain('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect(algorithms.filter((uri) => /sha1$|cbc|md5|rsa-1_5|tripledes/.test(uri))).toEqual([]);
  });

  it('#metadata.own/single-logout names the address for logout messages, by both bindings', () => {
    const services = all(parsed(), 'SingleLogoutService');
    expect(
      services.map((service) => [attributeOf(service, 'Binding'), attributeOf(service, 'Location')]),
    ).toEqual([
      ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'https://sso.example.com/saml/slo'],
      ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'https://sso.example.com/saml/slo'],
    ]);
  });

  it('#metadata.own/no-false-claims does not claim what we do not do', () => {
    const [role] = all(parsed(), 'SPSSODescriptor');
    expect(attributeOf(role!, 'WantAssertionsSigned')).toBeUndefined();
    expect(attributeOf(parsed(), 'validUntil')).toBeUndefined();
    expect(all(parsed(), 'NameIDFormat').map(textOf)).toEqual([
      'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    ]);
  });

  it('#metadata.own/texts shows the texts of the deployment, escaped', () => {
    const root = parsed({ display });
    const text = (local: string) => all(root, local).map(textOf);
    expect(text('DisplayName')).toEqual([display.displayName]);
    expect(text('Description')).toEqual([display.description]);
    expect(text('Logo')).toEqual([display.logoUrl]);
    expect(text('PrivacyStatementURL')).toEqual([display.privacyStatementUrl]);
    expect(text('EmailAddress')).toEqual(['mailto:it@example.com']);
    expect(all(parsed(), 'UIInfo')).toEqual([]);
  });

  describe('#metadata.own/federation says what a federation wants to know', () => {
    const full = {
      displayName: { en: 'Members', de: 'Mitglieder' },
      informationUrl: 'https://www.example.com/about',
      privacyStatementUrl: {
        en: 'https://www.example.com/privacy',
        de: 'https://www.example.com/datenschutz',
      },
      organization: {
        name: 'Example GmbH',
        url: { en: 'https://www.example.com/', de: 'https://www.example.de/' },
      },
      technicalContactEmail: 'it@example.com',
      securityContactEmail: 'security@example.com',
      entityCategories: ['https://refeds.org/category/code-of-conduct/v2'],
      assuranceCertifications: ['https://refeds.org/sirtfi', 'https://refeds.org/sirtfi2'],
      requestedAttributes: ['urn:oid:0.9.2342.19200300.100.1.3', 'givenName'],
      validDays: 7,
      cacheHours: 6,
    };
    const root = parsed({ display: full });
    const prefixed = ({ attributes }: XmlElement, name: string): string | undefined =>
      attributes.find((attribute) => attribute.name === name)?.value;
    const texts = (local: string) =>
      all(root, local).map((found) => [prefixed(found, 'xml:lang'), textOf(found)]);

    it('texts in every language', () => {
      expect(texts('DisplayName')).toEqual([
        ['en', 'Members'],
        ['de', 'Mitglieder'],
      ]);
      expect(texts('InformationURL')).toEqual([['en', 'https://www.example.com/about']]);
      expect(texts('PrivacyStatementURL')).toHaveLength(2);
    });

    it('the organisation, by its name where it has no other', () => {
      expect(texts('OrganizationName')).toEqual([['en', 'Example GmbH']]);
      expect(texts('OrganizationDisplayName')).toEqual([['en', 'Example GmbH']]);
      expect(texts('OrganizationURL').map(([language]) => language)).toEqual(['en', 'de']);
    });

    it('whom to ask, and whom to tell of an incident (REFEDS Security Contact)', () => {
      const contacts = all(root, 'ContactPerson');
      expect(contacts.map((each) => attributeOf(each, 'contactType'))).toEqual(['technical', 'other']);
      expect(contacts.map((each) => prefixed(each, 'remd:contactType'))).toEqual([
        undefined,
        'http://refeds.org/metadata/contactType/security',
      ]);
      expect(all(root, 'EmailAddress').map(textOf)).toEqual([
        'mailto:it@example.com',
        'mailto:security@example.com',
      ]);
    });

    it('categories and assurance (RFC 8409, SAML V2.0 Identity Assurance Profiles)', () => {
      const attributes = all(root, 'Attribute').map((each) => [
        attributeOf(each, 'Name'),
        all(each, 'AttributeValue').map(textOf),
      ]);
      expect(attributes).toEqual([
        ['urn:oasis:names:tc:SAML:profiles:subject-id:req', ['none']],
        ['http://macedir.org/entity-category', full.entityCategories],
        ['urn:oasis:names:tc:SAML:attribute:assurance-certification', full.assuranceCertifications],
      ]);
    });

    it('which attributes are asked for, under the name of the service', () => {
      const [service] = all(root, 'AttributeConsumingService');
      expect(all(service!, 'ServiceName').map(textOf)).toEqual(['Members', 'Mitglieder']);
      expect(
        all(service!, 'RequestedAttribute').map((each) => [
          attributeOf(each, 'Name'),
          attributeOf(each, 'NameFormat')?.split(':').pop(),
          attributeOf(each, 'isRequired'),
        ]),
      ).toEqual([
        ['urn:oid:0.9.2342.19200300.100.1.3', 'uri', 'false'],
        ['givenName', 'basic', 'false'],
      ]);
      const named = parsed({ display: { requestedAttributes: ['mail'] } });
      expect(all(named, 'ServiceName').map(textOf)).toEqual(['sso.example.com']);
    });

    it('how long a copy may be used, in whole days, so that the bytes stay for a day', () => {
      expect(attributeOf(root, 'validUntil')).toBe('2026-03-09T00:00:00.000Z');
      expect(attributeOf(root, 'cacheDuration')).toBe('PT6H');
      const at = (text: string): string =>
        buildServiceProviderMetadata(aServiceProvider({ display: full }), Date.parse(text));
      expect(at('2026-03-01T00:00:00Z')).toBe(at('2026-03-01T23:59:59Z'));
      expect(at('2026-03-02T00:00:00Z')).not.toBe(at('2026-03-01T23:59:59Z'));
    });

    itWithSchemas('by the schemas, plain and signed', async () => {
      const serviceProvider = aServiceProvider({ display: full });
      expect(schemaErrors(buildServiceProviderMetadata(serviceProvider, NOW))).toBe('');
      expect(schemaErrors(await buildSignedServiceProviderMetadata(serviceProvider, NOW))).toBe('');
    });
  });

  it('refuses a text that XML cannot carry', () => {
    expect(() => parsed({ display: { displayName: 'a\u0000b' } })).toThrow(TypeError);
    expect(() => parsed({ display: { displayName: 'a\uD800b' } })).toThrow(TypeError);
  });

  it('#metadata.own/stable is the same for the same service provider', () => {
    expect(buildServiceProviderMetadata(aServiceProvider(), NOW)).toBe(
      buildServiceProviderMetadata(aServiceProvider(), NOW),
    );
  });

  itWithSchemas('#metadata.own/schemas is valid by the SAML schemas, plain and signed', async () => {
    const variants = [
      aServiceProvider(),
      aServiceProvider({ display }),
      aServiceProvider({ decryption: [], display: { technicalContactEmail: 'it@example.com' } }),
      aServiceProvider({ signing: [aKeyPair('ec-p256'), aKeyPair()] }),
    ];
    for (const serviceProvider of variants) {
      expect(schemaErrors(buildServiceProviderMetadata(serviceProvider, NOW))).toBe('');
      expect(schemaErrors(await buildSignedServiceProviderMetadata(serviceProvider, NOW))).toBe('');
    }
    const broken = buildServiceProviderMetadata(aServiceProvider(), NOW).replace(/ index="0"/, '');
    expect(schemaErrors(broken)).toContain('index');
  });

  itWithXmlsec.each(['rsa-2048', 'ec-p256', 'ec-p384'] as const)(
    'is good to xmlsec1 when signed with %s',
    async (kind) => {
      const keyPair = aKeyPair(kind);
      const xml = await buildSignedServiceProviderMetadata(
        aServiceProvider({ signing: [keyPair], display }),
        NOW,
      );
      const check = (text: string) =>
        verifyWithXmlsec(text, keyPair.certificate, 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor');
      expect(childElements(parseXml(xml))[0]).toMatchObject({ local: 'Signature', uri: ns.ds });
      check(xml);
      expect(() => check(xml.replace('/saml/acs', '/saml/evil'))).toThrow();
    },
  );
});
