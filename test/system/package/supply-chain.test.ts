/** What a security team asks of a package: the same bytes from the same source, fixed versions, and a list of what is inside. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../guards/sources';
import { npm, pack, type Packed } from './packed';

jest.setTimeout(240_000);

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { dependencies } = json(join(root, 'package.json')) as { dependencies: Record<string, string> };
let packed: Packed;
beforeAll(() => (packed = pack()));
afterAll(() => packed.remove());

describe('#package/reproducible the package', () => {
  it('has the same bytes when it is built anew, in another place', () => {
    const again = pack();
    expect(again.from).not.toBe(packed.from);
    expect(Object.fromEntries(again.hashes)).toEqual(Object.fromEntries(packed.hashes));
    expect([...again.hashes.keys()].filter((name) => name.startsWith('dist/')).length).toBeGreaterThan(100);
    again.remove();
  });

  it('names no place of the machine that built it', () => {
    const guilty = [...packed.hashes.keys()]
      .filter((name) => !name.endsWith('.tgz'))
      .filter((name) =>
        [root, packed.from].some((place) => readFileSync(join(packed.content, name), 'utf8').includes(place)),
      );
    expect(guilty).toEqual([]);
  });
});

describe('npm-shrinkwrap.json', () => {
  const lock = json(join(root, 'package-lock.json')) as Lock;
  let shrinkwrap: Lock;
  beforeAll(() => (shrinkwrap = json(join(packed.content, 'npm-shrinkwrap.json')) as Lock));

  it('fixes the versions of package-lock.json, by their hashes', () => {
    const others = Object.entries(shrinkwrap.packages).filter(([path]) => path !== '');
    expect(others.length).toBeGreaterThan(Object.keys(dependencies).length);
    for (const [path, { version, integrity }] of others) {
      expect([path, version, integrity]).toEqual([
        path,
        lock.packages[path]?.['version'],
        lock.packages[path]?.['integrity'],
      ]);
      expect(integrity).toMatch(/^sha512-/);
    }
  });

  it('holds every run-time dependency and nothing of development', () => {
    const paths = Object.keys(shrinkwrap.packages);
    expect(paths).toEqual(
      expect.arrayContaining(Object.keys(dependencies).map((name) => `node_modules/${name}`)),
    );
    expect(paths.filter((path) => lock.packages[path]?.['dev'] === true)).toEqual([]);
    expect(Object.keys(lock.packages).filter((path) => lock.packages[path]?.['dev'] !== true)).toEqual(paths);
  });

  it('names no registry, and is taken away after packing', () => {
    expect(JSON.stringify(shrinkwrap)).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/);
    expect(existsSync(join(root, 'npm-shrinkwrap.json'))).toBe(false);
  });
});

describe('npm run sbom', () => {
  it('lists every run-time dependency with the version that is locked', () => {
    const text = execFileSync(npm, ['run', '--silent', 'sbom'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const bom = JSON.parse(text.toString()) as {
      bomFormat: string;
      components: { group?: string; name: string; version: string }[];
    };
    expect(bom.bomFormat).toBe('CycloneDX');
    const listed = bom.components.map(
      ({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`,
    );
    const { packages } = json(join(root, 'package-lock.json')) as Lock;
    const locked = Object.keys(dependencies).map(
      (name) => `${name}@${String(packages[`node_modules/${name}`]?.['version'])}`,
    );
    expect(listed).toEqual(expect.arrayContaining(locked));
    expect(listed.filter((name) => /^(jest|typescript|eslint)@/.test(name))).toEqual([]);
  });
});
