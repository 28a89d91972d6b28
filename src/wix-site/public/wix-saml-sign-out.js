// A logout of the company reaches this browser: the service provider sends it to the landing page, which ends the session here
// and goes back, so that the company learns how it went. And what ended is said on the page that a sign-out leads to.

import {
  askAboutHandle,
  forget,
  goTo,
  keep,
  queryParameters,
  recall,
  removeQueryParameters,
} from 'public/wix-saml-browser';
import { forgetHandle, ownHandle } from 'public/wix-saml-handle';
import { loggedIn, logout } from 'public/wix-saml-session';
import { pageState } from 'public/wix-saml-state';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Signing out may load the page anew; the page that comes back goes on where this one was. */
const RETURNING_MS = 2 * 60 * 1000;
/** By what the service provider says in the address; nothing else is believed. */
const SENTENCES = { everywhere: 'signedOutEverywhere', here: 'signedOut', partly: 'signedOutPartly' };

/**
 * Ends the session of this browser when the service provider has ended it, and goes back. A link can say the same to
 * anybody, so the handle is asked for first: a session that lives, and one without a handle, is left alone.
 * @param {{ token?: unknown }} query out of the address
 * @param {string} serviceProvider
 * @param {(state: object) => object} show
 * @returns {Promise<object | null>} null: there was nothing to end, and nowhere to go
 */
export async function endForCompany({ token }, serviceProvider, show) {
  const back = { token: TOKEN.test(String(token)) ? String(token) : '', serviceProvider, at: Date.now() };
  const own = loggedIn() ? await ownHandle() : null;
  const answer = own && (await askAboutHandle({ handle: own.handle }, own));
  if (!answer || answer.alive !== false) return goBack(back, false, show);
  keep('returning', back);
  try {
    await logout();
  } catch {
    return goBack(back, false, show);
  }
  forgetHandle();
  return goBack(back, true, show);
}

/** The second half on the page that Wix loaded anew after the first. @returns {object | null} null: nothing was under way */
export function endedForCompany(show) {
  const back = recall('returning');
  forget('returning');
  if (back === null || Date.now() - back.at > RETURNING_MS || loggedIn()) return null;
  forgetHandle();
  return goBack(back, true, show);
}

function goBack({ token, serviceProvider }, isSignedOut, show) {
  forget('returning');
  if (token !== '')
    goTo(serviceProvider + '/saml/slo?return=' + token + (isSignedOut ? '&signed_out=1' : ''));
  if (isSignedOut) return show(pageState('choose', { sentence: 'signedOut' }));
  return token === '' ? null : pageState('idle');
}

/** Says what a sign-out has ended, once, on the page that it leads to. */
export function tellSignedOut(show) {
  const name = 'wix-saml-signed-out';
  const ended = queryParameters()[name];
  if (ended === undefined) return;
  removeQueryParameters([name]);
  if (Object.hasOwn(SENTENCES, ended)) show(pageState('choose', { sentence: SENTENCES[ended] }));
}
