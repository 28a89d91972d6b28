// One of our values with the name that it has on the other screen, to be copied.

import { markup, type Html } from '../../html';
import type { SetupText } from '../../text/setup/en';

export interface CopyField {
  readonly id: string;
  /** As on the IdP's screen. */
  readonly label: Html;
  readonly value: string;
  readonly note?: Html;
  /** Shown in several lines. */
  readonly long?: boolean;
}

/** Buttons appear where the script runs; the value can be selected without. */
export function copyField(
  say: SetupText['frame'],
  { id, label, value, note, long = false }: CopyField,
): Html {
  const control = long
    ? markup`<textarea id="${id}" class="value" dir="ltr" readonly rows="4">${lines(value)}</textarea>`
    : markup`<input id="${id}" class="value" dir="ltr" readonly value="${value}">`;
  return markup`<div class="field"><label for="${id}">${label}</label>
<div class="row">${control}${copyButton(say, id, label)}</div>
${note === undefined ? undefined : markup`<p>${note}</p>`}</div>`;
}

/** Its visible word begins its name, so that it can be pressed by voice (WCAG 2.5.3). */
export const copyButton = (say: SetupText['frame'], id: string, label: Html): Html =>
  markup`<button type="button" class="plain" data-copy="${id}" data-done="${say.copied}" hidden>${say.copy}<span class="hidden-text">: ${label}</span></button>`;

/** Texts are escaped line by line, because escaping makes a line break visible. */
export const lines = (text: string): readonly Html[] =>
  text.split('\n').map(
    (line) => markup`${line}
`,
  );
