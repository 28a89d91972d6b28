// What an IdP needs to know about us, as single values for a form.

import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import { singleLogoutUrlOf, type ServiceProvider } from '../saml/service-provider';

export interface CertificateValue {
  /** SHA-256, hex. */
  readonly thumbprint: string;
  /** PEM. */
  readonly certificate: string;
}

export interface OwnValues {
  readonly entityId: string;
  readonly assertionConsumerServiceUrl: string;
  readonly singleLogoutUrl: string;
  readonly metadataUrl: string;
  readonly nameIdFormat: string;
  readonly signing: readonly CertificateValue[];
  readonly encryption: readonly CertificateValue[];
}

export function ownValues(serviceProvider: ServiceProvider): OwnValues {
  const certificateOf = ({ certificate }: { readonly certificate: string }): CertificateValue => ({
    thumbprint: describeCertificate(readCertificate(certificate)).thumbprint,
    certificate,
  });
  return {
    entityId: serviceProvider.entityId,
    assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
    singleLogoutUrl: singleLogoutUrlOf(serviceProvider),
    metadataUrl: `${serviceProvider.baseUrl}/saml/metadata`,
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    signing: serviceProvider.signing.map(certificateOf),
    encryption: (serviceProvider.shownForEncryption ?? serviceProvider.decryption.slice(0, 1)).map(
      certificateOf,
    ),
  };
}
