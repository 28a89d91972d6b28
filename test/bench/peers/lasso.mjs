// Lasso (C, through its Python binding), from Debian's python3-lasso. It decrypts and verifies the same bytes; it checks fewer
// things than the gate does.

import { names } from '../messages.mjs';
import { startWorker } from './worker.mjs';

const bare = (certificate) => certificate.replace(/-----[^-]+-----|\s/g, '');
const key = (use, certificate) =>
  `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bare(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const entity = (id, role) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${id}">${role}</md:EntityDescriptor>`;
const protocol = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"';

/** @param own the key pair that encrypted Assertions are for */
export const startLasso = (own) =>
  startWorker({
    name: 'Lasso',
    module: 'lasso',
    program: 'lasso_worker.py',
    order: ({ certificate }) => ({
      our: entity(
        names.serviceProvider,
        `<md:SPSSODescriptor ${protocol}>${key('encryption', own.certificate)}<md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${names.assertionConsumerServiceUrl}"/></md:SPSSODescriptor>`,
      ),
      ourKey: own.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      idp: entity(
        names.identityProvider,
        `<md:IDPSSODescriptor ${protocol}>${key('signing', certificate)}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"/></md:IDPSSODescriptor>`,
      ),
    }),
  });
