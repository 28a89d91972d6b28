// The switch of the language, at the end of every set-up page: a form, because it works without a script and is remembered.

import { markup, type Html } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import { aboutLanguage, languages } from '../../text/language';
import type { Words } from '../../text/words';

export interface LanguageSwitch {
  /** Absolute address to which it is posted. */
  readonly url: string;
  /** Path of the page that it stands on; with a link, that of the link. */
  readonly back: string;
  /** Secret of the link that was opened and is not redeemed yet. */
  readonly link?: string;
}

export function languageSwitch({ language, setup }: Words, { url, back, link }: LanguageSwitch): Html {
  const { language: label, change } = setup.frame;
  return markup`<form method="post" action="${url}" class="language">
${hiddenInputs([
  ['back', back],
  ['link', link],
])}
<label for="language">${label}</label>
<select id="language" name="language">
${languages.map((each) => markup`<option value="${each}" lang="${each}"${each === language ? markup` selected` : undefined}>${aboutLanguage[each].name}</option>`)}
</select>
<button type="submit" class="plain">${change}</button>
</form>`;
}
