/** What every store promises, whatever it is made of. Time is the store's own: `advance` waits or turns the clock. */
import fc from 'fast-check';
import { limits } from '../../../src/core/limits';
import type { StateStore } from '../../../src/stores/state-store';

export interface StoreUnderTest {
  readonly store: StateStore;
  /** The same state through another connection, where the store has such. */
  readonly other: StateStore;
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

  it('moves a value for exactly one of fifty parallel callers, and no value of a key that nobody put', async () => {
    const { store, other } = await open();
    const [from, to] = [fresh(), fresh()];
    await store.put(from, 'value', 60_000);
    await store.put(to, 'what gives way', 60_000);
    const moved = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? store : other).move(from, to)),
    );
    expect(moved.filter((value) => value !== undefined)).toEqual(['value']);
    expect(await store.take(from)).toBeUndefined();
    expect(await other.take(to)).toBe('value');
    expect(await store.take(to)).toBeUndefined();
  });

  it('moves a value with the rest of its time', async () => {
    const { store, advance } = await open();
    const [short, long, gone, to] = [fresh(), fresh(), fresh(), fresh()];
    await store.put(gone, 'gone', tick);
    await store.put(long, 'long', tick * 1000);
    await advance(tick + 1);
    expect(await store.move(gone, to)).toBeUndefined();
    expect(await store.move(long, `${to}-long`)).toBe('long');
    // At once, or a busy machine is too slow for what lives so shortly.
    const [, moved] = await Promise.all([store.put(short, 'short', tick * 5), store.move(short, to)]);
    expect(moved).toBe('short');
    await advance(tick * 5 + 1);
    expect(await store.take(to)).toBeUndefined();
    expect(await store.take(`${to}-long`)).toBe('long');
  });

  it('lets a value be looked at as often as one likes, until it is taken or its time is over', async () => {
    const { store, other, advance } = await open();
    const [key, short] = [fresh(), fresh()];
    expect(await store.peek(key)).toBeUndefined();
    await store.put(key, 'value', tick * 1000);
    await store.put(short, 'short', tick);
    expect(await store.peek(key)).toBe('value');
    expect(await other.peek(key)).toBe('value');
    await advance(tick + 1);
    expect(await store.peek(short)).toBeUndefined();
    expect(await store.peek(key)).toBe('value');
    expect(await other.take(key)).toBe('value');
    expect(await store.peek(key)).toBeUndefined();
  });

  it('keeps the names of a group, each for its time and once, and those of no other group', async () => {
    const { store, other, advance } = await open();
    const group = fresh();
    expect(await store.names(group, 10)).toEqual([]);
    await store.enter(group, 'short', tick);
    await store.enter(group, 'long', tick * 1000);
    await other.enter(group, 'again', tick);
    await other.enter(group, 'again', tick * 1000);
    await store.enter(`${group}-x`, 'foreign', tick * 1000);
    await advance(tick + 1);
    expect([...(await other.names(group, 10))].sort()).toEqual(['again', 'long']);
    expect(await store.names(group, 1)).toHaveLength(1);
    await store.leave(group, 'again');
    await store.leave(group, 'never there');
    expect(await other.names(group, 10)).toEqual(['long']);
    expect(await other.names(`${group}-x`, 10)).toEqual(['foreign']);
  });

  it('keeps a thousand names of one group, entered in parallel', async () => {
    const { store, other } = await open();
    const group = fresh();
    const names = Array.from({ length: 1000 }, (_, index) => `name-${String(index)}`);
    await Promise.all(
      names.map((name, index) => (index % 2 === 0 ? store : other).enter(group, name, 60_000)),
    );
    expect([...(await store.names(group, 2000))].sort()).toEqual([...names].sort());
    expect(await other.names(group, 300)).toHaveLength(300);
    await Promise.all(names.map((name) => other.leave(group, name)));
    expect(await store.names(group, 2000)).toEqual([]);
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
      verb: fc.constantFrom('put' as const, 'take' as const, 'move' as const, 'claim' as const),
      slot: fc.nat(3),
      to: fc.nat(2),
      value: fc.string({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const prefix = fresh();
        const model = new Map<string, string>();
        for (const { verb, slot, to, value } of steps) {
          const key = `${prefix}-${String(slot)}`;
          if (verb === 'put') {
            await store.put(key, value, 60_000);
            model.set(key, value);
          } else if (verb === 'take') {
            expect(await store.take(key)).toBe(model.get(key));
            model.delete(key);
          } else if (verb === 'move') {
            const place = `${prefix}-${String((slot + 1 + to) % 4)}`;
            const held = model.get(key);
            expect(await store.move(key, place)).toBe(held);
            model.delete(key);
            if (held !== undefined) model.set(place, held);
          } else {
            expect(await store.claim(key, 60_000)).toBe(!model.has(key));
            if (!model.has(key)) model.set(key, '');
          }
        }
      }),
      { numRuns: runs },
    );
  });

  describeDocuments(open, runs);

  it('answers a ping', async () => {
    const { store } = await open();
    await expect(store.ping()).resolves.toBeUndefined();
  });
}

