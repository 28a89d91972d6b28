/** The generated pages of docs/ are what the source says; `npm run docs` renews them. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { idpProducts } from '../../src/admin/idps';
import { errorTable } from '../../src/core/error-table';
import { turnOf, turns } from '../../src/core/turns';
import { generatedPages } from './pages';
import { codesWithoutArea } from './pages/errors';
import { root } from './sources';

const pages = generatedPages();

if (process.env['UPDATE_DOCS'] === '1') {
  for (const [name, text] of pages) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

it.each([...pages])('%s is what the source says (npm run docs)', (name, text) => {
  expect(existsSync(join(root, name)) && readFileSync(join(root, name), 'utf8')).toBe(text);
});

it('docs/idps has a page for every product and no other', () => {
  const files = readdirSync(join(root, 'docs', 'idps')).sort();
  expect(files).toEqual(['README.md', ...idpProducts.map(({ id }) => `${id}.md`)].sort());
});

it('docs/errors.md has every code once', () => {
  expect(codesWithoutArea()).toEqual([]);
  const headings = [...(pages.get('docs/errors.md') ?? '').matchAll(/^### ([A-Z0-9_]+)$/gm)];
  expect(headings.map(([, code = '']) => code).sort()).toEqual(Object.keys(errorTable).sort());
});

it('it is somebody’s turn after every refusal, and everybody’s after some', () => {
  expect(Object.keys(turnOf)).toEqual(Object.keys(errorTable));
  expect([...new Set(Object.values(turnOf))].sort()).toEqual([...turns].sort());
});
