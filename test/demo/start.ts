/**
 * Everything that a sign-in needs on one machine: the real service through its command line, a local identity
 * provider and an emulated Wix site. Set up by the commands that a stranger would use, in the same order.
 */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startIdp, type LocalIdp } from '../support/idp';
import type { WixSite } from '../support/wix';
import { startWixSite } from '../support/makers/made-site';

export interface Demo {
  readonly baseUrl: string;
  readonly idp: LocalIdp;
  readonly site: WixSite;
  /** Log lines of the service so far. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** From `test/demo` as well as from the compiled `.build/test/demo`. */
const program = join(__dirname, '..', '..', 'dist', 'cli', 'bin.js').replace(/\.build.dist/, 'dist');
const endsWithParent = join(__dirname, 'ends-with-parent.cjs').replace(/\.build.test/, 'test');
const startWithinMs = 20_000;

export async function startDemo(): Promise<Demo> {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-demo-'));
  const undo: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const port = await freePort();
    const baseUrl = `http://localhost:${port}`;
    const idp = await startIdp();
    undo.push(() => idp.close());
    const site = await startWixSite({
      settings: { serviceProvider: baseUrl, site: 'portal', redeem: 'page' },
    });
    undo.push(() => site.stop());
    const config = await configure(directory, { port, baseUrl, idp, site });
    const service = spawn(
      process.execPath,
      ['--require', endsWithParent, program, 'serve', '--config', config],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    undo.push(() => ended(service));
    const log = await ready(service);
    return { baseUrl, idp, site, log, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

interface Parts {
  readonly port: number;
  readonly baseUrl: string;
  readonly idp: LocalIdp;
  readonly site: WixSite;
}

/** init, keys, metadata, site: what docs/set-up.md tells an administrator and a site owner to do. */
async function configure(directory: string, { port, baseUrl, idp, site }: Parts): Promise<string> {
  const config = join(directory, 'wix-saml.yaml');
  await run(
    'init',
    '--config',
    config,
    '--base-url',
    baseUrl,
    '--site-url',
    site.url,
    '--domain',
    'example.com',
  );
  writeFileSync(config, readFileSync(config, 'utf8').replace('port: 3000', `port: ${port}`));
  await run('keys', '--into', join(directory, 'certs', 'sp'));
  writeFileSync(join(directory, 'metadata', 'idp', 'acme.xml'), idp.metadataXml);
  idp.registerServiceProvider(await run('metadata', '--config', config));
  const told = await run('site', '--config', config, '--into', join(directory, 'site'), '--json');
  const { secret } = JSON.parse(told) as { secret: { name: string; value: object } };
  await site.setSecret(secret.name, JSON.stringify(secret.value));
  await run('check', '--config', config, '--site');
  return config;
}

async function run(...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
    return stdout;
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
    throw new Error(`wix-saml ${args[0] ?? ''} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Resolves at the line that says "ready"; the returned list goes on growing. */
function ready(service: ChildProcess): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const log: string[] = [];
    const fail = (reason: string): void =>
      reject(new Error(`The service did not start (${reason}):\n${log.join('\n')}`));
    const timer = setTimeout(() => fail('too slow'), startWithinMs);
    service.once('exit', (code) => fail(`exit ${String(code)}`));
    service.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString().trimEnd()));
    if (service.stdout === null) throw new TypeError('the service needs its standard output');
    createInterface({ input: service.stdout }).on('line', (line) => {
      log.push(line);
      if (!line.includes('"serve.ready"')) return;
      clearTimeout(timer);
      service.removeAllListeners('exit');
      resolve(log);
    });
  });
}

async function ended(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const gone = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await gone;
}
