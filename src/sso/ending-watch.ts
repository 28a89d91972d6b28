// Tells of what ends while the service runs: once at every step (60, 30, 14, 7 and 1 day before, and at the end). What is told
// is remembered by this process only; after a restart the step that has come is told again.

import type { Events } from '../core/events';
import type { Clock, Timers } from '../core/ports';
import { stepOf, type Ending } from './endings';

export interface WatchPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly events: Events;
  /** Everything that ends, as it is known at this time. */
  readonly endings: (now: number) => readonly Ending[];
}

const lookMs = 3_600_000;

/** Looks at once and every hour. @returns stops it */
export function watchEndings({ clock, timers, events, endings }: WatchPorts): () => void {
  let told: ReadonlyMap<string, number> = new Map();
  let cancel: () => void;
  const look = (): void => {
    cancel = timers.after(lookMs, look);
    const now = clock.now();
    const steps = new Map<string, number>();
    for (const ending of endings(now)) {
      const step = stepOf(ending, now);
      if (step === undefined) continue;
      const name = `${ending.path} ${String(ending.endsAt)}`;
      steps.set(name, step);
      if (step >= (told.get(name) ?? Infinity)) continue;
      const { path, hint, connection, site } = ending;
      events.emit({
        type: 'ending.near',
        path,
        problem: ending.problem(now),
        hint,
        connection,
        site,
        days: step,
        endsAt: new Date(ending.endsAt).toISOString(),
      });
    }
    told = steps;
  };
  look();
  return () => cancel();
}
