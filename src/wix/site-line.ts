// The line in front of one site, shared by all processes through a document of the state store. Whoever wants something of
// it (to go, a number, to see how far it is) waits for the next write; one write serves all who wait, so that a burst costs a
// few writes a second and not one for each person.

import { SsoError } from '../core/errors';
import type { Clock } from '../core/ports';
import type { StateStore } from '../stores/state-store';
import {
  flowOf,
  isCalled,
  lineAt,
  lineText,
  newLine,
  readLine,
  waitingIn,
  type LineState,
  type Pace,
} from './line-state';

export interface LineOptions {
  readonly site: string;
  /** Calls of the site that Wix takes in a minute. */
  readonly perMinute: number;
  readonly store: StateStore;
  readonly clock: Clock;
  /** Whether the site is called at the moment. */
  readonly isOpen: () => boolean;
}

/** Where somebody stands. */
export interface Standing {
  /** 1: the next. */
  readonly position: number;
  /** Until it is their turn, roughly. */
  readonly seconds: number;
}

interface Wish {
  readonly want: 'go' | 'number' | 'look';
  /** Of whoever has a place; undefined for somebody who just came. */
  readonly number?: number;
  readonly answer: (outcome: number) => void;
  readonly fail: (error: unknown) => void;
}

/** For so long everybody is told what the last look showed. */
const LOOK_MS = 500;
/** Wishes of one write. */
const BATCH = 2000;
/** Processes that write at once succeed one after the other. */
const ATTEMPTS = 50;
const GO = 1;
const WAIT = 0;

export class SiteLine {
  readonly #options: LineOptions;
  readonly #document: string;
  #last: LineState;
  #wishes: Wish[] = [];
  #isWriting = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#document = `lines/${options.site}`;
    this.#last = newLine(options.perMinute, 0);
  }

  /** How many wait, as this process saw it last. */
  get waiting(): number {
    return waitingIn(this.#last);
  }

  /**
   * Takes one call. Whoever just came goes only when nobody waits.
   * @param number of their place @returns false: not yet @throws STATE_UNAVAILABLE
   */
  async go(number?: number): Promise<boolean> {
    return (await this.#wish('go', number)) === GO;
  }

  /** A number at the end of the line. @throws STATE_UNAVAILABLE */
  takeNumber(): Promise<number> {
    return this.#wish('number');
  }

  /** Where a number stands; undefined when it may try to go. Costs nothing for half a second after a look. @throws STATE_UNAVAILABLE */
  async standing(number: number): Promise<Standing | undefined> {
    if (!this.#isFresh()) await this.#wish('look');
    if (this.#mayGo(this.#last, number)) return undefined;
    return this.atNumber(number);
  }

  /** Where somebody would stand who came now. */
  get atEnd(): Standing {
    return this.#at(this.waiting + 1);
  }

  /** Where a number stands, as far as the last look showed. */
  atNumber(number: number): Standing {
    return this.#at(number - Math.floor(this.#last.called));
  }

  #at(place: number): Standing {
    const position = Math.max(1, place);
    return { position, seconds: position / flowOf(this.#options.perMinute) };
  }

  #isFresh(): boolean {
    const age = this.#options.clock.now() - this.#last.at;
    return age >= 0 && age < LOOK_MS;
  }

  #mayGo(state: LineState, number: number | undefined): boolean {
    if (state.tokens < 1) return false;
    return number === undefined ? waitingIn(state) === 0 : isCalled(state, number);
  }

  #wish(want: Wish['want'], number?: number): Promise<number> {
    return new Promise((answer, fail) => {
      this.#wishes.push({ want, answer, fail, ...(number === undefined ? {} : { number }) });
      if (!this.#isWriting) void this.#write();
    });
  }

  /** Until nobody wishes anything. Never rejects: those who wait are told. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    // Who comes in the same turn comes along.
    await Promise.resolve();
    while (this.#wishes.length > 0) {
      const batch = this.#wishes.splice(0, BATCH);
      try {
        const answers = await this.#serve(batch);
        batch.forEach(({ answer }, index) => answer(answers[index] ?? WAIT));
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#isWriting = false;
  }

  async #serve(batch: readonly Wish[]): Promise<readonly number[]> {
    const { store, clock, perMinute, isOpen } = this.#options;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const stored = await store.get(this.#document);
      const now = clock.now();
      const before = (stored && readLine(stored.value)) ?? newLine(perMinute, now);
      const { state, answers } = this.#answered(batch, moved(before, now, { perMinute, isOpen: isOpen() }));
      if ((await store.putIf(this.#document, lineText(state), stored?.version)) === undefined) continue;
      this.#last = state;
      return answers;
    }
    throw new SsoError('STATE_UNAVAILABLE', {
      problem: 'the line of a site does not come to rest',
      document: this.#document,
    });
  }

  /** In the order of the line: those who were called go before those who just came. */
  #answered(
    batch: readonly Wish[],
    begun: LineState,
  ): { readonly state: LineState; readonly answers: readonly number[] } {
    let { tokens, issued } = begun;
    const answers = batch.map(() => WAIT);
    const order = [...batch.keys()].sort(
      (one, other) => (batch[one]?.number ?? Infinity) - (batch[other]?.number ?? Infinity) || one - other,
    );
    for (const index of order) {
      const wish = batch[index];
      if (wish?.want === 'number') answers[index] = issued += 1;
      if (wish?.want !== 'go' || !this.#mayGo({ ...begun, tokens }, wish.number)) continue;
      answers[index] = GO;
      tokens -= 1;
    }
    return { state: { ...begun, tokens, issued }, answers };
  }
}

/** A time that lies ahead of ours by more than a look is another machine's mistake; the line goes on from now. */
function moved(before: LineState, now: number, pace: Pace): LineState {
  return lineAt(before.at > now + LOOK_MS ? { ...before, at: now } : before, now, pace);
}
