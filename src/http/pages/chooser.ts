// Several connections could be meant: the person chooses one, or gives the address at work. The address travels in a form,
// so that it stays out of addresses, histories and access logs. An address that does not decide gets a sentence, the same
// one whether nobody knows it or several do.

import type { ChooserPage } from '../../sso/begin-login';
import { formActionTo } from '../headers';
import { markup, type Html } from '../html';
import type { Page } from '../reply';
import { named } from '../text/values';
import type { VisitorText } from '../text/visitor/en';
import type { Words } from '../text/words';
import { hiddenInputs, type Parameters } from './hidden-inputs';
import { pageLayout, pageStyle } from './layout';

export interface ChooserSurroundings {
  readonly words: Words;
  /** Absolute address of /saml/login. */
  readonly loginUrl: string;
  /** What the person wrote into the form before, to be corrected instead of written again. */
  readonly typed?: string | undefined;
}

export function chooserPage(view: ChooserPage, { words, loginUrl, typed = '' }: ChooserSurroundings): Page {
  const { chooser: say } = words.visitor;
  const passedOn: Parameters = [
    ['code_challenge', view.codeChallenge],
    ['state', view.state],
    ['return_to', view.returnTo],
    ['force_authn', view.forceAuthn && 'true'],
    ['is_passive', view.isPassive && 'true'],
  ];
  const content = markup`<h1>${say.title}</h1>
${view.choices.length === 0 ? undefined : choiceList(view, { passedOn, loginUrl, say })}
<form method="post" action="${loginUrl}">
${hiddenInputs([['site', view.site?.name], ...passedOn])}
<label for="email">${say.address}</label>
${emailInput(view, typed, say)}
<button type="submit">${say.go}</button>
</form>`;
  const endpoints = view.choices.flatMap((choice) => choice.endpoints);
  return {
    html: pageLayout(words, { title: say.title, content }),
    policy: { style: pageStyle, formAction: `'self' ${formActionTo([loginUrl, ...endpoints])}` },
  };
}

type Say = VisitorText['chooser'];

function emailInput({ emailUndecided, choices }: ChooserPage, typed: string, say: Say): Html {
  if (!emailUndecided)
    return markup`<input id="email" name="email" type="email" dir="ltr" autocomplete="email" required maxlength="254">`;
  return markup`<p id="undecided" class="error">${choices.length === 0 ? say.undecidedAlone : say.undecided}</p>
<input id="email" name="email" type="email" dir="ltr" value="${typed}" autocomplete="email" required maxlength="254" aria-invalid="true" aria-describedby="undecided" autofocus>`;
}

interface ChoiceLinks {
  readonly passedOn: Parameters;
  readonly loginUrl: string;
  readonly say: Say;
}

function choiceList({ choices }: ChooserPage, { passedOn, loginUrl, say }: ChoiceLinks): Html {
  const items = choices.map(({ name, displayName, available }) => {
    if (!available)
      return markup`<li><span class="choice away">${say.notAvailable(named(displayName))}</span></li>`;
    const href = `${loginUrl}?${queryOf([['connection', name], ...passedOn])}`;
    return markup`<li><a class="choice" href="${href}">${named(displayName)}</a></li>`;
  });
  return markup`<p>${say.choose}</p>
<ul>
${items}
</ul>
<h2>${say.notSure}</h2>`;
}

function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of parameters) if (value !== undefined) query.append(name, value);
  return query.toString();
}
