// Three single values, as a console without metadata shows them → metadata, so that everything behind it knows one form only.

import { readCertificate } from '../signature/certificate';
import { document, element } from '../xml/writer';
import { md } from './names';

export interface SingleValues {
  readonly entityId: string;
  /** Address of the single sign-on service. */
  readonly singleSignOnService: string;
  /** PEM, bare base64, or a text around it. */
  readonly certificate: string;
}

const bindings = ['HTTP-Redirect', 'HTTP-POST'];

/** @throws CertificateError; TypeError for characters that XML does not have */
export function writeMinimalMetadata({ entityId, singleSignOnService, certificate }: SingleValues): string {
  const der = readCertificate(certificate).raw.toString('base64');
  const keyInfo = element('ds:KeyInfo', { 'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#' }, [
    element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [der])]),
  ]);
  const services = bindings.map((binding) =>
    element('md:SingleSignOnService', {
      Binding: `urn:oasis:names:tc:SAML:2.0:bindings:${binding}`,
      Location: singleSignOnService,
    }),
  );
  const role = element(
    'md:IDPSSODescriptor',
    { protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol' },
    [element('md:KeyDescriptor', { use: 'signing' }, [keyInfo]), ...services],
  );
  return document(element('md:EntityDescriptor', { 'xmlns:md': md, entityID: entityId }, [role]));
}
