import { limits } from '../../../src/core/limits';
import { createMemoryStore } from '../../../src/stores/memory-store';
import type { StateStore } from '../../../src/stores/state-store';
import { describeStateStore } from './state-store.contract';

function handClock(now = 0) {
  return { now: () => now, advance: (ms: number) => void (now += ms) };
}

/** What anybody can make: a sign-in that was only started. */
const started = (store: StateStore, key: string, value: string, ttlMs: number) =>
  store.put(key, value, ttlMs, { droppable: true });

describe('the memory store', () => {
  describeStateStore(
    () => {
      const clock = handClock(1_768_478_400_000);
      const store = createMemoryStore(clock);
      return Promise.resolve({
        store,
        other: store,
        advance: (ms) => {
          clock.advance(ms);
          return Promise.resolve();
        },
      });
    },
    { tick: 1, runs: 200 },
  );

  it('refuses a new record when it is full of live ones, and keeps those', async () => {
    const store = createMemoryStore(handClock(), 3);
    for (const key of ['ticket:a', 'ticket:b', 'ticket:c']) await store.put(key, key, 1000);
    await expect(store.put('ticket:d', 'd', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(store.claim('claim:e', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(await store.take('ticket:a')).toBe('ticket:a');
    await expect(store.put('ticket:d', 'd', 1000)).resolves.toBeUndefined();
  });

  it('overwrites a record even when it is full', async () => {
    const store = createMemoryStore(handClock(), 1);
    await store.put('ticket:a', 'old', 1000);
    await store.put('ticket:a', 'new', 1000);
    expect(await store.take('ticket:a')).toBe('new');
  });

  it('leaves a tenth of its places to what follows an identity provider’s answer', async () => {
    const store = createMemoryStore(handClock(), 10);
    for (let index = 0; index < 50; index += 1) await started(store, `request:${String(index)}`, 'r', 1000);
    await expect(store.put('ticket:a', 't', 1000)).resolves.toBeUndefined();
    await expect(store.put('ticket:b', 't', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
  });

  it('is not closed by a flood of started sign-ins: the latest push out the oldest, and nothing else', async () => {
    const store = createMemoryStore(handClock(), 100);
    await store.put('ticket:a', 't', 60_000);
    await store.claim('assertion:a', 60_000);
    for (let index = 0; index < 1000; index += 1) {
      await started(store, `request:${String(index)}`, 'r'.repeat(index), 60_000);
    }
    expect(await store.take('request:0')).toBeUndefined();
    expect(await store.take('request:999')).toBe('r'.repeat(999));
    expect(await store.take('ticket:a')).toBe('t');
    expect(await store.claim('assertion:a', 60_000)).toBe(false);
  });

  it('goes on remembering the latest through floods, answers and expiry', async () => {
    const clock = handClock();
    const store = createMemoryStore(clock, 100);
    for (let index = 0; index < 20_000; index += 1) {
      if (index % 50 === 0) clock.advance(700);
      await started(store, `request:${String(index)}`, 'r', 5000);
      if (index % 3 === 0) expect(await store.take(`request:${String(index)}`)).toBe('r');
      if (index % 7 === 0) await started(store, `request:${String(index - 7)}`, 'again', 5000);
    }
    expect(await store.take('request:19999')).toBe('r');
    expect(await store.take('request:19985')).toBe('again');
  });

  it('refuses a started sign-in where only proofs are left that must not be forgotten', async () => {
    const store = createMemoryStore(handClock(), 10);
    for (let index = 0; index < 9; index += 1) await store.claim(`assertion:${String(index)}`, 1000);
    await expect(started(store, 'request:a', 'r', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(started(store, 'request:b', 'r'.repeat(20_000), 1000)).rejects.toMatchObject({
      code: 'STATE_UNAVAILABLE',
    });
  });

  it('takes records again once the old ones have expired', async () => {
    const clock = handClock();
    const store = createMemoryStore(clock, 100);
    for (let round = 0; round < 20; round += 1) {
      for (let index = 0; index < 100; index += 1) {
        await store.put(`ticket:${String(round)}-${String(index)}`, 'v', 60_000);
      }
      clock.advance(61_000);
    }
    await store.put('ticket:last', 'v', 60_000);
    expect(await store.take('ticket:last')).toBe('v');
  });

  it('bounds the characters of all values together', async () => {
    const store = createMemoryStore(handClock(), 10);
    await store.put('ticket:a', 'x'.repeat(10_000), 1000);
    await expect(store.put('ticket:b', 'x'.repeat(1000), 1000)).rejects.toMatchObject({
      code: 'STATE_UNAVAILABLE',
    });
    await store.take('ticket:a');
    await expect(store.put('ticket:b', 'x'.repeat(1000), 1000)).resolves.toBeUndefined();
  });

  it('sweeps correctly across a clock that jumps far ahead or back', async () => {
    const clock = handClock(5_000_000);
    const store = createMemoryStore(clock, 2);
    await store.put('ticket:a', 'a', 1000);
    clock.advance(-4_000_000);
    await store.put('ticket:b', 'b', 1000);
    expect(await store.take('ticket:b')).toBe('b');
    clock.advance(400_000_000_000);
    await store.put('ticket:c', 'c', 1000);
    await store.put('ticket:d', 'd', 1000);
    expect(await store.take('ticket:a')).toBeUndefined();
    expect(await store.take('ticket:c')).toBe('c');
  });

  it('pushes out what it was told it may, whatever the name of its key', async () => {
    const store = createMemoryStore(handClock(), 10);
    for (let index = 0; index < 9; index += 1) await store.put(`request:${String(index)}`, 'r', 1000);
    await expect(started(store, 'ticket:a', 't', 1000)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(await store.take('request:0')).toBe('r');
    await started(store, 'ticket:a', 't', 1000);
    await started(store, 'ticket:b', 't', 1000);
    expect(await store.take('ticket:a')).toBeUndefined();
    expect(await store.take('ticket:b')).toBe('t');
  });

  it('never pushes out a document, and refuses one that has no room', async () => {
    const store = createMemoryStore(handClock(), 1);
    await store.putIf('keys/current', 'kept', undefined);
    for (let index = 0; index < 100; index += 1) {
      await started(store, `request:${String(index)}`, 'r', 1000).catch(() => undefined);
    }
    expect(await store.get('keys/current')).toMatchObject({ value: 'kept' });
    const large = 'x'.repeat(limits.documentChars);
    const filling = Array.from({ length: 8 }, (_, index) =>
      store.putIf(`big/${String(index)}`, large, undefined),
    );
    const outcomes = await Promise.allSettled(filling);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array<string>(7).fill('fulfilled'), 'rejected']);
    expect(await store.get('keys/current')).toMatchObject({ value: 'kept' });
  });

  it('forgets everything when it is closed', async () => {
    const store = createMemoryStore(handClock());
    await store.put('ticket:a', 'a', 1000);
    await store.putIf('keys/current', 'a', undefined);
    await store.close();
    expect(await store.take('ticket:a')).toBeUndefined();
    expect(await store.get('keys/current')).toBeUndefined();
  });
});

describe('sessions in a bounded store', () => {
  it('give way to newer sessions, never to sign-ins that anybody can start, and cost no answer its place', async () => {
    const clock = { now: () => 1000 };
    const store = createMemoryStore(clock, 10);
    for (let index = 0; index < 12; index += 1) {
      await store.put(`session:${String(index)}`, 'value', 60_000);
      await store.enter('group', `name-${String(index)}`, 60_000);
    }
    for (let index = 0; index < 30; index += 1)
      await store.put(`request:${String(index)}`, 'value', 60_000, { droppable: true });
    expect(await store.peek('session:0')).toBeUndefined();
    expect(await store.peek('session:11')).toBe('value');
    await expect(store.put('ticket:1', 'value', 60_000)).resolves.toBeUndefined();
  });

  it('forgets old names of one group after the other when there is no more room', async () => {
    const store = createMemoryStore({ now: () => 1000 }, 2);
    for (const group of ['a', 'b']) for (const name of ['1', '2']) await store.enter(group, name, 60_000);
    await store.enter('c', '1', 60_000);
    await store.enter('c', '2', 60_000);
    expect(await store.names('a', 9)).toEqual(['2']);
    expect(await store.names('b', 9)).toEqual(['2']);
    expect(await store.names('c', 9)).toEqual(['1', '2']);
    await store.close();
    expect(await store.names('c', 9)).toEqual([]);
  });
});
