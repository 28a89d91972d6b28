// What a page may ask of the site's backend, by an HTTP function. Anyone may call it: a visitor who signs in is nobody yet,
// and the answers about tickets and handles give no more than the visitor could get from the service provider directly. A ticket is only worth
// something with its verifier, the service provider judges both, and a challenge is public by design (RFC 7636 §7.1). Nothing
// rests on cookies, so pages of the site may ask from any of its addresses.

import { sha256Base64url } from 'backend/wix-saml-jws';
import { answerSelfCheck } from 'backend/wix-saml-self-check';
import { askServiceProvider } from 'backend/wix-saml-session';

/** 43 to 128 unreserved characters (RFC 7636 §4.1). */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
const HANDLE = /^[A-Za-z0-9_-]{43}$/;
const TICKET_CHARS = 1024;
const ASKED_CHARS = 4096;
const HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
};

/** By the name that the page asks for. */
const ASKS = { redeemTicket, sessionHandle, challengeFor, selfCheck: answerSelfCheck };

/**
 * @param {{ body: { text(): Promise<string> } }} request a WixHttpFunctionRequest with `{ ask, input }` as JSON, sent as text
 * @returns {Promise<{ status: number, headers: object, body: object }>} 400 for what no page of ours asks
 */
export async function answerPage(request) {
  const asked = await readAsked(request).catch(() => null);
  const answer = asked !== null && Object.hasOwn(ASKS, asked.ask) ? ASKS[asked.ask] : null;
  if (answer === null) return { status: 400, headers: HEADERS, body: { error: 'SITE_REQUEST_INVALID' } };
  const body = await answer(asked.input);
  return {
    status: body === null ? 400 : 200,
    headers: HEADERS,
    body: body || { error: 'SITE_REQUEST_INVALID' },
  };
}

async function readAsked(request) {
  const text = await request.body.text();
  const { ask, input } = text.length <= ASKED_CHARS ? JSON.parse(text) : {};
  return { ask: String(ask), input };
}

/**
 * Redeems the ticket where the page cannot: the same contract as `POST /session-token`. Never cached.
 * @param {{ ticket: string, mayWait?: boolean, codeVerifier: string } | { place: string, codeVerifier: string }} input
 *   `codeVerifier` is empty when the page has none: that spends the ticket
 */
async function redeemTicket(input) {
  const { ticket, place, mayWait, codeVerifier } = input || {};
  const presented = place === undefined ? ticket : place;
  const sound =
    typeof presented === 'string' &&
    presented.length <= TICKET_CHARS &&
    (codeVerifier === '' || (typeof codeVerifier === 'string' && VERIFIER.test(codeVerifier)));
  if (!sound) return { status: 400, retryAfter: null, body: { error: 'SITE_REQUEST_INVALID' } };
  try {
    const what = place === undefined ? { ticket, mayWait: mayWait === true } : { place };
    return await askServiceProvider('/session-token', { ...what, codeVerifier });
  } catch (error) {
    // Neither the ticket nor the answer may reach the site's log.
    console.error('wix-saml: the service provider could not be asked', error && error.name);
    return { status: 503, retryAfter: '2', body: { error: 'SITE_SERVICE_PROVIDER_UNREACHABLE' } };
  }
}

/**
 * The same for the handle of a session: `POST /session/handle`.
 * @param {{ handle: string, end?: true }} input
 * @returns {Promise<object | null>} null when there was no answer that says anything
 */
async function sessionHandle(input) {
  const { handle, end } = input || {};
  if (typeof handle !== 'string' || !HANDLE.test(handle)) return null;
  try {
    const { status, body } = await askServiceProvider('/session/handle', {
      handle,
      ...(end === true ? { end } : {}),
    });
    return status === 200 ? body : null;
  } catch (error) {
    console.error('wix-saml: the service provider could not be asked', error && error.name);
    return null;
  }
}

/** The S256 challenge, for pages whose browser has no `crypto.subtle`; null for what is no verifier. */
async function challengeFor(codeVerifier) {
  if (typeof codeVerifier !== 'string' || !VERIFIER.test(codeVerifier)) return null;
  return { challenge: sha256Base64url(codeVerifier) };
}
