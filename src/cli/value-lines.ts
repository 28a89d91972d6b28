// Our values under the IdPs' own field names: nobody should have to guess which of ours belongs where.

import type { CertificateValue, OwnValues } from '../admin/own-values';

export const valueLines = (values: OwnValues, baseUrl: string): string[] => [
  'Entity ID (Identifier, Audience URI, Audience, SP Entity ID, Client ID)',
  `  ${values.entityId}`,
  'Assertion consumer service (ACS URL, Reply URL, Single sign-on URL, Recipient, Destination, Application Callback',
  'URL), binding HTTP-POST',
  `  ${values.assertionConsumerServiceUrl}`,
  'ACS (Consumer) URL Validator, at OneLogin',
  `  ^${values.assertionConsumerServiceUrl.replace(/[/.?+*^$()[\]{}|\\-]/g, '\\$&')}$`,
  'Login URL (Sign on URL, Service Provider Login URL), where one is asked for; NAME is the connection’s name',
  `  ${baseUrl}/saml/login?connection=NAME`,
  'Metadata address',
  `  ${values.metadataUrl}`,
  'Name ID: the member’s e-mail address, format',
  `  ${values.nameIdFormat}`,
  'Default RelayState, Start URL: leave empty',
  'Signature: SHA-256; sign the response, the assertion, or both',
  ...certificates('Certificate of our requests', values.signing),
  ...certificates('Certificate for encrypting assertions (optional)', values.encryption),
];

const certificates = (title: string, list: readonly CertificateValue[]): string[] =>
  list.flatMap(({ thumbprint, certificate }) => ['', `${title} (SHA-256 ${thumbprint})`, certificate.trim()]);
