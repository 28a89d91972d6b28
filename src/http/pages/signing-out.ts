// Pages of a sign-out that go on by themselves: to an address, or with a form to an IdP. Like the page that ends a sign-in
// (pages/onward): the `form-action` policy of an IdP's page does not reach beyond them.

import type { OutgoingLogout } from '../../saml/logout/build';
import { contentSecurityPolicy, formActionTo } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import { hiddenInputs } from './hidden-inputs';
import { pageLayout, pageStyle } from './layout';

const TITLE = 'Signing you out…';
const SUBMIT = 'document.forms[0].submit()';
const policy = contentSecurityPolicy({ style: pageStyle });

/** @param location an address of a configured site, or of a connection's metadata */
export function signingOutPage(location: string): Page {
  const content = markup`<h1>${TITLE}</h1>
<p>You are being taken on. If nothing happens, use this link.</p>
<p><a class="button" href="${location}">Continue</a></p>`;
  return { html: pageLayout(TITLE, content, { refreshTo: location }), policy };
}

export function signingOutForm({ location, fields }: Extract<OutgoingLogout, { binding: 'post' }>): Page {
  const content = markup`<h1>${TITLE}</h1>
<p>You are being taken to your organisation’s sign-out page. If nothing happens, continue with the button.</p>
<form method="post" action="${location}">
${hiddenInputs(Object.entries(fields))}
<button type="submit">Continue</button>
</form>`;
  return {
    html: pageLayout(TITLE, content, { script: SUBMIT }),
    policy: { style: pageStyle, script: SUBMIT, formAction: formActionTo([location]) },
  };
}

/** Nothing is left to do, and nobody waits for an answer. */
export function signedOutPage(): Page {
  const content = markup`<h1>You are signed out</h1>
<p>You can close this window.</p>`;
  return { html: pageLayout('You are signed out', content), policy };
}
