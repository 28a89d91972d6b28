/**
 * English as no language writes it: accents on every letter, two fifths longer, in ⟦brackets⟧. What stands on a page outside
 * of brackets is in no text module.
 */
import { Html, verbatim } from '../../../src/http/html';
import type { Words } from '../../../src/http/text/words';

const plain = Array.from('abcdeghijklnoprstuwyzACDEGHIJKLNORSTUWYZ');
const dressed = Array.from('àƀćďéĝĥíĵķĺńóṕŕšťúŵýžÀĆĎÉĜĤÍĴĶĹŃÓŔŠŤÚŴÝŽ');
const accents = new Map(plain.map((letter, index) => [letter, dressed[index] ?? letter] as const));

const accented = (text: string): string => text.replace(/&[#\w]+;|./gsu, (one) => accents.get(one) ?? one);

/** In words, so that a line can break where a longer sentence would. */
function padding(length: number): string {
  const letters = Math.ceil(length * 0.4);
  return letters < 2
    ? ''
    : ` ${'ẍẍẍẍẍẍ '
        .repeat(Math.ceil(letters / 7))
        .slice(0, letters)
        .trim()}`;
}

function pseudo(said: string): string {
  const shown = said.replace(/<[^>]*>/g, '').length;
  const text = said
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : accented(part)))
    .join('');
  return `⟦${text}${padding(shown)}⟧`;
}

const mark = (index: number): string => String.fromCodePoint(0x2460 + index);

type Value = string | number | Html | undefined | Readonly<Record<string, Html>>;

/** A sentence with values: they come back as they were. */
function around(sentence: (...values: Value[]) => string | Html) {
  return (...values: Value[]): string | Html => {
    const kept: string[] = [];
    const marked = (value: Value): Value => {
      if (value instanceof Html) return verbatim(mark(kept.push(String(value)) - 1));
      if (typeof value === 'string') return mark(kept.push(value) - 1);
      if (typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each) as Html]));
    };
    const said = sentence(...values.map(marked));
    const text = pseudo(String(said)).replace(/[①-⑳]/gu, (one) => kept[one.charCodeAt(0) - 0x2460] ?? one);
    return said instanceof Html ? verbatim(text) : text;
  };
}

function pseudoOf(value: unknown): unknown {
  if (typeof value === 'string') return pseudo(value);
  if (value instanceof Html) return verbatim(pseudo(String(value)));
  if (typeof value === 'function') return around(value as (...values: Value[]) => string | Html);
  return Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, pseudoOf(each)]));
}

/** @param words the English ones, of the real module */
export function pseudoWords(words: Words): Words {
  const modules = Object.entries(words).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'object' ? pseudoOf(value) : value,
  ]);
  return Object.fromEntries(modules) as Words;
}

/** Product names and values, times, code, and what is marked as being in one language. */
const foreign =
  /<(bdi|code|time|textarea|option|script|style|title)\b[^>]*>[^]*?<\/\1>|<(ol|ul) lang="en"[^>]*>[^]*?<\/\2>/g;

/** Letters of a page that stand in no bracket, with the text around them. */
export function hardCoded(html: string): readonly string[] {
  const bare = html.replace(foreign, '');
  const attributes = [...bare.matchAll(/ (?:aria-label|title|alt|data-done)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  return [bare.replace(/<[^>]*>/g, '\n'), ...attributes].flatMap(outside);
}

function outside(text: string): readonly string[] {
  let depth = 0;
  let rest = '';
  for (const character of text) {
    if (character === '⟦') depth += 1;
    else if (character === '⟧') depth -= 1;
    else if (depth === 0) rest += character;
  }
  return rest
    .replace(/&[#\w]+;/g, '')
    .split('\n')
    .filter((line) => /\p{L}/u.test(line));
}
