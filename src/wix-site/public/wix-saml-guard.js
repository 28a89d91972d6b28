// The door of a page for members, and the watch over a session. At the door whoever is not signed in is taken to the company's
// sign-in and back to this page, and never sees Wix's own form, for which employees have no password. The watch asks the
// service provider whether the session lives, and signs out where it has ended. A door and a watch, and no lock: what only
// members may read is protected by the permissions of the collections it comes from.

import {
  askAboutHandle,
  currentPath,
  forget,
  isBrowserPass,
  isPreview,
  keep,
  recall,
  wait,
} from 'public/wix-saml-browser';
import { forgetHandle, noteAlive, ownHandle } from 'public/wix-saml-handle';
import { isSignedIn, leave } from 'public/wix-saml-member';
import { logout } from 'public/wix-saml-session';
import { mayStartByItself, startButton, startSignIn } from 'public/wix-saml-start';
import { pageState, showing } from 'public/wix-saml-state';

/** Signing out may load the page anew; the page that comes back starts again where this one would have. */
const ENDED_MS = 2 * 60 * 1000;
/** The one watch of this page. */
let watching = false;

/**
 * Call it in `$w.onReady` of a page that everyone may open. It watches the session as well.
 * @param {Omit<import('./wix-saml-start').SignInOptions, 'returnTo'> & { show?: Function }} [options]
 * @returns {Promise<import('./wix-saml-state').PageState>} 'signedIn': the page may go on. 'idle': in the server's pass
 *   and in the preview, where nobody can be signed in
 */
export async function requireMember(options = {}) {
  if (!isBrowserPass() || isPreview()) return pageState('idle');
  if (isSignedIn()) return watchSession(options);
  const left = await leave();
  if (left === 'leaving') return pageState('idle');
  forget('ended');
  // Whoever has just signed out must not be signed in by the next breath.
  if (left === 'nobody' && mayStartByItself()) return startSignIn(hither(options));
  return offer(options, left === 'nobody' ? 'choose' : 'signedOut');
}

/**
 * Call it in `$w.onReady` of the master page, so that every page of the site watches the member's session: when it has
 * ended, the member is signed out and the sign-in starts again.
 * @param {Parameters<typeof requireMember>[0] & { restart?: boolean, ended?: () => void }} [options] `restart: false`: only
 *   signs out. `ended` is called when it has
 * @returns {Promise<import('./wix-saml-state').PageState>}
 */
export async function watchSession(options = {}) {
  if (!isBrowserPass() || isPreview()) return pageState('idle');
  if (isSignedIn()) {
    if (!watching) void watch(options);
    return pageState('signedIn');
  }
  if ((await leave()) !== 'nobody') return pageState('idle');
  const ended = recall('ended');
  if (ended === null || Date.now() - ended.at > ENDED_MS) return pageState('idle');
  return startAgain(options, ended.mayStart);
}

async function watch(options) {
  watching = true;
  for (let pause = await look(options); pause > 0; pause = await look(options)) await wait(pause);
  watching = false;
}

/** @returns {Promise<number>} milliseconds until the next look; 0: there is nothing to watch any more */
async function look(options) {
  const own = await ownHandle();
  if (own === null || !isSignedIn()) return 0;
  const now = Date.now();
  const every = own.checkEvery * 1000;
  const sinceMs = now - own.aliveAt;
  // Another page of this browser has asked already.
  if (sinceMs >= 0 && sinceMs < every) return every - sinceMs;
  const answer = await askAboutHandle({ handle: own.handle }, own);
  const says = answer !== null && typeof answer.alive === 'boolean';
  if (says && answer.alive) {
    noteAlive(own);
    return every;
  }
  // Without an answer the session goes on for a while: nobody loses their work because a service is restarted.
  if (!says && sinceMs >= 0 && sinceMs < own.grace * 1000) return every;
  await end(options, says);
  return 0;
}

async function end(options, mayStart) {
  forgetHandle();
  keep('ended', { at: Date.now(), mayStart });
  await logout();
  if (options.ended) options.ended();
  await startAgain(options, mayStart);
}

/** @param {boolean} mayStart false: the service provider is away, and nothing would come of starting */
async function startAgain(options, mayStart) {
  forget('ended');
  if (options.restart !== false && mayStart && mayStartByItself()) return startSignIn(hither(options));
  return offer(options, 'sessionEnded');
}

function offer(options, sentence) {
  return showing(options)(pageState('choose', { sentence, button: startButton(hither(options)) }));
}

/** A sign-in that comes back to this page. */
function hither(options) {
  return { ...options, returnTo: currentPath() };
}
