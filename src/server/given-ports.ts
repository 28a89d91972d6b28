// A host's clock and randomness, held to what every decision below relies on. With NaN for the time each comparison would be
// false, also the one that finds a message too old; bytes that are missing would make a ticket that can be guessed.

import type { Clock, Ports, Random } from '../core/ports';
import { systemClock, systemRandom } from './system';

/** Those that are given, checked at every call; the system's for the others. */
export function givenPorts({ clock, random }: { readonly clock?: Clock; readonly random?: Random }): Ports {
  return Object.freeze({
    clock: clock === undefined ? systemClock : checkedClock(clock),
    random: random === undefined ? systemRandom : checkedRandom(random),
  });
}

/** The given clock. @throws TypeError at a time that is none */
export function checkedClock(clock: Clock): Clock {
  return Object.freeze({
    now: () => {
      const now: unknown = clock.now();
      if (typeof now === 'number' && Number.isFinite(now)) return now;
      throw new TypeError('clock.now() must give milliseconds since 1970 as a finite number');
    },
  });
}

function checkedRandom(random: Random): Random {
  return Object.freeze({
    bytes: (count: number) => {
      const bytes: unknown = random.bytes(count);
      if (Buffer.isBuffer(bytes) && bytes.length === count) return bytes;
      throw new TypeError('random.bytes(count) must give a Buffer of count bytes');
    },
  });
}
