// Our metadata, to the last character: what stands in it is a promise.

import { createHash } from 'node:crypto';
import { buildServiceProviderMetadata } from '../../../../src/saml/metadata/service-provider-metadata';
import { aServiceProvider } from '../../../support/makers/a-service-provider';

const base64Of = (pem: string): string => pem.replace(/-----[^-]*-----|\s/g, '');
const service = aServiceProvider({ decryption: [] });
const certificate = base64Of(service.signing[0].certificate);
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#';
const xenc = 'http://www.w3.org/2001/04/xmlenc#';

const extensions =
  '<md:Extensions>' +
  [`${xenc}sha256`, `${more}sha384`, `${xenc}sha512`]
    .map((uri) => `<alg:DigestMethod Algorithm="${uri}"/>`)
    .join('') +
  [
    ...['rsa-sha256', 'rsa-sha384', 'rsa-sha512'].map((name) => more + name),
    ...['sha256-rsa-MGF1', 'sha384-rsa-MGF1', 'sha512-rsa-MGF1'].map((name) => more2007 + name),
    ...['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'].map((name) => more + name),
  ]
    .map((uri) => `<alg:SigningMethod Algorithm="${uri}"/>`)
    .join('') +
  '<mdattr:EntityAttributes><saml:Attribute Name="urn:oasis:names:tc:SAML:profiles:subject-id:req" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml:AttributeValue>none</saml:AttributeValue></saml:Attribute></mdattr:EntityAttributes></md:Extensions>';
const keyDescriptor = (use: string, base64: string, methods: readonly string[] = []): string =>
  `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods.map((uri) => `<md:EncryptionMethod Algorithm="${uri}"/>`).join('')}</md:KeyDescriptor>`;
const role = (inside: string): string =>
  `<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="true">${inside}` +
  ['HTTP-Redirect', 'HTTP-POST']
    .map(
      (binding) =>
        `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="https://sso.example.com/saml/slo"/>`,
    )
    .join('') +
  '<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>' +
  '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sso.example.com/saml/acs" index="0" isDefault="true"/></md:SPSSODescriptor>';
const document = (content: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute" xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ' +
  `ID="_${createHash('sha256').update(content).digest('hex').slice(0, 40)}" entityID="https://sso.example.com/saml/metadata">${content}</md:EntityDescriptor>\n`;

describe('our metadata', () => {
  it('is short when there is little to say', () => {
    const content = extensions + role(keyDescriptor('signing', certificate));
    expect(buildServiceProviderMetadata(service, 0)).toBe(document(content));
  });

  it('says everything that there is to say', () => {
    const full = aServiceProvider({
      display: {
        displayName: 'A & B',
        description: 'Members',
        logoUrl: 'https://example.com/logo.png',
        privacyStatementUrl: 'https://example.com/privacy',
        technicalContactEmail: 'it@example.com',
      },
    });
    const [encryption] = full.decryption;
    const info =
      '<md:Extensions><mdui:UIInfo><mdui:DisplayName xml:lang="en">A &amp; B</mdui:DisplayName><mdui:Description xml:lang="en">Members</mdui:Description>' +
      '<mdui:Logo height="64" width="64">https://example.com/logo.png</mdui:Logo><mdui:PrivacyStatementURL xml:lang="en">https://example.com/privacy</mdui:PrivacyStatementURL></mdui:UIInfo></md:Extensions>';
    const methods = [
      'http://www.w3.org/2009/xmlenc11#aes256-gcm',
      'http://www.w3.org/2009/xmlenc11#aes128-gcm',
      `${xenc}rsa-oaep-mgf1p`,
      'http://www.w3.org/2009/xmlenc11#rsa-oaep',
    ];
    const content =
      extensions +
      role(
        info +
          keyDescriptor('signing', certificate) +
          keyDescriptor('encryption', base64Of(encryption?.certificate ?? ''), methods),
      ) +
      '<md:ContactPerson contactType="technical"><md:EmailAddress>mailto:it@example.com</md:EmailAddress></md:ContactPerson>';
    expect(buildServiceProviderMetadata(full, 0)).toBe(document(content));
  });
});
