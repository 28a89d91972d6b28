// Values in sentences: what comes from elsewhere keeps its own direction and language in every sentence, and numbers and
// times are written as the reader's language writes them.

import { markup, type Html } from '../html';
import type { Language } from './language';

/** A name, of no language in particular. */
export const named = (text: string): Html => markup`<bdi>${text}</bdi>`;

/** An address, a thumbprint, an identifier: from left to right, whatever stands around it. */
export const code = (text: string): Html => markup`<code dir="ltr">${text}</code>`;

/** English that is not ours to translate: menus of a product, and what a rule found. */
export const english = (text: string): Html => markup`<bdi lang="en" dir="ltr">${text}</bdi>`;

/** Minutes in UTC. @param milliseconds since 1970 */
export const instant = (language: Language, milliseconds: number): Html => {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' },
  });
  const iso = new Date(milliseconds).toISOString();
  return markup`<time datetime="${iso}">${format.format(milliseconds)} UTC</time>`;
};

type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** A number with its noun: `#` is the number; a language names only the forms that it has (CLDR). */
export function counted(language: Language, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
