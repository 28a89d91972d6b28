// Connects sign-in to elements of a page by their ids. An element that the page does not have is left out quietly:
// the page's owner decides what there is to see.

import { isSignedIn, signOut, startSignIn } from 'public/wix-saml';
import { messages } from 'public/wix-saml-messages';

/**
 * `show` for completeSignIn(): `#status` gets the sentence, `#reference` the reference, `#signInButton` what can be done.
 * @param {Function} $w the page's selector
 */
export function showOn($w) {
  let run = null;
  let bound = false;
  return (state) => {
    element($w, '#status', (status) => {
      status.text = state.message;
    });
    element($w, '#reference', (reference) => {
      reference.text = state.reference ? 'Reference: ' + state.reference : '';
      toggle(reference, state.reference !== null);
    });
    element($w, '#signInButton', (button) => {
      run = state.button && state.button.run;
      if (!bound) button.onClick(() => run && run());
      bound = true;
      if (state.button) button.label = state.button.label;
      toggle(button, state.button !== null);
    });
  };
}

/**
 * Makes `#signInButton` start the sign-in, or sign out a member who is signed in. `#status` gets what goes wrong.
 * @param {Function} $w the page's selector
 * @param {import('./wix-saml').SignInOptions} [options]
 */
export function signInButton($w, options = {}) {
  const show = (state) =>
    element($w, '#status', (status) => {
      status.text = state.message;
    });
  element($w, '#signInButton', (button) => {
    button.label = isSignedIn() ? messages.signOutLabel : messages.signInLabel;
    button.onClick(async () => {
      if (!isSignedIn()) return startSignIn({ ...options, show });
      await signOut();
      button.label = messages.signInLabel;
    });
  });
}

function toggle(target, visible) {
  if (visible) target.show();
  else target.hide();
}

function element($w, id, use) {
  try {
    use($w(id));
  } catch {
    // Not on this page.
  }
}
