// Text → HTML by one tagged template. Every interpolated text is escaped, in element content and in quoted attributes alike;
// only what this file made itself is not. Never use it inside <script> or <style>, nor for an unquoted attribute.

import { cleanText } from '../core/text';

let mint: (text: string) => Html;

/** Markup that is safe to send: our own literals with escaped texts in between. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
    Object.freeze(this);
  }

  static {
    mint = (text) => new Html(text);
  }

  toString(): string {
    return this.#text;
  }
}

export type HtmlValue = string | Html | readonly Html[] | undefined;

/** Not called `html`: formatters rewrite the templates of that name, and a byte more breaks a page's policy. */
export function markup(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return mint(literals.map((literal, index) => literal + render(values[index])).join(''));
}

/** For constants of our source only: a style sheet or a script whose hash stands in the Content-Security-Policy. */
export function verbatim(constant: string): Html {
  return mint(constant);
}

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  return value instanceof Html ? value.toString() : value.join('');
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['`', '&#96;'],
]);

function escapeText(text: string): string {
  return cleanText(text).replace(/[&<>"'`]/g, (character) => ENTITIES.get(character) ?? '');
}
