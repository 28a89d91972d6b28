/** From a tested draft to what people sign in by, in a process that runs; and back. */
import { activate, undoActivation } from '../../../../src/admin/setup/activate';
import { LiveConnections, liveLookMs } from '../../../../src/admin/setup/live-connections';
import type { ConnectionState } from '../../../../src/sso/directory';
import { makeIdpKeys } from '../../../support/idp';
import { listen, type Listening } from '../../../support/makers/listening';
import {
  broughtFrom,
  broughtMetadata,
  HOOLI_IDP,
  hooliMetadata,
  setupWorld,
  tested,
  waitingEntry,
  type SetupBrowser,
  type SetupWorld,
} from '../../../support/makers/setup-world';

let world: SetupWorld;
let live: LiveConnections;
let due: { afterMs: number; run: () => void } | undefined;

beforeEach(async () => {
  world = await setupWorld();
  due = undefined;
  live = liveConnections();
});
afterEach(() => world.stop());

function liveConnections(baseUrl = 'https://sso.example.com'): LiveConnections {
  const { context, documents, clock } = world;
  return new LiveConnections({
    ...{ documents, clock, random: context.random, events: context.events },
    timers: {
      after: (afterMs, run) => {
        due = { afterMs, run };
        return () => (due = undefined);
      },
    },
    ours: { entityId: context.serviceProvider.entityId, baseUrl },
    current: () => context.connections,
    replace: (name, state) => world.replace(name, { ...entryOf(name), state }),
  });
}

const entryOf = (name: string) => world.context.connections.byName(name) ?? waitingEntry();
const stateOf = (name = 'hooli'): ConnectionState => entryOf(name).state;
const put = () => activate(world.context, world.documents, 'hooli');

async function passed(): Promise<SetupBrowser> {
  const browser = await broughtMetadata(world);
  await tested(world, browser);
  return browser;
}

describe('an activation', () => {
  it.each([
    ['of what does not wait for a set-up', 'acme', 'notSetup'],
    ['of what nobody has brought', 'pied', 'noMetadata'],
    ['of a connection that is not there', 'nobody', 'notSetup'],
  ])('%s is refused', async (_title, name, missing) => {
    world.replace('acme', { ...entryOf('acme'), metadata: { from: { file: 'acme.xml' } } });
    expect(await activate(world.context, world.documents, name)).toEqual({ kind: 'refused', missing });
  });

  it('is refused before a test has passed, and after a failed one', async () => {
    const browser = await broughtMetadata(world);
    expect(await put()).toEqual({ kind: 'refused', missing: 'notTested' });
    await tested(world, browser, { audience: 'https://wrong.example' });
    expect(await put()).toEqual({ kind: 'refused', missing: 'notTested' });
  });

  it('is refused while two places hold an address and nobody has decided', async () => {
    const browser = await broughtMetadata(world);
    await tested(world, browser, { attributes: [{ name: 'mail', values: ['g@hooli.example'] }] });
    expect(await put()).toEqual({ kind: 'refused', missing: 'undecided' });
    await browser.post('/setup/source', { from: 'attribute:mail' });
    expect(await put()).toMatchObject({ kind: 'activated', live: { emailFrom: { attribute: 'mail' } } });
  });

  it('is refused when the operator has changed what the test was about', async () => {
    await passed();
    const entry = entryOf('hooli');
    world.replace('hooli', { ...entry, settings: { ...entry.settings, requireSignedResponse: true } });
    expect(await put()).toEqual({ kind: 'refused', missing: 'notTested' });
  });

  it('reaches a process that runs, once', async () => {
    const browser = await passed();
    expect(await put()).toMatchObject({ kind: 'activated', live: { by: 'operator' } });
    expect(await put()).toMatchObject({ kind: 'unchanged' });
    const page = await browser.get('/setup/activate');
    expect(page.body).toContain('This connection is live');
    expect(page.body).not.toContain('Hand over');
    expect(stateOf().kind).toBe('waiting');
    await live.look();
    expect(stateOf()).toMatchObject({
      kind: 'ready',
      connection: { identityProvider: { entityId: HOOLI_IDP }, policy: { emailFrom: 'nameId' } },
    });
    await live.look();
    expect(world.lines.filter(({ event }) => event === 'setup.activated')).toHaveLength(1);
  });

  it('of other keys says what changes, and can be undone', async () => {
    const browser = await passed();
    await put();
    await live.look();
    const keys = makeIdpKeys();
    const preview = await browser.postFile('/setup/metadata', { file: hooliMetadata(keys) });
    expect(preview.body).toContain('What changes for people who sign in now');
    for (const change of ['New certificate', 'Certificate that goes']) expect(preview.body).toContain(change);
    await browser.post('/setup/metadata/use', browser.hidden);
    expect(await put()).toEqual({ kind: 'refused', missing: 'notTested' });
    await browser.get('/setup/test');
    await tested(world, browser, { keys });
    expect(await put()).toMatchObject({ kind: 'activated', changes: { keysAdded: [expect.anything()] } });
    expect((await browser.get('/setup/activate')).body.match(/<li>Activated/g)).toHaveLength(2);
    expect(await undoActivation(world.documents, 'hooli')).toMatchObject({ live: { by: 'operator' } });
    await live.look();
    expect(stateOf().kind).toBe('ready');
    expect(await undoActivation(world.documents, 'hooli')).toEqual({ live: undefined });
    await live.look();
    expect(stateOf().kind).toBe('waiting');
    expect(await undoActivation(world.documents, 'hooli')).toBeUndefined();
  });
});

