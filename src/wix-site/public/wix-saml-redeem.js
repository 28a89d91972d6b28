// Turns a ticket and its verifier into a session token by asking the service provider, again while it says "busy" and the
// ticket lives. Trusts the answer only as far as its shape. Never keeps, logs or shows the token.

import { redeemFromBackend, redeemFromPage, wait } from 'public/wix-saml-browser';

/** Reasons for 403 that have a sentence of their own; the first is not about the person. */
const FORBIDDEN = new Map([
  ['HTTP_ORIGIN_NOT_ALLOWED', 'error'],
  ['WIX_MEMBER_BLOCKED', 'blocked'],
  ['WIX_MEMBER_PENDING', 'pending'],
  ['WIX_MEMBER_UNVERIFIED', 'unverified'],
]);

/** A ticket lives 60 s; the last attempt must still reach the service provider in time. */
const GIVE_UP_MS = 50 * 1000;
const ATTEMPTS = 6;
const PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 15;

/**
 * @param {{ ticket: string, codeVerifier: string }} input `codeVerifier` empty: spend the ticket
 * @param {{ serviceProvider: string, by: 'page' | 'backend' }} route
 * @returns {Promise<{ status: number, retryAfter: string | null, body: object }>} the last answer; for `outcomeOf`, or a
 *   place in the line (202)
 */
export async function redeem(input, route) {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  // A page without a verifier has nothing to wait for.
  const asked = input.codeVerifier === '' ? input : { ...input, mayWait: true };
  for (let attempt = 1; ; attempt += 1) {
    const reply = await askForToken(asked, route);
    const pause = pauseAfter(reply);
    const last = attempt === ATTEMPTS || Date.now() + pause >= giveUpAt;
    if (pause === 0 || last) return reply;
    await wait(pause);
  }
}

/** @returns {Promise<{ status: number, retryAfter: string | null, body: object }>} status 0 when nobody answered */
export async function askForToken(input, { serviceProvider, by }) {
  try {
    const reply =
      by === 'backend' ? await redeemFromBackend(input) : await redeemFromPage(serviceProvider, input);
    return { ...reply, body: reply.body && typeof reply.body === 'object' ? reply.body : {} };
  } catch {
    return { status: 0, retryAfter: null, body: {} };
  }
}

/** Milliseconds until the next attempt, 0 for none. Asking again is safe: the ticket was given back, or it is spent. */
function pauseAfter({ status, retryAfter }) {
  if (!isBusy({ status })) return 0;
  const asked = Number(retryAfter);
  const seconds = Number.isFinite(asked) && asked >= 1 ? asked : PAUSE_SECONDS;
  return Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000;
}

/** Nobody answered, or nobody could. */
export function isBusy({ status }) {
  return status === 0 || status === 429 || status === 503;
}

/**
 * What an answer means for the page.
 * @returns {{ ok: true, sessionToken: string, returnTo: string, state: string, signOutHandle: unknown, session: unknown } |
 *   { ok: false, sentence: string, reference?: string }}
 */
export function outcomeOf({ status, body }) {
  const { sessionToken, returnTo, state, signOutHandle, session, reference } = body;
  if (status === 200 && typeof sessionToken === 'string' && sessionToken !== '') {
    return { ok: true, sessionToken, returnTo, state, signOutHandle, session };
  }
  return { ok: false, sentence: sentenceFor(status, body.error), reference };
}

function sentenceFor(status, code) {
  if (status === 403) return FORBIDDEN.get(code) || 'refused';
  if (status === 400 || status === 401 || status === 404 || status === 410) return 'expired';
  if (status === 429 || status === 503) return 'busy';
  if (status === 502) return 'notSetUp';
  return status === 0 ? 'unreachable' : 'error';
}
