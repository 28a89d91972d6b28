/** An IT admin who activates alone: only what has passed its test, at domains that are proven, and everybody is told. */
import type { TxtAnswer } from '../../../../src/core/txt-lookup';
import { readDraft, readLive } from '../../../../src/admin/setup/documents';
import { makeIdpKeys } from '../../../support/idp';
import {
  asRead,
  broughtMetadata,
  hooliMetadata,
  setupWorld,
  tested,
  waitingEntry,
  type SetupBrowser,
  type SetupWorld,
} from '../../../support/makers/setup-world';

let world: SetupWorld;
let texts: string[];

beforeEach(async () => {
  texts = [];
  const dns = (): TxtAnswer => (texts.length === 0 ? { kind: 'absent' } : { kind: 'found', texts });
  world = await setupWorld({ self: true, lookup: () => Promise.resolve(dns()) });
});
afterEach(() => world.stop());

const proofs = () => world.context.domainProofs!;
const live = async () => (await readLive(world.documents, 'hooli')).value;
const events = (name: string) =>
  world.lines.filter(({ event }) => event === name).map(({ fields }) => fields);

async function prove(...domains: string[]): Promise<void> {
  for (const domain of domains) {
    texts.push((await proofs().view('hooli', domain)).record.text);
    await proofs().look({ name: 'hooli', site: 'portal' }, domain);
  }
}

async function passed(): Promise<SetupBrowser> {
  await prove('hooli.example');
  const browser = await broughtMetadata(world);
  await tested(world, browser);
  return browser;
}

it('puts live what has passed, by one click, and tells who did it', async () => {
  const browser = await passed();
  const { body } = await browser.get('/setup/activate');
  expect(body).toContain('Activate now');
  expect(body).not.toContain('Hand over');
  expect((await browser.post('/setup/activate', { action: 'activate' })).status).toBe(303);
  const [told] = events('connection.activated');
  expect(told).toMatchObject({ connection: 'hooli', site: 'portal', action: 'activate' });
  expect((await live()).live).toMatchObject({ by: told?.['link'], metadata: { xml: hooliMetadata() } });
  const page = await browser.get('/setup/activate');
  expect(page.body).toContain('This connection is live');
  expect(asRead(page.body)).toContain(`Activated by link ${String(told?.['link'])}`);
  expect(page.body).not.toContain('Activate now');
});

it('does not before every domain is proven, nor any more when one is lost', async () => {
  world.replace('hooli', waitingEntry('hooli', ['hooli.example', 'hooli.org']));
  const browser = await passed();
  const page = await browser.get('/setup/activate');
  expect(page.body).toContain('Not every domain is proven yet');
  expect(page.body).not.toContain('Activate now');
  await browser.post('/setup/activate', { action: 'activate' });
  expect((await live()).live).toBeUndefined();
  await prove('hooli.org');
  expect((await browser.get('/setup/activate')).body).toContain('Activate now');
  texts = [];
  await proofs().look({ name: 'hooli', site: 'portal' }, 'hooli.example');
  await browser.post('/setup/activate', { action: 'activate' });
  expect((await live()).live).toBeUndefined();
  expect(events('connection.activated')).toEqual([]);
});

it('does not what has not passed a test, or has changed since', async () => {
  await prove('hooli.example');
  const browser = await broughtMetadata(world);
  await browser.post('/setup/activate', { action: 'activate' });
  expect((await live()).live).toBeUndefined();
  await tested(world, browser);
  await browser.get('/setup/metadata');
  await browser.postFile('/setup/metadata', { file: hooliMetadata(makeIdpKeys()) });
  await browser.post('/setup/metadata/use', browser.hidden);
  await browser.get('/setup/activate');
  await browser.post('/setup/activate', { action: 'activate' });
  expect((await live()).live).toBeUndefined();
});

it('goes back to what was live before, and no further', async () => {
  const browser = await passed();
  await browser.get('/setup/activate');
  await browser.post('/setup/activate', { action: 'activate' });
  await browser.get('/setup/activate');
  await browser.post('/setup/activate', { action: 'undo' });
  // It was the first: nobody switches their people's sign-in off by it.
  expect((await live()).live).toBeDefined();
  const other = makeIdpKeys();
  await browser.get('/setup/metadata');
  await browser.postFile('/setup/metadata', { file: hooliMetadata(other) });
  await browser.post('/setup/metadata/use', browser.hidden);
  await browser.get('/setup/test');
  await tested(world, browser, { keys: other });
  await browser.get('/setup/activate');
  await browser.post('/setup/activate', { action: 'activate' });
  expect((await live()).live?.metadata.xml).toBe(hooliMetadata(other));
  expect((await browser.get('/setup/activate')).body).toContain('Go back');
  await browser.post('/setup/activate', { action: 'undo' });
  expect((await live()).live?.metadata.xml).toBe(hooliMetadata());
  expect(events('connection.activated').map((fields) => fields['action'])).toEqual([
    'activate',
    'activate',
    'undo',
  ]);
});

it('refuses a button that the page does not have', async () => {
  const browser = await passed();
  await browser.get('/setup/activate');
  expect((await browser.post('/setup/activate', { action: 'delete' })).status).toBe(400);
});

it('takes no button from who may only hand over', async () => {
  const plain = await setupWorld();
  const browser = await broughtMetadata(plain);
  await tested(plain, browser);
  await browser.get('/setup/activate');
  for (const action of ['activate', 'undo'])
    expect((await browser.post('/setup/activate', { action })).status).toBe(400);
  expect((await readLive(plain.documents, 'hooli')).value.live).toBeUndefined();
  expect((await readDraft(plain.documents, 'hooli')).value.handedOver).toBeUndefined();
  await plain.stop();
});

it('tells every change of a draft', async () => {
  const browser = await passed();
  await tested(world, browser, { attributes: [{ name: 'mail', values: ['belson@hooli.example'] }] });
  await browser.post('/setup/source', { from: 'attribute:mail' });
  expect(events('setup.changed').map((fields) => fields['change'])).toEqual(['product', 'emailFrom']);
});
