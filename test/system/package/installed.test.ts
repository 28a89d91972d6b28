/**
 * From `npm pack` in an empty folder, as a stranger has it: demo, init, keys, check, serve, dev, and the types of a host
 * application in strict TypeScript. Needs a registry or npm's cache; skips loudly where there is neither, and fails under CI.
 */

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '../../demo/sign-in';
import { root } from '../../guards/sources';
import { idpMetadata, makeIdpKeys } from '../../support/idp';
import { freePort, isFree } from '../../support/makers/free-port';
import { visitWixSite } from '../../support/wix';
import { npm, pack } from './packed';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'wix-saml-stranger-'));
/** Where its processes put what is temporary: nobody else's is counted. */
const temporary = mkdtempSync(join(tmpdir(), 'wix-saml-stranger-tmp-'));
const env = { ...process.env, TMPDIR: temporary };
const program = join(folder, 'node_modules', '.bin', 'wix-saml');
const isInstalled = install();
const installed = isInstalled ? describe : describe.skip;
afterAll(() => {
  for (const directory of [folder, temporary]) rmSync(directory, { recursive: true, force: true });
});

function install(): boolean {
  const packed = pack();
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', packed.file];
    const { status, stderr } = spawnSync(npm, args, { cwd: folder });
    if (status === 0) return true;
    if (process.env['CI'] === 'true') throw new Error(`npm install failed: ${stderr.toString()}`);
    process.stderr.write(
      'SKIPPED: npm cannot install the package here, so nothing was tried in an empty folder.\n',
    );
    return false;
  } finally {
    packed.remove();
  }
}

