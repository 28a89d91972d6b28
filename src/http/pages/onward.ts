// The ACS answers with this page and not with a redirect: a browser applies the `form-action` policy of the page that posted
// the form to every redirect of that submission (CSP 3 §6.1.14), and an IdP may allow our origin only. The page is no part
// of the submission any more, so it may lead to the site. It needs no script, and the POST does not stay in the history.

import { contentSecurityPolicy } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import type { Words } from '../text/words';
import { pageLayout, pageStyle } from './layout';

/** Every sign-in shows this page. */
const policy = contentSecurityPolicy({ style: pageStyle });

/** @param location an address of a configured site; never one from the request */
export function onwardPage(location: string, words: Words): Page {
  const { onward: say } = words.visitor;
  const content = markup`<h1>${say.title}</h1>
<p>${say.text}</p>
<p><a class="button" href="${location}">${say.go}</a></p>`;
  return { html: pageLayout(words, { title: say.title, content, refreshTo: location }), policy };
}
