// The options about what we are to an IdP: addresses, keys, and what our metadata says beside them.

import { baseAddress, emailAddress, entityIdentifier, pageAddress } from './addresses';
import { certificateSource, integer, privateKeySource, text } from './kinds';
import { byLanguage } from './local-text';
import { listOf, optional, required, section, withDefault } from './option';

const organization = section({
  name: required(byLanguage(text(120)), { meaning: 'Its name.', example: 'Example GmbH' }),
  displayName: optional(byLanguage(text(120)), {
    meaning: 'Its name as people know it.',
    defaultWords: '`name`',
  }),
  url: required(byLanguage(pageAddress), { meaning: 'Its home page.', example: 'https://www.example.com' }),
});

export const keyPair = section({
  key: required(privateKeySource, {
    meaning:
      'Private key without a passphrase, PEM or DER: RSA of at least 2048 bits or EC P-256, P-384, P-521.',
    example: 'certs/sp/signing.key',
  }),
  certificate: required(certificateSource, {
    meaning:
      'Certificate of the same key: PEM, DER or bare base64. Of a chain, the one that belongs to the key is taken.',
    example: 'certs/sp/signing.crt',
  }),
});

export const serviceProvider = section({
  baseUrl: required(baseAddress, {
    meaning:
      'Public address of this service. The only source of its own URLs; request headers are never used for them.',
    example: 'https://sso.example.com',
  }),
  entityId: optional(entityIdentifier, {
    meaning: 'Our name at every IdP. IdPs compare it exactly.',
    defaultWords: '`baseUrl` + `/saml/metadata`',
  }),
  signing: required(listOf(keyPair, { least: 1, label: 'list of key pairs' }), {
    meaning:
      'Keys for AuthnRequests. The first signs, all are published, so a new key can be announced early.',
  }),
  decryption: withDefault(listOf(keyPair, { label: 'list of RSA key pairs' }), [], {
    meaning:
      'Keys for encrypted assertions. The first is published, all decrypt. Without one, encrypted assertions are refused.',
    defaultWords: 'none',
  }),
  displayName: optional(byLanguage(text(120)), {
    meaning: 'Name that an IdP may show to people; one text, or one for each language.',
    example: 'Members of Example',
  }),
  description: optional(byLanguage(text(256)), { meaning: 'One sentence that an IdP may show to people.' }),
  logoUrl: optional(pageAddress, { meaning: 'Logo that an IdP may show.' }),
  informationUrl: optional(byLanguage(pageAddress), {
    meaning: 'Page about this service that an IdP may link.',
  }),
  privacyStatementUrl: optional(byLanguage(pageAddress), {
    meaning: 'Privacy statement that an IdP may link.',
  }),
  organization: optional(organization, {
    meaning: 'Who runs this service, in our metadata.',
    defaultWords: 'none',
  }),
  technicalContactEmail: optional(emailAddress, {
    meaning: 'Published as technical contact in our metadata.',
  }),
  securityContactEmail: optional(emailAddress, {
    meaning: 'Published as security contact in our metadata (REFEDS); Sirtfi demands one.',
  }),
  entityCategories: optional(listOf(entityIdentifier, { label: 'list of URIs' }), {
    meaning: 'Entity categories that your federation has granted to this service.',
    example: '[https://refeds.org/category/code-of-conduct/v2]',
    defaultWords: 'none',
  }),
  assuranceCertifications: optional(listOf(entityIdentifier, { label: 'list of URIs' }), {
    meaning: 'Assurance profiles that your organisation keeps, such as Sirtfi.',
    example: '[https://refeds.org/sirtfi]',
    defaultWords: 'none',
  }),
  requestedAttributes: optional(listOf(text(256), { label: 'list of attribute names' }), {
    meaning: 'Attributes that our metadata asks IdPs for.',
    example: "['urn:oid:0.9.2342.19200300.100.1.3']",
    defaultWords: 'none',
  }),
  metadataValidDays: optional(integer(2, 400, 'days'), {
    meaning:
      'For how many days a copy of our metadata may be used (`validUntil`), for federations that demand an end. An IdP that imported a file stops working after it.',
    defaultWords: 'for good',
  }),
  metadataCacheHours: optional(integer(1, 720, 'hours'), {
    meaning: 'After how many hours whoever keeps a copy of our metadata should ask again (`cacheDuration`).',
    defaultWords: 'not said',
  }),
});
