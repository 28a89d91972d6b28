/** Each run-time dependency has a sentence in docs/dependencies.md, and nothing else has. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources';

const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
const rows = [...page.matchAll(/^\| `([^`]+)` *\| ([^|]+)\|/gm)].map(([, name = '', why = '']) => ({
  name,
  why,
}));

describe('docs/dependencies.md', () => {
  it('lists the run-time dependencies of package.json, in their order', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(dependencies));
  });

  it('says of each in a sentence why it is there', () => {
    expect(rows.filter(({ why }) => !/^[A-Z][^|]{20,}\. *$/.test(why))).toEqual([]);
  });
});
