// The master of a set is killed while records are spent: a replica that takes over brings nothing back. About 15 s.

import { createRedisStore } from '../../../src/stores/redis-store';
import type { StateStore } from '../../../src/stores/state-store';
import { setTimeout as pause } from 'node:timers/promises';
import { command, startSentinels, until, type RedisSet } from '../../support/makers/redis-sets';
import { hasRedis } from '../../support/makers/redis-server';
import { describeReal } from '../real/processes';

const minute = 60_000;

describeReal(
  hasRedis,
  'Redis',
  'redis-server',
)('a failover under Sentinels', () => {
  let set: RedisSet;
  let stores: StateStore[];

  beforeEach(async () => {
    set = await startSentinels(1500);
    stores = [set.url, set.url].map((url) => createRedisStore({ url, timeoutMs: 1000 }));
    for (const store of stores) await until(() => answers(store));
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await set.stop();
  });

  const answers = (store: StateStore | undefined): Promise<boolean> =>
    store === undefined
      ? Promise.resolve(false)
      : store.ping().then(
          () => true,
          () => false,
        );
  const masterNow = async (): Promise<number | undefined> => {
    for (const port of set.ports)
      if ((await command(port, 'INFO replication')).includes('role:master')) return port;
    return undefined;
  };

  it('gives nothing again that was taken before the replica heard of it', async () => {
    const [store, other] = stores as [StateStore, StateStore];
    const [master, ...replicas] = set.ports as [number, number, number];
    await store.put('request:one', 'value', minute);
    await store.put('ticket:one', 'value', minute);
    for (const port of replicas)
      await until(async () => (await command(port, 'EXISTS wix-saml:ticket:one')).includes(':1'));
    for (const port of replicas) set.signal(port, 'SIGSTOP');
    // What is on its way to them already they would read when they go on.
    await command(master, 'CLIENT KILL TYPE replica');
    expect(await store.take('request:one')).toBe('value');
    expect(await store.move('ticket:one', 'redeeming:one')).toBe('value');
    await set.kill(master);
    await expect(store.ping()).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    for (const port of replicas) set.signal(port, 'SIGCONT');
    await until(async () => (await answers(store)) && (await answers(other)));
    // It lies there again, as if nobody had taken it:
    const promoted = (await masterNow()) ?? 0;
    expect(replicas).toContain(promoted);
    expect(await command(promoted, 'GET wix-saml:request:one')).toContain('value');
    expect(await other.take('request:one')).toBeUndefined();
    expect(await other.move('ticket:one', 'redeeming:two')).toBeUndefined();
    expect(await other.take('ticket:one')).toBeUndefined();
    await other.put('request:two', 'value', minute);
    expect(await store.take('request:two')).toBe('value');
  });

  it('lets nobody spend a value twice in a storm, and goes on by itself', async () => {
    const values = Array.from({ length: 400 }, (_, index) => `request:${String(index)}`);
    const taken = new Map<string, number>();
    let refused = 0;
    const over = new AbortController();
    const storm = stores.map(async (store) => {
      while (!over.signal.aborted) {
        for (const key of values) {
          const value = await store.take(key).catch(() => void (refused += 1));
          if (value !== undefined) taken.set(value, (taken.get(value) ?? 0) + 1);
        }
      }
    });
    const [store] = stores;
    let serial = 0;
    const putting = (async () => {
      while (!over.signal.aborted) {
        const key = values[serial % values.length] ?? '';
        await store?.put(key, `value ${String((serial += 1))}`, minute).catch(() => undefined);
      }
    })();
    await pause(500);
    await set.kill((await masterNow()) ?? 0);
    await until(async () => refused > 0 && (await answers(stores[0])) && (await answers(stores[1])));
    const before = taken.size;
    await pause(500);
    over.abort();
    await Promise.all([...storm, putting]);
    expect(taken.size).toBeGreaterThan(before);
    expect([...taken.values()].filter((count) => count > 1)).toEqual([]);
  });
});
