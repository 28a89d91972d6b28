// Leaves a page of the site for the service provider. Binding: the code verifier (RFC 7636) never leaves this tab but
// towards the service provider, with its own ticket.

import {
  challengeOf,
  goTo,
  isBrowserPass,
  isPreview,
  keep,
  randomText,
  recall,
  wait,
} from 'public/wix-saml-browser';
import { say } from 'public/wix-saml-language';
import { pathOnSite } from 'public/wix-saml-path';
import { settings } from 'public/wix-saml-settings';
import { pageState, showing } from 'public/wix-saml-state';

/** Automatic starts, so that a page that is sent back and forth comes to rest: at most two in two minutes. */
const AUTOMATIC_STARTS = 2;
const AUTOMATIC_WINDOW_MS = 2 * 60 * 1000;
/** A page that was left this long ago and is still here hangs on a slow line, or the back button brought it back. */
const STILL_HERE_MS = 10 * 1000;

/**
 * @typedef {object} SignInOptions
 * @property {string} [serviceProvider] address of the service provider; default: the settings file
 * @property {string} [connection] the identity provider, by its name in the configuration
 * @property {string} [email] lets the service provider choose by domain
 * @property {string} [site] default: the settings file; used when neither of the above is given
 * @property {string} [returnTo] path on this site to go to afterwards; default `/`
 */

/**
 * Leaves the page for the identity provider.
 * @param {SignInOptions & { show?: (state: import('./wix-saml-state').PageState) => void }} [options]
 * @returns {Promise<import('./wix-saml-state').PageState>}
 */
export async function startSignIn(options = {}) {
  const show = showing(options);
  if (!isBrowserPass()) return pageState('idle');
  if (isPreview()) return show(pageState('preview'));
  show(pageState('starting'));
  const codeVerifier = randomText(32);
  const returnTo = pathOnSite(options.returnTo);
  const pending = { codeVerifier, state: randomText(16), returnTo, at: Date.now() };
  if (!keep('pending', pending)) return show(pageState('error', { sentence: 'storageBlocked' }));
  let challenge;
  try {
    challenge = await challengeOf(codeVerifier);
  } catch {
    return show(pageState('error', { sentence: 'notStarted', button: startButton(options) }));
  }
  goTo(loginUrl(options, challenge, pending.state));
  showIfStillHere(show, () => pageState('stillHere', { button: startButton(options) }));
  return pageState('starting');
}

/** The button that starts a sign-in with these options. */
export function startButton(options) {
  return { label: say('signInLabel'), run: () => startSignIn(options) };
}

/** A page that was left promises something; one that nobody leaves must not promise it for ever. */
export function showIfStillHere(show, later) {
  void wait(STILL_HERE_MS).then(() => show(later()));
}

/** Counts: true twice in two minutes, so that pages that send each other the visitor come to rest. */
export function mayStartByItself() {
  const since = Date.now() - AUTOMATIC_WINDOW_MS;
  const kept = recall('starts');
  const starts = (Array.isArray(kept) ? kept : []).filter((at) => at > since);
  // Without storage nothing can be counted, so nothing starts by itself.
  return starts.length < AUTOMATIC_STARTS && keep('starts', [...starts, Date.now()]);
}

function loginUrl(options, challenge, ownState) {
  const chosen = options.connection ? ['connection', options.connection] : ['email', options.email];
  const by = chosen[1] ? chosen : ['site', options.site || settings.site];
  const query = [
    by,
    ['code_challenge', challenge],
    ['state', ownState],
    ['return_to', pathOnSite(options.returnTo)],
    ...(options.confirm ? [['confirm', 'true']] : []),
    ...(options.forceAuthn ? [['force_authn', 'true']] : []),
  ]
    .map(([name, value]) => name + '=' + encodeURIComponent(value))
    .join('&');
  return (options.serviceProvider || settings.serviceProvider) + '/saml/login?' + query;
}