interface Started {
  readonly child: ChildProcess;
  /** All of standard output and error so far. */
  text(): string;
  /** Resolves when the pattern was printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and gives the exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

function begin(args: readonly string[]): Started {
  const child = spawn(program, args, { cwd: folder, env });
  let text = '';
  const take = (chunk: Buffer): void => void (text += chunk.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    child,
    text: () => text,
    async printed(pattern) {
      for (let attempt = 0; attempt < 600; attempt += 1) {
        const found = pattern.exec(text);
        if (found !== null) return found;
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      child.kill();
      throw new Error(`${args.join(' ')} did not print ${String(pattern)}:\n${text}`);
    },
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

const wixSaml = (...args: string[]) => spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });

const leftBehind = (): string[] =>
  readdirSync(temporary).filter((name) => name.startsWith('wix-saml-local-'));

installed('what is installed', () => {
  it('is what was locked, whole and without anything of development', () => {
    expect(spawnSync(npm, ['ls', '--all', '--silent'], { cwd: folder }).status).toBe(0);
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    for (const name of ['express', 'saxes', 'undici', 'xml-crypto']) {
      const places = ['node_modules', 'node_modules/wix-saml/node_modules'].map((place) =>
        join(folder, place, name, 'package.json'),
      );
      const found = places.find((place) => existsSync(place)) ?? '';
      const { version } = JSON.parse(readFileSync(found, 'utf8')) as { version: string };
      expect([name, version]).toEqual([name, packages[`node_modules/${name}`]?.version]);
    }
    expect(existsSync(join(folder, 'node_modules', 'jest'))).toBe(false);
  });

  it('can be required and imported', () => {
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, args, { cwd: folder }).toString().trim();
    expect(run('-e', 'console.log(typeof require("wix-saml").createApp)')).toBe('function');
    const script = 'import { start } from "wix-saml"; console.log(typeof start)';
    expect(run('--input-type=module', '-e', script)).toBe('function');
  });

  it('types a host application in strict TypeScript, and refuses what it must', () => {
    cpSync(join(__dirname, 'host'), folder, { recursive: true });
    const types = join(folder, 'node_modules', '@types');
    if (!existsSync(types)) symlinkSync(join(root, 'node_modules', '@types'), types, 'junction');
    const flags = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit'];
    const modules = [
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
      '--skipLibCheck',
      'false',
    ];
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, ...flags, ...modules, 'typed.mts', 'typed.cts'];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: folder });
    expect([stdout.toString(), status]).toEqual(['', 0]);
  });
});

installed('npx wix-saml demo', () => {
  let port: number;
  beforeAll(async () => void (port = await freePort(3)));

  it('signs somebody in, prints one address, and leaves nothing behind after Ctrl-C', async () => {
    const before = leftBehind();
    const demo = begin(['demo', '--port', String(port)]);
    const [, address = ''] = await demo.printed(/^Open (http:\S+) /m);
    expect(demo.text().match(/http:/g)).toHaveLength(1);
    const place = { site: visitWixSite(address), baseUrl: `http://localhost:${port}` };
    const { member, page } = await signIn(place, 'alice-example.com');
    expect([member.email, page]).toEqual(['alice@example.com', '/members']);

    const second = wixSaml('demo', '--port', String(port));
    expect([second.status, second.stderr]).toEqual([
      2,
      expect.stringMatching(/Port \d+ of this machine is taken/),
    ]);

    expect(await demo.stop('SIGINT')).toBe(0);
    expect(await Promise.all([0, 1, 2].map((index) => isFree(port + index)))).toEqual([true, true, true]);
    expect(leftBehind()).toEqual(before);
  });

  it('ends at SIGTERM, also while it starts', async () => {
    const before = leftBehind();
    const demo = begin(['demo', '--port', String(port)]);
    while (leftBehind().length === before.length) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await demo.stop('SIGTERM')).toBe(0);
    expect(await Promise.all([0, 1, 2].map((index) => isFree(port + index)))).toEqual([true, true, true]);
    expect(leftBehind()).toEqual(before);
  });

  it('answers no page of another host', async () => {
    const demo = begin(['demo', '--port', String(port)]);
    await demo.printed(/^Open /m);
    const { request } = await import('node:http');
    const statusFor = (at: number, host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port: at, path: '/', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.once('error', reject).end();
      });
    for (const at of [port + 1, port + 2]) {
      expect([await statusFor(at, 'evil.example'), await statusFor(at, `localhost:${at}`)]).toEqual([
        403, 200,
      ]);
    }
    expect(await demo.stop('SIGTERM')).toBe(0);
  });
});

installed('init, keys, check, serve, dev', () => {
  let port: number;
  beforeAll(async () => void (port = await freePort(3)));

  it('lead from nothing to a service that is ready', async () => {
    const baseUrl = `http://localhost:${port}`;
    const site = 'https://www.example.com';
    expect(
      wixSaml('init', '--yes', '--base-url', baseUrl, '--site-url', site, '--email-from', 'mail').status,
    ).toBe(0);
    const file = join(folder, 'wix-saml.yaml');
    const text = readFileSync(file, 'utf8');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(existsSync(join(folder, schema))).toBe(true);
    writeFileSync(file, text.replace('port: 3000', `port: ${port}`));

    expect(wixSaml('check').status).toBe(1);
    expect(wixSaml('keys').status).toBe(0);
    const metadata = idpMetadata({
      entityId: 'https://idp.example/metadata',
      ssoUrl: 'https://idp.example/sso',
      certificates: [makeIdpKeys().certificateBase64],
    });
    writeFileSync(join(folder, 'metadata', 'idp', 'acme.xml'), metadata);
    const checked = wixSaml('check');
    expect([checked.status, checked.stderr]).toEqual([0, '']);

    const service = begin(['serve']);
    await service.printed(/"serve\.ready"/);
    expect((await fetch(`${baseUrl}/readyz`)).status).toBe(200);
    expect(await service.stop('SIGTERM')).toBe(0);
  });

  it('dev signs somebody in with the same file and no metadata of an IdP', async () => {
    rmSync(join(folder, 'metadata'), { recursive: true, force: true });
    const before = leftBehind();
    const dev = begin(['dev', '--port', String(port + 1)]);
    const [, address = ''] = await dev.printed(/^Open (http:\S+) /m);
    expect(dev.text()).toMatch(/SIGNS ANYBODY IN/);
    const place = { site: visitWixSite(address), baseUrl: `http://localhost:${port}` };
    expect((await signIn(place, 'bob-example.com')).member.email).toBe('bob@example.com');
    expect(dev.text()).toMatch(/"login\.accepted"/);
    expect(await dev.stop('SIGTERM')).toBe(0);
    expect(leftBehind()).toEqual(before);
  });

  it('dev is of no use for a service that others can reach', () => {
    const file = join(folder, 'wix-saml.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/baseUrl: http:.*/, 'baseUrl: https://sso.example.com'),
    );
    const { status, stderr } = wixSaml('dev');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/must be an http address of this machine/)]);
  });
});
