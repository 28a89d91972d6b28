// Paste into the landing page (path /sso by default). Elements, all optional: a text that says “Signing you in…”, text #reference,
// button #signInButton.

import { completeSignIn, showOn } from 'public/wix-saml';

$w.onReady(() => {
  completeSignIn({ show: showOn($w) });
});
