// Our values under the IdPs' own field names: nobody should have to guess which of ours belongs where.

import { commonNames } from '../admin/idps/value-names';
import type { OurValue } from '../admin/idps';
import type { CertificateValue, OwnValues } from '../admin/own-values';

/** "Entity ID. There it is called: Audience URI (SP Entity ID), Identifier (Entity ID), …" */
function titled(title: string, value: OurValue): string {
  const names = commonNames(value, 8);
  return names === '' ? title : `${title}. There it is called: ${names}`;
}

export const valueLines = (values: OwnValues, baseUrl: string): string[] => [
  titled('Entity ID', 'entityId'),
  `  ${values.entityId}`,
  titled('Assertion consumer service, binding HTTP-POST', 'acs'),
  `  ${values.assertionConsumerServiceUrl}`,
  titled('Pattern of the assertion consumer service', 'acsValidator'),
  `  ^${values.assertionConsumerServiceUrl.replace(/[/.?+*^$()[\]{}|\\-]/g, '\\$&')}$`,
  titled('Where a sign-in starts, if it is asked for; NAME is the connection’s name', 'loginUrl'),
  `  ${baseUrl}/saml/login?connection=NAME`,
  titled('Metadata address', 'metadataUrl'),
  `  ${values.metadataUrl}`,
  titled('Name ID: the member’s e-mail address, in this format', 'nameIdFormat'),
  `  ${values.nameIdFormat}`,
  titled('Single logout, both bindings, optional', 'singleLogout'),
  `  ${values.singleLogoutUrl}`,
  `${titled('RelayState', 'relayState')}: leave empty`,
  'Signature: SHA-256; sign the response, the assertion, or both',
  ...certificates(titled('Certificate of our requests', 'signing'), values.signing),
  ...certificates(titled('Certificate for encrypting assertions, optional', 'encryption'), values.encryption),
];

const certificates = (title: string, list: readonly CertificateValue[]): string[] =>
  list.flatMap(({ thumbprint, certificate }) => ['', `${title} (SHA-256 ${thumbprint})`, certificate.trim()]);
