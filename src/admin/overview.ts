// What a deployment means, for an administrator's eyes: names, addresses, certificates with dates and thumbprints.

import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import type { KeyPair } from '../saml/service-provider';
import type { Connection } from '../sso/connection';
import type { Deployment } from './deployment';

export interface CertificateView {
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

export type Overview = ReturnType<typeof overview>;

/** Dates are days in UTC, thumbprints SHA-256 in hex. Holds text of the IdPs as it came. */
export function overview({ serviceProvider, sites, connections }: Deployment) {
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
    connections: [...connections.ready.values()].map(connectionView),
  };
}
