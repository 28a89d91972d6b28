// The line in front of a busy site: keeps the place that the service provider gave for a ticket, asks with it until it is this
// person's turn, and says where they stand. A reload goes on where it was. The place is worth nothing without the verifier,
// which lies beside it; both stay in this tab.

import { forget, keep, recall, wait } from 'public/wix-saml-browser';
import { askForToken, isBusy, outcomeOf } from 'public/wix-saml-redeem';
import { pageState } from 'public/wix-saml-state';

/** A place lives 30 minutes. */
const PLACE_MS = 30 * 60 * 1000;
const SHORTEST_TURN_SECONDS = 2;
const LONGEST_TURN_SECONDS = 30;
/** By the site's backend every question is a call that somebody else in the line could use. */
const BACKEND_TURN_SECONDS = 10;

/** @returns {object | null} what `standInLine` keeps, while the place lives */
export function keptPlace() {
  const kept = recall('waiting');
  const fresh = kept !== null && typeof kept.place === 'string' && Date.now() - kept.at < PLACE_MS;
  if (kept !== null && !fresh) forget('waiting');
  return fresh ? kept : null;
}

/**
 * Asks until there is an answer to go on with.
 * @param {{ place: string, position: number, retryAfter: number, at: number, codeVerifier: string }} waiting beside what
 *   the page wants to find again after a reload
 * @param {{ serviceProvider: string, by: 'page' | 'backend' }} route
 * @param {Function} show
 * @returns {Promise<object>} as redeem()
 */
export async function standInLine(waiting, route, show) {
  let standing = waiting;
  for (;;) {
    keep('waiting', standing);
    show(waitingState(standing.position));
    await wait(pauseOf(standing, route));
    const reply = await askForToken({ place: standing.place, codeVerifier: standing.codeVerifier }, route);
    const over = Date.now() - standing.at >= PLACE_MS;
    if (!over && isWaiting(reply)) standing = { ...standing, ...reply.body };
    else if (!over && isBusy(reply)) standing = { ...standing, retryAfter: Number(reply.retryAfter) };
    else {
      forget('waiting');
      return outcomeOf(reply);
    }
  }
}

/** Whether the service provider gave a place, or keeps one. */
export function isWaiting({ status, body }) {
  return status === 202 && typeof body.place === 'string' && Number.isInteger(body.position);
}

function waitingState(position) {
  const state = pageState('waiting', { sentence: position > 1 ? 'waiting' : 'next' });
  return { ...state, message: state.message.replace('{position}', String(position)), position };
}

/** Milliseconds; by chance up to a quarter more, or those who came together would ask together for ever. */
function pauseOf({ retryAfter }, { by }) {
  const least = by === 'backend' ? BACKEND_TURN_SECONDS : SHORTEST_TURN_SECONDS;
  const asked = Number.isFinite(retryAfter) ? retryAfter : least;
  const seconds = Math.min(Math.max(asked, least), LONGEST_TURN_SECONDS);
  return seconds * 1000 * (1 + Math.random() / 4);
}
