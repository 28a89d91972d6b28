// Sign-in of a member through the company's identity provider, seen from the site's pages: startSignIn() leaves for the
// service provider, completeSignIn() turns the ticket that comes back into a session, signOut() ends it.
// Binding: the code verifier (RFC 7636) never leaves this tab but towards the service provider, with its own ticket.
// Never shows text from the URL, never applies a token that this tab did not ask for, never keeps a token.

import * as browser from 'public/wix-saml-browser';
import { applySessionToken, loggedIn, logout, onLogin } from 'public/wix-saml-session';
import { redeem } from 'public/wix-saml-redeem';
import { pathOnSite } from 'public/wix-saml-path';
import { settings } from 'public/wix-saml-settings';
import { messages } from 'public/wix-saml-messages';

/** Automatic starts, so that a page that is sent back and forth comes to rest: at most two in two minutes. */
const AUTOMATIC_STARTS = 2;
const AUTOMATIC_WINDOW_MS = 2 * 60 * 1000;
/** Applying a token may reload the page; the page that comes back goes on where this one wanted to go. */
const ARRIVAL_MS = 2 * 60 * 1000;
/** applySessionToken() may resolve before the session stands; after this long the page goes on regardless. */
const LOGIN_WAIT_MS = 3000;
/** The one run of completeSignIn() that is under way. */
let completing = null;

const LANDING_PARAMETERS = ['ticket', 'state', 'start', 'connection', 'return_to', 'force_authn'];
/** How long the page that a sign-in was meant for is remembered in its tab, for a second try. */
const WAY_BACK_MS = 15 * 60 * 1000;

/**
 * @typedef {object} SignInOptions
 * @property {string} [serviceProvider] address of the service provider; default: the settings file
 * @property {string} [connection] the identity provider, by its name in the configuration
 * @property {string} [email] lets the service provider choose by domain
 * @property {string} [site] default: the settings file; used when neither of the above is given
 * @property {string} [returnTo] path on this site to go to afterwards; default `/`
 *
 * @typedef {object} PageState what the page should show now
 * @property {'idle' | 'preview' | 'starting' | 'redeeming' | 'applying' | 'arrived' | 'signedIn' | 'choose' | 'error'} name
 * @property {string} message a plain sentence
 * @property {string | null} reference finds the failure in the service provider's log
 * @property {{ label: string, run: () => Promise<PageState> } | null} button
 */

/**
 * Leaves the page for the identity provider.
 * @param {SignInOptions & { show?: (state: PageState) => void }} [options]
 * @returns {Promise<PageState>}
 */
export async function startSignIn(options = {}) {
  const show = showing(options);
  if (!browser.isBrowserPass()) return state('idle');
  if (browser.isPreview()) return show(state('preview'));
  show(state('starting'));
  const codeVerifier = browser.randomText(32);
  const returnTo = pathOnSite(options.returnTo);
  const pending = { codeVerifier, state: browser.randomText(16), returnTo, at: Date.now() };
  if (!browser.keep('pending', pending)) return show(state('error', { message: messages.storageBlocked }));
  let challenge;
  try {
    challenge = await browser.challengeOf(codeVerifier);
  } catch {
    return show(state('error', { message: messages.notStarted, button: again(options) }));
  }
  browser.goTo(loginUrl(options, challenge, pending.state));
  return state('starting');
}

/**
 * Everything that the landing page does. Call it once from `$w.onReady`, without returning its promise.
 * @param {{ serviceProvider?: string, redeem?: 'page' | 'backend', show?: (state: PageState) => void }} [options]
 * @returns {Promise<PageState>} the last state; after 'arrived' the page is being left
 */
export function completeSignIn(options = {}) {
  if (!browser.isBrowserPass()) return Promise.resolve(state('idle'));
  // A second call (page and masterPage) must not present the ticket again: without the verifier it would spend it.
  if (!completing) completing = complete(options).finally(() => (completing = null));
  return completing;
}

/** Ends the member's session on this site. */
export async function signOut() {
  await logout();
}

/** @returns {boolean} whether a member is signed in in this browser; false in the server's pass */
export function isSignedIn() {
  return browser.isBrowserPass() && loggedIn();
}

