/** docs/scale.md: arithmetic beside a simulation of every person, from the numbers of the last whole bench. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

it('docs/scale.md is what the model says and the simulation agrees with', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-scale-'));
  try {
    const page = join(directory, 'scale.md');
    execFileSync(process.execPath, [join(root, 'test/bench/scale/run.mjs'), page]);
    expect(readFileSync(join(root, 'docs/scale.md'), 'utf8')).toBe(readFileSync(page, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
});
