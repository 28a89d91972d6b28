// Certificate text or bytes, in whatever shape an administrator pastes them → one key with its name and fingerprint.
// A certificate is only the envelope of a key here (MDIOP §2.3): its issuer, chain and dates are never trust decisions.
// Never accepts a key that is too weak to protect a sign-in.

import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { decodeBase64 } from '../xml/base64';
import type { VerificationKey } from '../identity-provider';

/** Least RSA modulus in bits (SDP-MD06). */
const leastRsaBits = 2048;
/** More costs every sign-in more and protects nothing: a key of this size is a mistake or a trap. */
const mostRsaBits = 16_384;
/** OpenSSL's names of P-256, P-384 and P-521 (SDP-MD07: at least 256 bits). */
const curves = ['prime256v1', 'secp384r1', 'secp521r1'];

/** What is wrong with a certificate or key and what to do, in words for an administrator. Quotes no key. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly problem: string;
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(`${problem} ${hint}`);
    this.problem = problem;
    this.hint = hint;
  }
}

/** What an administrator needs to recognise a certificate. Times are milliseconds since 1970. */
export interface CertificateDescription extends VerificationKey {
  readonly notBefore: number;
  /** SHA-1 of the DER, lower-case hex: some consoles show only this. Never used for a decision. */
  readonly thumbprintSha1: string;
}

/**
 * Reads one certificate with a strong key: PEM (any line ends, text around it), bare base64 (any white space) or DER.
 * Of several the first counts. `toString()` of the result is clean PEM, `raw` is DER.
 *
 * @throws CertificateError
 */
export function readCertificate(input: string | Uint8Array): X509Certificate {
  const certificate = parse(derOf(input));
  checkKeyStrength(publicKeyOf(certificate));
  return certificate;
}

/** Whose certificate it says that it is, also when its key is of no use; undefined when it cannot be read at all. */
export function subjectOf(input: string | Uint8Array): string | undefined {
  try {
    return inOneLine(parse(derOf(input)).subject);
  } catch {
    return undefined;
  }
}

const inOneLine = (subject: string): string => subject.replaceAll('\n', ', ');

/** @throws CertificateError when its key is too weak */
export function describeCertificate(certificate: X509Certificate): CertificateDescription {
  const key = publicKeyOf(certificate);
  return Object.freeze({
    key,
    type: checkKeyStrength(key),
    certificate: certificate.toString(),
    thumbprint: createHash('sha256').update(certificate.raw).digest('hex'),
    thumbprintSha1: createHash('sha1').update(certificate.raw).digest('hex'),
    subject: inOneLine(certificate.subject),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
  });
}

/**
 * The kind of a key, public or private, that is strong enough: RSA from 2048 bits, EC on P-256, P-384 or P-521.
 *
 * @throws CertificateError
 */
export function checkKeyStrength(key: KeyObject): 'rsa' | 'ec' {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec') {
    if (curves.includes(details.namedCurve ?? '')) return 'ec';
    throw new CertificateError(
      `The key is on the curve ${details.namedCurve ?? 'unknown'}.`,
      'Use P-256, P-384 or P-521.',
    );
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new CertificateError(
      `The key is of the kind ${key.asymmetricKeyType ?? 'secret'}.`,
      'Use an RSA key of at least 2048 bits, or an EC key on P-256, P-384 or P-521.',
    );
  }
  const bits = details.modulusLength ?? 0;
  if (bits < leastRsaBits) {
    throw new CertificateError(
      `The RSA key has ${bits} bits.`,
      'Use at least 2048 bits; 3072 for a new key.',
    );
  }
  if (bits > mostRsaBits) {
    throw new CertificateError(`The RSA key has ${bits} bits.`, 'Use 3072 or 4096 bits.');
  }
  // With the exponent 1 a signature is its own message: anybody could sign.
  const exponent = details.publicExponent ?? 0n;
  if (exponent < 3n || exponent % 2n === 0n) {
    throw new CertificateError(
      `The RSA key has the public exponent ${String(exponent)}.`,
      'Make a new key; its exponent should be 65537.',
    );
  }
  return 'rsa';
}

const pemBlock = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END/;

function derOf(input: string | Uint8Array): Buffer {
  // DER of a certificate is a SEQUENCE with a two-byte length; no text starts with these bytes.
  if (typeof input !== 'string' && input[0] === 0x30 && input[1] === 0x82) return Buffer.from(input);
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  const inPem = pemBlock.exec(text)?.[1];
  if (inPem === undefined && text.includes('-----BEGIN')) {
    const isKey = text.includes('PRIVATE KEY');
    throw new CertificateError(
      isKey ? 'This is a private key, not a certificate.' : 'The PEM block is not a certificate.',
      isKey
        ? 'Give the certificate here, and keep the key where only this process can read it.'
        : 'It must start with -----BEGIN CERTIFICATE-----.',
    );
  }
  if (text.trim() === '')
    throw new CertificateError('The certificate is empty.', 'Put the certificate there, as PEM or base64.');
  const der = decodeBase64(firstOf(inPem ?? text.replace(/^\uFEFF/, '')));
  if (der !== undefined) return der;
  throw new CertificateError(
    'The certificate is not PEM, base64 or DER.',
    'Download it again as “Base-64 (.cer)” or PEM.',
  );
}

/**
 * Some products run a chain together in one text, without what stood between the certificates. The first is the one that
 * signs. DER says how long it is, and padding ends it; without padding the next one follows, and is not looked at.
 */
function firstOf(base64: string): string {
  return /^([A-Za-z0-9+/\s]+={1,2})\s*[A-Za-z0-9+/]/.exec(base64)?.[1] ?? base64;
}

function parse(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw new CertificateError(
      'The certificate cannot be read.',
      'Is it complete? Download it again as PEM.',
    );
  }
}

function publicKeyOf(x509: X509Certificate): KeyObject {
  try {
    return x509.publicKey;
  } catch {
    throw new CertificateError(
      'The certificate holds a kind of key that is not supported.',
      'Use an RSA key of at least 2048 bits, or an EC key on P-256, P-384 or P-521.',
    );
  }
}
