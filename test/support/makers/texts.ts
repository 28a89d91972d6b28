/** Walks through the text modules: every sentence of a language, with marks where its values stand. */
import { Html, verbatim, type HtmlValue } from '../../../src/http/html';
import type { Words } from '../../../src/http/text/words';

export type Sentence = string | Html | ((...values: never[]) => HtmlValue);

/** Every sentence by its path, such as `setup.frame.steps`. */
export function sentencesOf(texts: object, path = ''): readonly (readonly [path: string, Sentence])[] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string' || typeof value === 'function' || value instanceof Html)
      return [[at, value as Sentence] as const];
    return sentencesOf(value as object, at);
  });
}

/** The modules of a language, without what only formats. */
export const modulesOf = (words: Words): object =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => typeof value === 'object'));

/** Named values in one object, of the sentences that have many. */
const named: Readonly<Record<string, readonly string[]>> = {
  'setup.activate.activated': ['time', 'link', 'brought', 'summary'],
};
/** Sentences whose value is a number. */
export const counting = /\.clock(?:Ahead|Behind)$/;

/** A sentence as it stands on a page, with `①`, `②` … for its values. */
export function spoken(path: string, sentence: Sentence): string {
  if (typeof sentence !== 'function') return String(sentence);
  const call = sentence as (...values: unknown[]) => HtmlValue;
  if (counting.test(path)) return String(call(7));
  const names = named[path];
  const values = Array.from({ length: names?.length ?? call.length }, (_, index) => mark(index));
  const said = names
    ? call(Object.fromEntries(names.map((name, index) => [name, values[index]])))
    : call(...values);
  return String(said);
}

export const mark = (index: number): Html => verbatim(String.fromCodePoint(0x2460 + index));

/** How many values a sentence has. */
export const valuesIn = (path: string, sentence: Sentence): number =>
  typeof sentence !== 'function' || counting.test(path) ? 0 : (named[path]?.length ?? sentence.length);
