// The real clock and real randomness. Everything below takes them as arguments, so that a test can repeat any decision.

import { randomBytes } from 'node:crypto';
import type { Clock, Random, Timers } from '../core/ports';

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });
export const systemRandom: Random = Object.freeze({ bytes: (count: number) => randomBytes(count) });
export const systemTimers: Timers = Object.freeze({
  after: (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
});