function describeDocuments(open: () => Promise<StoreUnderTest>, runs: number): void {
  let serial = 0;
  const collection = () => `contract-${String((serial += 1))}`;

  it('gives a document back as often as it is asked for, with its version', async () => {
    const { store, other } = await open();
    const name = `${collection()}/one`;
    expect(await store.get(name)).toBeUndefined();
    const version = await store.putIf(name, 'first\nline', undefined);
    expect(version).toMatch(/^[1-9][0-9]*$/);
    for (const each of [store, other, store])
      expect(await each.get(name)).toEqual({ value: 'first\nline', version });
  });

  it('changes a document only for who names its version', async () => {
    const { store, other } = await open();
    const name = `${collection()}/one`;
    const first = await store.putIf(name, 'first', undefined);
    expect(await store.putIf(name, 'again', undefined)).toBeUndefined();
    const second = await other.putIf(name, 'second', first);
    expect(Number(second)).toBeGreaterThan(Number(first));
    expect(await store.putIf(name, 'late', first)).toBeUndefined();
    expect(await store.putIf(name, 'invented', '999999')).toBeUndefined();
    expect(await store.get(name)).toEqual({ value: 'second', version: second });
    expect(await store.putIf(`${name}-other`, 'none there', second)).toBeUndefined();
  });

  it('lets a value know the version that it gets', async () => {
    const { store } = await open();
    const name = `${collection()}/one`;
    let expected: string | undefined;
    for (let round = 0; round < 3; round += 1) {
      const version: string | undefined = await store.putIf(name, (made) => `of version ${made}`, expected);
      expect(await store.get(name)).toEqual({ value: `of version ${String(version)}`, version });
      expected = version;
    }
  });

  it('leaves a document as it is when its next value cannot be made', async () => {
    const { store } = await open();
    const name = `${collection()}/one`;
    const version = await store.putIf(name, 'kept', undefined);
    const failing = (): string => {
      throw new RangeError('ours');
    };
    await expect(store.putIf(name, failing, version)).rejects.toThrow(RangeError);
    expect(await store.get(name)).toEqual({ value: 'kept', version });
  });

  it.each([
    ['to create', false],
    ['to change', true],
  ])('lets exactly one of fifty parallel writers win %s a document', async (_title, exists) => {
    const { store, other } = await open();
    const name = `${collection()}/one`;
    const expected = exists ? await store.putIf(name, 'before', undefined) : undefined;
    const versions = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? store : other).putIf(name, `writer ${String(index)}`, expected),
      ),
    );
    const won = versions.filter((version) => version !== undefined);
    expect(won).toHaveLength(1);
    const value = `writer ${String(versions.findIndex((version) => version !== undefined))}`;
    expect(await other.get(name)).toEqual({ value, version: won[0] });
  });

  it('loses none of fifty increments that are repeated until they succeed', async () => {
    const { store, other } = await open();
    const name = `${collection()}/count`;
    const increment = async (through: StateStore): Promise<void> => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const held = await through.get(name);
        const next = String(Number(held?.value ?? '0') + 1);
        if ((await through.putIf(name, next, held?.version)) !== undefined) return;
      }
      throw new Error('never succeeded');
    };
    await Promise.all(Array.from({ length: 50 }, (_, index) => increment(index % 2 === 0 ? store : other)));
    expect((await store.get(name))?.value).toBe('50');
  });

  it('deletes a document only for who names its version, and for one of many', async () => {
    const { store, other } = await open();
    const name = `${collection()}/one`;
    const version = (await store.putIf(name, 'value', undefined)) ?? '';
    expect(await store.delete(name, '999999')).toBe(false);
    const deleted = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : other).delete(name, version)),
    );
    expect(deleted.filter(Boolean)).toHaveLength(1);
    expect(await store.get(name)).toBeUndefined();
    expect(await store.delete(name, version)).toBe(false);
  });

  it('never uses a version twice, so that who slept through a delete changes nothing (ABA)', async () => {
    const { store, other } = await open();
    const name = `${collection()}/one`;
    const seen = (await store.putIf(name, 'A', undefined)) ?? '';
    await other.delete(name, seen);
    const recreated = await other.putIf(name, 'A', undefined);
    expect(Number(recreated)).toBeGreaterThan(Number(seen));
    expect(await store.putIf(name, 'B', seen)).toBeUndefined();
    expect(await store.delete(name, seen)).toBe(false);
    expect(await store.get(name)).toEqual({ value: 'A', version: recreated });
  });

  it('makes versions grow when creations and deletes race', async () => {
    const { store, other } = await open();
    const name = `${collection()}/one`;
    const kept: number[] = [];
    const churn = async (through: StateStore): Promise<void> => {
      for (let round = 0; round < 20; round += 1) {
        const version = await through.putIf(name, 'x', undefined);
        if (version === undefined) continue;
        kept.push(Number(version));
        expect(await through.delete(name, version)).toBe(true);
      }
    };
    await Promise.all([churn(store), churn(other), churn(store)]);
    expect(new Set(kept).size).toBe(kept.length);
    expect(await store.get(name)).toBeUndefined();
  });

  it('lists the documents of one collection whose names begin so, and no others', async () => {
    const { store } = await open();
    const [here, there] = [collection(), collection()];
    const expected: { name: string; version: string | undefined }[] = [];
    for (const rest of ['acme', 'acme-2', 'globex']) {
      expected.push({
        name: `${here}/${rest}`,
        version: await store.putIf(`${here}/${rest}`, rest, undefined),
      });
    }
    await store.putIf(`${there}/acme`, 'elsewhere', undefined);
    expect(await store.list(`${here}/`)).toEqual(expected);
    expect(await store.list(`${here}/acme`)).toEqual(expected.slice(0, 2));
    expect(await store.list(`${here}/x`)).toEqual([]);
    expect(await store.list(`${collection()}/`)).toEqual([]);
  });

  it('refuses one document too many, so that a list is always complete', async () => {
    const { store } = await open();
    const full = collection();
    const most = limits.documentsPerCollection;
    for (let from = 0; from < most; from += 500) {
      const names = Array.from({ length: 500 }, (_, index) => `${full}/${String(from + index)}`);
      await Promise.all(names.map((name) => store.putIf(name, '', undefined)));
    }
    await expect(store.putIf(`${full}/more`, '', undefined)).rejects.toMatchObject({
      code: 'STATE_UNAVAILABLE',
    });
    const listed = await store.list(`${full}/`);
    expect(listed).toHaveLength(most);
    const { name, version } = listed[0] ?? { name: '', version: '' };
    expect(await store.putIf(name, 'changed', version)).toBeDefined();
    await expect(store.putIf(`${collection()}/more`, '', undefined)).resolves.toBeDefined();
  });

  it('refuses a document that is too large', async () => {
    const { store } = await open();
    const name = `${collection()}/large`;
    const large = 'x'.repeat(limits.documentChars + 1);
    await expect(store.putIf(name, large, undefined)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(await store.get(name)).toBeUndefined();
  });

  it.each([
    '',
    'no-collection',
    '/x',
    'c/',
    'c/#last',
    'C/x',
    'c/x y',
    'c/x\ny',
    'c/x/y',
    'c/é',
    `c/${'x'.repeat(201)}`,
  ])('takes the name %j for a mistake of ours', async (name) => {
    const { store } = await open();
    await expect(store.get(name)).rejects.toThrow(TypeError);
    await expect(store.putIf(name, '', undefined)).rejects.toThrow(TypeError);
    await expect(store.delete(name, '1')).rejects.toThrow(TypeError);
    if (name !== 'c/') await expect(store.list(name === '' ? '*' : `${name}\n`)).rejects.toThrow(TypeError);
  });

  it('behaves like a map with versions, over any sequence of verbs and two readers', async () => {
    const { store, other } = await open();
    const step = fc.record({
      verb: fc.constantFrom('get', 'putIf', 'stale', 'delete', 'list'),
      slot: fc.nat(2),
      value: fc.string({ unit: 'grapheme', maxLength: 12 }),
      second: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const prefix = `${collection()}/`;
        const model = new Map<string, { value: string; version: string }>();
        let latest = 0;
        for (const { verb, slot, value, second } of steps) {
          const through = second ? other : store;
          const name = `${prefix}${String(slot)}`;
          const held = model.get(name);
          if (verb === 'get') expect(await through.get(name)).toEqual(held);
          if (verb === 'stale') {
            // Not the current version, nor the absence that there is not.
            const wrong = held === undefined ? '1' : String(Number(held.version) + 1);
            expect(await through.putIf(name, value, wrong)).toBeUndefined();
            expect(await through.delete(name, wrong)).toBe(false);
          }
          if (verb === 'putIf') {
            const version = (await through.putIf(name, value, held?.version)) ?? '';
            expect(Number(version)).toBeGreaterThan(latest);
            latest = Number(version);
            model.set(name, { value, version });
          }
          if (verb === 'delete') {
            expect(await through.delete(name, held?.version ?? '1')).toBe(held !== undefined);
            model.delete(name);
          }
          if (verb === 'list') {
            const expected = [...model].map(([each, { version }]) => ({ name: each, version }));
            expect(await through.list(prefix)).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)));
          }
        }
      }),
      { numRuns: runs },
    );
  });
}
