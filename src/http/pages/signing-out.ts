// Pages of a sign-out that go on by themselves: to an address, or with a form to an IdP. Like the page that ends a sign-in
// (pages/onward): the `form-action` policy of an IdP's page does not reach beyond them.

import type { OutgoingLogout } from '../../saml/logout/build';
import { contentSecurityPolicy, formActionTo } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import type { Words } from '../text/words';
import { hiddenInputs } from './hidden-inputs';
import { pageLayout, pageStyle } from './layout';

const SUBMIT = 'document.forms[0].submit()';
const policy = contentSecurityPolicy({ style: pageStyle });

/** @param location an address of a configured site, or of a connection's metadata */
export function signingOutPage(words: Words, location: string): Page {
  const { signingOut: say } = words.visitor;
  const content = markup`<h1>${say.title}</h1>
<p>${say.toSite}</p>
<p><a class="button" href="${location}">${say.go}</a></p>`;
  return { html: pageLayout(words, { title: say.title, content, refreshTo: location }), policy };
}

export function signingOutForm(
  words: Words,
  { location, fields }: Extract<OutgoingLogout, { binding: 'post' }>,
): Page {
  const { signingOut: say } = words.visitor;
  const content = markup`<h1>${say.title}</h1>
<p>${say.toIdp}</p>
<form method="post" action="${location}">
${hiddenInputs(Object.entries(fields))}
<button type="submit">${say.go}</button>
</form>`;
  return {
    html: pageLayout(words, { title: say.title, content, script: SUBMIT }),
    policy: { style: pageStyle, script: SUBMIT, formAction: formActionTo([location]) },
  };
}

/** Nothing is left to do, and nobody waits for a reply. */
export function signedOutPage(words: Words): Page {
  const { signingOut: say } = words.visitor;
  const content = markup`<h1>${say.done}</h1>
<p>${say.close}</p>`;
  return { html: pageLayout(words, { title: say.done, content }), policy };
}
