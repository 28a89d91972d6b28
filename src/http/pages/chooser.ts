// Several connections could be meant: the person chooses one, or gives the address at work. The address travels in a form,
// so that it stays out of addresses, histories and access logs. An address that does not decide gets a sentence, the same
// one whether nobody knows it or several do.

import type { ChooserPage } from '../../sso/begin-login';
import { formActionTo } from '../headers';
import { markup, type Html } from '../html';
import type { Page } from '../reply';
import { hiddenInputs, type Parameters } from './hidden-inputs';
import { pageLayout, pageStyle } from './layout';

/**
 * @param loginUrl absolute address of /saml/login
 * @param typed what the person wrote into the form before, to be corrected instead of written again
 */
export function chooserPage(view: ChooserPage, loginUrl: string, typed = ''): Page {
  const passedOn: Parameters = [
    ['code_challenge', view.codeChallenge],
    ['state', view.state],
    ['return_to', view.returnTo],
    ['force_authn', view.forceAuthn && 'true'],
    ['is_passive', view.isPassive && 'true'],
  ];
  const content = markup`<h1>Sign in</h1>
${view.choices.length === 0 ? undefined : choiceList(view, passedOn, loginUrl)}
<form method="post" action="${loginUrl}">
${hiddenInputs([['site', view.site?.name], ...passedOn])}
<label for="email">Your e-mail address at work</label>
${emailInput(view, typed)}
<button type="submit">Continue</button>
</form>`;
  const endpoints = view.choices.flatMap((choice) => choice.endpoints);
  return {
    html: pageLayout('Sign in', content),
    policy: { style: pageStyle, formAction: `'self' ${formActionTo([loginUrl, ...endpoints])}` },
  };
}

function emailInput({ emailUndecided, choices }: ChooserPage, typed: string): Html {
  if (!emailUndecided)
    return markup`<input id="email" name="email" type="email" autocomplete="email" required maxlength="254">`;
  const instead = choices.length === 0 ? 'start at the site' : 'choose your organisation above';
  return markup`<p id="undecided" class="error">This address does not tell us your organisation. Check it, or ${instead}.</p>
<input id="email" name="email" type="email" value="${typed}" autocomplete="email" required maxlength="254" aria-invalid="true" aria-describedby="undecided" autofocus>`;
}

function choiceList({ choices }: ChooserPage, passedOn: Parameters, loginUrl: string): Html {
  const items = choices.map(({ name, displayName, available }) => {
    if (!available)
      return markup`<li><span class="choice away"><bdi>${displayName}</bdi> (not available at the moment)</span></li>`;
    const href = `${loginUrl}?${queryOf([['connection', name], ...passedOn])}`;
    return markup`<li><a class="choice" href="${href}"><bdi>${displayName}</bdi></a></li>`;
  });
  return markup`<p>Choose your organisation.</p>
<ul>
${items}
</ul>
<h2>Not sure?</h2>`;
}

function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of parameters) if (value !== undefined) query.append(name, value);
  return query.toString();
}
