import { setTimeout as wait } from 'node:timers/promises';
import { createRedisStore } from '../../../src/stores/redis-store';
import type { StateStore } from '../../../src/stores/state-store';
import { freePort } from '../../support/makers/free-port';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { describeStateStore } from './state-store.contract';
import { describeTwoProcesses } from './two-processes.contract';

if (!hasRedis && process.env['CI'] !== 'true') {
  // Not console.warn: Jest does not show what a suite says whose every test is skipped.
  process.stderr.write('SKIPPED: no redis-server on this machine, so the Redis store is not tested.\n');
}
// Under CI a missing server must fail, so the tests run and say so.
const describeWithRedis = hasRedis || process.env['CI'] === 'true' ? describe : describe.skip;

async function connected(store: StateStore): Promise<StateStore> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      await store.ping();
      return store;
    } catch {
      await wait(25);
    }
  }
  throw new Error('the store never connected');
}

describeWithRedis('the Redis store', () => {
  let server: RedisServer;
  let store: StateStore;
  let other: StateStore;

  beforeAll(async () => {
    server = await startRedis();
    store = await connected(createRedisStore({ url: server.url }));
    other = await connected(createRedisStore({ url: server.url }));
  });

  afterAll(async () => {
    await store.close();
    await other.close();
    await server.stop();
  });

  describeStateStore(() => Promise.resolve({ store, other, advance: (ms) => wait(ms + 5) }), {
    tick: 30,
    runs: 40,
  });

  describeTwoProcesses(() => ({ place: { url: server.url }, store }));

  it('shares one truth between two processes’ clients', async () => {
    await store.put('ticket:shared', 'value', 10_000);
    const taken = await Promise.all([store.take('ticket:shared'), other.take('ticket:shared')]);
    expect(taken.filter((value) => value !== undefined)).toEqual(['value']);
  });

  it('keeps apart what another prefix stores under the same name', async () => {
    const apart = await connected(createRedisStore({ url: server.url, keyPrefix: 'other:' }));
    await store.put('ticket:same', 'ours', 10_000);
    expect(await apart.take('ticket:same')).toBeUndefined();
    expect(await store.take('ticket:same')).toBe('ours');
    await store.putIf('same/name', 'ours', undefined);
    expect(await apart.get('same/name')).toBeUndefined();
    expect(await apart.list('same/')).toEqual([]);
    await apart.close();
  });

  it('keeps a collection in one slot of a cluster, under our prefix, without an expiry', async () => {
    await store.putIf('slots/one', 'value', undefined);
    const { createClient } = await import('@redis/client');
    const client = await createClient({ url: server.url }).connect();
    const keys = (await client.keys('*slots*')).sort();
    expect(keys).toEqual(['wix-saml:documents:{slots}:values', 'wix-saml:documents:{slots}:versions']);
    // CRC16 of what stands in braces chooses the slot (Redis Cluster specification, hash tags).
    expect(keys.map((key) => /\{(.+)\}/.exec(key)?.[1])).toEqual(['slots', 'slots']);
    for (const key of keys) expect(await client.pTTL(key)).toBe(-1);
    client.destroy();
  });

  it('works after a server has forgotten its scripts', async () => {
    const { createClient } = await import('@redis/client');
    const client = await createClient({ url: server.url }).connect();
    await store.putIf('scripts/one', 'value', undefined);
    await client.scriptFlush();
    client.destroy();
    expect(await store.putIf('scripts/two', 'value', undefined)).toBeDefined();
  });

  it('leaves no record without an expiry in Redis', async () => {
    await store.put('ticket:expiring', 'value', 5_000);
    await store.claim('assertion:expiring', 5_000);
    const { createClient } = await import('@redis/client');
    const client = await createClient({ url: server.url }).connect();
    expect(await client.pTTL('wix-saml:ticket:expiring')).toBeGreaterThan(0);
    expect(await client.pTTL('wix-saml:assertion:expiring')).toBeGreaterThan(0);
    client.destroy();
  });
});

describeWithRedis('the Redis store without its server', () => {
  const servers: RedisServer[] = [];
  const stores: StateStore[] = [];

  function open(options: Parameters<typeof createRedisStore>[0]): StateStore {
    const store = createRedisStore(options);
    stores.push(store);
    return store;
  }

  async function start(port?: number): Promise<RedisServer> {
    const server = await startRedis(port);
    servers.push(server);
    return server;
  }

  afterAll(async () => {
    for (const store of stores) await store.close();
    for (const server of servers) await server.stop();
  });

  it('refuses at once and recovers by itself when the server comes', async () => {
    const port = await freePort();
    const problems: string[] = [];
    const store = open({
      url: `redis://127.0.0.1:${String(port)}`,
      onConnectionError: (problem) => problems.push(problem),
    });
    await expect(store.put('ticket:a', 'a', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.take('ticket:a')).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.claim('ticket:a', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.get('a/a')).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.putIf('a/a', 'a', undefined)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.list('a/')).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.delete('a/a', '1')).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await start(port);
    await connected(store);
    await store.put('ticket:a', 'a', 1000);
    expect(await store.take('ticket:a')).toBe('a');
    expect(problems.length).toBeGreaterThan(0);
  });

  it('refuses when the server stops answering, within its time limit', async () => {
    const server = await start();
    const store = await connected(open({ url: server.url, timeoutMs: 200 }));
    server.pause();
    await expect(store.take('ticket:a')).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    server.resume();
  });

  it('refuses a URL that is none, without repeating a password', async () => {
    const store = open({ url: 'redis//user:hunter2@host' });
    const refusal: unknown = await store.ping().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(JSON.stringify(refusal)).not.toContain('hunter2');
  });
});