async function complete(options) {
  const query = browser.queryParameters();
  const show = showing(options);
  const returnTo = wayBack(query);
  // The ticket leaves the address before anything else on the page can read or send it.
  const present = LANDING_PARAMETERS.filter((name) => query[name] !== undefined);
  if (present.length > 0) browser.removeQueryParameters(present);
  if (query.ticket) return completeWithTicket(options, query, show);
  if (browser.isPreview()) return show(state('preview'));
  if (loggedIn()) return query.start === '1' ? arrive(returnTo, show) : arriveOrStay('/', false, show);
  const chosen = { ...options, connection: textOrNothing(query.connection), returnTo };
  // A link chose the connection, so the service asks the person before it leaves where the site has several.
  const linked = {
    ...chosen,
    confirm: chosen.connection !== undefined,
    forceAuthn: query.force_authn === 'true',
  };
  if (query.start === '1' && mayStartByItself()) return startSignIn(linked);
  return show(state('choose', { button: again(chosen) }));
}

async function completeWithTicket(options, query, show) {
  const pending = browser.recall('pending');
  browser.forget('pending');
  const own = pending !== null && typeof pending.codeVerifier === 'string' && pending.state === query.state;
  show(state('redeeming'));
  // A ticket that this tab did not ask for is presented all the same, without a verifier: that spends it.
  const outcome = await redeem(
    { ticket: String(query.ticket), codeVerifier: own ? pending.codeVerifier : '' },
    {
      serviceProvider: options.serviceProvider || settings.serviceProvider,
      by: options.redeem || settings.redeem,
    },
  );
  if (browser.isPreview()) return show(state('preview'));
  // A spent ticket says nothing about who is signed in here.
  const spent = !outcome.ok && outcome.message === messages.expired;
  if ((!own || spent) && loggedIn()) return arriveOrStay('/', false, show);
  if (!own) return show(state('error', { message: messages.otherTab, button: again(options) }));
  if (!outcome.ok) return show(failed(outcome, options));
  if (outcome.state !== pending.state) return show(failed({ message: messages.otherTab }, options));
  return apply(outcome, pending, { options, show });
}

async function apply({ sessionToken, returnTo }, pending, { options, show }) {
  show(state('applying'));
  browser.keep('arrival', { returnTo: pathOnSite(returnTo), state: pending.state, at: Date.now() });
  try {
    // The listener comes first: the promise and the session are not the same moment on every site.
    const signedIn = new Promise((resolve) => {
      onLogin(resolve);
    });
    await applySessionToken(sessionToken);
    if (!loggedIn()) await Promise.race([signedIn, browser.wait(LOGIN_WAIT_MS)]);
  } catch {
    browser.forget('arrival');
    return show(failed({ message: messages.notApplied }, options));
  }
  return arriveOrStay(returnTo, true, show);
}

/** A member is signed in: on to where the sign-in was meant to lead, kept across a reload, or to `fallback`. */
function arriveOrStay(fallback, mayLeave, show) {
  const arrival = browser.recall('arrival');
  browser.forget('arrival');
  const fresh = arrival !== null && Date.now() - arrival.at < ARRIVAL_MS;
  if (!fresh && !mayLeave) {
    return show(
      state('signedIn', { button: { label: messages.continueLabel, run: () => arrive('/', show) } }),
    );
  }
  // Wix may reload the page even now, so it is kept for one more time; not for ever, or /sso could lead to itself.
  if (fresh && !arrival.used) browser.keep('arrival', { ...arrival, used: true });
  return arrive(fresh ? arrival.returnTo : fallback, show);
}

async function arrive(path, show) {
  const arrived = show(state('arrived'));
  browser.goTo(pathOnSite(path));
  return arrived;
}

/** After a refusal the service knows no page to come back to, but this tab still does. */
function wayBack(query) {
  const asked = pathOnSite(query.return_to);
  const pending = browser.recall('pending');
  const fresh = pending !== null && Date.now() - pending.at < WAY_BACK_MS;
  return asked === '/' && query.start === '1' && fresh ? pathOnSite(pending.returnTo) : asked;
}

function mayStartByItself() {
  const since = Date.now() - AUTOMATIC_WINDOW_MS;
  const kept = browser.recall('starts');
  const starts = (Array.isArray(kept) ? kept : []).filter((at) => at > since);
  // Without storage nothing can be counted, so nothing starts by itself.
  return starts.length < AUTOMATIC_STARTS && browser.keep('starts', [...starts, Date.now()]);
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

function failed(failure, options) {
  return state('error', { message: failure.message, reference: failure.reference, button: again(options) });
}

function again(options) {
  return { label: messages.signInLabel, run: () => startSignIn(options) };
}

function state(name, { message, reference, button } = {}) {
  return {
    name,
    message: message || messages[name],
    reference: referenceOrNull(reference),
    button: button || null,
  };
}

/** A broken `show` must not stop a sign-in. */
function showing({ show }) {
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

function textOrNothing(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
