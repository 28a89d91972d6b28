/** `wix-saml keys list` and `keys rotate` where nothing can be rotated, and words that mean nothing. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeExample, type Example } from '../../support/makers/configuration';
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
