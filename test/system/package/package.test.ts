/** The package as a stranger gets it: built, complete, small, typed, with a program that runs and a demo that signs in. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/makers/free-port';
import { root } from '../../guards/sources';

jest.setTimeout(120_000);

interface Manifest {
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
let packed: readonly string[];
let packedBytes: number;

beforeAll(() => {
  const listing = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    stdio: 'pipe',
  });
  const [entry] = JSON.parse(listing.toString()) as { files: { path: string }[]; unpackedSize: number }[];
  packed = (entry?.files ?? []).map(({ path }) => path);
  packedBytes = entry?.unpackedSize ?? Infinity;
});

describe('the package', () => {
  it('holds every file that its manifest names', () => {
    const named = [manifest.main, manifest.types, ...Object.values(manifest.bin)];
    for (const target of Object.values(manifest.exports)) {
      named.push(...(typeof target === 'string' ? [target] : Object.values(target)));
    }
    const missing = named.map((name) => name.replace(/^\.\//, '')).filter((name) => !packed.includes(name));
    expect(missing).toEqual([]);
  });

  it('holds the code for the Wix site and its documents', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'src/wix-site/backend/http-functions.js',
        'README.md',
        'SECURITY.md',
        'CHANGELOG.md',
        'LICENSE',
        'docs/wix-saml.schema.json',
        'docs/dependencies.md',
      ]),
    );
  });

  it('#package/contents holds no tests, sources, keys or configurations', () => {
    expect(
      packed.filter((name) =>
        /^test\/|\.test\.|\.key$|\.ya?ml$|^src\/(?!wix-site\/|README\.md)|^\./.test(name),
      ),
    ).toEqual([]);
    // Much of the source stands in it twice: in the program's one file, and in the modules of the library;
    // and so do the sentences of ten languages.
    expect(packedBytes).toBeLessThan(4_000_000);
  });

  it('can be required and gives the documented names', () => {
    const script = 'console.log(JSON.stringify(Object.keys(require("wix-saml")).sort()))';
    const names = execFileSync(process.execPath, ['-e', script], { cwd: root }).toString();
    expect(JSON.parse(names)).toEqual(['ConfigError', 'createApp', 'loadConfig', 'parseConfig', 'start']);
  });

  it('can be imported from an ES module', () => {
    const script = 'import { createApp } from "wix-saml"; console.log(typeof createApp)';
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
    }).toString();
    expect(answer.trim()).toBe('function');
  });

  it('shows no key, no store and no third-party type in its public declarations', () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      for (const [, specifier = ''] of text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
        if (specifier.startsWith('.')) visit(`${join(file, '..', specifier)}.d.ts`);
        else expect([file, specifier]).toEqual([file, 'node:http']);
      }
      expect(
        `${file}: ${/\b(KeyObject|ConfigParts|StateStore|Router|Express)\b/.exec(withoutComments(text))?.[0] ?? ''}`,
      ).toBe(`${file}: `);
    };
    visit(join(root, manifest.types));
    expect(seen.size).toBeGreaterThan(5);
    const declared = packed.filter((name) => name.endsWith('.d.ts')).map((name) => join(root, name));
    expect(declared.sort()).toEqual([...seen].sort());
  });

  it('runs on the Node that it asks for', () => {
    expect(manifest.engines.node).toBe('>=20.19');
  });
});

const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\//g, '');

describe('the program', () => {
  const bin = join(root, manifest.bin['wix-saml'] ?? '');

  it('starts with a line that finds node', () => {
    expect(existsSync(bin) && readFileSync(bin, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
  });

  it('hands its exit code to the shell', () => {
    const run = (...args: string[]): number | null => spawnSync(process.execPath, [bin, ...args]).status;
    expect([run('--version'), run('check', '--config', 'nowhere.yaml'), run('bogus')]).toEqual([0, 1, 2]);
  });
});

describe('npm run demo -- --check', () => {
  it('signs a member in on the real parts', async () => {
    const port = String(await freePort(3));
    const args = ['run', '--silent', 'demo', '--', '--check', '--port', port];
    const { status, stdout, stderr } = spawnSync(npm, args, { cwd: root });
    expect(stderr.toString().replace(/^npm warn.*\n/gm, '')).toBe('');
    expect(stdout.toString()).toMatch(/Signed in: .* <alice@example\.com> on \/members/);
    expect(status).toBe(0);
  });
});
