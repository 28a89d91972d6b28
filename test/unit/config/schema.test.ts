/**
 * The schema of the configuration, beside what every other test loads (support/makers/schema-judge compares the two judges
 * there): what `init` writes, what only the schema says, and each way in which the two differ.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  firstPlaces,
  installedSchema,
  writeFirstConfiguration,
} from '../../../src/admin/first-configuration';
import { loadConfig } from '../../../src/config/load';
import { schemaLimits } from '../../../src/config/schema';
import { parseYaml } from '../../../src/config/yaml';
import { changed, makeExample, yaml, type Example } from '../../support/makers/configuration';
import { schemaFindings } from '../../support/makers/schema-judge';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const judge = (text: string): readonly string[] => schemaFindings(parseYaml(text));

describe('what init writes', () => {
  it.each([undefined, 'mail', 'urn:oid:0.9.2342.19200300.100.1.3', "it's: odd"])(
    'satisfies the schema, and its first line leads an editor there (emailFrom %s)',
    (emailFrom) => {
      const file = join(example.directory, `first-${String(emailFrom?.length)}.yaml`);
      const addresses = {
        baseUrl: 'https://sso.a.example',
        siteUrl: 'https://a.example',
        domain: 'a.example',
      };
      expect(writeFirstConfiguration(file, { ...addresses, emailFrom })).toBeDefined();
      const text = readFileSync(file, 'utf8');
      expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${installedSchema}`);
      expect(judge(text)).toEqual([]);
      expect(firstPlaces(file).exists).toBe(true);
    },
  );
});

describe('the schema', () => {
  it.each([
    [
      'every option that may be written',
      `${yaml}log: { level: debug }\nverification: { secondOpinion: true }\n`,
    ],
    [
      'variables in the place of texts, numbers and choices',
      changed('port: 3000', 'port: ${PORT}\n  host: ${H}'),
    ],
    ['a star, alone', changed('[acme.com]', '"*"')],
    ['a star in a list', changed('[acme.com]', '["*"]')],
    ['metadata that somebody will bring', changed('idp.xml', 'setup')],
    ['metadata by its address', changed('idp.xml', 'https://idp.example/metadata?a=b')],
    ['loopback without TLS', changed('https://sso.example.com', 'http://127.0.0.1:3000/sso')],
  ])('accepts %s', (_title, text) => expect(judge(text)).toEqual([]));

  it.each([
    ['a variable in the place of true', 'allowSha1: ${YES}', /allowSha1 must be boolean/],
    ['an address of nobody', 'contactEmail: nobody', /contactEmail must match/],
    ['half a number', 'maxAuthnAgeSeconds: 60.5', /maxAuthnAgeSeconds must be integer/],
  ])('marks %s at its place', (_title, line, finding) => {
    expect(judge(changed('site: portal', `site: portal\n    ${line}`)).join('\n')).toMatch(finding);
  });

  it('never asks for a secret in the file: a variable passes, its value does not', () => {
    const invoke = (key: string): string =>
      changed('httpFunction', `invoke\n      siteId: abc\n      apiKey: ${key}`);
    expect(judge(invoke('${API_KEY}'))).toEqual([]);
    expect(judge(invoke('IST.abc'))).not.toEqual([]);
    expect(judge(invoke('${API_KEY} '))).toEqual([]); // YAML drops the blank
    expect(judge(invoke('"${1}"'))).not.toEqual([]);
  });
});

describe('where schema and loader differ', () => {
  const loads = async (text: string): Promise<boolean> => {
    const file = join(example.directory, 'differs.yaml');
    writeFileSync(file, text);
    return loadConfig(file, { env: {}, now: 0 }).then(
      () => true,
      () => false,
    );
  };

  it.each([
    [schemaLimits[0], changed('sp.key', 'nowhere.key'), true],
    [schemaLimits[1], changed('site: portal', 'site: shop'), true],
    [schemaLimits[3], changed('https://sso', 'HTTPS://sso'), false],
    [schemaLimits[3], changed('  signing:', `  displayName: "${'a'.repeat(120)} "\n  signing:`), false],
    [schemaLimits[4], changed('https://sso.example.com', '"https://[::"'), true],
  ])('%s', async (_limit, text, schemaAccepts) => {
    expect(judge(text).length === 0).toBe(schemaAccepts);
    expect(await loads(text)).toBe(!schemaAccepts);
  });

  it(String(schemaLimits[2]), async () => {
    expect(await loads(changed('state: memory', 'state:'))).toBe(true);
  });

  it('is listed in the schema itself', () => {
    const { $comment } = JSON.parse(
      readFileSync(join(__dirname, '..', '..', '..', 'docs', 'wix-saml.schema.json'), 'utf8'),
    ) as { $comment: string };
    for (const limit of schemaLimits) expect($comment).toContain(limit);
  });
});
