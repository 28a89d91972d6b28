// The service as an administrator sets it up: every step through the command line, with an IdP's metadata file.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { WixSite } from '../../support/wix';
import { freePort } from '../../support/makers/free-port';
import { stopped } from './processes';

const program = join(__dirname, '..', '..', '..', 'dist', 'cli', 'bin.js');
const startWithinMs = 20_000;

export interface ServiceOptions {
  readonly port: number;
  readonly site: WixSite;
  readonly idpMetadataXml: string;
  /** YAML that replaces `state: memory`. */
  readonly state?: string;
  /** YAML lines, without indentation, for the connection. */
  readonly connection?: readonly string[];
  /** YAML lines, without indentation, for the exchange of the site. */
  readonly exchange?: readonly string[];
  /** Further connections, as YAML at their place in the file. */
  readonly moreConnections?: string;
  /** Where a proxy in front of it is reached; default: the port itself. */
  readonly baseUrl?: string;
  /** How many proxies are in front. */
  readonly trustProxy?: number;
  /** Further files beside the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** YAML at the end of the file. */
  readonly more?: string;
  /** Several processes on the port; one without a primary when absent. */
  readonly workers?: number;
}

export interface Service {
  readonly baseUrl: string;
  /** As `wix-saml metadata` prints it. */
  readonly metadataXml: string;
  readonly config: string;
  readonly pid: number | undefined;
  /** Log lines so far; a killed process has its own. */
  readonly log: readonly string[];
  /** Ends the process without a word (SIGKILL) and starts it anew. */
  kill(): Promise<void>;
  /** Another process with the same configuration, on another port. */
  again(): Promise<{ readonly baseUrl: string; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function startService(options: ServiceOptions): Promise<Service> {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-real-'));
  const { port, site } = options;
  const baseUrl = options.baseUrl ?? `http://localhost:${port}`;
  const config = join(directory, 'wix-saml.yaml');
  try {
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
    writeFileSync(config, configured(readFileSync(config, 'utf8'), options));
    await run('keys', '--into', join(directory, 'certs', 'sp'));
    const files = { 'metadata/idp/acme.xml': options.idpMetadataXml, ...options.files };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const metadataXml = await run('metadata', '--config', config);
    const told = await run('site', '--config', config, '--into', join(directory, 'site'), '--json');
    const { secret } = JSON.parse(told) as { secret: { name: string; value: object } };
    await site.setSecret(secret.name, JSON.stringify(secret.value));
    let running = await serve(config, options.workers);
    const kill = async (): Promise<void> => {
      await running.kill();
      running = await serve(config, options.workers);
    };
    const again = async (): Promise<{ baseUrl: string; stop(): Promise<void> }> => {
      const otherPort = await freePort();
      const other = join(directory, `wix-saml-${otherPort}.yaml`);
      writeFileSync(other, readFileSync(config, 'utf8').replace(`port: ${port}`, `port: ${otherPort}`));
      const process = await serve(other);
      return { baseUrl: `http://localhost:${otherPort}`, stop: process.stop };
    };
    const stop = async (): Promise<void> => {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    };
    return {
      ...{ baseUrl, metadataXml, config, again, kill, stop },
      get pid() {
        return running.pid;
      },
      get log() {
        return running.log;
      },
    };
  } catch (cause) {
    rmSync(directory, { recursive: true, force: true });
    throw cause;
  }
}

function configured(
  yaml: string,
  {
    port,
    state,
    connection = [],
    exchange = [],
    moreConnections = '',
    trustProxy = 0,
    more = '',
  }: ServiceOptions,
): string {
  const lines = yaml
    .replace('port: 3000', `port: ${port}`)
    .replace('trustProxy: 0', `trustProxy: ${trustProxy}`)
    .split('\n');
  const at = lines.findIndex((line) => /^ {4}idpMetadata:/.test(line));
  lines.splice(at, 0, ...connection.map((line) => `    ${line}`));
  const exchangeAt = lines.findIndex((line) => /^ {4}exchange:/.test(line));
  lines.splice(exchangeAt + 1, 0, ...exchange.map((line) => `      ${line}`));
  const text = `${lines.join('\n')}${moreConnections}${more}`;
  return state === undefined ? text : text.replace(/^#? ?state: .*$/m, `state: ${state}`);
}

async function run(...args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [program, ...args])).stdout;
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
    throw new Error(`wix-saml ${args[0] ?? ''} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause });
  }
}

async function serve(config: string, workers?: number) {
  const several = workers === undefined ? [] : ['--workers', String(workers)];
  const readyEvent = workers === undefined ? '"serve.ready"' : '"workers.ready"';
  const child = spawn(process.execPath, [program, 'serve', '--config', config, ...several], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString().trimEnd()));
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new Error(`The service did not start (${reason}):\n${log.join('\n')}`));
    const timer = setTimeout(() => fail('too slow'), startWithinMs);
    child.once('exit', (code) => fail(`exit ${String(code)}`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      if (!line.includes(readyEvent)) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve();
    });
  });
  return { pid: child.pid, log, stop: () => stopped(child), kill: () => stopped(child, 'SIGKILL') };
}
