/** A7: the service reads its configuration anew while people sign in: all of it, or nothing. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../../src/config/load';
import { openApp, type OpenApp } from '../../../src/server/app';
import type { Reload } from '../../../src/server/reload';
import { buildResponse, idpMetadata, makeIdpKeys } from '../../support/idp';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { form, listen, type Listening } from '../../support/makers/listening';
import { requestIdIn } from '../../support/makers/sent-request';
import { challenge } from '../../support/makers/setting';
import { onwardOf } from '../../support/onward';

const SP = 'https://sso.example.com';
const IDP = 'https://idp.example/metadata';
const keys = makeIdpKeys({ kind: 'ec-p256' });
const metadata = (entityId = IDP, certificates = [keys.certificateBase64]): string =>
  idpMetadata({ entityId, ssoUrl: 'https://idp.example/sso', certificates });
const globex = `  globex:
    site: portal
    idpMetadata: globex.xml
    emailDomains: [globex.com]
    emailFrom: nameId
`;

let example: Example;
let service: OpenApp;
let http: Listening;
let reload: Reload;
const lines: { level: string; event: string; fields: Readonly<Record<string, unknown>> }[] = [];
const put = (name: string, text: string | Buffer): void => writeFileSync(join(example.directory, name), text);
const write = (text: string): void => put('wix-saml.yaml', text);
const said = (event: string) => lines.filter((line) => line.event === event).map(({ fields }) => fields);

beforeAll(() => void (example = makeExample()));
afterAll(() => example.remove());
beforeEach(async () => {
  lines.length = 0;
  put('idp.xml', metadata());
  put('globex.xml', metadata('https://idp.globex.com/metadata'));
  write(yaml);
  const file = join(example.directory, 'wix-saml.yaml');
  const load = (more: object) =>
    loadConfig(file, { env: {}, now: Date.now(), fetchMetadata: false, ...more });
  service = openApp(await load({}), {
    log: (level, event, fields = {}) => void lines.push({ level, event, fields }),
  });
  reload = service.reloadBy((readFile) => load({ readFile }));
  await service.app.ready;
  http = await listen(service.app.handler);
});
afterEach(async () => {
  await http.stop();
  await service.app.close();
});

const login = (connection = 'acme') =>
  http.get(`/saml/login?connection=${connection}&code_challenge=${challenge}`);

async function begin(connection = 'acme'): Promise<string> {
  const { status, headers } = await login(connection);
  expect(status).toBe(302);
  return requestIdIn(headers.location);
}

async function finish(inResponseTo: string, changes: object = {}): Promise<boolean> {
  const xml = buildResponse({
    keys,
    issuer: IDP,
    acsUrl: `${SP}/saml/acs`,
    audience: `${SP}/saml/metadata`,
    inResponseTo,
    now: new Date(),
    nameId: { value: 'ada@acme.com' },
    ...changes,
  });
  const { body } = await http.send(
    '/saml/acs',
    form({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: '' }),
  );
  return onwardOf(body)?.includes('ticket=') === true;
}

const kept = { allowRemoval: false };

describe('a reload', () => {
  it('keeps a sign-in that is under way, and brings what is new', async () => {
    const request = await begin();
    write(yaml + globex);
    expect((await login('globex')).status).toBe(404);
    await expect(reload.reload(kept)).resolves.toMatchObject({
      ok: true,
      changes: { connectionsAdded: ['globex'], connectionsChanged: [], settingsChanged: [] },
    });
    expect(said('configuration.reloaded')).toEqual([{ connectionsAdded: ['globex'] }]);
    await begin('globex');
    expect(await finish(request)).toBe(true);
  });

  it('names a changed connection and site, and works by what they say now', async () => {
    const request = await begin();
    write(yaml.replace('[acme.com]', '[other.com]').replace('landingPage: /sso', 'landingPage: /welcome'));
    await expect(reload.reload(kept)).resolves.toMatchObject({
      ok: true,
      changes: { connectionsChanged: ['acme'], sitesChanged: ['portal'] },
    });
    expect(await finish(request)).toBe(false);
    expect(said('refused')[0]).toMatchObject({ code: 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED' });
  });

  it.each([
    ['YAML that is cut off in a word', yaml.slice(0, yaml.indexOf('emailDomains') + 4), /^/],
    ['no YAML', 'serviceProvider: [', /^/],
    ['an option that is not there', `${yaml}wrong: 1\n`, /^wrong$/],
    ['an empty file', '', /^/],
  ])('changes nothing for %s, and says every problem', async (_title, text, path) => {
    const request = await begin();
    write(text);
    const outcome = await reload.reload(kept);
    expect(outcome).toMatchObject({ ok: false });
    const problems = outcome.ok ? [] : outcome.problems;
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.path).toMatch(path);
    expect(said('configuration.reloadFailed')).toEqual(problems);
    expect(await finish(request)).toBe(true);
    await begin();
  });

  it('changes nothing when a key of ours is broken or half written', async () => {
    const whole = readFileSync(join(example.directory, 'sp.key'));
    const request = await begin();
    try {
      for (const content of [whole.subarray(0, whole.length / 2), Buffer.alloc(0)]) {
        put('sp.key', content);
        await expect(reload.reload(kept)).resolves.toMatchObject({
          ok: false,
          problems: [{ path: 'serviceProvider.signing[0].key' }],
        });
      }
    } finally {
      put('sp.key', whole);
    }
    expect(await finish(request)).toBe(true);
  });

  it('notices a file that is being written while it is read, also where every half would do', async () => {
    write(yaml + globex);
    const reloading = reload.reload(kept);
    await wait(70);
    write(yaml.replace('landingPage: /sso', 'landingPage: /welcome') + globex);
    await expect(reloading).resolves.toMatchObject({
      ok: false,
      problems: [{ problem: expect.stringMatching(/wix-saml\.yaml changed while it was read/) as unknown }],
    });
    put('globex.xml', metadata('https://idp.globex.com/metadata'));
    const again = reload.reload(kept);
    await wait(70);
    put('globex.xml', `${metadata('https://idp.globex.com/metadata')} `);
    await expect(again).resolves.toMatchObject({ ok: false });
    await expect(reload.reload(kept)).resolves.toMatchObject({ ok: true });
  });

  it('removes connections and sites only when it may', async () => {
    write(yaml + globex);
    await reload.reload(kept);
    const request = await begin('globex');
    write(yaml);
    await expect(reload.reload(kept)).resolves.toMatchObject({
      ok: false,
      problems: [{ path: 'connections.globex', hint: expect.stringMatching(/--allow-removal/) as unknown }],
    });
    expect((await login('globex')).status).toBe(302);
    await expect(reload.reload({ allowRemoval: true })).resolves.toMatchObject({
      ok: true,
      changes: { connectionsRemoved: ['globex'] },
    });
    expect((await login('globex')).status).toBe(404);
    expect(await finish(request)).toBe(false);
  });

  it.each([
    ['listen', yaml.replace('3000', '3001')],
    ['admin', `${yaml}admin: { port: 0 }\n`],
    ['audit', `${yaml}audit: { file: audit.log }\n`],
    ['state', yaml.replace('state: memory', 'state: redis://127.0.0.1:1')],
    ['serviceProvider.baseUrl', yaml.replace(SP, `${SP}/other`)],
    ['serviceProvider.entityId', yaml.replace('signing:', 'entityId: https://other.example\n  signing:')],
  ])('says that %s cannot change while it runs', async (path, text) => {
    write(text);
    const outcome = await reload.reload(kept);
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.path)).toContain(path);
  });

  it('lets broken metadata of one connection cost nobody anything', async () => {
    put('idp.xml', metadata().slice(0, 200));
    write(yaml + globex);
    await expect(reload.reload(kept)).resolves.toMatchObject({
      ok: true,
      warnings: expect.arrayContaining([
        expect.objectContaining({
          path: 'connections.acme.idpMetadata',
          problem: expect.stringMatching(/stays in use$/) as unknown,
        }),
      ]) as unknown,
    });
    expect(await finish(await begin())).toBe(true);
    await begin('globex');
  });

  it('reads metadata anew, also when it is that of another IdP now', async () => {
    put('idp.xml', metadata('https://new.example/metadata'));
    const request = await begin();
    await reload.reload(kept);
    expect(await finish(request, { issuer: 'https://new.example/metadata' })).toBe(true);
  });

  it.each([
    ['a file that is not there', 'none.xml'],
    ['an address that does not answer', 'http://127.0.0.1:1/metadata'],
  ])('does not move a connection that works to %s', async (_title, source) => {
    write(yaml.replace('idp.xml', source));
    const outcome = await reload.reload(kept);
    expect(outcome).toMatchObject({ ok: false, problems: [{ path: 'connections.acme.idpMetadata' }] });
    expect(await finish(await begin())).toBe(true);
  });

  it('takes a new connection that cannot sign anybody in yet, and says so', async () => {
    rmSync(join(example.directory, 'globex.xml'));
    write(yaml + globex);
    const outcome = await reload.reload(kept);
    expect(outcome).toMatchObject({ ok: true });
    const warnings = outcome.ok ? outcome.warnings.map(({ path }) => path) : [];
    expect(warnings).toContain('connections.globex.idpMetadata');
    expect((await login('globex')).status).toBe(503);
  });

  it('happens one after the other, many times under load, and loses no sign-in', async () => {
    const rounds = process.env['RELOADS'] === 'full' ? 200 : 6;
    const load = { going: true, signedIn: 0 };
    const signingIn = (async () => {
      while (load.going) {
        expect(await finish(await begin())).toBe(true);
        load.signedIn += 1;
      }
    })();
    for (let round = 0; round < rounds; round += 1) {
      write(round % 2 === 0 ? yaml + globex : yaml);
      await expect(reload.reload({ allowRemoval: true })).resolves.toMatchObject({ ok: true });
    }
    load.going = false;
    await signingIn;
    expect(load.signedIn).toBeGreaterThan(rounds);
    expect(said('refused')).toEqual([]);
  });
});
