// Lasso (C, through its Python binding) as a peer, where Debian's python3-lasso is installed. It decrypts and verifies the
// same bytes; it checks fewer things than the gate does.

import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { names } from './messages.mjs';

const program = fileURLToPath(new URL('lasso_peer.py', import.meta.url));
const python = '/usr/bin/python3';

const bare = (certificate) => certificate.replace(/-----[^-]+-----|\s/g, '');
const key = (use, certificate) =>
  `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bare(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const entity = (id, role) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${id}">${role}</md:EntityDescriptor>`;

/** @returns undefined, said loudly, when Lasso is not installed */
export function startLasso({ idpCertificate, own }) {
  if (spawnSync(python, ['-c', 'import lasso'], { stdio: 'ignore' }).status !== 0) {
    console.log('python3-lasso is not installed: not compared with Lasso');
    return undefined;
  }
  const protocol = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"';
  const our = entity(
    names.serviceProvider,
    `<md:SPSSODescriptor ${protocol}>${key('encryption', own.certificate)}<md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${names.assertionConsumerServiceUrl}"/></md:SPSSODescriptor>`,
  );
  const idp = entity(
    names.identityProvider,
    `<md:IDPSSODescriptor ${protocol}>${key('signing', idpCertificate)}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"/></md:IDPSSODescriptor>`,
  );
  const ourKey = own.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** CPU milliseconds per validation. */
    async measure(field, times) {
      child.stdin.write(`${JSON.stringify({ our, ourKey, idp, field, times })}\n`);
      const { value } = await answers.next();
      const { ms, name, refused } = JSON.parse(value);
      if (name !== names.email) throw new Error(`Lasso: ${refused ?? name}`);
      return ms;
    },
    stop: () => child.stdin.end(),
  };
}
