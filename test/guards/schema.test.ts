/** The published schema and the public type of a configuration are what the options table says (`npm run docs`). */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedSchema } from '../../src/admin/first-configuration';
import { schemaText } from '../../src/config/schema';
import { parseYaml } from '../../src/config/yaml';
import { yaml } from '../support/makers/configuration';
import { schemaFindings } from '../support/makers/schema-judge';
import { configInputSource } from './config-input';
import { root } from './sources';

const fresh: readonly (readonly [file: string, text: () => string])[] = [
  ['docs/wix-saml.schema.json', schemaText],
  ['src/config/config-input.ts', configInputSource],
];

describe('what is made from the options table', () => {
  it.each(fresh)('%s is what the table says (npm run docs)', (name, text) => {
    const file = join(root, name);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text());
    expect(readFileSync(file, 'utf8')).toBe(text());
  });

  it('accepts the configuration that tests change one thing in', () => {
    expect(schemaFindings(parseYaml(yaml))).toEqual([]);
  });

  it('is published where a first configuration points to', () => {
    const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
    expect(files.map((name) => `./node_modules/wix-saml/${name}`)).toContain(installedSchema);
  });
});
