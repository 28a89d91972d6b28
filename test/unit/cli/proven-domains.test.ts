// What an operator sees of proven domains: the record in `connections`, a look into the DNS, and the warning of `check`.
// About 2 s.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../../../src/server/app';
import { changed, makeExample, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';
import { startNameServer, type NameServer } from '../../support/name-server';

let example: Example;
let config: string;
let server: NameServer;

beforeAll(async () => {
  server = await startNameServer();
  example = makeExample();
  config = join(example.directory, 'wix-saml.yaml');
  const text = changed(
    'state: memory',
    `state: file:state\nsetup: { domains: proven, dnsServers: ["${server.address}"] }`,
  );
  writeFileSync(config, text);
  // The first start makes the store and its key.
  const { app } = openApp(await example.load(text), { log: () => undefined });
  await app.ready;
  await app.close();
});
afterAll(async () => {
  await server.stop();
  example.remove();
});

const record = /domain {7}acme\.com: not proven; add TXT _wix-saml\.acme\.com with (wix-saml=\S{32})\n/;

it('shows the record that is missing, warns of it, and finds it when it is told to look', async () => {
  const before = await wixSaml(['connections', '--config', config]);
  const [, text = ''] = record.exec(before.out) ?? [];
  expect(before.out).toMatch(record);
  expect(server.asked).toEqual([]);
  const check = await wixSaml(['check', '--config', config, '--json']);
  expect(check.out).toContain('"DOMAIN_NOT_PROVEN"');
  expect(check.out).toContain(`_wix-saml.acme.com with ${text}`);

  expect((await wixSaml(['connections', '--look', '--config', config])).out).toMatch(record);
  server.zone = { '_wix-saml.acme.com': { records: [[text]] } };
  const found = await wixSaml(['connections', '--look', '--config', config]);
  expect(found.out).toMatch(/acme\.com: proven since \d{4}-\d\d-\d\d\n/);
  expect((await wixSaml(['check', '--config', config, '--json'])).out).not.toContain('DOMAIN_NOT_PROVEN');

  server.zone = {};
  const lost = await wixSaml(['connections', '--look', '--config', config, '--json']);
  expect(lost.out).toContain('"standing": "missing"');
  expect((await wixSaml(['connections', '--config', config])).out).toContain('its record is missing since');
  expect((await wixSaml(['check', '--config', config, '--json'])).out).toContain('not there any more');
});
