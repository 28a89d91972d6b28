/** The floors hold: imports go down, never in a circle, never out of src, and each package has one door. */

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { resolveImport, root, sourceFiles } from './sources';

const floors: Readonly<Record<string, number>> = {
  core: 0,
  saml: 1,
  policy: 2,
  stores: 2,
  wix: 3,
  sso: 4,
  admin: 5,
  http: 6,
  config: 6,
  server: 7,
  '.': 8,
  cli: 8,
};

const files = sourceFiles();
const names = new Set(files.map(({ name }) => name));
const folderOf = (name: string): string => (name.includes('/') ? (name.split('/')[0] ?? '') : '.');
const relative = files.flatMap(({ name, imports }) =>
  imports.filter((specifier) => specifier.startsWith('.')).map((specifier) => ({ name, specifier })),
);

describe('imports', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(relative.length).toBeGreaterThan(100);
  });

  it('stay inside src and mean a file', () => {
    const lost = relative.filter(
      ({ name, specifier }) => resolveImport(name, specifier, names) === undefined,
    );
    expect(lost).toEqual([]);
  });

  it('stand in a known folder', () => {
    expect(files.map(({ name }) => folderOf(name)).filter((folder) => !(folder in floors))).toEqual([]);
  });

  it('go to the own folder or a lower floor', () => {
    const upward = relative.filter(({ name, specifier }) => {
      const target = folderOf(resolveImport(name, specifier, names) ?? name);
      const own = folderOf(name);
      return target !== own && (floors[target] ?? 99) >= (floors[own] ?? -1);
    });
    expect(upward).toEqual([]);
  });

  it('form no circle', () => {
    const graph = new Map(
      files.map(({ name, imports }) => [
        name,
        imports.flatMap((specifier) =>
          specifier.startsWith('.') ? [resolveImport(name, specifier, names) ?? ''] : [],
        ),
      ]),
    );
    expect(findCircle(graph)).toEqual([]);
  });

  it('say no extension, but for what is loaded late', () => {
    const extended = relative.filter(({ specifier }) => /\.[jt]s$/.test(specifier));
    expect(new Set(extended.map(({ name }) => name))).toEqual(
      new Set(['cli/program.ts', 'cli/serve.ts', 'server/process.ts', 'server/workers/primary.ts']),
    );
  });
});

describe('third-party packages', () => {
  const builtins = new Set(builtinModules);
  const uses = files.flatMap(({ name, imports }) =>
    imports
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map((specifier) => ({ name, specifier, package: packageOf(specifier) })),
  );

  it('are declared as dependencies', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const undeclared = uses.filter((use) => !(use.package in dependencies));
    expect(undeclared).toEqual([]);
    const unused = Object.keys(dependencies).filter((name) => !uses.some((use) => use.package === name));
    expect(unused).toEqual([]);
  });

  it('each have one door', () => {
    const doors = new Map<string, Set<string>>();
    for (const use of uses) doors.set(use.package, (doors.get(use.package) ?? new Set()).add(use.name));
    const several = [...doors]
      .filter(([, through]) => through.size > 1)
      .map(([name, through]) => [name, [...through]]);
    expect(several).toEqual([]);
  });

  it('are never confused with what Node brings, which is written node:…', () => {
    expect(uses.filter(({ specifier }) => builtins.has(specifier) && specifier !== 'undici')).toEqual([]);
  });
});

describe('the local identity provider and the Wix emulator', () => {
  it('import nothing of the product, so that a shared mistake cannot cancel out', () => {
    const list = supportFiles();
    expect(list.length).toBeGreaterThan(10);
    const guilty = list.filter((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/from\s+'(\.[^']+)'/g)].some(([, specifier = '']) =>
        /^src\/(?!wix-site)/.test(posix.normalize(posix.join(dirname(file), specifier))),
      ),
    );
    expect(guilty).toEqual([]);
  });
});

function supportFiles(): string[] {
  return readdirSync(join(root, 'test/support'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|js)$/.test(name) && !name.startsWith('makers'))
    .map((name) => `test/support/${name}`);
}

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** The first circle as a list of files; empty when there is none. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return [];
    for (const next of graph.get(name) ?? []) {
      const circle = visit(next, [...path, name]);
      if (circle.length > 0) return circle;
    }
    done.add(name);
    return [];
  };
  for (const name of graph.keys()) {
    const circle = visit(name, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
