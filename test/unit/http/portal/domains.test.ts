/** The step about domains: the record to add, a look at a click, and what a test and a sign-in say without it. */
import type { TxtAnswer } from '../../../../src/core/txt-lookup';
import { challenge } from '../../../support/makers/setting';
import { form } from '../../../support/makers/listening';
import { buildResponse } from '../../../support/idp';
import { idpKeys } from '../../../support/makers/setting';
import { requestIdIn } from '../../../support/makers/sent-request';
import {
  asRead,
  broughtMetadata,
  SetupBrowser,
  setupWorld,
  tested,
  waitingEntry,
  type SetupWorld,
} from '../../../support/makers/setup-world';

let world: SetupWorld;
let asked: string[];
let dns: (name: string) => TxtAnswer;

beforeEach(async () => {
  asked = [];
  dns = () => ({ kind: 'absent' });
  world = await setupWorld({ lookup: (name) => (asked.push(name), Promise.resolve(dns(name))) });
});
afterEach(() => world.stop());

async function opened(): Promise<SetupBrowser> {
  const browser = new SetupBrowser(world);
  await browser.redeem(await world.invite());
  await browser.get('/setup/connect');
  return browser;
}

const recordOf = (body: string): string => /wix-saml=[A-Za-z0-9_-]{32}/.exec(body)?.[0] ?? 'none';
const found = (text: string) => (): TxtAnswer => ({ kind: 'found', texts: [text] });

it('shows the record with buttons that copy, and asks nobody by being looked at', async () => {
  const browser = await opened();
  const { status, body } = await browser.get('/setup/domains');
  expect(status).toBe(200);
  for (const text of [
    '4. Your domains',
    '<h2>hooli.example</h2>',
    '_wix-saml.hooli.example',
    'Not proven yet',
  ])
    expect(asRead(body)).toContain(text);
  expect(body.match(/data-copy/g)!.length).toBeGreaterThanOrEqual(2);
  expect(recordOf(body)).not.toBe('none');
  expect(asked).toEqual([]);
});

it('looks at a click, and says what it found', async () => {
  const browser = await opened();
  const { body } = await browser.get('/setup/domains');
  expect((await browser.post('/setup/domains', {})).body).toContain('The record was not found');
  dns = () => ({ kind: 'unknown', reason: 'ESERVFAIL' });
  expect(asRead((await browser.post('/setup/domains', {})).body)).toContain('gave no answer (ESERVFAIL)');
  dns = found(recordOf(body));
  const proven = await browser.post('/setup/domains', {});
  expect(proven.body).toContain('Proven.');
  expect(proven.body).not.toContain('Not proven yet');
  expect(world.lines.at(-1)).toMatchObject({ event: 'domain.proven', fields: { domain: 'hooli.example' } });
  dns = () => ({ kind: 'absent' });
  expect((await browser.post('/setup/domains', {})).body).toContain('Put it back');
  expect(asked).toEqual(Array(4).fill('_wix-saml.hooli.example'));
});

it('never looks for a name that a form brings, nor more than twenty at a click', async () => {
  const many = Array.from({ length: 25 }, (_, index) => `d${String(index)}.example`);
  world.replace('hooli', waitingEntry('hooli', many));
  const browser = await opened();
  await browser.get('/setup/domains');
  await browser.post('/setup/domains', { domain: 'internal.corp', name: 'x.corp' });
  expect(asked).toEqual(many.slice(0, 20).map((domain) => `_wix-saml.${domain}`));
});

it('is no step where domains need no proof', async () => {
  const plain = await setupWorld();
  const browser = new SetupBrowser(plain);
  await browser.redeem(await plain.invite());
  const { body } = await browser.get('/setup/connect');
  expect(body).not.toContain('domains');
  expect(body).toContain('4. Test');
  expect((await browser.get('/setup/domains')).status).toBe(404);
  await plain.stop();
});

it('fails a test of an address at a domain that is not proven, with what to do; then passes it', async () => {
  const browser = await broughtMetadata(world);
  const failed = await tested(world, browser);
  expect(failed.body).toContain('The test failed');
  expect(failed.body).toContain('POLICY_DOMAIN_NOT_PROVEN');
  expect(failed.body).toContain('_wix-saml.hooli.example');
  expect((await browser.get('/setup/activate')).body).toContain('not passed a test');
  dns = found(recordOf((await browser.get('/setup/domains')).body));
  await browser.post('/setup/domains', {});
  expect((await tested(world, browser)).body).toContain('The test passed');
  const broken = await tested(world, browser, { audience: 'https://wrong.example' });
  expect(broken.body).toContain('The domain of the address is proven by DNS');
  expect(broken.body).not.toContain('POLICY_DOMAIN_NOT_PROVEN');
});

it('lets nobody sign in before the domain is proven, and spends nothing then', async () => {
  const { headers } = await world.server.get(`/saml/login?connection=acme&code_challenge=${challenge}`);
  const id = requestIdIn(headers.location);
  const SAMLResponse = Buffer.from(
    buildResponse({
      keys: idpKeys,
      issuer: 'https://idp.acme.example/metadata',
      acsUrl: world.context.serviceProvider.assertionConsumerServiceUrl,
      audience: world.context.serviceProvider.entityId,
      inResponseTo: id,
      now: new Date(world.clock.now()),
      nameId: { value: 'ada@acme.example' },
    }),
  ).toString('base64');
  const answer = form({ SAMLResponse, RelayState: id });
  expect((await world.server.send('/saml/acs', answer)).status).toBe(403);
  expect(world.lines.at(-1)?.fields).toMatchObject({
    code: 'POLICY_DOMAIN_NOT_PROVEN',
    expected: expect.stringContaining('_wix-saml.acme.example') as unknown,
  });
  const proofs = world.context.domainProofs!;
  dns = found((await proofs.view('acme', 'acme.example')).record.text);
  await proofs.look({ name: 'acme', site: 'portal' }, 'acme.example');
  expect((await world.server.send('/saml/acs', answer)).status).toBe(200);
});
