// Private keys and certificates from files into KeyObjects, with the reason in plain words when one does not fit.
// Trusts the file system of this machine; never prints a byte of a key.

import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { CertificateError, checkKeyStrength, readCertificate } from '../saml/signature/certificate';
import type { KeyPair } from '../saml/service-provider';
import type { Source } from './kinds';
import type { KeyPairDraft } from './options';
import type { Problem } from '../core/problem';
import { below, report, type At } from './reading';

/** The bytes of a file or of the environment; undefined (and a problem) when the file cannot be read. */
export function readSource(source: Source, at: At): Buffer | undefined {
  if ('text' in source) return Buffer.from(source.text);
  try {
    return at.readFile(source.file);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    return report(at, `cannot be read: ${source.file} (${reason})`, hintForFile(reason));
  }
}

function hintForFile(reason: string): string {
  if (reason === 'ENOENT')
    return 'Relative names start at the configuration file. `wix-saml keys` makes keys.';
  if (reason === 'EACCES') return 'Let the user that runs this process read the file.';
  return 'Write the name of a regular file.';
}

/** A private key without a passphrase. */
function readPrivateKey(source: Source, at: At): KeyObject | undefined {
  const bytes = readSource(source, at);
  if (bytes === undefined) return undefined;
  try {
    return createPrivateKey(bytes);
  } catch {
    const text = bytes.toString('latin1');
    if (text.includes('ENCRYPTED')) {
      return report(
        at,
        'is protected by a passphrase',
        'Write it without one: openssl pkey -in old.key -out new.key; and chmod 600.',
      );
    }
    if (text.includes('CERTIFICATE') || text.includes('PUBLIC KEY')) {
      return report(
        at,
        'is not a private key but its public half',
        'Write the name of the private key’s file here.',
      );
    }
    return report(at, 'is not a private key in PEM form', 'It must begin with -----BEGIN PRIVATE KEY-----.');
  }
}

/** A key with its certificate: both readable, of one pair, and strong enough. */
export function readKeyPair(draft: KeyPairDraft, at: At): KeyPair | undefined {
  const keyAt = below(at, 'key');
  const privateKey = draft.key === undefined ? undefined : readPrivateKey(draft.key, keyAt);
  const strength = privateKey === undefined ? undefined : refusing(keyAt, () => checkKeyStrength(privateKey));
  const certificate =
    draft.certificate === undefined
      ? undefined
      : readCertificateFile(draft.certificate, below(at, 'certificate'));
  if (privateKey === undefined || strength === undefined || certificate === undefined) return undefined;
  return certificate.checkPrivateKey(privateKey)
    ? Object.freeze({ privateKey, certificate: certificate.toString() })
    : report(
        at,
        'the certificate belongs to another key',
        'Name the key and the certificate that were made together.',
      );
}

export function readCertificateFile(source: Source, at: At): X509Certificate | undefined {
  const bytes = readSource(source, at);
  return bytes === undefined ? undefined : refusing(at, () => readCertificate(bytes));
}

/** Runs a check of the SAML floor; its refusal becomes a problem at this place. */
function refusing<V>(at: At, check: () => V): V | undefined {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof CertificateError) return report(at, cause.problem, cause.hint);
    throw cause;
  }
}

/** Decryption by RSA-OAEP needs RSA. */
export function readDecryptionPair(draft: KeyPairDraft, at: At): KeyPair | undefined {
  const pair = readKeyPair(draft, at);
  if (pair === undefined || pair.privateKey.asymmetricKeyType === 'rsa') return pair;
  return report(
    below(at, 'key'),
    'is not an RSA key',
    'Assertions are encrypted with RSA-OAEP; use an RSA key.',
  );
}

/** ES256 (RFC 7518 §3.4) is P-256 and nothing else. */
export function readExchangeKey(source: Source, at: At): KeyObject | undefined {
  const key = readPrivateKey(source, at);
  if (key === undefined) return undefined;
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  return report(at, 'is not an EC key on P-256', 'ES256 needs one; `wix-saml keys` makes it.');
}

/** A warning when others on this machine can read a secret file; nothing on systems without such modes. */
export function looseModeOf(source: Source | undefined, at: At): Problem | undefined {
  if (source === undefined || 'text' in source || process.platform === 'win32') return undefined;
  const mode = statSync(source.file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o007) === 0) return undefined;
  return {
    path: at.path,
    problem: `can be read by everybody on this machine: ${source.file}`,
    hint: 'chmod 600 it.',
  };
}
