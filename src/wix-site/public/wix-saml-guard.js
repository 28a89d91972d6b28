// The door of a page for members: whoever is not signed in is taken to the company's sign-in and back to this page, and
// never sees Wix's own form, for which employees have no password. A door and not a lock: what only members may read is
// protected by the permissions of the collections it comes from.

import { currentPath, isBrowserPass, isPreview } from 'public/wix-saml-browser';
import { isSignedIn } from 'public/wix-saml-member';
import { mayStartByItself, startButton, startSignIn } from 'public/wix-saml-start';
import { pageState, showing } from 'public/wix-saml-state';

/**
 * Call it in `$w.onReady` of a page that everyone may open.
 * @param {Omit<import('./wix-saml-start').SignInOptions, 'returnTo'> & { show?: Function }} [options]
 * @returns {Promise<import('./wix-saml-state').PageState>} 'signedIn': the page may go on. 'idle': in the server's pass
 *   and in the preview, where nobody can be signed in
 */
export async function requireMember(options = {}) {
  if (!isBrowserPass() || isPreview()) return pageState('idle');
  if (isSignedIn()) return pageState('signedIn');
  const wanted = { ...options, returnTo: currentPath() };
  if (mayStartByItself()) return startSignIn(wanted);
  return showing(options)(pageState('choose', { button: startButton(wanted) }));
}
