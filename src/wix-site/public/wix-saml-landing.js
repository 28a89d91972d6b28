// The landing page: turns the ticket that comes back into a session of this tab, or starts a sign-in that the service
// provider asks for. Never shows text from the URL, never applies a token that this tab did not ask for, never keeps one.

import {
  forget,
  goTo,
  isBrowserPass,
  isPreview,
  keep,
  queryParameters,
  recall,
  removeQueryParameters,
  wait,
} from 'public/wix-saml-browser';
import { applySessionToken, loggedIn, onLogin } from 'public/wix-saml-session';
import { forgetHandle, keepHandle, ownHandle } from 'public/wix-saml-handle';
import { showSelfCheck } from 'public/wix-saml-check';
import { redeem } from 'public/wix-saml-redeem';
import { pathOnSite } from 'public/wix-saml-path';
import { endedForCompany, endForCompany } from 'public/wix-saml-sign-out';
import { settings } from 'public/wix-saml-settings';
import { say } from 'public/wix-saml-language';
import { mayStartByItself, showIfStillHere, startButton, startSignIn } from 'public/wix-saml-start';
import { pageState, showing } from 'public/wix-saml-state';

/** Applying a token may reload the page; the page that comes back goes on where this one wanted to go. */
const ARRIVAL_MS = 2 * 60 * 1000;
/** applySessionToken() may resolve before the session stands; after this long the page goes on regardless. */
const LOGIN_WAIT_MS = 3000;
/** Wix tells who the member is in one request; a page that leaves without knowing learns it on the next. */
const KNOW_MEMBER_MS = 2000;
/** From here on a sign-in takes longer than people expect. */
const SLOW_MS = 10 * 1000;
/** How long the page that a sign-in was meant for is remembered in its tab, for a second try. */
const WAY_BACK_MS = 15 * 60 * 1000;
const LANDING_PARAMETERS = [
  'ticket',
  'state',
  'start',
  'connection',
  'return_to',
  'force_authn',
  'check',
  'signout',
  'token',
];
/** The one run of completeSignIn() that is under way. */
let completing = null;

/**
 * Everything that the landing page does. Call it once from `$w.onReady`, without returning its promise.
 * @param {{ serviceProvider?: string, redeem?: 'page' | 'backend', show?: (state: import('./wix-saml-state').PageState) => void }} [options]
 * @returns {Promise<import('./wix-saml-state').PageState>} the last state; after 'arrived' the page is being left
 */
export function completeSignIn(options = {}) {
  if (!isBrowserPass()) return Promise.resolve(pageState('idle'));
  // A second call (page and masterPage) must not present the ticket again: without the verifier it would spend it.
  if (!completing) completing = complete(options).finally(() => (completing = null));
  return completing;
}

async function complete(options) {
  const query = queryParameters();
  const show = showing(options);
  const returnTo = wayBack(query);
  // The ticket leaves the address before anything else on the page can read or send it.
  const present = LANDING_PARAMETERS.filter((name) => query[name] !== undefined);
  if (present.length > 0) removeQueryParameters(present);
  if (query.ticket) return completeWithTicket(options, query, show);
  if (isPreview()) return show(pageState('preview'));
  if (query.check) return showSelfCheck(String(query.check), show);
  const serviceProvider = options.serviceProvider || settings.serviceProvider;
  const ended =
    query.signout === '1' ? await endForCompany(query, serviceProvider, show) : endedForCompany(show);
  if (ended !== null) return ended;
  if (loggedIn()) return query.start === '1' ? arrive(returnTo, show) : arriveOrStay('/', false, show);
  const chosen = { ...options, connection: textOrNothing(query.connection), returnTo };
  // A link chose the connection, so the service asks the person before it leaves where the site has several.
  const linked = {
    ...chosen,
    confirm: chosen.connection !== undefined,
    forceAuthn: query.force_authn === 'true',
  };
  if (query.start === '1' && mayStartByItself()) return startSignIn(linked);
  return show(pageState('choose', { button: startButton(chosen) }));
}

