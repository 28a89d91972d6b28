/** In front of a site: what is tried again, what is waited for, and when a site is left alone. */

import { SsoError, type ErrorCode } from '../../../src/core/errors';
import type { SsoEvent } from '../../../src/core/events';
import type { Timers } from '../../../src/core/ports';
import { SiteGate } from '../../../src/wix/site-gate';

/** A gate whose pauses pass at once, on a clock by hand. */
function world() {
  let now = 0;
  const paused: number[] = [];
  const said: SsoEvent[] = [];
  const clock = { now: () => now };
  const timers: Timers = {
    after: (milliseconds, run) => {
      paused.push(milliseconds);
      now += milliseconds;
      queueMicrotask(run);
      return () => undefined;
    },
  };
  const events = { emit: (event: SsoEvent) => void said.push(event) };
  const random = { bytes: (count: number) => Buffer.alloc(count, 0x80) };
  const gate = new SiteGate('portal', { clock, random, timers, events });
  return { gate, paused, said, advance: (ms: number) => void (now += ms) };
}

const refused = (code: ErrorCode, detail = {}) => new SsoError(code, detail);

/** Fails so many times, then answers; counts. */
function attempts(error: Error, failures = Infinity) {
  let calls = 0;
  return {
    get calls() {
      return calls;
    },
    run: () => ((calls += 1) > failures ? Promise.resolve('token') : Promise.reject(error)),
  };
}

describe('a gate', () => {
  it.each(['WIX_UNAVAILABLE', 'WIX_TIMEOUT'] as const)('tries again after %s, ever later', async (code) => {
    const { gate, paused } = world();
    const site = attempts(refused(code), 2);
    await expect(gate.run(site.run)).resolves.toBe('token');
    expect(site.calls).toBe(3);
    expect(paused).toEqual([312.5, 625]);
  });

  it('gives up after three attempts', async () => {
    const { gate } = world();
    const site = attempts(refused('WIX_UNAVAILABLE'));
    await expect(gate.run(site.run)).rejects.toMatchObject({ code: 'WIX_UNAVAILABLE' });
    expect(site.calls).toBe(3);
  });

  it('does not begin anew after a time limit of 15 s: a person waits', async () => {
    const { gate, advance } = world();
    const site = attempts(refused('WIX_TIMEOUT'));
    const slowly = () => {
      advance(15_000);
      return site.run();
    };
    await expect(gate.run(slowly)).rejects.toMatchObject({ code: 'WIX_TIMEOUT' });
    expect(site.calls).toBe(1);
  });

  it.each([
    'WIX_MEMBER_REFUSED',
    'WIX_ASSERTION_REFUSED',
    'WIX_FUNCTION_MISSING',
    'WIX_SITE_NOT_READY',
    'WIX_ANSWER_INVALID',
    'WIX_REDIRECTED',
  ] as const)('asks once where the answer is %s, and calls the site no worse for it', async (code) => {
    const { gate, said } = world();
    const site = attempts(refused(code));
    for (let person = 0; person < 20; person += 1) {
      await expect(gate.run(site.run)).rejects.toMatchObject({ code });
    }
    expect(site.calls).toBe(20);
    expect(gate.state).toBe('closed');
    expect(said).toEqual([]);
  });

  it('sits a short Retry-After out, and nobody asks meanwhile', async () => {
    const { gate, paused } = world();
    const site = attempts(refused('WIX_RATE_LIMITED', { retryAfter: 1 }), 1);
    await expect(gate.run(site.run)).resolves.toBe('token');
    expect(paused).toEqual([1250]);
  });

  it('after a long Retry-After asks nothing until it has passed, and says when', async () => {
    const { gate, advance } = world();
    const site = attempts(refused('WIX_RATE_LIMITED', { retryAfter: 20 }), 1);
    await expect(gate.run(site.run)).rejects.toMatchObject({ detail: { retryAfter: 20 } });
    advance(5000);
    await expect(gate.run(site.run)).rejects.toMatchObject({
      code: 'WIX_RATE_LIMITED',
      detail: { retryAfter: 20 },
    });
    expect(site.calls).toBe(1);
    advance(20_000);
    await expect(gate.run(site.run)).resolves.toBe('token');
  });

  it('waits longer for each 429 in a row that names no time, for half a minute at most', async () => {
    const { gate, advance } = world();
    const site = attempts(refused('WIX_RATE_LIMITED'));
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await gate.run(site.run).catch(() => undefined);
      await gate
        .run(site.run)
        .catch((error: unknown) => waits.push((error as SsoError).detail.retryAfter ?? 0));
      advance(60_000);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(38);
  });

  it('passes a mistake of ours on at once', async () => {
    const { gate } = world();
    await expect(gate.run(() => Promise.reject(new TypeError('ours')))).rejects.toThrow(TypeError);
    expect(gate.state).toBe('closed');
  });
});

describe('a site that is away', () => {
  const away = refused('WIX_UNAVAILABLE', { problem: 'ECONNREFUSED' });

  async function broken() {
    const made = world();
    const site = attempts(away);
    for (let person = 0; person < 2; person += 1) await made.gate.run(site.run).catch(() => undefined);
    return { ...made, site };
  }

  it('is left alone after five failures in a row, and said to be down once', async () => {
    const { gate, site, said } = await broken();
    expect(site.calls).toBe(5);
    expect(gate.state).toBe('open');
    for (let person = 0; person < 100; person += 1) {
      await expect(gate.run(site.run)).rejects.toMatchObject({ code: 'WIX_UNAVAILABLE' });
    }
    expect(site.calls).toBe(5);
    expect(said).toMatchObject([{ type: 'site.down', site: 'portal', problem: 'WIX_UNAVAILABLE' }]);
  });

  it('is asked by one after a rest; the others wait for what that one finds', async () => {
    const { gate, advance, said } = await broken();
    advance(10_000);
    let answer: (value: string) => void = () => undefined;
    const probe = gate.run(() => new Promise<string>((resolve) => (answer = resolve)));
    expect(gate.state).toBe('halfOpen');
    const other = attempts(away, 0);
    await expect(gate.run(other.run)).rejects.toMatchObject({ detail: { retryAfter: 1 } });
    answer('token');
    await expect(probe).resolves.toBe('token');
    expect(gate.state).toBe('closed');
    await expect(gate.run(other.run)).resolves.toBe('token');
    expect(said.map(({ type }) => type)).toEqual(['site.down', 'site.back']);
  });

  it('is back when it refuses somebody: then it answers', async () => {
    const { gate, advance } = await broken();
    advance(10_000);
    await gate.run(attempts(refused('WIX_MEMBER_REFUSED')).run).catch(() => undefined);
    expect(gate.state).toBe('closed');
  });

  it('that is asked in vain rests longer, a minute and a bit at most, and is not announced again', async () => {
    const { gate, site, advance, said } = await broken();
    for (let turn = 0; turn < 10; turn += 1) {
      advance(75_000);
      await gate.run(site.run).catch(() => undefined);
    }
    expect(site.calls).toBe(15);
    advance(59_000);
    await gate.run(site.run).catch(() => undefined);
    expect(site.calls).toBe(15);
    expect(said).toHaveLength(1);
  });

  it('gets an end to its rest also when a probe failed by a mistake of ours', async () => {
    const { gate, advance } = await broken();
    advance(10_000);
    await gate.run(() => Promise.reject(new TypeError('ours'))).catch(() => undefined);
    await expect(gate.run(attempts(away, 0).run)).resolves.toBe('token');
  });
});
