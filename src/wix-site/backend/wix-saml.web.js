// What the page may ask of the site's backend. Anyone may call these: a visitor who signs in is nobody yet, and neither
// of the first two gives more than the visitor could get from the service provider directly. A ticket is only worth something
// with its verifier, the service provider judges both, and a challenge is public by design (RFC 7636 §7.1).

import { Permissions, webMethod } from 'wix-web-module';
import { answerSelfCheck, redeemAtServiceProvider, sha256Base64url } from 'backend/wix-saml';

/** 43 to 128 unreserved characters (RFC 7636 §4.1). */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
const TICKET_CHARS = 1024;

/**
 * Redeems the ticket where the page cannot: the same contract as `POST /session-token`. Never cached.
 * @param {{ ticket: string, codeVerifier: string }} input `codeVerifier` is empty when the page has none: that spends the ticket
 */
export const redeemTicket = webMethod(Permissions.Anyone, async ({ ticket, codeVerifier }) => {
  const sound =
    typeof ticket === 'string' &&
    ticket.length <= TICKET_CHARS &&
    (codeVerifier === '' || (typeof codeVerifier === 'string' && VERIFIER.test(codeVerifier)));
  if (!sound) return { status: 400, retryAfter: null, body: { error: 'SITE_REQUEST_INVALID' } };
  try {
    return await redeemAtServiceProvider({ ticket, codeVerifier });
  } catch (error) {
    // Neither the ticket nor the answer may reach the site's log.
    console.error('wix-saml: the service provider could not be asked', error && error.name);
    return { status: 503, retryAfter: '2', body: { error: 'SITE_SERVICE_PROVIDER_UNREACHABLE' } };
  }
});

/** The S256 challenge, for pages whose browser has no `crypto.subtle`. */
export const challengeFor = webMethod(Permissions.Anyone, async (codeVerifier) => {
  if (typeof codeVerifier !== 'string' || !VERIFIER.test(codeVerifier))
    throw new Error('not a code verifier');
  return sha256Base64url(codeVerifier);
});

/** For whoever holds the handout's one-time address, which the backend checks. Never cached. */
export const selfCheck = webMethod(Permissions.Anyone, async (input) => answerSelfCheck(input));
