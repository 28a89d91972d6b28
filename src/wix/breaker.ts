// A circuit breaker: a site that fails time after time is left alone for a while, so that everybody is told at once instead of
// after 15 s each, and a site that is coming back is not buried under those who waited. Then one call finds out for all.

import type { Clock, Random } from '../core/ports';

/** `closed`: calls go through. `open`: none does. `halfOpen`: one is under way to find out. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

export interface BreakerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Told when calls stop going through, and when they do again. */
  readonly changed: (to: 'down' | 'back') => void;
}

/** Failures in a row: at one in twenty by chance, one run in three million; a site that is away needs under a second. */
const FAILURES = 5;
const REST_MS = 5000;
const LONGEST_REST_MS = 60_000;

export class Breaker {
  readonly #options: BreakerOptions;
  #state: BreakerState = 'closed';
  #failures = 0;
  #rests = 0;
  #restUntil = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Milliseconds until a call is worth a try; 0 when it may go now, and then it has to be followed by what became of it. */
  enter(): number {
    if (this.#state === 'closed') return 0;
    const rest = this.#restUntil - this.#options.clock.now();
    if (this.#state === 'halfOpen' || rest > 0) return Math.max(rest, REST_MS / 5);
    this.#state = 'halfOpen';
    return 0;
  }

  /** The site answered, whatever it said. */
  answered(): void {
    const wasClosed = this.#state === 'closed';
    this.#state = 'closed';
    this.#failures = 0;
    this.#rests = 0;
    if (!wasClosed) this.#options.changed('back');
  }

  /** It failed or did not answer. Calls that began before it was left alone say nothing new. */
  failed(): void {
    if (this.#state === 'open') return;
    this.#failures += 1;
    if (this.#state === 'closed' && this.#failures < FAILURES) return;
    const wasClosed = this.#state === 'closed';
    this.#state = 'open';
    this.#restUntil = this.#options.clock.now() + this.#rest();
    if (wasClosed) this.#options.changed('down');
  }

  /** Longer each time, and by chance not the same for every process. */
  #rest(): number {
    const rest = Math.min(REST_MS * 2 ** this.#rests, LONGEST_REST_MS);
    this.#rests += 1;
    return rest * (0.75 + this.#options.random.bytes(1).readUInt8() / 512);
  }
}
