// The workers of one service: who has which place, who takes the place of one that died, and when that is given up.

import type { Events } from '../../core/events';
import type { Clock, Timers } from '../../core/ports';
import type { Question, ReadyFacts } from './messages';

/** A process that works. */
export interface Worker {
  readonly pid: number;
  /** Once, when it listens and has passed its self-test. */
  readonly onReady: (listener: (facts: ReadyFacts) => void) => void;
  /** Once. @param how it ended, for people; its exit code, undefined when a signal ended it */
  readonly onEnd: (listener: (how: string, code: number | undefined) => void) => void;
  /** @returns its answer. Rejects when it ends before, or takes longer */
  readonly ask: (question: Question, withinMs: number) => Promise<unknown>;
  /** Asks it to finish what it has begun and to end. */
  readonly stop: () => void;
  /** Ends it at once. */
  readonly kill: () => void;
}

export interface CrewPorts {
  readonly count: number;
  readonly fork: (number: number) => Worker;
  /** Asked for once the first worker is ready: until then there is no log. */
  readonly events: () => Events;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** The first workers could not start; what is wrong the worker has said. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed';
  constructor(readonly exitCode: number) {
    super('a worker could not start');
  }
}

interface Place {
  readonly number: number;
  worker: Worker | undefined;
  /** In milliseconds since 1970; undefined while its worker is not ready. */
  readySince: number | undefined;
  /** Workers that died here one after the other. */
  deaths: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** Whoever worked that long did not die of starting. */
const FINE_AFTER_MS = 60_000;
/** With the pauses between them: 13 seconds and the time of eight starts. */
const MOST_DEATHS = 8;
/** As long as a service may take to start. */
const START_WITHIN_MS = 60_000;
const ALIVE_EVERY_MS = 10_000;
/** An event loop that has not turned for so long answers nobody. */
const ALIVE_WITHIN_MS = 30_000;

export class Crew {
  readonly #ports: CrewPorts;
  readonly #places: readonly Place[];
  readonly #pending = new Set<() => void>();
  #started = false;
  #stopping = false;
  #failed: (code: number) => void = () => undefined;
  #told: () => void = () => undefined;
  #restarts = 0;
  /** Resolves when no worker lives any more, and none will: all died again and again, or they were told to stop. */
  readonly over: Promise<void>;
  #isOver: () => void = () => undefined;

  constructor(ports: CrewPorts) {
    this.#ports = ports;
    this.#places = Array.from({ length: ports.count }, (_, index) => ({
      number: index + 1,
      worker: undefined,
      readySince: undefined,
      deaths: 0,
    }));
    this.over = new Promise((resolve) => (this.#isOver = resolve));
  }

  /** How many times a worker took the place of one that died. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Those that are ready, by number. */
  get ready(): readonly (readonly [number: number, worker: Worker])[] {
    return this.#places.flatMap(({ number, worker, readySince }) =>
      worker === undefined || readySince === undefined ? [] : [[number, worker] as const],
    );
  }

  /**
   * The first worker alone, since what is wrong with a configuration is said once and state is laid out once; then the others.
   * @param first told what the first one knows
   * @throws WorkerFailed when one of them ends before all are ready
   */
  async start(first: (facts: ReadyFacts) => Promise<void>): Promise<void> {
    try {
      const failure = new Promise<never>((_, reject) => {
        this.#failed = (code) => reject(new WorkerFailed(code));
      });
      failure.catch(() => undefined);
      const [one, ...others] = this.#places;
      if (one === undefined) return;
      await first(await Promise.race([this.#fill(one), failure]));
      await Promise.race([Promise.all(others.map((place) => this.#fill(place))), failure]);
      this.#started = true;
      this.#look();
    } catch (cause) {
      this.#stopping = true;
      for (const { worker } of this.#places) worker?.kill();
      throw cause;
    }
  }

  /** Told to stop, all of them; whoever has not ended in time is ended. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    for (const cancel of this.#pending) cancel();
    const living = this.#places.flatMap(({ worker }) => worker ?? []);
    const gone = new Promise<void>((resolve) => (this.#told = resolve));
    for (const worker of living) worker.stop();
    const cancel = this.#after(withinMs, () => {
      for (const { worker } of this.#places) worker?.kill();
    });
    if (living.length > 0) await gone;
    cancel();
    this.#isOver();
  }

  /** Resolves when the worker of this place is ready; never, when it ends before. */
  #fill(place: Place): Promise<ReadyFacts> {
    const worker = this.#ports.fork(place.number);
    place.worker = worker;
    const slow = this.#after(START_WITHIN_MS, () => worker.kill());
    return new Promise((resolve) => {
      worker.onReady((facts) => {
        slow();
        place.readySince = this.#ports.clock.now();
        resolve(facts);
      });
      worker.onEnd((how, code) => {
        slow();
        this.#ended(place, how, code);
      });
    });
  }

  #ended(place: Place, how: string, code: number | undefined): void {
    const { pid } = place.worker ?? { pid: 0 };
    const { readySince } = place;
    place.worker = undefined;
    place.readySince = undefined;
    if (this.#stopping) {
      if (this.#places.every(({ worker }) => worker === undefined)) this.#told();
      return;
    }
    if (!this.#started) {
      this.#failed(code ?? 1);
      return;
    }
    const wasFine = readySince !== undefined && this.#ports.clock.now() - readySince >= FINE_AFTER_MS;
    place.deaths = wasFine ? 1 : place.deaths + 1;
    const { number: worker, deaths } = place;
    if (deaths >= MOST_DEATHS && this.ready.length === 0) {
      this.#giveUp(how);
      return;
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS);
    this.#ports.events().emit({ type: 'worker.ended', worker, pid, problem: how, pauseMs });
    this.#after(pauseMs, () => {
      this.#restarts += 1;
      void this.#fill(place);
    });
  }

  #giveUp(how: string): void {
    this.#stopping = true;
    for (const cancel of this.#pending) cancel();
    for (const { worker } of this.#places) worker?.kill();
    const problem = `no worker lives, and ${String(MOST_DEATHS)} died one after the other; the last one ${how}`;
    const hint =
      'The service ends. What the workers said before they died stands above, or on standard error.';
    this.#ports.events().emit({ type: 'workers.gaveUp', problem, hint });
    this.#isOver();
  }

  /** Whoever has lost itself in a loop is ended; its successor works. */
  #look(): void {
    this.#after(ALIVE_EVERY_MS, () => {
      for (const [, worker] of this.ready) worker.ask('alive', ALIVE_WITHIN_MS).catch(() => worker.kill());
      this.#look();
    });
  }

  #after(milliseconds: number, run: () => void): () => void {
    const stop = this.#ports.timers.after(milliseconds, () => {
      this.#pending.delete(cancel);
      run();
    });
    const cancel = (): void => {
      this.#pending.delete(cancel);
      stop();
    };
    this.#pending.add(cancel);
    return cancel;
  }
}
