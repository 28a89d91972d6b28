/** docs/performance.md says what the last whole bench measured, and nothing else. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

it('docs/performance.md and its plots are made from docs/performance.json', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-page-'));
  try {
    const script = join(root, 'test/bench/page.mjs');
    execFileSync(process.execPath, [script, join(root, 'docs/performance.json'), directory]);
    const plots = readdirSync(join(directory, 'diagrams')).map((name) => join('diagrams', name));
    expect(plots.length).toBeGreaterThan(2);
    for (const name of ['performance.md', ...plots])
      expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe(
        readFileSync(join(directory, name), 'utf8'),
      );
  } finally {
    rmSync(directory, { recursive: true });
  }
});
