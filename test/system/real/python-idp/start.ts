// Starts an identity provider that is a Python library of Debian's, with a key of its own in a temporary directory.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeIdpKeys } from '../../../support/idp';
import { stopped } from '../processes';

export type Library = 'lasso' | 'pysaml2';

// Debian's own Python: another one does not see Debian's packages.
const python = '/usr/bin/python3';
const packages = '/usr/lib/python3/dist-packages';
const startWithinMs = 20_000;

export const isHere = (library: Library): boolean =>
  existsSync(python) && existsSync(join(packages, library === 'lasso' ? 'lasso.py' : 'saml2'));

export interface PythonIdp {
  readonly baseUrl: string;
  readonly metadataXml: string;
  /** The IdP's defaults, with these instead. Takes effect with the next request. */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** What it said on standard error. */
  log(): string;
  stop(): Promise<void>;
}

/** @param serviceProvider our metadata; it may be asked for only when the IdP's own is known */
export async function startPythonIdp(library: Library, serviceProvider: () => string): Promise<PythonIdp> {
  const directory = mkdtempSync(join(tmpdir(), `wix-saml-${library}-`));
  const keys = makeIdpKeys();
  const [key, certificate] = [join(directory, 'idp.key'), join(directory, 'idp.crt')];
  writeFileSync(key, keys.privateKeyPem);
  writeFileSync(certificate, keys.certificatePem);
  const child = spawn(python, ['-W', 'ignore', join(__dirname, `${library}_idp.py`), key, certificate], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const stop = async (): Promise<void> => {
    await stopped(child);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const baseUrl = await new Promise<string>((resolve, reject) => {
      const fail = (reason: string): void =>
        reject(new Error(`${library} did not start (${reason}):\n${said.join('')}`));
      const timer = setTimeout(() => fail('too slow'), startWithinMs);
      child.once('exit', (code) => fail(`exit ${String(code)}`));
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(timer);
        child.removeAllListeners('exit');
        resolve(line);
      });
    });
    const configure = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
      const body = JSON.stringify({ ...settings, serviceProvider: serviceProvider() });
      const answer = await fetch(`${baseUrl}/configure`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`${await answer.text()}\n${said.join('')}`);
    };
    const metadataXml = await (await fetch(`${baseUrl}/metadata`)).text();
    return { baseUrl, metadataXml, configure, log: () => said.join(''), stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
