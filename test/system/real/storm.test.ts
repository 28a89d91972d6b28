/** The storm, small: everybody is signed in or told plainly, and nothing is usable twice. `npm run soak:storm` is the whole. */

import { storm, understandable } from './storm';

it('signs a burst of people in while Wix throttles, loses answers, starts cold, and a process is killed', async () => {
  const people = 50;
  const outcome = await storm({
    ...{ people, burst: 25, callsPerMinute: 200, coldStartMs: 1500 },
    ...{ killAfterMs: 2500, withinMs: 30_000 },
  });
  expect(outcome).toMatchObject({ foreignTokens: 0, twice: 0, replaysThatWorked: 0 });
  expect(outcome.waited).toBeGreaterThan(10);
  expect(outcome.replayed).toBeGreaterThan(people / 2);
  // Who was in the middle of a request in the process that was killed starts again; nobody is told nonsense.
  expect(Object.keys(outcome.told).filter((code) => !understandable.test(code))).toEqual([]);
  const again = Object.values(outcome.told).reduce((sum, count) => sum + count, 0);
  expect(again).toBeLessThanOrEqual(20);
  expect(outcome.signedIn + again).toBe(people);
}, 100_000);
