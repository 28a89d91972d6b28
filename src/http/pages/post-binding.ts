// The AuthnRequest on its way by HTTP-POST (SAML Bindings §3.5): a form that submits itself, or by its button without script.

import type { OutgoingMessage } from '../../saml/login/authn-request';
import { formActionTo } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import { pageLayout, pageStyle } from './layout';

const SUBMIT = 'document.forms[0].submit()';

export function postBindingPage({ location, fields }: Extract<OutgoingMessage, { binding: 'post' }>): Page {
  const inputs = Object.entries(fields).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  const content = markup`<h1>One moment…</h1>
<p>You are being taken to your organisation’s sign-in page. If nothing happens, continue with the button.</p>
<form method="post" action="${location}">
${inputs}
<button type="submit">Continue</button>
</form>`;
  return {
    html: pageLayout('Signing you in', content, { script: SUBMIT }),
    policy: { style: pageStyle, script: SUBMIT, formAction: formActionTo([location]) },
  };
}
