/** Demands of the profiles on what we send and publish, read back from the text itself. */
import { inflateRawSync } from 'node:zlib';
import { buildAuthnRequest, type AuthnRequestInput } from '../../src/saml/login/authn-request';
import { buildServiceProviderMetadata } from '../../src/saml/metadata/service-provider-metadata';
import { parseXml } from '../../src/saml/xml/parse';
import { attributeOf, childElements, textOf, type XmlElement } from '../../src/saml/xml/element';
import { readIdentityProviderMetadata } from '../../src/saml/metadata/identity-provider-metadata';
import { idpMetadata, makeIdpKeys } from '../support/idp';
import { anIdentityProvider, aServiceProvider } from '../support/makers/a-service-provider';

const everything = (element: XmlElement): XmlElement[] => [
  element,
  ...childElements(element).flatMap(everything),
];
const named = (root: XmlElement, local: string): XmlElement[] =>
  everything(root).filter((each) => each.local === local);

async function request(changes: Partial<AuthnRequestInput> = {}): Promise<XmlElement> {
  const message = await buildAuthnRequest({
    serviceProvider: aServiceProvider(),
    identityProvider: anIdentityProvider(),
    preferredBinding: 'redirect',
    requestId: '_0123456789abcdef0123456789abcdef01234567-acme',
    relayState: '_0123456789abcdef0123456789abcdef01234567-acme',
    issueInstant: Date.UTC(2026, 0, 15, 12),
    ...changes,
  });
  const encoded = Buffer.from(new URL(message.location).searchParams.get('SAMLRequest') ?? '', 'base64');
  return parseXml(inflateRawSync(encoded).toString('utf8'));
}

describe('the AuthnRequest of the profiles', () => {
  it('#request.build/bare has neither Subject nor Scoping, NameIDPolicy, Conditions or an index (Profiles §4.1.4.1, SDP-SP04, SDP-SP05)', async () => {
    const root = await request();
    expect(everything(root).map(({ local }) => local)).toEqual(['AuthnRequest', 'Issuer']);
    for (const absent of [
      'AssertionConsumerServiceIndex',
      'AttributeConsumingServiceIndex',
      'ProviderName',
    ]) {
      expect(attributeOf(root, absent)).toBeUndefined();
    }
    expect(attributeOf(root, 'AssertionConsumerServiceURL')).toBe('https://sso.example.com/saml/acs');
  });

  it('#request.build/issuer names us in its Issuer, without a Format or with entity (Profiles §4.1.4.1)', async () => {
    const [issuer] = named(await request(), 'Issuer');
    expect(textOf(issuer!)).toBe('https://sso.example.com/saml/metadata');
    expect([undefined, 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity']).toContain(
      attributeOf(issuer!, 'Format'),
    );
  });

  it('#request.build/plain is SAML 2.0 of an instant in UTC, and holds no DTD (Core §3.4.1, IIP-G03)', async () => {
    const root = await request();
    expect(attributeOf(root, 'Version')).toBe('2.0');
    expect(attributeOf(root, 'IssueInstant')).toBe('2026-01-15T12:00:00.000Z');
  });
});

describe('our metadata for the profiles', () => {
  const root = parseXml(
    buildServiceProviderMetadata(
      aServiceProvider({ display: { displayName: 'Members', logoUrl: 'https://www.example.com/logo.png' } }),
      0,
    ),
  );

  it('#metadata.own/no-subject-id says that it needs no subject identifier (SDP-SP15)', () => {
    const attribute = named(root, 'Attribute').find(
      (each) => attributeOf(each, 'Name') === 'urn:oasis:names:tc:SAML:profiles:subject-id:req',
    );
    expect(named(attribute!, 'AttributeValue').map(textOf)).toEqual(['none']);
  });

  it('#metadata.own/acs has one indexed, default ACS by POST over TLS (Profiles §4.1.6, SDP-SP09)', () => {
    const services = named(root, 'AssertionConsumerService');
    expect(services.map((each) => attributeOf(each, 'Location'))).toEqual([
      'https://sso.example.com/saml/acs',
    ]);
    expect(attributeOf(services[0]!, 'index')).toBe('0');
    expect(attributeOf(services[0]!, 'isDefault')).toBe('true');
  });

  it('#metadata.own/order has its elements in the order of the schema, none of them empty (Metadata §2.4.4)', () => {
    const [role] = named(root, 'SPSSODescriptor');
    const order = [
      'Extensions',
      'KeyDescriptor',
      'SingleLogoutService',
      'NameIDFormat',
      'AssertionConsumerService',
    ];
    const positions = childElements(role!).map(({ local }) => order.indexOf(local));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(named(root, 'NameIDFormat').map(textOf)).not.toContain('');
  });

  it('#metadata.own/separate-keys publishes separate certificates for signing and encryption (OWASP)', () => {
    const certificates = named(root, 'X509Certificate').map(textOf);
    expect(new Set(certificates).size).toBe(2);
  });
});

describe('metadata of an IdP', () => {
  const keys = [makeIdpKeys(), makeIdpKeys(), makeIdpKeys({ kind: 'ec-p256' })];
  const plain = idpMetadata({
    entityId: 'https://idp.example.org/',
    ssoUrl: 'https://idp.example.org/sso',
    certificates: keys.map(({ certificateBase64 }) => certificateBase64),
  });
  const now = Date.UTC(2026, 0, 15);
  const signingKeys = (xml: string): number => readIdentityProviderMetadata(xml, { now }).signingKeys.length;

  it('#metadata.idp/key-use gives every signing key, with or without use (IIP-MD07, IIP-MD11)', () => {
    expect(signingKeys(plain)).toBe(3);
    const without = plain.replaceAll(/ use="signing"/g, '');
    expect(without).not.toBe(plain);
    expect(signingKeys(without)).toBe(3);
  });

  it('#metadata.idp/extensions may carry extensions that nobody knows, everywhere (IIP-MD05)', () => {
    const unknown = '<x:a xmlns:x="urn:example:x" y="z"><x:b/></x:a>';
    const extended = plain.replace(
      /(<(?:\w+:)?IDPSSODescriptor[^>]*>)/,
      `$1<md:Extensions xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${unknown}</md:Extensions>`,
    );
    expect(extended).not.toBe(plain);
    expect(signingKeys(extended)).toBe(3);
  });
});
