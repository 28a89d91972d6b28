// Paste into any page that has a button #signInButton (and, if you like, a text #status). Give the button the link that
// `wix-saml site` prints, in the same window: it signs in before this code is loaded. With a link, `returnTo` is the link's.
// With several identity providers on one site, name one: signInButton($w, { connection: 'acme', returnTo: '/members' }).

import { signInButton } from 'public/wix-saml';

$w.onReady(() => {
  signInButton($w, { returnTo: '/members' });
});
