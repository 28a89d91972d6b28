// A federation's signed aggregate of any size, piece by piece: thousands of service providers and one identity provider. The
// text is its own exclusive canonical form, so the digest is that of the text without its Signature, and nothing but a hash is
// needed to sign it. Imports nothing from src.
'use strict';
const { createHash, createSign } = require('node:crypto');

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

const keyDescriptor = (certificate) =>
  `<md:KeyDescriptor><ds:KeyInfo xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const protocol = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"';

/** About 10 KB, as the average of eduGAIN. */
function serviceProvider(at, certificate) {
  const names = ['en', 'de', 'fr', 'sv', 'pt'].map(
    (lang) => `<mdui:DisplayName xml:lang="${lang}">Dienst für Forschung № ${at}</mdui:DisplayName>\n`,
  );
  const attributes = Array.from(
    { length: 30 },
    (_, index) =>
      `<md:RequestedAttribute FriendlyName="attribute${index}" Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.${index}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"></md:RequestedAttribute>\n`,
  );
  return `<md:EntityDescriptor entityID="https://sp${at}.example.org/shibboleth">\n<md:SPSSODescriptor ${protocol}><md:Extensions><mdui:UIInfo xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui">${names.join('')}</mdui:UIInfo></md:Extensions>${keyDescriptor(certificate).repeat(3)}<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp${at}.example.org/Shibboleth.sso/SAML2/POST" index="1"></md:AssertionConsumerService><md:AttributeConsumingService index="1"><md:ServiceName xml:lang="en">Service ${at}</md:ServiceName>${attributes.join('')}</md:AttributeConsumingService></md:SPSSODescriptor></md:EntityDescriptor>\n`;
}

const identityProvider = ({ entityId, certificate }) =>
  `<md:EntityDescriptor entityID="${entityId}"><md:IDPSSODescriptor ${protocol}>${keyDescriptor(certificate)}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"></md:SingleSignOnService></md:IDPSSODescriptor></md:EntityDescriptor>\n`;

function* content({ entities, idp }) {
  for (let at = 0; at < entities; at += 1) {
    if (at === Math.floor(entities / 2)) yield identityProvider(idp);
    yield serviceProvider(at, idp.certificate);
  }
  yield '</md:EntitiesDescriptor>';
}

exports.aggregate = function* aggregate({ entities, idp, signer, validUntil }) {
  const start = `<md:EntitiesDescriptor xmlns:md="${MD}" ID="_aggregate" validUntil="${validUntil}">`;
  const hash = createHash('sha256').update(start);
  for (const piece of content({ entities, idp })) hash.update(piece);
  const info = `<ds:SignedInfo xmlns:ds="${DS}"><ds:CanonicalizationMethod Algorithm="${C14N}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#_aggregate"><ds:Transforms><ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${C14N}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${hash.digest('base64')}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = createSign('sha256').update(info).sign(signer, 'base64');
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<!-- every hour -->\n${start}`;
  yield `<ds:Signature xmlns:ds="${DS}">${info}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
  yield* content({ entities, idp });
};
