// The AuthnRequest on its way by HTTP-POST (SAML Bindings §3.5): a form that submits itself, or by its button without script.

import type { OutgoingMessage } from '../../saml/login/authn-request';
import { formActionTo } from '../headers';
import { markup } from '../html';
import type { Page } from '../reply';
import type { Words } from '../text/words';
import { pageLayout, pageStyle } from './layout';

const SUBMIT = 'document.forms[0].submit()';

type PostMessage = Extract<OutgoingMessage, { binding: 'post' }>;

export function postBindingPage({ location, fields }: PostMessage, words: Words): Page {
  const { toIdp: say } = words.visitor;
  const inputs = Object.entries(fields).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  const content = markup`<h1>${say.heading}</h1>
<p>${say.text}</p>
<form method="post" action="${location}">
${inputs}
<button type="submit">${say.go}</button>
</form>`;
  return {
    html: pageLayout(words, { title: say.title, content, script: SUBMIT }),
    policy: { style: pageStyle, script: SUBMIT, formAction: formActionTo([location]) },
  };
}
