// `wix-saml keys`: new keys into new files, readable by their owner only. Never replaces a file:
// a lost signing key means a visit to every IdP.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../server/compose';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import { publicJwk } from '../wix/public-jwk';
import type { KeyPurpose } from '../admin/key-purposes';
import { makeExchangeKey, makeRsaPair } from '../admin/self-signed';
import { newStateKey, StateKeys, stateKeyText } from '../stores/state-keys';
import { exit, json, type Terminal } from './terminal';

export interface KeysOptions {
  readonly into: string;
  readonly only: readonly KeyPurpose[];
  /** Behind the file names, for the successor of a key in use: `signing-2027.key`. */
  readonly suffix: string;
  readonly name: string;
  readonly days: number;
  readonly json: boolean;
}

interface NewFile {
  readonly file: string;
  readonly content: string;
  readonly mode: number;
}

interface Made {
  readonly purpose: KeyPurpose;
  readonly files: readonly NewFile[];
  /** SHA-256 of the certificate, the RFC 7638 thumbprint of the exchange key, or the name of the state key. */
  readonly thumbprint: string;
}

export async function keys(options: KeysOptions, terminal: Terminal): Promise<number> {
  const taken = options.only
    .flatMap((purpose) => fileNames(purpose, options))
    .filter((file) => existsSync(file));
  if (taken.length > 0) {
    terminal.err(`Nothing was written: ${taken.join(', ')} exist${taken.length === 1 ? 's' : ''} already.`);
    terminal.err(
      'Use --suffix -2027 for the next keys, --only for the missing ones, or --into for another directory.',
    );
    return exit.findings;
  }
  const made = await Promise.all(options.only.map((purpose) => make(purpose, options)));
  mkdirSync(options.into, { recursive: true, mode: 0o700 });
  for (const { file, content, mode } of made.flatMap((one) => one.files)) {
    writeFileSync(file, content, { flag: 'wx', mode });
  }
  tell(made, options, terminal);
  return exit.fine;
}

function fileNames(
  purpose: KeyPurpose,
  { into, suffix }: KeysOptions,
): readonly [string] | readonly [string, string] {
  const base = join(into, purpose + suffix);
  return purpose === 'exchange' || purpose === 'state' ? [`${base}.key`] : [`${base}.key`, `${base}.crt`];
}

async function make(purpose: KeyPurpose, options: KeysOptions): Promise<Made> {
  if (purpose === 'state') return makeStateKey(options);
  const [keyFile, certificateFile] = fileNames(purpose, options);
  if (certificateFile === undefined) {
    const key = makeExchangeKey();
    return {
      purpose,
      files: [{ file: keyFile, content: key, mode: 0o600 }],
      thumbprint: publicJwk(createPrivateKey(key)).kid,
    };
  }
  const pair = await makeRsaPair(options.name, options.days, { clock: systemClock, random: systemRandom });
  return {
    purpose,
    files: [
      { file: keyFile, content: pair.key, mode: 0o600 },
      { file: certificateFile, content: pair.certificate, mode: 0o644 },
    ],
    thumbprint: describeCertificate(readCertificate(pair.certificate)).thumbprint,
  };
}

function makeStateKey(options: KeysOptions): Made {
  const [file] = fileNames('state', options);
  const key = newStateKey(systemRandom);
  const [thumbprint] = new StateKeys([key]).ids;
  return { purpose: 'state', files: [{ file, content: stateKeyText(key), mode: 0o600 }], thumbprint };
}

function tell(made: readonly Made[], options: KeysOptions, terminal: Terminal): void {
  const rows = made.map(({ purpose, files, thumbprint }) => ({
    purpose,
    files: files.map(({ file }) => file),
    thumbprint,
  }));
  if (options.json) {
    terminal.out(json(rows));
    return;
  }
  for (const { purpose, files, thumbprint } of rows) {
    terminal.out(`${purpose.padEnd(10)} ${files.join(', ')}`);
    terminal.out(`           ${files.length === 1 ? 'key ID' : 'SHA-256'} ${thumbprint}`);
  }
  terminal.out('Keep the .key files out of version control and readable by this service only.');
}
