// Whether somebody is signed in, and the end of it.

import { askAboutHandle, forget, goTo, isBrowserPass, keep, recall } from 'public/wix-saml-browser';
import { forgetHandle, ownHandle, restoreHandle } from 'public/wix-saml-handle';
import { loggedIn, logout } from 'public/wix-saml-session';

/** Signing out may load the page anew; the page that comes back goes on where this one was. */
const LEAVING_MS = 2 * 60 * 1000;

/** @returns {boolean} whether a member is signed in in this browser; false in the server's pass */
export function isSignedIn() {
  return isBrowserPass() && loggedIn();
}

/**
 * Ends the member's session on this site, then at the service provider, and goes on to the company's sign-out where there
 * is one. The site comes first: whatever fails afterwards, the person is signed out here.
 */
export async function signOut() {
  const own = await ownHandle();
  forgetHandle();
  if (own) keep('leaving', { ...own, at: Date.now() });
  try {
    await logout();
  } catch (error) {
    forget('leaving');
    if (own) restoreHandle(own);
    throw error;
  }
  await leave(own);
}

/**
 * The second half of signing out, also on the page that Wix loaded anew after the first.
 * @returns {Promise<'nobody' | 'signedOut' | 'leaving'>} 'nobody': nobody was signing out. 'leaving': the page is being left
 */
export async function leave(own = leaver()) {
  forget('leaving');
  if (!own) return 'nobody';
  const { continueAt } = (await askAboutHandle({ handle: own.handle, end: true }, own)) || {};
  // Only to the service provider, whatever is answered.
  if (typeof continueAt !== 'string' || !continueAt.startsWith(own.serviceProvider + '/')) return 'signedOut';
  goTo(continueAt);
  return 'leaving';
}

function leaver() {
  const leaving = recall('leaving');
  return leaving !== null && Date.now() - leaving.at < LEAVING_MS && !isSignedIn() ? leaving : null;
}
