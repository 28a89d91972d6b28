/** README.md says what is true: its tables are those of the source, its commands and links exist. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createProgram, loadCommands } from '../../src/cli/program';
import { errorTable } from '../../src/core/error-table';
import { withTables } from './readme-tables';

const root = join(__dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const documents = [
  'README.md',
  'SECURITY.md',
  'docs/dependencies.md',
  'docs/events.md',
  'src/README.md',
  'src/wix-site/README.md',
  'certs/README.md',
  'metadata/README.md',
];

describe('README.md', () => {
  it('has the tables of options and errors as the source has them (npm run docs)', () => {
    const fresh = withTables(read('README.md'));
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(root, 'README.md'), fresh);
    expect(read('README.md')).toBe(fresh);
  });
});

describe.each(documents)('%s', (name) => {
  const text = read(name);

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, script]) => script ?? '');
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('names only commands and options of wix-saml that exist', async () => {
    const silent = { out: () => undefined, err: () => undefined, env: {} };
    const commands = new Map(
      createProgram(await loadCommands(), silent, () => undefined).commands.map((command) => [
        command.name(),
        command,
      ]),
    );
    const wrong = [...text.matchAll(/wix-saml ([a-z]+)((?: +[^\s`#|,.;()][^\s`#|;()]*)*)/g)].filter(
      ([, verb = '', rest = '']) => {
        const command = commands.get(verb);
        if (command === undefined) return !/^(is|for|runs|stands)$/.test(verb);
        const flags = rest.match(/--[a-z-]+/g) ?? [];
        return !flags.every(
          (flag) => flag === '--help' || command.options.some((option) => option.long === flag),
        );
      },
    );
    expect(wrong.map(([whole]) => whole)).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, file]) => file ?? '');
    expect(links.filter((file) => !existsSync(join(root, dirname(name), file)))).toEqual([]);
  });
});

describe('error codes', () => {
  const codes = Object.keys(errorTable);

  it('have the form AREA_OBJECT_PROBLEM', () => {
    expect(
      codes.filter(
        (code) =>
          !/^(HTTP|CONNECTION|LOGIN|SAML|POLICY|TICKET|WIX|STATE|SETUP|INTERNAL)(_[A-Z0-9]+)+$/.test(code),
      ),
    ).toEqual([]);
  });

  it('each have a remedy that ends as a sentence', () => {
    const wrong = Object.entries(errorTable).filter(([, { remedy }]) => !/^[A-Z`].*[.?!]$/.test(remedy));
    expect(wrong).toEqual([]);
  });
});