describe('a process that follows', () => {
  it('looks again every five seconds until it is closed', async () => {
    live.start();
    await new Promise((resolve) => setImmediate(resolve));
    expect(due?.afterMs).toBe(liveLookMs);
    live.close();
    expect(due).toBeUndefined();
  });

  it('keeps what works while the store is away', async () => {
    await passed();
    await put();
    await live.look();
    world.documents.list = () => Promise.reject(new Error('gone'));
    await expect(live.look()).rejects.toThrow('gone');
    expect(stateOf().kind).toBe('ready');
  });
});

describe('metadata at an address', () => {
  let idp: Listening;
  let served: { status: number; xml: string };
  beforeEach(async () => {
    served = { status: 200, xml: hooliMetadata() };
    idp = await listen((_request, response) => response.writeHead(served.status).end(served.xml));
  });
  afterEach(() => idp.stop());

  async function activated(): Promise<void> {
    await world.stop();
    world = await setupWorld({ baseUrl: 'http://localhost:3000' });
    const browser = await broughtFrom(world, 'http://localhost:3000', `${idp.origin}/metadata`);
    await tested(world, browser);
    await put();
    live = liveConnections('http://localhost:3000');
    await live.look();
  }

  it('is asked again by and by, and a new key counts', async () => {
    await activated();
    const keys = makeIdpKeys();
    served.xml = hooliMetadata(keys);
    world.clock.advance(2 * 3_600_000);
    await live.look();
    expect(JSON.stringify(stateOf())).toContain(keys.certificateBase64.slice(0, 60));
  });

  it.each([
    ['does not answer', 503, ''],
    ['is no metadata any more', 200, '<html></html>'],
    ['belongs to another IdP', 200, hooliMetadata().replace(HOOLI_IDP, 'https://evil.example')],
  ])('that %s never replaces what was activated', async (_title, status, xml) => {
    await activated();
    const before = stateOf();
    Object.assign(served, { status, xml });
    world.clock.advance(2 * 3_600_000);
    await live.look();
    expect(stateOf()).toBe(before);
    expect(world.lines.at(-1)).toMatchObject({ event: 'metadata.refreshFailed' });
  });
});
