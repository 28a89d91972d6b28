// The exchange, whichever way it travels: sign, post, judge the answer. And the check, which mints nothing.
// One attempt per call; what to do after a failure is decided above, where the ticket is.

import { type ExchangeSigner, signCheckAssertion, signExchangeAssertion } from './exchange-assertion';
import { type SiteAnswer, readAnswer, readSessionToken } from './session-token';
import type { Exchange } from './site';

/** The functions of `src/wix-site/backend/http-functions.js`. */
export type SiteFunction = 'samlSession' | 'samlSessionCheck' | 'samlMember';

/** A way to a site's HTTP functions. */
export interface SiteFunctions {
  /**
   * Posts a JSON body. Resolves with any answer, redirects included (they are not followed); rejects with WIX_TIMEOUT,
   * WIX_UNAVAILABLE or WIX_ANSWER_INVALID (too large) when there is none.
   */
  post(name: SiteFunction, body: string): Promise<SiteAnswer>;
  close(): Promise<void>;
}

export function createExchange(functions: SiteFunctions, signer: ExchangeSigner): Exchange {
  return async (ticket) => {
    const assertion = signExchangeAssertion(signer, ticket);
    return readSessionToken(await functions.post('samlSession', JSON.stringify({ assertion })));
  };
}

/**
 * Asks the site how it is set up: versions, clock, keys, and what would stop a sign-in now.
 * @returns the members of its answer as they came; unverified, for an administrator's eyes
 * @throws the same WIX_… SsoError that a sign-in would meet
 */
export async function checkSite(
  functions: SiteFunctions,
  signer: ExchangeSigner,
): Promise<ReadonlyMap<string, unknown>> {
  const assertion = signCheckAssertion(signer);
  return readAnswer(await functions.post('samlSessionCheck', JSON.stringify({ assertion })));
}
