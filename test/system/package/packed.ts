/** The package as `npm pack` makes it, from a copy of the working tree in another place. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../../guards/sources';

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export interface Packed {
  /** Where it was built; nothing is there any more. */
  readonly from: string;
  /** The archive. */
  readonly file: string;
  /** Directory with the unpacked files. */
  readonly content: string;
  /** SHA-256 of the archive and of each file in it, by name. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly bytes: number;
  remove(): void;
}

/** Packs the source tree with everything that `npm publish` would run, in a copy: other tests run what is built here. */
export function pack(): Packed {
  const tree = copyOfTree();
  try {
    return packIn(tree.directory);
  } finally {
    tree.remove();
  }
}

function packIn(tree: string): Packed {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-packed-'));
  execFileSync(npm, ['pack', '--silent', '--pack-destination', directory], { cwd: tree, stdio: 'pipe' });
  const [archive = ''] = readdirSync(directory);
  const file = join(directory, archive);
  execFileSync('tar', ['-xzf', file, '-C', directory], { stdio: 'pipe' });
  const content = join(directory, 'package');
  const names = filesIn(content);
  const hashes = new Map([
    [archive, hashOf(file)],
    ...names.map((name) => [name, hashOf(join(content, name))] as const),
  ]);
  return {
    from: tree,
    file,
    content,
    hashes,
    bytes: names.reduce((sum, name) => sum + readFileSync(join(content, name)).length, 0),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The same tree in another place, without what was built here. */
function copyOfTree(): { readonly directory: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-copy-'));
  const left = new Set([
    'node_modules',
    'dist',
    '.git',
    '.build',
    'coverage',
    'reports',
    'ci-output',
    '.stryker-tmp',
  ]);
  cpSync(root, directory, {
    recursive: true,
    filter: (source) =>
      source === root || !left.has(basename(source)) || !source.startsWith(join(root, basename(source))),
  });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'), 'junction');
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
