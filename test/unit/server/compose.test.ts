/** What the parts are put together to: state that outlives a change of our signing key, and is refused with another store key. */
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventsTo } from '../../../src/core/events';
import { compose, type Composed } from '../../../src/server/compose';
import { systemClock, systemRandom } from '../../../src/server/system';
import { newRequestId, putPendingRequest, takePendingRequest } from '../../../src/sso/pending-request';
import { issueTicket, takeTicket } from '../../../src/wix/ticket';
import { changed, makeExample, type Example } from '../../support/makers/configuration';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { challenge, EMAIL, grant, member } from '../../support/makers/setting';

if (!hasRedis && process.env['CI'] !== 'true') {
  process.stderr.write('SKIPPED: no redis-server on this machine, so shared state is not composed.\n');
}
const describeWithRedis = hasRedis || process.env['CI'] === 'true' ? describe : describe.skip;

/** Two machines. */
const examples: Example[] = [];
const running: Composed[] = [];
const lines: { event: string; fields: object }[] = [];
const events = eventsTo(({ type, ...fields }) => void lines.push({ event: type, fields }));
const ports = { clock: systemClock, random: systemRandom };

beforeAll(() => void examples.push(makeExample(), makeExample()));
afterAll(() => {
  for (const each of examples) each.remove();
});
function machine(index: 0 | 1): Example {
  const found = examples[index];
  if (found === undefined) throw new Error('no such machine');
  return found;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()));
  for (const { directory } of examples) rmSync(join(directory, 'state.key'), { force: true });
  lines.length = 0;
});

describe('state in memory', () => {
  it('needs no key file and makes none', async () => {
    const { load, directory } = machine(0);
    const { context, close } = compose(await load(), events, ports);
    const ticket = await issueTicket(context, member(), grant());
    expect((await takeTicket(context, ticket.id.reveal())).grant.email).toBe(EMAIL);
    expect(existsSync(join(directory, 'state.key'))).toBe(false);
    await close();
  });
});

describeWithRedis('state in Redis', () => {
  let server: RedisServer;
  beforeEach(async () => void (server = await startRedis()));
  afterEach(() => server.stop());

  async function start(
    from: Example,
    ...changes: [from: string, to: string][]
  ): Promise<Composed['context']> {
    const text = changes.reduce(
      (whole, [before, after]) => whole.replace(before, after),
      changed('state: memory', `state: ${server.url}`),
    );
    const composed = compose(await from.load(text), events, ports);
    running.push(composed);
    return composed.context;
  }

  async function connected(context: Composed['context']): Promise<Composed['context']> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await context.store.ping();
        return context;
      } catch (error) {
        if (attempt === 200) throw error;
        await wait(25);
      }
    }
  }

  const request = (requestedAt: number) => ({
    connection: 'acme',
    site: 'portal',
    codeChallenge: challenge,
    state: '',
    returnTo: '/',
    forceAuthn: false,
    requestedAt,
  });

  it('stays readable when the signing key changes', async () => {
    const here = machine(0);
    const before = await connected(await start(here));
    const id = newRequestId(before.random, 'acme');
    await putPendingRequest(before, id, request(before.clock.now()));
    const ticket = await issueTicket(before, member(), grant());
    const after = await connected(await start(here, ['key: sp.key', 'key: ec.key'], ['sp.crt', 'ec.crt']));
    expect(after.serviceProvider.signing).not.toEqual(before.serviceProvider.signing);
    expect(await takePendingRequest(after, id)).toMatchObject({ site: 'portal' });
    expect((await takeTicket(after, ticket.id.reveal())).grant.email).toBe(EMAIL);
  });

  it('is refused to a process with another state key, in a sentence, once a minute', async () => {
    const [here, there] = [machine(0), machine(1)];
    await connected(await start(here));
    const stranger = await start(there);
    for (let attempt = 0; attempt < 200 && lines.length === 0; attempt += 1) {
      await stranger.store.ping().catch(() => wait(25));
    }
    await expect(stranger.store.ping()).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(
      putPendingRequest(stranger, newRequestId(stranger.random, 'acme'), request(0)),
    ).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    const said = lines.filter(({ event }) => event === 'state.wrongKey');
    const file = join(there.directory, 'state.key');
    expect(said).toEqual([
      {
        event: 'state.wrongKey',
        fields: {
          problem: `the store was made with another state key: copy state.key from the machine that used it first to this one (here: ${file})`,
          hint: expect.stringContaining('same state key') as unknown,
        },
      },
    ]);
    // What the sentence says to do helps.
    copyFileSync(join(here.directory, 'state.key'), file);
    await expect(connected(await start(there))).resolves.toBeDefined();
  });

  it('is sealed with the listed keys where there are any, and then no file is made', async () => {
    const here = machine(0);
    await connected(await start(here));
    const key = readFileSync(join(here.directory, 'state.key'), 'utf8');
    rmSync(join(here.directory, 'state.key'));
    const there = machine(1);
    const text = changed('state: memory', `state: ${server.url}\nstateKeys: ['\${STATE_KEY}']`);
    const composed = compose(await there.load(text, { STATE_KEY: key }), events, ports);
    running.push(composed);
    await expect(connected(composed.context)).resolves.toBeDefined();
    expect(existsSync(join(there.directory, 'state.key'))).toBe(false);
  });
});
