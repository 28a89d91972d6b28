// What a configuration means, for an administrator's eyes: names, addresses, certificates with dates and thumbprints.

import type { Config } from '../config/config';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import type { KeyPair } from '../saml/service-provider';
import type { Connection } from '../sso/connection';

interface CertificateView {
  readonly subject: string;
  readonly notAfter: string;
  readonly thumbprint: string;
}

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const ownCertificate = ({ certificate }: KeyPair): CertificateView => {
  const { subject, notAfter, thumbprint } = describeCertificate(readCertificate(certificate));
  return { subject, notAfter: day(notAfter), thumbprint };
};

function connectionView({ name, site, identityProvider, policy }: Connection) {
  return {
    name,
    site,
    identityProvider: identityProvider.entityId,
    singleSignOnServices: identityProvider.singleSignOnServices,
    signingCertificates: identityProvider.signingKeys.map(({ subject, notAfter, thumbprint }) => ({
      subject,
      notAfter: day(notAfter),
      thumbprint,
    })),
    emailDomains:
      policy.emailDomains === '*'
        ? ['every domain that no other connection names']
        : [...policy.emailDomains],
  };
}

/** For `--json`. Dates are days in UTC, thumbprints SHA-256 in hex. */
export function overview({ serviceProvider, sites, connections }: Config) {
  return {
    serviceProvider: {
      entityId: serviceProvider.entityId,
      assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
      signing: serviceProvider.signing.map(ownCertificate),
      decryption: serviceProvider.decryption.map(ownCertificate),
    },
    configuredSites: [...sites.values()].map(({ name, url, landingPage, origins }) => ({
      name,
      url,
      landingPage,
      origins,
    })),
    connections: [...connections.values()].map(connectionView),
  };
}

const certificateLine = (title: string, { subject, notAfter, thumbprint }: CertificateView): string =>
  `  ${title.padEnd(12)} ${oneLine(subject)}, until ${notAfter}, SHA-256 ${thumbprint}`;

/** Text out of an IdP's certificate goes to a terminal: no control characters. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(0, 120);

export function overviewLines(config: Config): string[] {
  const { serviceProvider, configuredSites, connections } = overview(config);
  return [
    `Service provider ${serviceProvider.entityId}`,
    `  ACS          ${serviceProvider.assertionConsumerServiceUrl}`,
    ...serviceProvider.signing.map((certificate) => certificateLine('signing', certificate)),
    ...serviceProvider.decryption.map((certificate) => certificateLine('decryption', certificate)),
    ...configuredSites.map(({ name, url, landingPage }) => `Site ${name}: ${url}${landingPage}`),
    ...connections.flatMap((connection) => [
      `Connection ${connection.name}: ${oneLine(connection.identityProvider)} for the site ${connection.site}`,
      ...connection.singleSignOnServices.map(
        ({ binding, location }) => `  ${binding.padEnd(12)} ${location}`,
      ),
      ...connection.signingCertificates.map((certificate) => certificateLine('signed by', certificate)),
      `  may vouch for ${connection.emailDomains.join(', ')}`,
    ]),
  ];
}
