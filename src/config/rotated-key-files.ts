// Keys that the state of keys names, from their files. A file must hold the very key that was announced under this name.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from '../saml/service-provider';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import { publicJwk } from '../wix/public-jwk';
import type { Problem } from '../core/problem';
import { readDecryptionPair, readExchangeKey, readKeyPair } from './key-files';
import type { At } from './reading';

export interface WantedKeyFile {
  readonly id: string;
  /** Name without ending. */
  readonly file: string;
}

/** What was found and what is wrong. */
export interface FoundKeys<K> {
  readonly keys: readonly { readonly id: string; readonly key: K }[];
  readonly problems: readonly Problem[];
}

/** @param directory where the files lie */
export const readPairFiles = (
  purpose: 'signing' | 'encryption',
  directory: string,
  wanted: readonly WantedKeyFile[],
): FoundKeys<KeyPair> =>
  readEach(purpose, directory, wanted, {
    read: (base, at) => {
      const draft = { key: { file: `${base}.key` }, certificate: { file: `${base}.crt` } };
      return purpose === 'signing' ? readKeyPair(draft, at) : readDecryptionPair(draft, at);
    },
    idOf: pairId,
  });

export const readExchangeFiles = (
  site: string,
  directory: string,
  wanted: readonly WantedKeyFile[],
): FoundKeys<KeyObject> =>
  readEach(`exchange of ${site}`, directory, wanted, {
    read: (base, at) => readExchangeKey({ file: `${base}.key` }, at),
    idOf: exchangeId,
  });

/** The names under which a key is known everywhere. */
export const pairId = ({ certificate }: KeyPair): string =>
  describeCertificate(readCertificate(certificate)).thumbprint;
export const exchangeId = (key: KeyObject): string => publicJwk(createPublicKey(key)).kid;

function readEach<K>(
  purpose: string,
  directory: string,
  wanted: readonly WantedKeyFile[],
  { read, idOf }: { read: (base: string, at: At) => K | undefined; idOf: (key: K) => string },
): FoundKeys<K> {
  const problems: Problem[] = [];
  const keys = wanted.flatMap(({ id, file }) => {
    const base = join(directory, file);
    const at: At = {
      path: `keys of ${purpose}`,
      problems,
      notices: [],
      baseDir: directory,
      env: {},
      now: 0,
      fetchMetadata: false,
      readFile: readFileSync,
    };
    const key = read(base, at);
    if (key === undefined) return [];
    if (idOf(key) === id) return [{ id, key }];
    const problem = `is another key than the one that was announced: ${base}.key`;
    problems.push({ path: at.path, problem, hint: 'Copy the file from the machine that made it.' });
    return [];
  });
  return { keys, problems };
}
