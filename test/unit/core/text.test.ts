/** Strangers' text: nothing unseen comes out, and no more than was allowed. */

import fc from 'fast-check';
import {
  cleanLine,
  cleanLines,
  cleanText,
  cut,
  isPlainLine,
  nameLine,
  visibleBlanks,
} from '../../../src/core/text';

/** Code points spelled out, so that a mistake in the patterns of the source cannot hide here. */
const ranges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0xfeff, 0xfeff],
  [0xd800, 0xdfff],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f],
];
const forbidden = ranges.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index),
);
const isForbidden = new Set(forbidden);
const found = (text: string, allowed = ''): number[] =>
  Array.from(text)
    .filter((character) => !allowed.includes(character))
    .map((character) => character.codePointAt(0) ?? 0)
    .filter((code) => isForbidden.has(code));

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...forbidden).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(' ', '\u00a0', '\u3000', '\u200c', '\u200d', '\u3164', '\ufe0f', '😀', 'a', 'é', '你'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 200,
});
const cap = fc.integer({ min: 1, max: 250 });
const runs = { numRuns: 1000 };

describe('clean text', () => {
  it('has no forbidden code point, one by one', () => {
    for (const code of forbidden) {
      const text = `a${String.fromCodePoint(code)}b`;
      expect([cleanText(text), cleanLine(text, 9)]).toEqual(['a\ufffdb', 'a\ufffdb']);
      expect(isPlainLine(text)).toBe(false);
      expect(found(visibleBlanks(text, 99))).toEqual([]);
      expect(nameLine(text, 9)).toBe('a b');
    }
  });

  it('has no forbidden code point and is bounded, whatever comes', () => {
    fc.assert(
      fc.property(hostile, cap, (text, most) => {
        for (const line of [
          cleanText(text),
          cleanLine(text, most),
          nameLine(text, most),
          visibleBlanks(text, most),
        ])
          expect(found(line)).toEqual([]);
        expect(found(cleanLines(text), '\n\t')).toEqual([]);
        expect(cleanText(text).length).toBeLessThanOrEqual(text.length);
        expect(cleanLine(text, most).length).toBeLessThanOrEqual(most + 1);
        expect(visibleBlanks(text, most).length).toBeLessThanOrEqual(most + 1);
        expect(nameLine(text, most).length).toBeLessThanOrEqual(most);
        expect(cut(text, most).length).toBeLessThanOrEqual(most);
      }),
      runs,
    );
  });

  it('is the text itself when nothing is wrong with it', () => {
    const fine = 'Zoë Müller · 你好 · سلام · می\u200cخواهم · 👩\u200d🚀';
    expect([cleanText(fine), cleanLine(fine, 100), cleanLines(`${fine}\n\t`)]).toEqual([
      fine,
      fine,
      `${fine}\n\t`,
    ]);
    expect(isPlainLine('Zoë Müller')).toBe(true);
  });

  it('says when there was more', () => {
    expect([cleanLine('abcdef', 3), cleanLine('abc', 3), cleanLine('ab😀', 3)]).toEqual([
      'abc…',
      'abc',
      'ab…',
    ]);
  });

  it('becomes a name by one space for every run of blanks', () => {
    expect(nameLine('  Acme\n\t\u00a0Corp\u202e ', 80)).toBe('Acme Corp');
    expect(nameLine('Acme Corp', 5)).toBe('Acme');
  });
});

describe('E3: blanks that make two equal-looking texts different', () => {
  it.each([
    ['https://sp.example', 'https://sp.example'],
    ['two words', 'two words'],
    ['https://sp.example ', 'https://sp.example␠'],
    ['  https://sp.example', '␠␠https://sp.example'],
    ['two  words', 'two␠␠words'],
    ['https://one.example , https://two.example', 'https://one.example␠, https://two.example'],
    ['\n    https://sp.example\r\n', '⏎␠␠␠␠https://sp.example␍⏎'],
    ['a\tb', 'a⇥b'],
    ['a\u00a0b', 'a‹U+00A0›b'],
    ['a\u200bb\ufeff', 'a‹U+200B›b‹U+FEFF›'],
    ['a\u200db\u3164', 'a‹U+200D›b‹U+3164›'],
    ['\u202eb\u{e0041}', '‹U+202E›b‹U+E0041›'],
    ['\ud800', '‹U+D800›'],
  ])('%j is shown as %s', (text, shown) => expect(visibleBlanks(text, 100)).toBe(shown));

  it('are told apart, whatever they are', () => {
    const blank = fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '\u00a0',
      '\u2003',
      '\u200b',
      '\u202f',
      '\u3000',
      '\ufeff',
    );
    fc.assert(
      fc.property(
        fc.string({ unit: blank, maxLength: 4 }),
        fc.string({ unit: blank, maxLength: 4 }),
        (one, other) => {
          fc.pre(one !== other);
          const [left, right] = [one, other].map((each) => visibleBlanks(`sp${each}`, 99));
          expect(left).not.toBe(right);
          for (const shown of [left, right]) expect(shown).not.toMatch(/[^\S ]|^ | $| {2}/);
        },
      ),
      runs,
    );
  });
});
