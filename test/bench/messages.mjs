// Messages to measure with: the shape of a common cloud IdP (saml2 prefixes, PrefixList, xsi:type per value), written here
// and signed by xml-crypto or encrypted by node:crypto, so that nothing measured has made its own input.

import { execFileSync } from 'node:child_process';
import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { SignedXml } = require('xml-crypto');
const { canonicalizeExclusive } = require('../../dist/saml/xml/canonicalize.js');
const { parseXml } = require('../../dist/saml/xml/parse.js');

export const names = {
  identityProvider: 'https://idp.example.org/exk1abcdef',
  serviceProvider: 'https://sso.example.com/saml/metadata',
  assertionConsumerServiceUrl: 'https://sso.example.com/saml/acs',
  requestId: `_${'0123456789'.repeat(4)}-acme`,
  email: 'alice.archer@example.com',
};

const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const instant = (ms) => new Date(ms).toISOString();

function attribute(name, values) {
  const body = values
    .map(
      (value) =>
        `<saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${value}</saml2:AttributeValue>`,
    )
    .join('');
  return `<saml2:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified">${body}</saml2:Attribute>`;
}

/** @param {{ groups?: number, now?: number, to?: Partial<typeof names>, assertionId?: string, extra?: string }} options */
export function assertionXml({ groups = 0, now = Date.now(), to = {}, assertionId, extra = '' } = {}) {
  const { identityProvider, serviceProvider, assertionConsumerServiceUrl, requestId, email } = {
    ...names,
    ...to,
  };
  const attributes = ['firstName', 'lastName', 'department', 'title', 'city', 'country'].map((name, index) =>
    attribute(name, [`value number ${index}`]),
  );
  if (groups > 0) {
    attributes.push(
      attribute(
        'groups',
        Array.from({ length: groups }, (_, index) => `Engineering-Team-${index}`),
      ),
    );
  }
  return (
    `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="${assertionId ?? `id${randomBytes(16).toString('hex')}`}" IssueInstant="${instant(now)}" Version="2.0">` +
    `<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">${identityProvider}</saml2:Issuer>${extra}` +
    `<saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${email}</saml2:NameID>` +
    `<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData InResponseTo="${requestId}" NotOnOrAfter="${instant(now + 300_000)}" Recipient="${assertionConsumerServiceUrl}"/></saml2:SubjectConfirmation></saml2:Subject>` +
    `<saml2:Conditions NotBefore="${instant(now - 300_000)}" NotOnOrAfter="${instant(now + 300_000)}"><saml2:AudienceRestriction><saml2:Audience>${serviceProvider}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>` +
    `<saml2:AuthnStatement AuthnInstant="${instant(now)}" SessionIndex="_s1"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>` +
    `<saml2:AttributeStatement>${attributes.join('')}</saml2:AttributeStatement></saml2:Assertion>`
  );
}

export function responseXml(content, { now = Date.now(), to = {} } = {}) {
  const { identityProvider, assertionConsumerServiceUrl, requestId } = { ...names, ...to };
  return (
    `<?xml version="1.0" encoding="UTF-8"?><saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${assertionConsumerServiceUrl}" ID="id${randomBytes(16).toString('hex')}" InResponseTo="${requestId}" IssueInstant="${instant(now)}" Version="2.0">` +
    `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">${identityProvider}</saml2:Issuer>` +
    `<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>${content}</saml2p:Response>`
  );
}

/** Puts an enveloped RSA-SHA256 signature behind the Issuer of the first element of that local name. */
export function signed(xml, local, { privateKey, certificate }, prefixes = ['xs']) {
  const signer = new SignedXml({
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: c14n,
  });
  const path = `//*[local-name(.)='${local}']`;
  signer.addReference({
    xpath: path,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', c14n],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    inclusiveNamespacesPrefixList: prefixes,
  });
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

/**
 * The same signature made by hand from what is canonical already, for clients that sign beside what they measure: a tenth of
 * the time. For the Assertions of this file only.
 */
export function quicklySigned(assertion, { privateKey }) {
  const canonical = canonicalizeExclusive(parseXml(assertion), { inclusivePrefixes: [] });
  const digest = createHash('sha256').update(canonical).digest('base64');
  const id = / ID="([^"]*)"/.exec(assertion)[1];
  const method = (name, uri) => `<ds:${name} Algorithm="${uri}"></ds:${name}>`;
  const body =
    `${method('CanonicalizationMethod', c14n)}${method('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}` +
    `<ds:Reference URI="#${id}"><ds:Transforms>${method('Transform', 'http://www.w3.org/2000/09/xmldsig#enveloped-signature')}${method('Transform', c14n)}</ds:Transforms>` +
    `${method('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')}<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`;
  const namespace = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
  const value = sign('sha256', `<ds:SignedInfo ${namespace}>${body}</ds:SignedInfo>`, privateKey).toString(
    'base64',
  );
  return assertion.replace(
    '</saml2:Issuer>',
    `</saml2:Issuer><ds:Signature ${namespace}><ds:SignedInfo>${body}</ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`,
  );
}

/** AES-256-GCM with RSA-OAEP (MGF1 and digest SHA-1), the key inside EncryptedData. */
export function encrypted(assertion, publicKey) {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const value = Buffer.concat([iv, cipher.update(assertion), cipher.final(), cipher.getAuthTag()]);
  const wrapped = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    key,
  );
  return (
    `<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>` +
    `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>` +
    `<xenc:CipherData><xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml2:EncryptedAssertion>`
  );
}

/** As above, for a service's certificate, with that many EncryptedKeys of which none holds the right key. */
export function encryptedForMany(assertion, certificate, count) {
  const one = encrypted(assertion, new X509Certificate(certificate).publicKey);
  return one.replace(/<xenc:EncryptedKey>[^]*?<\/xenc:EncryptedKey>/, (keys) =>
    keys.replace(/(<xenc:CipherValue>)..../, '$1AAAA').repeat(count),
  );
}

/** RSA-2048 with a self-signed certificate, made by openssl. */
export function makeSigner() {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-bench-'));
  try {
    const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-sha256',
      '-days',
      '30',
      '-subj',
      '/CN=bench',
    ];
    execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
    const privateKey = createPrivateKey(readFileSync(key));
    return {
      privateKey,
      publicKey: createPublicKey(privateKey),
      certificate: readFileSync(certificate, 'utf8'),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
