// Trouble that lasts is told once a minute, not at every try.

import { systemClock } from './system';

const repeatMs = 60_000;

/** Says the same once a minute, and another thing at once. */
export function sparingly(say: (problem: string) => void): (problem: string) => void {
  let last = { problem: '', at: 0 };
  return (problem) => {
    const now = systemClock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    say(problem);
  };
}
