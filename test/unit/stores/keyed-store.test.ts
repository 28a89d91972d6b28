import { randomBytes } from 'node:crypto';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { keyedStore } from '../../../src/stores/keyed-store';
import { StateKeys } from '../../../src/stores/state-keys';
import type { StateStore } from '../../../src/stores/state-store';
import { describeStateStore } from './state-store.contract';

const [old, next, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const remedy = 'copy state.key';
const refused = {
  code: 'STATE_UNAVAILABLE',
  detail: { problem: 'the store was made with another state key: copy state.key' },
};

/** Processes come and go on one store. */
function shared() {
  let now = 1_800_000_000_000;
  const clock = { now: () => now };
  const memory = createMemoryStore(clock);
  const problems: string[] = [];
  const start = (keys: readonly [Buffer, ...Buffer[]], store: StateStore = memory): StateStore =>
    keyedStore(store, new StateKeys(keys), {
      clock,
      remedy,
      onWrongKey: (problem) => problems.push(problem),
    });
  return { memory, problems, start, advance: (ms: number) => Promise.resolve(void (now += ms)) };
}

describe('a store with a key', () => {
  describeStateStore(
    () => {
      const { start, advance } = shared();
      return Promise.resolve({ store: start([old]), other: start([old]), advance });
    },
    { tick: 1, runs: 50 },
  );

  it('is begun by the first process, and serves who has the same key', async () => {
    const { start, problems } = shared();
    await start([old]).put('ticket:a', 'a', 1000);
    expect(await start([old]).take('ticket:a')).toBe('a');
    expect(problems).toEqual([]);
  });

  it('refuses a process with another key at every verb, says why, and changes nothing', async () => {
    const { start, memory, problems } = shared();
    await start([old]).ping();
    const before = await memory.list('state/');
    const stranger = start([next]);
    const attempts = [
      () => stranger.put('ticket:a', 'a', 1000),
      () => stranger.take('ticket:a'),
      () => stranger.claim('assertion:a', 1000),
      () => stranger.get('grants/a'),
      () => stranger.putIf('grants/a', 'a', undefined),
      () => stranger.list('grants/'),
      () => stranger.delete('grants/a', '1'),
      () => stranger.ping(),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(refused);
    expect(problems).toHaveLength(attempts.length);
    expect(problems[0]).toBe(refused.detail.problem);
    expect(await memory.list('state/')).toEqual(before);
    expect(await memory.claim('assertion:a', 1000)).toBe(true);
  });

  it('lets one of two processes begin that start together with different keys', async () => {
    const { start } = shared();
    const outcomes = await Promise.allSettled([start([old]).ping(), start([next]).ping()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('goes through a change of the key in three steps without refusing anybody', async () => {
    const { start } = shared();
    for (const [before, after] of [
      [[old], [old, next]],
      [
        [old, next],
        [next, old],
      ],
      [[next, old], [next]],
    ] as const) {
      const running = start(before);
      await running.ping();
      await start(after).ping();
      await running.put('ticket:a', 'a', 1000);
      expect(await start(after).take('ticket:a')).toBe('a');
      await expect(start(after).ping()).resolves.toBeUndefined();
    }
    await expect(start([old]).ping()).rejects.toMatchObject(refused);
  });

  it('serves a process that is a step behind, and refuses one that skipped a step', async () => {
    const { start } = shared();
    await start([old]).ping();
    await start([next, old]).ping();
    await expect(start([old, next]).ping()).resolves.toBeUndefined();
    await expect(start([old]).ping()).rejects.toMatchObject(refused);
    // The one that is behind did not move the marker back.
    await expect(start([next]).ping()).resolves.toBeUndefined();
  });

  it('refuses a new key that comes without the old one', async () => {
    const { start } = shared();
    await start([old]).ping();
    await expect(start([next]).ping()).rejects.toMatchObject(refused);
    await expect(start([old]).ping()).resolves.toBeUndefined();
  });

  it('goes on to a third key', async () => {
    const { start } = shared();
    await start([old]).ping();
    await start([next, old]).ping();
    await start([third, next]).ping();
    await expect(start([third]).ping()).resolves.toBeUndefined();
    await expect(start([next]).ping()).rejects.toMatchObject(refused);
  });

  it('moves its marker once when many processes start together', async () => {
    const { start, memory } = shared();
    await start([old]).ping();
    await Promise.all(Array.from({ length: 15 }, () => start([next, old]).ping()));
    const { value = '' } = (await memory.get('state/keys')) ?? {};
    expect(JSON.parse(value)).toEqual([new StateKeys([next]).ids[0], new StateKeys([old]).ids[0]]);
  });

  it.each(['', 'null', '{}', '[]', '"x"', '[1]'])('believes no marker like %j', async (value) => {
    const { start, memory } = shared();
    await memory.putIf('state/keys', value, undefined);
    await expect(start([old]).ping()).rejects.toMatchObject(refused);
  });

  it('gives up when the marker does not come to rest', async () => {
    const { start, memory } = shared();
    const restless = { ...memory, putIf: () => Promise.resolve(undefined) };
    await expect(start([old], restless).ping()).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
  });

  it('looks again after a minute: a running process that was left behind is refused too', async () => {
    const { start, advance } = shared();
    const behind = start([old]);
    await behind.ping();
    await start([next, old]).ping();
    await advance(59_999);
    await expect(behind.ping()).resolves.toBeUndefined();
    await advance(1);
    await expect(behind.ping()).rejects.toMatchObject(refused);
  });

  it('marks a store anew that was emptied', async () => {
    const { start, memory, advance } = shared();
    const running = start([old]);
    await running.ping();
    await memory.close();
    await advance(60_000);
    await running.ping();
    await expect(start([next]).ping()).rejects.toMatchObject(refused);
  });

  it('asks once for all who wait, and again after a failure', async () => {
    const { start, memory } = shared();
    let asked = 0;
    let isDown = true;
    const get: StateStore['get'] = (name) => {
      asked += 1;
      return isDown ? Promise.reject(new Error('down')) : memory.get(name);
    };
    const store = start([old], { ...memory, get });
    await Promise.allSettled([store.ping(), store.ping(), store.ping()]);
    expect(asked).toBe(1);
    isDown = false;
    await Promise.all([store.ping(), store.ping()]);
    await store.claim('assertion:a', 1000);
    expect(asked).toBe(2);
  });
});
