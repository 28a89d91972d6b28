/** What every store promises, whatever it is made of. Time is the store's own: `advance` waits or turns the clock. */
import fc from 'fast-check';
import type { StateStore } from '../../../src/stores/state-store';

export interface StoreUnderTest {
  readonly store: StateStore;
  advance(ms: number): Promise<unknown>;
}

/** @param tick a duration that the store can tell from none, in milliseconds */
export function describeStateStore(
  open: () => Promise<StoreUnderTest>,
  { tick, runs }: { tick: number; runs: number },
): void {
  let serial = 0;
  const fresh = () => `ticket:contract-${String((serial += 1))}`;

  it('gives back what was put, once', async () => {
    const { store } = await open();
    const key = fresh();
    await store.put(key, 'value', 60_000);
    expect(await store.take(key)).toBe('value');
    expect(await store.take(key)).toBeUndefined();
  });

  it('knows nothing of a key that nobody put', async () => {
    const { store } = await open();
    expect(await store.take(fresh())).toBeUndefined();
  });

  it('overwrites a key that exists', async () => {
    const { store } = await open();
    const key = fresh();
    await store.put(key, 'old', 60_000);
    await store.put(key, 'new', 60_000);
    expect(await store.take(key)).toBe('new');
    expect(await store.take(key)).toBeUndefined();
  });

  it('gives a value to exactly one of fifty parallel takers', async () => {
    const { store } = await open();
    const key = fresh();
    await store.put(key, 'value', 60_000);
    const taken = await Promise.all(Array.from({ length: 50 }, () => store.take(key)));
    expect(taken.filter((value) => value !== undefined)).toEqual(['value']);
  });

  it('lets exactly one of fifty parallel claimers win', async () => {
    const { store } = await open();
    const key = fresh();
    const won = await Promise.all(Array.from({ length: 50 }, () => store.claim(key, 60_000)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.claim(key, 60_000)).toBe(false);
  });

  it('forgets a value when its time is over', async () => {
    const { store, advance } = await open();
    const [short, long] = [fresh(), fresh()];
    await store.put(short, 'short', tick);
    await store.put(long, 'long', tick * 100);
    await advance(tick + 1);
    expect(await store.take(short)).toBeUndefined();
    expect(await store.take(long)).toBe('long');
  });

  it('lets a claim lapse, and not before its time', async () => {
    const { store, advance } = await open();
    const [short, long] = [fresh(), fresh()];
    expect(await store.claim(short, tick)).toBe(true);
    expect(await store.claim(long, tick * 100)).toBe(true);
    await advance(tick + 1);
    expect(await store.claim(short, tick)).toBe(true);
    expect(await store.claim(long, tick)).toBe(false);
  });

  it('keeps every value as it is, whatever its characters', async () => {
    const { store } = await open();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (value) => {
        const key = fresh();
        await store.put(key, value, 60_000);
        expect(await store.take(key)).toBe(value);
      }),
      { numRuns: runs },
    );
  });

  it('behaves like a map that forgets on reading, over any sequence of verbs', async () => {
    const { store } = await open();
    const step = fc.record({
      verb: fc.constantFrom('put' as const, 'take' as const, 'claim' as const),
      slot: fc.nat(3),
      value: fc.string({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const prefix = fresh();
        const model = new Map<string, string>();
        for (const { verb, slot, value } of steps) {
          const key = `${prefix}-${String(slot)}`;
          if (verb === 'put') {
            await store.put(key, value, 60_000);
            model.set(key, value);
          } else if (verb === 'take') {
            expect(await store.take(key)).toBe(model.get(key));
            model.delete(key);
          } else {
            expect(await store.claim(key, 60_000)).toBe(!model.has(key));
            if (!model.has(key)) model.set(key, '');
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('answers a ping', async () => {
    const { store } = await open();
    await expect(store.ping()).resolves.toBeUndefined();
  });
}
