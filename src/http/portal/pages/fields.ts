// One of our values with the name that it has on the other screen, to be copied.

import { markup, type Html } from '../../html';

export interface CopyField {
  readonly id: string;
  /** As on the IdP's screen. */
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  /** Shown in several lines. */
  readonly long?: boolean;
}

/** Buttons appear where the script runs; the value can be selected without. */
export function copyField({ id, label, value, note, long = false }: CopyField): Html {
  const control = long
    ? markup`<textarea id="${id}" class="value" readonly rows="4">${lines(value)}</textarea>`
    : markup`<input id="${id}" class="value" readonly value="${value}">`;
  return markup`<div class="field"><label for="${id}">${label}</label>
<div class="row">${control}<button type="button" class="plain" data-copy="${id}" data-done="Copied" hidden>Copy<span class="hidden-text"> ${label}</span></button></div>
${note === undefined ? undefined : markup`<p>${note}</p>`}</div>`;
}

/** Texts are escaped line by line, because escaping makes a line break visible. */
export const lines = (text: string): readonly Html[] =>
  text.split('\n').map(
    (line) => markup`${line}
`,
  );
