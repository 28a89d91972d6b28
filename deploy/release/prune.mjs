// Takes from dist what nobody can reach: the program is one file, and a host application comes in by index.js and index.d.ts.
// What is published is what is used, and it stays small.

import { existsSync, readdirSync, readFileSync, rmSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const specifiers = /(?:from|import|import\(|require\()\s*["'](\.[^"']+)["']/g;

function reachable(...entries) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const extension = file.endsWith('.d.ts') ? '.d.ts' : '.js';
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(specifiers)) {
      const target = resolve(dirname(file), specifier.replace(/\.js$/, ''));
      // A folder is imported by its name, too.
      visit(existsSync(target + extension) ? target + extension : join(target, `index${extension}`));
    }
  };
  for (const entry of entries) visit(join(dist, entry));
  return seen;
}

// The thread is started by the name of its file (src/sso/metadata-thread).
const kept = reachable('index.js', 'index.d.ts', 'sso/metadata-worker.js');
const whole = new Set([join(dist, 'cli', 'bin.js')]);
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && /\.(js|d\.ts)$/.test(file) && !kept.has(file) && !whole.has(file)) rmSync(file);
}
const directories = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
for (const entry of directories.sort((one, other) => other.parentPath.length - one.parentPath.length)) {
  const directory = join(entry.parentPath, entry.name);
  if (readdirSync(directory).length === 0) rmdirSync(directory);
}
