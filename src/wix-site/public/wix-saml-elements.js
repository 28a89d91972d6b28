// Connects sign-in to elements of a page by their ids. An element that the page does not have is left out quietly:
// the page's owner decides what there is to see.

import { watchSession } from 'public/wix-saml-guard';
import { say } from 'public/wix-saml-language';
import { isSignedIn, signOut } from 'public/wix-saml-member';
import { tellSignedOut } from 'public/wix-saml-sign-out';
import { startSignIn } from 'public/wix-saml-start';

/** What the handout has typed into the landing page's text: a text that says it needs no ID. */
const FIRST_SENTENCE = /^Signing you in(…|\.{3})?$/;

/**
 * `show` for completeSignIn(): `#status`, or else the text that says “Signing you in…”, gets the sentence, `#reference` the reference, `#signInButton` what can be done,
 * `#otherButton` what can be done instead (the self-check's).
 * @param {Function} $w the page's selector
 */
export function showOn($w) {
  const showButton = buttonOn($w, '#signInButton');
  const showOther = buttonOn($w, '#otherButton');
  const status = byId($w, '#status') || bySentence($w);
  return (state) => {
    if (status) status.text = state.message;
    element($w, '#reference', (reference) => {
      reference.text = state.reference ? say('referenceLabel') + ' ' + state.reference : '';
      toggle(reference, state.reference !== null);
    });
    showButton(state.button);
    showOther(state.other || null);
  };
}

/**
 * Makes `#signInButton` start the sign-in, or sign out a member who is signed in. `#status` gets what goes wrong.
 * A button with a link of its own keeps it: the link works before this code is here, and Wix would follow it besides.
 * @param {Function} $w the page's selector
 * @param {import('./wix-saml-start').SignInOptions} [options]
 */
export function signInButton($w, options = {}) {
  const show = (state) =>
    element($w, '#status', (status) => {
      status.text = state.message;
    });
  element($w, '#signInButton', (button) => {
    if (button.link && !isSignedIn()) return;
    if (button.link && !unlinked(button)) {
      // It leads on to the page for members, also for somebody who is signed in.
      button.label = say('continueLabel');
      return;
    }
    const relabel = () => {
      button.label = say(isSignedIn() ? 'signOutLabel' : 'signInLabel');
    };
    relabel();
    tellSignedOut(show);
    // Where anybody may be, a session that has ended is no reason to lead them away.
    void watchSession({ ...options, show, restart: false, ended: relabel });
    button.onClick(async () => {
      if (!isSignedIn()) return startSignIn({ ...options, show });
      await signOut();
      relabel();
    });
  });
}

/** Binds the button once, however often what it does changes. */
function buttonOn($w, id) {
  let run = null;
  let bound = false;
  return (wanted) =>
    element($w, id, (button) => {
      run = wanted && wanted.run;
      if (!bound) button.onClick(() => run && run());
      bound = true;
      if (wanted) button.label = wanted.label;
      toggle(button, wanted !== null);
    });
}

/** Whether the button let go of its link; not documented for every kind of button. */
function unlinked(button) {
  try {
    button.link = '';
  } catch {
    // It keeps its link.
  }
  return !button.link;
}

function toggle(target, visible) {
  if (visible) target.show();
  else target.hide();
}

function byId($w, id) {
  try {
    const found = $w(id);
    return typeof found.text === 'string' ? found : null;
  } catch {
    return null;
  }
}

/** Header and footer have texts as well; they say something else. */
function bySentence($w) {
  let found = null;
  try {
    $w('Text').forEach((text) => {
      if (FIRST_SENTENCE.test(String(text.text).trim())) found = found || text;
    });
  } catch {
    // Nothing to write on.
  }
  return found;
}

function element($w, id, use) {
  try {
    use($w(id));
  } catch {
    // Not on this page.
  }
}
