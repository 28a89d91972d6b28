/** Every language says everything that English says, with every value, and in its own words. */
import { languages, type Language } from '../../../../src/http/text/language';
import { counted } from '../../../../src/http/text/values';
import { wordsIn } from '../../../../src/http/text/words';
import { sourceFiles } from '../../../guards/sources';
import { modulesOf, sentencesOf, spoken, valuesIn } from '../../../support/makers/texts';

const sentences = (language: Language) => sentencesOf(modulesOf(wordsIn(language)));
const english = new Map(sentences('en').map(([path, sentence]) => [path, spoken(path, sentence)]));

/** Names that a language has from the consoles of the IdPs, and words that are the same. */
const same =
  /^(?:Entity ID(?: \(Issuer\))?|(?:4\. )?Test|Code:?|Name|Type: TXT|[①②③\s(),:：.]*|①, [Ff]ormat ②|①:)$/;

it('finds the sentences at all', () => expect(english.size).toBeGreaterThan(110));

describe.each(languages)('%s', (language) => {
  it('has the sentences of English', () => {
    expect(sentences(language).map(([path]) => path)).toEqual([...english.keys()]);
  });

  it('says every value once', () => {
    for (const [path, sentence] of sentences(language)) {
      const said = spoken(path, sentence);
      for (let index = 0; index < valuesIn(path, sentence); index += 1)
        expect({ path, times: said.split(String.fromCodePoint(0x2460 + index)).length - 1 }).toEqual({
          path,
          times: 1,
        });
    }
  });

  it('is well-formed, without anything that was left behind', () => {
    for (const [path, sentence] of sentences(language)) {
      const said = spoken(path, sentence);
      expect({ path, said }).toEqual({ path, said: said.trim() });
      expect(said).not.toMatch(/undefined|\[object|#|~| {2}|''|TODO/);
      const opened = said.match(/<(?!\/)\w+[^>]*>/g) ?? [];
      expect({ path, closed: (said.match(/<\/\w+>/g) ?? []).length }).toEqual({
        path,
        closed: opened.length,
      });
    }
  });

  if (language !== 'en')
    it('is translated', () => {
      const left = sentences(language)
        .map(([path, sentence]) => [path, spoken(path, sentence)] as const)
        .filter(([path, said]) => said === english.get(path) && !same.test(said));
      expect(left).toEqual([]);
    });
});

it('English has every rule in its own words', () => {
  const rules = sourceFiles()
    .filter(({ name }) => /^(?:saml\/login\/rules\/|admin\/explain-answer|admin\/setup\/)/.test(name))
    .flatMap(({ code }) =>
      [...code.matchAll(/ id: '([\w.]+)',\s*title: '([^']+)'/g)].map(
        ([, id = '', title = '']) => [id, title] as const,
      ),
    );
  expect(rules.length).toBeGreaterThan(30);
  expect(wordsIn('en').rules).toEqual(Object.fromEntries(rules));
});

it('Polish counts with its three forms, Hebrew with its two', () => {
  const say = (language: Language, count: number): string =>
    wordsIn(language).setup.findings.clockAhead(count);
  expect([1, 3, 22, 25].map((count) => say('pl', count).replace(/.*o (\d+ \S+) .*/, '$1'))).toEqual([
    '1 sekundę',
    '3 sekundy',
    '22 sekundy',
    '25 sekund',
  ]);
  expect(say('he', 2)).toContain('שתי שניות');
  expect(say('he', 60)).toContain('60 שניות');
});

it('a language without a form of its own takes the general one', () => {
  expect(counted('pl', { other: '# x' })(3)).toBe('3 x');
});
