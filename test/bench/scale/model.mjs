// What a set-up carries, by arithmetic: a sign-in passes the cores, then the calls of the Wix site. The narrower of the two
// decides; where more arrive than pass, a line grows, and drains when the rush is over.

/**
 * @typedef {object} Rush
 * @property {number} people @property {number} seconds in which they all arrive
 *
 * @typedef {object} SetUp
 * @property {number} cores that only this service uses
 * @property {number} cpuMs of one whole sign-in, on one core
 * @property {number} stateMs one trip to the state store; a sign-in makes five
 * @property {number} callsPerMinute that the site's way allows
 * @property {number} callMs one call of the site
 * @property {number} callsAtOnce of the whole set-up
 */

/** Trips to the store in one sign-in: request put, request taken, claim and ticket, ticket out, ticket gone. */
export const tripsPerSignIn = 5;

/** @param {Rush} rush @param {SetUp} setUp */
export function model({ people, seconds }, { cores, cpuMs, stateMs, callsPerMinute, callMs, callsAtOnce }) {
  const arriving = people / seconds;
  const byCores = (cores * 1000) / cpuMs;
  const bySite = Math.min(callsPerMinute / 60, (callsAtOnce * 1000) / callMs);
  const carried = Math.min(byCores, bySite);
  const longest = Math.max(0, (arriving - carried) * seconds);
  return {
    arriving,
    byCores,
    bySite,
    carried,
    narrow: arriving <= carried ? 'nothing' : byCores < bySite ? 'the cores' : 'the Wix site',
    load: arriving / byCores,
    /** People waiting at the worst moment, and how long the last of them waits beyond the work itself, seconds. */
    longest,
    longestWait: longest / carried,
    done: Math.max(seconds, people / carried),
    workMs: cpuMs + stateMs * tripsPerSignIn + callMs,
  };
}
