// Paste into every page for members, and let everyone open these pages (page settings, permissions): otherwise Wix shows
// its own form before this code runs. Whoever is not signed in goes to the company's sign-in and comes back here.
// What must stay among members comes from collections that only members may read. Elements as on the landing page.

import { requireMember, showOn } from 'public/wix-saml';

$w.onReady(() => {
  requireMember({ show: showOn($w) });
});
