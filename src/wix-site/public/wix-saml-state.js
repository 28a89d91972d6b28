// What a page should show now. Never text out of an address or an answer: sentences are ours, and a reference is shown
// only if it looks like one.

import { say } from 'public/wix-saml-language';

/**
 * @typedef {object} PageState
 * @property {'idle' | 'preview' | 'starting' | 'redeeming' | 'slow' | 'waiting' | 'applying' | 'arrived' | 'signedIn' | 'choose' |
 *   'stillHere' | 'error'} name
 * @property {string} message a plain sentence
 * @property {number} [position] of `waiting`: 1 is the next
 * @property {string | null} reference finds the failure in the service provider's log
 * @property {{ label: string, run: () => Promise<PageState> } | null} button
 */

/**
 * @param {PageState['name']} name
 * @param {{ sentence?: string, reference?: unknown, button?: PageState['button'] }} [more] `sentence`: where it is not
 *   the one of the state's own name
 * @returns {PageState}
 */
export function pageState(name, { sentence, reference, button } = {}) {
  return {
    name,
    message: say(sentence || name),
    reference: referenceOrNull(reference),
    button: button || null,
  };
}

/** A broken `show` must not stop a sign-in. */
export function showing({ show }) {
  return (shown) => {
    try {
      if (show) show(shown);
    } catch (error) {
      console.error('wix-saml: show() failed', error);
    }
    return shown;
  };
}

/** Only what looks like a reference of the service provider is shown. */
function referenceOrNull(value) {
  return typeof value === 'string' && /^[A-Za-z0-9-]{4,64}$/.test(value) ? value : null;
}
