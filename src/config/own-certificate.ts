// Bytes of a file or variable → the certificate of our own key. A file may hold a chain in any order: the certificate that
// belongs to the key is looked for, and when none does, those that are there are named.

import { X509Certificate, type KeyObject } from 'node:crypto';
import { CertificateError, readCertificate, subjectOf } from '../saml/signature/certificate';
import { nameLine } from '../core/text';
import { openEnvelope } from './key-envelope';
import { inShell, isPfx } from './private-key';

/**
 * @param name of the file, for the command in a hint
 * @returns the certificates in it whose structure can be read, in their order; at least one
 * @throws CertificateError when there is none
 */
export function decodeCertificates(bytes: Buffer, name: string): readonly X509Certificate[] {
  const envelope = openEnvelope(bytes);
  const file = inShell(name);
  if (envelope.kind === 'der') {
    if (!isPfx(envelope.der)) return [readCertificate(envelope.der)];
    throw new CertificateError(
      'is a PKCS#12 file (.pfx, .p12), which holds key and certificate under a password',
      `Take the certificate out: \`openssl pkcs12 -in ${file} -clcerts -nokeys -out new.crt\`, and write that file’s name here.`,
    );
  }
  if (envelope.kind !== 'pem') return [readCertificate(envelope.kind === 'empty' ? '' : envelope.text)];
  const blocks = envelope.blocks.filter(({ label }) => /^(X509 |TRUSTED )?CERTIFICATE$/.test(label));
  if (blocks.length > 0) return blocks.map(({ der }) => new X509Certificate(readable(der)));
  if (envelope.blocks.some(({ label }) => label === 'PKCS7')) {
    throw new CertificateError(
      'is a PKCS#7 file (.p7b)',
      `Take the certificates out: \`openssl pkcs7 -in ${file} -print_certs -out new.crt\`, and write that file’s name here.`,
    );
  }
  // Some other block: the reader of certificates has the words for it.
  return [readCertificate(envelope.blocks.map(({ label }) => `-----BEGIN ${label}-----`).join('\n'))];
}

function readable(der: Buffer): Buffer {
  if (subjectOf(der) !== undefined) return der;
  throw new CertificateError(
    'A certificate in it cannot be read.',
    'Is it complete? Download it again as PEM.',
  );
}

/**
 * The one certificate that belongs to the key, strong enough.
 * @throws CertificateError
 */
export function certificateOf(key: KeyObject, certificates: readonly X509Certificate[]): X509Certificate {
  const own = certificates.find((certificate) => belongs(certificate, key));
  if (own !== undefined) return readCertificate(own.raw);
  const subjects = certificates.map(({ raw }) => `“${nameLine(subjectOf(raw) ?? '', 80)}”`).join(', ');
  throw new CertificateError(
    certificates.length === 1
      ? `the certificate (${subjects}) belongs to another key`
      : `each of the ${certificates.length} certificates (${subjects}) belongs to another key`,
    'Name the key and the certificate that were made together.',
  );
}

/** A certificate whose kind of key nothing here supports belongs to no key of ours. */
function belongs(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    return false;
  }
}
