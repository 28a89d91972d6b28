/** The line in front of a site: never more calls than Wix takes, whoever came first goes first, and nobody blocks it. */

import { createMemoryStore } from '../../../src/stores/memory-store';
import type { StateStore } from '../../../src/stores/state-store';
import { lineAt, lineText, newLine, readLine } from '../../../src/wix/line-state';
import { SiteLine } from '../../../src/wix/site-line';
import { Slots } from '../../../src/wix/slots';

const START = 1_700_000_000_000;

function world(perMinute = 600) {
  let now = START;
  let isOpen = true;
  const clock = { now: () => now };
  const memory = createMemoryStore(clock);
  let writes = 0;
  const store: StateStore = {
    ...memory,
    putIf: (...given) => {
      writes += 1;
      return memory.putIf(...given);
    },
  };
  /** One for each process. */
  const line = () => new SiteLine({ site: 'portal', perMinute, store, clock, isOpen: () => isOpen });
  return {
    line,
    store,
    advance: (ms: number) => void (now += ms),
    open: (value: boolean) => void (isOpen = value),
    writes: () => writes,
  };
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const goes = async (asked: readonly Promise<boolean>[]): Promise<number> =>
  (await Promise.all(asked)).filter(Boolean).length;

describe('the calls of a site', () => {
  it('never exceed its quota in any minute, over three processes that ask all the time', async () => {
    const { line, advance } = world(600);
    const lines = times(3, line);
    const at: number[] = [];
    for (let tick = 0; tick < 1800; tick += 1) {
      const made = await goes(lines.flatMap((one) => times(3, () => one.go())));
      at.push(...times(made, () => tick * 100));
      advance(100);
    }
    const most = Math.max(
      ...at.map((begun) => at.filter((one) => one >= begun && one < begun + 60_000).length),
    );
    expect(most).toBeLessThanOrEqual(600);
    expect(at.length / 3).toBeGreaterThan(500);
  });

  it('cost one write for all who ask in one turn', async () => {
    const { line, writes } = world(60_000);
    const one = line();
    expect(await goes(times(500, () => one.go()))).toBe(500);
    expect(writes()).toBe(1);
  });

  it('are shared by processes that write at the same moment', async () => {
    const { line } = world(600);
    const lines = times(4, line);
    expect(await goes(lines.flatMap((one) => times(40, () => one.go())))).toBe(60);
  });

  it('wait for a store that does not answer, and for no other reason', async () => {
    const { store } = world();
    const away = { ...store, get: () => Promise.reject(new Error('away')) };
    const clock = { now: () => START };
    const one = new SiteLine({ site: 'portal', perMinute: 60, store: away, clock, isOpen: () => true });
    await expect(one.go()).rejects.toThrow('away');
    await expect(one.takeNumber()).rejects.toThrow('away');
  });

  it('begin anew where something else lies in their place', async () => {
    const { line, store } = world();
    await store.putIf('lines/portal', '["nonsense"]', undefined);
    expect(await line().go()).toBe(true);
  });
});

describe('the line', () => {
  /** All calls of the first moment are made. */
  async function full(perMinute = 600) {
    const made = world(perMinute);
    const one = made.line();
    while (await one.go());
    return { ...made, one };
  }

  it('gives each number once, over several processes', async () => {
    const { line } = await full();
    const lines = times(4, line);
    const numbers = await Promise.all(lines.flatMap((each) => times(50, () => each.takeNumber())));
    expect([...numbers].sort((a, b) => a - b)).toEqual(times(200, (index) => index + 1));
  });

  it('lets nobody who comes later go before those who wait', async () => {
    const { one, advance } = await full();
    const number = await one.takeNumber();
    advance(150);
    expect(await one.go()).toBe(false);
    advance(5000);
    expect(await one.go(number)).toBe(true);
    expect(await one.go()).toBe(true);
  });

  it('says where somebody stands, ever nearer, the same in every process', async () => {
    const { one, line, advance } = await full();
    const numbers = await Promise.all(times(100, () => one.takeNumber()));
    const last = numbers[99] ?? 0;
    expect(await one.standing(last)).toEqual({
      position: 100,
      seconds: expect.closeTo(100 / 8.5, 1) as unknown,
    });
    const other = line();
    const seen: number[] = [];
    for (let second = 0; second < 30; second += 1) {
      seen.push((await other.standing(last))?.position ?? 0);
      // Those who are called come.
      for (const number of numbers) if ((await other.standing(number)) === undefined) await other.go(number);
      advance(1000);
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(seen.at(-1)).toBe(0);
  });

  it('costs nothing to be asked about a thousand times in half a second', async () => {
    const { one, writes } = await full();
    const number = (await Promise.all(times(50, () => one.takeNumber())))[49] ?? 0;
    const before = writes();
    await Promise.all(times(1000, () => one.standing(number)));
    expect(writes() - before).toBeLessThanOrEqual(1);
  });

  it('moves on past those who do not ask any more', async () => {
    const { one, advance } = await full();
    await Promise.all(times(100, () => one.takeNumber()));
    const last = await one.takeNumber();
    let seconds = 0;
    for (; (await one.standing(last)) !== undefined; seconds += 1) advance(1000);
    // A line of people would have taken twelve.
    expect(seconds).toBeLessThan(10);
    expect(await one.go(last)).toBe(true);
  });

  it('stands still while the site is away, and lets one a second find out', async () => {
    const { one, advance, open } = await full();
    const numbers = await Promise.all(times(100, () => one.takeNumber()));
    open(false);
    for (let second = 0; second < 10; second += 1) {
      advance(1000);
      await one.standing(numbers[99] ?? 0);
    }
    expect((await one.standing(numbers[99] ?? 0))?.position).toBe(90);
  });

  it('is not hurried by a clock of another machine that is an hour ahead', async () => {
    const { one, store, advance } = await full();
    const number = await one.takeNumber();
    const stored = await store.get('lines/portal');
    const ahead = JSON.stringify([0, number, 0, START + 3_600_000]);
    await store.putIf('lines/portal', ahead, stored?.version);
    advance(1000);
    expect((await one.standing(number))?.position).toBe(1);
    advance(3000);
    await one.standing(number);
    expect(await one.go(number)).toBe(true);
  });
});

describe('the numbers of a line', () => {
  it('are read as they were written, and not when they are something else', () => {
    const state = { tokens: 1.5, issued: 7, called: 3.25, at: START };
    expect(readLine(lineText(state))).toEqual(state);
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '[1,2,3]',
      '[1,2,3,"4"]',
      '[1,2,3,-4]',
      '[0,1,2,0]',
      '[1e400,1,1,1]',
    ])
      expect(readLine(text)).toBeUndefined();
  });

  it('do not move when the clock is set back', () => {
    const state = { ...newLine(600, START), tokens: 0, issued: 5 };
    expect(lineAt(state, START - 60_000, { perMinute: 600, isOpen: true })).toEqual(state);
  });
});

describe('slots', () => {
  it('hold as many at once as they say, and a short line; the rest is told at once', async () => {
    const slots = new Slots(2, 3);
    let most = 0;
    const ends: (() => void)[] = [];
    const work = (): Promise<string> => {
      most = Math.max(most, slots.taken);
      return new Promise((resolve) => ends.push(() => resolve('done')));
    };
    const runs = times(7, () => slots.run(work));
    await expect(Promise.all(runs.slice(5))).resolves.toEqual([undefined, undefined]);
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise(setImmediate);
      ends.shift()?.();
    }
    await expect(Promise.all(runs.slice(0, 5))).resolves.toEqual(times(5, () => 'done'));
    expect([most, slots.taken]).toEqual([2, 0]);
  });

  it('are free again after a failure', async () => {
    const slots = new Slots(1, 0);
    await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(slots.run(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
