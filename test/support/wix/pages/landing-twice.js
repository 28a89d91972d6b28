// Page code of an owner who pasted the landing page's lines twice.

import { completeSignIn } from 'public/wix-saml';
import { showOn } from 'public/wix-saml-elements';

$w.onReady(() => {
  completeSignIn({ show: showOn($w) });
});
$w.onReady(() => {
  completeSignIn({ show: showOn($w) });
});
