// A link on the site named a connection where the site has several: nobody is taken to an IdP that a stranger's link chose.
// One click shows the person whose sign-in page comes next.

import type { ConfirmPage } from '../../sso/begin-login';
import { formActionTo } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import { hiddenInputs } from './hidden-inputs';
import { pageLayout, pageStyle } from './layout';

/** @param loginUrl absolute address of /saml/login */
export function confirmPage({ connection, site, passedOn }: ConfirmPage, loginUrl: string): Page {
  const others = new URLSearchParams({ site: site.name, ...passedOn });
  const content = markup`<h1>Sign in</h1>
<p>You will sign in with your account at <strong><bdi>${connection.displayName}</bdi></strong>.</p>
<form method="post" action="${loginUrl}">
${hiddenInputs([['connection', connection.name], ...Object.entries(passedOn)])}
<button type="submit">Continue with your company account</button>
</form>
<p><a href="${loginUrl}?${others.toString()}">Use another organisation</a></p>`;
  const endpoints = connection.identityProvider.singleSignOnServices.map(({ location }) => location);
  return {
    html: pageLayout('Sign in', content),
    policy: { style: pageStyle, formAction: `'self' ${formActionTo([loginUrl, ...endpoints])}` },
  };
}
