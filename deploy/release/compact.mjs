// Takes the comments from the programs in dist: they are a fifth of the package, and stand in the sources. Names and lines stay,
// so that a stack trace says where and the code can be read. Declarations keep their comments.

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
    charset: 'utf8',
  });
  writeFileSync(file, code);
}
