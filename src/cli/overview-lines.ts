// An overview as lines for a terminal.

import { nameLine } from '../core/text';
import type { CertificateView, Overview } from '../admin/overview';

export const overviewLines = ({ serviceProvider, configuredSites, connections }: Overview): string[] => [
  `Service provider ${serviceProvider.entityId}`,
  `  ACS          ${serviceProvider.assertionConsumerServiceUrl}`,
  ...serviceProvider.signing.map((certificate) => certificateLine('signing', certificate)),
  ...serviceProvider.decryption.map((certificate) => certificateLine('decryption', certificate)),
  ...configuredSites.map(({ name, url, landingPage }) => `Site ${name}: ${url}${landingPage}`),
  ...connections.flatMap((connection) => [
    `Connection ${connection.name}: ${oneLine(connection.identityProvider)} for the site ${connection.site}`,
    ...connection.singleSignOnServices.map(({ binding, location }) => `  ${binding.padEnd(12)} ${location}`),
    ...connection.signingCertificates.map((certificate) => certificateLine('signed by', certificate)),
    `  may vouch for ${connection.emailDomains.join(', ')}`,
  ]),
];

const certificateLine = (title: string, { subject, notAfter, thumbprint }: CertificateView): string =>
  `  ${title.padEnd(12)} ${oneLine(subject)}, until ${notAfter}, SHA-256 ${thumbprint}`;

/** Text out of an IdP's certificate goes to a terminal: no control characters. */
const oneLine = (words: string): string => nameLine(words, 120);