async function completeWithTicket(options, query, show) {
  const pending = recall('pending');
  forget('pending');
  const own = pending !== null && typeof pending.codeVerifier === 'string' && pending.state === query.state;
  show(pageState('redeeming'));
  // A ticket that this tab did not ask for is presented all the same, without a verifier: that spends it.
  const route = {
    serviceProvider: options.serviceProvider || settings.serviceProvider,
    by: options.redeem || settings.redeem,
  };
  const redeeming = redeem(
    { ticket: String(query.ticket), codeVerifier: own ? pending.codeVerifier : '' },
    route,
  );
  const outcome = await saySoWhenSlow(redeeming, show);
  if (isPreview()) return show(pageState('preview'));
  // A spent ticket says nothing about who is signed in here.
  const spent = !outcome.ok && outcome.sentence === 'expired';
  if ((!own || spent) && loggedIn()) return arriveOrStay('/', false, show);
  if (!own) return show(failed({ sentence: 'otherTab' }, options));
  const again = { ...options, returnTo: pathOnSite(pending.returnTo) };
  if (!outcome.ok) return show(failed(outcome, again));
  if (outcome.state !== pending.state) return show(failed({ sentence: 'otherTab' }, again));
  keepHandle(outcome, route);
  return apply(outcome, pending, { options: again, show });
}

async function saySoWhenSlow(redeeming, show) {
  let answered = false;
  void wait(SLOW_MS).then(() => answered || show(pageState('slow')));
  const outcome = await redeeming;
  answered = true;
  return outcome;
}

async function apply({ sessionToken, returnTo }, pending, { options, show }) {
  show(pageState('applying', { sentence: 'redeeming' }));
  keep('arrival', { returnTo: pathOnSite(returnTo), state: pending.state, at: Date.now() });
  try {
    // The listener comes first: the promise and the session are not the same moment on every site.
    const heard = new Promise((resolve) => {
      onLogin(resolve);
    });
    await applySessionToken(sessionToken);
    if (!loggedIn()) await Promise.race([heard, wait(LOGIN_WAIT_MS)]);
  } catch {
    forget('arrival');
    forgetHandle();
    return show(failed({ sentence: 'notApplied' }, options));
  }
  return arriveOrStay(returnTo, true, show);
}

/** A member is signed in: on to where the sign-in was meant to lead, kept across a reload, or to `fallback`. */
async function arriveOrStay(fallback, mayLeave, show) {
  await Promise.race([ownHandle(), wait(KNOW_MEMBER_MS)]);
  const arrival = recall('arrival');
  forget('arrival');
  const fresh = arrival !== null && Date.now() - arrival.at < ARRIVAL_MS;
  if (!fresh && !mayLeave) {
    return show(signedIn('/', show));
  }
  // Wix may reload the page even now, so it is kept for one more time; not for ever, or /sso could lead to itself.
  if (fresh && !arrival.used) keep('arrival', { ...arrival, used: true });
  return arrive(fresh ? arrival.returnTo : fallback, show);
}

async function arrive(path, show) {
  const arrived = show(pageState('arrived'));
  goTo(pathOnSite(path));
  showIfStillHere(show, () => signedIn(path, show));
  return arrived;
}

function signedIn(path, show) {
  return pageState('signedIn', { button: { label: say('continueLabel'), run: () => arrive(path, show) } });
}

/** After a refusal the service knows no page to come back to, but this tab still does. */
function wayBack(query) {
  const asked = pathOnSite(query.return_to);
  const pending = recall('pending');
  const fresh = pending !== null && Date.now() - pending.at < WAY_BACK_MS;
  return asked === '/' && query.start === '1' && fresh ? pathOnSite(pending.returnTo) : asked;
}

function failed(failure, options) {
  const { sentence, reference } = failure;
  return pageState('error', { sentence, reference, button: startButton(options) });
}

function textOrNothing(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
