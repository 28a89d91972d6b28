// Takes comments and indentation from the programs in dist: they are a quarter of the package, and whoever wants to read has
// the sources. Names stay, and lines stay short, so that a stack trace says where. Declarations keep their comments.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
  const file = join(entry.parentPath, entry.name);
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    lineLimit: 110,
  });
  writeFileSync(file, code);
}
