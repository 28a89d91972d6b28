// Private keys and certificates from files into KeyObjects, with the reason in plain words when one does not fit.
// Trusts the file system of this machine; never prints a byte of a key.

import type { KeyObject, X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { CertificateError, checkKeyStrength, readCertificate } from '../saml/signature/certificate';
import type { KeyPair } from '../saml/service-provider';
import type { Source } from './kinds';
import { certificateOf, decodeCertificates } from './own-certificate';
import { decodePrivateKey, inShell } from './private-key';
import type { KeyPairDraft } from './options';
import { below, note, report, type At } from './reading';

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

function readPrivateKey(source: Source, at: At): KeyObject | undefined {
  const bytes = readSource(source, at);
  if (bytes === undefined) return undefined;
  const reading = decodePrivateKey(bytes, nameOf(source));
  return 'key' in reading ? reading.key : report(at, reading.problem, reading.hint);
}

const nameOf = (source: Source): string => ('file' in source ? source.file : 'FILE');

/** A key with its certificate: both readable, of one pair, and strong enough. */
export function readKeyPair(draft: KeyPairDraft, at: At): KeyPair | undefined {
  const keyAt = below(at, 'key');
  const privateKey = draft.key === undefined ? undefined : readPrivateKey(draft.key, keyAt);
  const strength = privateKey === undefined ? undefined : refusing(keyAt, () => checkKeyStrength(privateKey));
  const certificates =
    draft.certificate === undefined
      ? undefined
      : readOwnCertificates(draft.certificate, below(at, 'certificate'));
  if (privateKey === undefined || strength === undefined || certificates === undefined) return undefined;
  const certificate = refusing(at, () => certificateOf(privateKey, certificates));
  return certificate && Object.freeze({ privateKey, certificate: certificate.toString() });
}

function readOwnCertificates(source: Source, at: At): readonly X509Certificate[] | undefined {
  const bytes = readSource(source, at);
  return bytes === undefined ? undefined : refusing(at, () => decodeCertificates(bytes, nameOf(source)));
}

/** The first certificate of a file. */
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

/** Notes when others on this machine can read (or even change) a secret file; systems without such modes are left alone. */
export function noteExposedFile(source: Source | undefined, at: At): void {
  if (source === undefined || 'text' in source) return;
  const mode = modeOf(source.file);
  const verb = (mode & 0o022) === 0 ? 'read' : 'read and changed';
  const whom = (mode & 0o007) === 0 ? 'by its group' : 'by everybody on this machine';
  if ((mode & 0o077) === 0) return;
  note(
    at,
    'KEY_FILE_EXPOSED',
    `can be ${verb} ${whom}: ${source.file} (mode ${inOctal(mode)})`,
    `Run \`chmod 600 ${inShell(source.file)}\` as its owner, which should be the user that runs the service; for a secret that Kubernetes mounts, set \`defaultMode: 0400\`.`,
  );
}

/** Notes when others can change a file that decides whom to trust. */
export function noteWritableFile(file: string, at: At): void {
  const mode = modeOf(file);
  if ((mode & 0o002) === 0) return;
  note(
    at,
    'FILE_WRITABLE',
    `can be changed by everybody on this machine: ${file} (mode ${inOctal(mode)})`,
    `Run \`chmod o-w ${inShell(file)}\` as its owner.`,
  );
}

/** 0 where there is no such file, or no such modes. */
const modeOf = (file: string): number =>
  process.platform === 'win32' ? 0 : (statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;

const inOctal = (mode: number): string => mode.toString(8).padStart(3, '0');
