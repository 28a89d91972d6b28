// The real clock and real randomness. Everything below takes them as arguments, so that a test can repeat any decision.

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock, Random, Timers } from '../core/ports';

/** Whether a process of this machine, in our own PID namespace, runs. */
export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** For people who look for a process among several machines. */
export const hostName = (): string => hostname();

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });
export const systemRandom: Random = Object.freeze({ bytes: (count: number) => randomBytes(count) });
/** Microseconds of CLOCK_MONOTONIC, as systemd counts them. */
export const monotonicMicroseconds = (): bigint => process.hrtime.bigint() / 1000n;
/** Milliseconds in fractions, never set back. */
export const systemStopwatch = (): number => performance.now();

const POOL_BYTES = 4096;

/** One call of the source for hundreds of small values: a reference, an ID and a nonce for each request. No byte is given twice. */
export function pooledRandom(source: Random): Random {
  let pool = Buffer.alloc(0);
  return Object.freeze({
    bytes: (count: number) => {
      if (count > POOL_BYTES) return source.bytes(count);
      if (count > pool.length) pool = Buffer.from(source.bytes(POOL_BYTES));
      const taken = Buffer.from(pool.subarray(0, count));
      pool = pool.fill(0, 0, count).subarray(count);
      return taken;
    },
  });
}
export const systemTimers: Timers = Object.freeze({
  after: (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
});
