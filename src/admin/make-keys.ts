// New keys into new files, readable by their owner only. Never replaces a file: a lost signing key means a visit to every
// IdP.

import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import { publicJwk } from '../wix/public-jwk';
import type { System } from './deployment';
import type { KeyPurpose } from './key-purposes';
import { makeExchangeKey, makeRsaPair } from './self-signed';

export interface KeysWanted {
  /** Directory; made with mode 0700 when it is not there. */
  readonly into: string;
  readonly purposes: readonly KeyPurpose[];
  /** Behind the file names, for the successor of a key in use: `signing-2027.key`. */
  readonly suffix: string;
  /** Common name in the certificates. */
  readonly name: string;
  /** Validity of the certificates from now. */
  readonly days: number;
}

export interface MadeKey {
  readonly purpose: KeyPurpose;
  readonly files: readonly string[];
  /** SHA-256 of the certificate in hex, or the RFC 7638 thumbprint of the exchange key. */
  readonly thumbprint: string;
}

export type KeysOutcome =
  | { readonly kind: 'made'; readonly keys: readonly MadeKey[] }
  /** These files are there already; nothing was written. */
  | { readonly kind: 'taken'; readonly files: readonly string[] };

/** Writes all of them or, when a file is in the way, none. Rejects with the system's error when a file cannot be written. */
export async function makeKeys(wanted: KeysWanted, system: System): Promise<KeysOutcome> {
  const taken = wanted.purposes
    .flatMap((purpose) => fileNames(purpose, wanted))
    .filter((file) => existsSync(file));
  if (taken.length > 0) return { kind: 'taken', files: taken };
  const made = await Promise.all(wanted.purposes.map((purpose) => make(purpose, wanted, system)));
  mkdirSync(wanted.into, { recursive: true, mode: 0o700 });
  for (const { file, content, mode } of made.flatMap(({ files }) => files)) {
    writeFileSync(file, content, { flag: 'wx', mode });
  }
  return {
    kind: 'made',
    keys: made.map(({ purpose, files, thumbprint }) => ({
      purpose,
      files: files.map(({ file }) => file),
      thumbprint,
    })),
  };
}

interface NewFile {
  readonly file: string;
  readonly content: string;
  readonly mode: number;
}

interface NewKey {
  readonly purpose: KeyPurpose;
  readonly files: readonly NewFile[];
  readonly thumbprint: string;
}

function fileNames(
  purpose: KeyPurpose,
  { into, suffix }: KeysWanted,
): readonly [string] | readonly [string, string] {
  const base = join(into, purpose + suffix);
  return purpose === 'exchange' ? [`${base}.key`] : [`${base}.key`, `${base}.crt`];
}

async function make(purpose: KeyPurpose, wanted: KeysWanted, system: System): Promise<NewKey> {
  const [keyFile, certificateFile] = fileNames(purpose, wanted);
  if (certificateFile === undefined) {
    const key = makeExchangeKey();
    return {
      purpose,
      files: [{ file: keyFile, content: key, mode: 0o600 }],
      thumbprint: publicJwk(createPrivateKey(key)).kid,
    };
  }
  const pair = await makeRsaPair(wanted.name, wanted.days, system);
  return {
    purpose,
    files: [
      { file: keyFile, content: pair.key, mode: 0o600 },
      { file: certificateFile, content: pair.certificate, mode: 0o644 },
    ],
    thumbprint: describeCertificate(readCertificate(pair.certificate)).thumbprint,
  };
}
