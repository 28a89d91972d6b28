// A link on the site named a connection where the site has several: nobody is taken to an IdP that a stranger's link chose.
// One click shows the person whose sign-in page comes next.

import type { ConfirmPage } from '../../sso/begin-login';
import { formActionTo } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import { named } from '../text/values';
import type { Words } from '../text/words';
import { hiddenInputs } from './hidden-inputs';
import { pageLayout, pageStyle } from './layout';

/** @param loginUrl absolute address of /saml/login */
export function confirmPage(view: ConfirmPage, loginUrl: string, words: Words): Page {
  const { connection, site, passedOn } = view;
  const { chooser, confirm: say } = words.visitor;
  const others = new URLSearchParams({ site: site.name, ...passedOn });
  const content = markup`<h1>${chooser.title}</h1>
<p>${say.account(named(connection.displayName))}</p>
<form method="post" action="${loginUrl}">
${hiddenInputs([['connection', connection.name], ...Object.entries(passedOn)])}
<button type="submit">${say.go}</button>
</form>
<p><a href="${loginUrl}?${others.toString()}">${say.other}</a></p>`;
  const endpoints = connection.identityProvider.singleSignOnServices.map(({ location }) => location);
  return {
    html: pageLayout(words, { title: chooser.title, content }),
    policy: { style: pageStyle, formAction: `'self' ${formActionTo([loginUrl, ...endpoints])}` },
  };
}
