/** `invite` and `links`, as far as no shared store is needed; with one: test/system/real/setup-links.test.ts. */
import { changed, makeExample, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

let example: Example;
let config: string;
beforeAll(() => {
  example = makeExample();
  config = join(example.directory, 'wix-saml.yaml');
  writeFileSync(config, changed('idpMetadata: idp.xml', 'idpMetadata: setup'));
});
afterAll(() => example.remove());

describe('a link for a service whose store no other process can see', () => {
  it.each([[['invite', 'acme']], [['links']], [['links', 'revoke', '0123456789ab']]])(
    'is refused in a plain sentence: %j',
    async (args) => {
      const { code, out, err } = await wixSaml([...args, '--config', config]);
      expect(code).toBe(1);
      expect(out).toBe('');
      expect(err).toContain('`state: memory` is known to the running process alone');
      expect(err).toContain('state: file:');
    },
  );
});

describe('wrong use', () => {
  it.each([
    [['invite'], "missing required argument 'connection'"],
    [['invite', 'acme', '--days', '0'], 'from 1 to 30'],
    [['invite', 'acme', '--days', '31'], 'from 1 to 30'],
    [['links', 'revoke'], 'links revoke ID'],
    [['links', 'remove', 'x'], 'links revoke ID'],
  ])('%j is told what to write', async (args, sentence) => {
    const { code, err } = await wixSaml([...args, '--config', config]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});
