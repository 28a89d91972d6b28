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
  parseXml(buildServiceProviderMetadata(aServiceProvider(changes)));

describe('#metadata.own/all our metadata', () => {
  it('#metadata.own/complete tells an IdP all that it needs', () => {
    const [first, second] = [aKeyPair(), aKeyPair('ec-p256')];
    const serviceProvider = aServiceProvider({ signing: [first, second] });
    const info = readSpMetadata(buildServiceProviderMetadata(serviceProvider));
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

  it('#metadata.own/no-false-claims does not claim what we do not do', () => {
    const [role] = all(parsed(), 'SPSSODescriptor');
    expect(attributeOf(role!, 'WantAssertionsSigned')).toBeUndefined();
    expect(all(parsed(), 'SingleLogoutService')).toEqual([]);
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

  it('refuses a text that XML cannot carry', () => {
    expect(() => parsed({ display: { displayName: 'a\u0000b' } })).toThrow(TypeError);
    expect(() => parsed({ display: { displayName: 'a\uD800b' } })).toThrow(TypeError);
  });

  it('#metadata.own/stable is the same for the same service provider', () => {
    expect(buildServiceProviderMetadata(aServiceProvider())).toBe(
      buildServiceProviderMetadata(aServiceProvider()),
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
      expect(schemaErrors(buildServiceProviderMetadata(serviceProvider))).toBe('');
      expect(schemaErrors(await buildSignedServiceProviderMetadata(serviceProvider))).toBe('');
    }
    const broken = buildServiceProviderMetadata(aServiceProvider()).replace(/ index="0"/, '');
    expect(schemaErrors(broken)).toContain('index');
  });

  itWithXmlsec.each(['rsa-2048', 'ec-p256', 'ec-p384'] as const)(
    'is good to xmlsec1 when signed with %s',
    async (kind) => {
      const keyPair = aKeyPair(kind);
      const xml = await buildSignedServiceProviderMetadata(aServiceProvider({ signing: [keyPair], display }));
      const check = (text: string) =>
        verifyWithXmlsec(text, keyPair.certificate, 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor');
      expect(childElements(parseXml(xml))[0]).toMatchObject({ local: 'Signature', uri: ns.ds });
      check(xml);
      expect(() => check(xml.replace('/saml/acs', '/saml/evil'))).toThrow();
    },
  );
});
