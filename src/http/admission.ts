// What strangers may make one process do at once: room for bodies, lines for what costs time, and how often a handle lets an
// answer go first. Made once for a router; shared by all its visits.

import { availableParallelism } from 'node:os';
import { limits } from '../core/limits';
import { Bodies } from './bodies';
import { HandleUses } from './handle-uses';
import { Lines } from './lines';

export interface Admission {
  readonly bodies: Bodies;
  /** `asked`: brought a handle of ours. `others`: IdPs that drop RelayState, tiles, and whatever strangers make up. */
  readonly answers: Lines<'asked' | 'others'>;
  readonly logins: Lines<'logins'>;
  /** Addresses that an IT admin lets us ask: nobody who signs in waits behind somebody else's slow server. */
  readonly fetches: Lines<'fetches'>;
  readonly handles: HandleUses;
}

/**
 * @param now milliseconds from any fixed point, in fractions: what is timed takes less than one
 * @param processors that this process may keep busy
 */
export function createAdmission(now: () => number, processors = availableParallelism()): Admission {
  return Object.freeze({
    bodies: new Bodies({ totalBytes: limits.bodiesBytes, clientBytes: limits.bodiesBytesOfClient }),
    answers: new Lines({
      lines: { asked: { share: 3, most: 1 }, others: { share: 1, most: 1 / 4 } },
      atOnce: limits.answersAtOnce,
      waiting: limits.answersWaiting,
      waitingOfClient: limits.answersWaitingOfClient,
      now,
    }),
    logins: new Lines({
      lines: { logins: { share: 1, most: 1 } },
      // A signature keeps a processor busy, and one has to be left for everything else.
      atOnce: Math.max(1, Math.min(limits.loginsAtOnce, processors - 1)),
      waiting: limits.loginsWaiting,
      waitingOfClient: limits.loginsWaitingOfClient,
      now,
    }),
    fetches: new Lines({
      lines: { fetches: { share: 1, most: 1 } },
      atOnce: limits.setupFetchesAtOnce,
      waiting: limits.setupFetchesWaiting,
      waitingOfClient: limits.setupFetchesOfClient,
      now,
    }),
    handles: new HandleUses(limits.answersPerHandle, limits.handlesCounted),
  });
}
