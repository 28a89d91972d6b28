// Trouble that lasts is told once a minute, not at every try.

import type { Clock } from '../core/ports';

const repeatMs = 60_000;

/** Says the same once a minute, and another thing at once. */
export function sparingly<Rest extends unknown[]>(
  clock: Clock,
  say: (problem: string, ...rest: Rest) => void,
): (problem: string, ...rest: Rest) => void {
  let last = { problem: '', at: 0 };
  return (problem, ...rest) => {
    const now = clock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    say(problem, ...rest);
  };
}
