// New keys into new files, readable by their owner only. Never replaces a file: a lost signing key means a visit to every
// IdP.

import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import { newStateKey, StateKeys, stateKeyText } from '../stores/state-keys';
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
  /** SHA-256 of the certificate in hex, the RFC 7638 thumbprint of the exchange key, or the name of the state key. */
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

interface Material {
  /** PEM, or the one line of a state key. */
  readonly key: string;
  /** PEM, for a purpose that has one. */
  readonly certificate?: string;
  readonly thumbprint: string;
}

interface Recipe {
  readonly hasCertificate: boolean;
  readonly make: (wanted: KeysWanted, system: System) => Material | Promise<Material>;
}

const rsaPair: Recipe = {
  hasCertificate: true,
  make: async ({ name, days }, system) => {
    const pair = await makeRsaPair(name, days, system);
    return { ...pair, thumbprint: describeCertificate(readCertificate(pair.certificate)).thumbprint };
  },
};

const recipes: Readonly<Record<KeyPurpose, Recipe>> = {
  signing: rsaPair,
  encryption: rsaPair,
  exchange: {
    hasCertificate: false,
    make: () => {
      const key = makeExchangeKey();
      return { key, thumbprint: publicJwk(createPrivateKey(key)).kid };
    },
  },
  state: {
    hasCertificate: false,
    make: (_wanted, { random }) => {
      const key = newStateKey(random);
      return { key: stateKeyText(key), thumbprint: new StateKeys([key]).ids[0] };
    },
  },
};

const endings = { key: '.key', certificate: '.crt' } as const;

function fileNames(purpose: KeyPurpose, { into, suffix }: KeysWanted): string[] {
  const base = join(into, purpose + suffix);
  return [base + endings.key, ...(recipes[purpose].hasCertificate ? [base + endings.certificate] : [])];
}

async function make(purpose: KeyPurpose, wanted: KeysWanted, system: System): Promise<NewKey> {
  const base = join(wanted.into, purpose + wanted.suffix);
  const { key, certificate, thumbprint } = await recipes[purpose].make(wanted, system);
  const files: NewFile[] = [{ file: base + endings.key, content: key, mode: 0o600 }];
  if (certificate !== undefined) {
    files.push({ file: base + endings.certificate, content: certificate, mode: 0o644 });
  }
  return { purpose, files, thumbprint };
}
