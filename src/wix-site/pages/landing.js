// Paste into the landing page (path /sso by default). Elements, all optional: text #status, text #reference,
// button #signInButton.

import { completeSignIn } from 'public/wix-saml';
import { showOn } from 'public/wix-saml-elements';

$w.onReady(() => {
  completeSignIn({ show: showOn($w) });
});
