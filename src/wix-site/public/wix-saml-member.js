// Whether somebody is signed in, and the end of it.

import { isBrowserPass } from 'public/wix-saml-browser';
import { loggedIn, logout } from 'public/wix-saml-session';

/** @returns {boolean} whether a member is signed in in this browser; false in the server's pass */
export function isSignedIn() {
  return isBrowserPass() && loggedIn();
}

/** Ends the member's session on this site. */
export async function signOut() {
  await logout();
}
