// Page code of an owner who pasted the landing page's lines twice.

import { completeSignIn, showOn } from 'public/wix-saml';

$w.onReady(() => {
  completeSignIn({ show: showOn($w) });
});
$w.onReady(() => {
  completeSignIn({ show: showOn($w) });
});
