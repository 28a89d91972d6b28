/** `wix-saml keys list` and `keys rotate` where nothing can be rotated, and words that mean nothing. */

import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../../../src/server/app';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';

let example: Example;
let file: string;
beforeAll(async () => {
  example = makeExample();
  await example.load();
  file = join(example.directory, 'wix-saml.yaml');
});
afterAll(() => example.remove());

describe('with state in memory', () => {
  it('keys list shows the configured keys and says why they stay', async () => {
    const { code, out, err } = await wixSaml(['keys', 'list', '--config', file]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^signing\n {2}active {4}[0-9a-f]{64} {2}certificate ends \d{4}-\d\d-\d\d, configured\nencryption\n.*\nexchange of site portal\n {2}active {4}[\w-]{43} {2}configured$/,
    );
    expect(err).toMatch(/none can be rotated: with `state: memory` everything is forgotten/);
    const { out: json } = await wixSaml(['keys', 'list', '--json', '--config', file]);
    expect(JSON.parse(json)).toMatchObject({ keys: [{ purpose: 'signing', state: 'active' }, {}, {}] });
  });

  it.each(['signing', 'encryption', 'exchange'])(
    'keys rotate %s refuses, and makes nothing',
    async (purpose) => {
      const before = readdirSync(example.directory);
      const { code, err } = await wixSaml(['keys', 'rotate', purpose, 'publish', '--config', file]);
      expect(code).toBe(1);
      expect(err).toMatch(/^Keys cannot be rotated: .* has to outlive the process/);
      const asked = await wixSaml(['keys', 'rotate', purpose, 'publish', '--json', '--config', file]);
      expect(JSON.parse(asked.out)).toMatchObject({ ok: false });
      expect(readdirSync(example.directory)).toEqual(before);
    },
  );
});

describe('with state in a directory', () => {
  let there: Example;
  let config: string;
  beforeAll(() => {
    there = makeExample();
    config = join(there.directory, 'file.yaml');
    writeFileSync(config, yaml.replace('state: memory', 'state: file:./data'));
  });
  afterAll(() => there.remove());
  const service = async (): Promise<void> => {
    const { app } = openApp(await there.load(readFileSync(config, 'utf8')), { log: () => undefined });
    await app.ready;
    await app.close();
  };
  const rotate = (...words: string[]) => wixSaml(['keys', 'rotate', 'signing', ...words, '--config', config]);

  it('nothing is made there before the service has run', async () => {
    const { code, err } = await rotate('publish');
    expect({ code, says: err.includes('start the service once') }).toEqual({ code: 1, says: true });
    expect((await wixSaml(['check', '--config', config])).out).not.toMatch(/cannot be asked/);
    expect(existsSync(join(there.directory, 'data'))).toBe(false);
  });

  it('a rotation outlives the process: the published key is shown by commands and by the next start', async () => {
    await service();
    expect((await rotate('publish')).code).toBe(0);
    await service();
    expect((await wixSaml(['keys', 'list', '--config', config])).out).toMatch(
      /^signing: published, not used yet\n {2}active .*\n {2}next /,
    );
    const { out } = await wixSaml(['metadata', '--config', config]);
    expect(out.match(/use="signing"/g)).toHaveLength(2);
  });

  it('a directory that cannot be used is one finding of check among others', async () => {
    chmodSync(join(there.directory, 'data'), 0o777);
    const { code, out } = await wixSaml(['check', '--json', '--config', config]);
    expect(code).toBe(1);
    const found = JSON.parse(out) as { problems: { path: string }[]; serviceProvider?: object };
    expect(found.problems).toContainEqual(expect.objectContaining({ path: 'state' }));
    expect(found.serviceProvider).toBeDefined();
  });
});

it.each([
  [['rotate']],
  [['rotate', 'state', 'publish']],
  [['rotate', 'signing']],
  [['rotate', 'signing', 'forget']],
  [['rotate', 'exchange', 'publish', '--site', 'none']],
  [['remove']],
])('wix-saml keys %j is wrong usage', async (words) => {
  const { code, err } = await wixSaml(['keys', ...words, '--config', file]);
  expect({ code, isSaid: err.startsWith('error: ') }).toEqual({ code: 2, isSaid: true });
});
