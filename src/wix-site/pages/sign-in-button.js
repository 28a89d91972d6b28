// Paste into any page that has a button #signInButton (and, if you like, a text #status).
// With several identity providers on one site, name one: signInButton($w, { connection: 'acme', returnTo: '/members' }).

import { signInButton } from 'public/wix-saml-elements';

$w.onReady(() => {
  signInButton($w, { returnTo: '/members' });
});
