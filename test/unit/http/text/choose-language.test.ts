/** Accept-Language → one of our languages. */
import { chooseLanguage } from '../../../../src/http/text/choose-language';

it.each([
  ['nothing', undefined, 'en'],
  ['nothing that can be read', 'de;q=one, ;;;, \u0000', 'en'],
  ['a language', 'de', 'de'],
  ['a language of a country', 'de-CH', 'de'],
  ['a language in capitals', 'DE', 'de'],
  ['the first of two that are equal', 'de, en', 'de'],
  ['the one that is wanted more', 'en;q=0.5, de;q=0.8', 'de'],
  ['the one that we have', 'eo, de;q=0.2', 'de'],
  ['no language that is refused', 'de;q=0', 'en'],
  ['English for any', '*, de;q=0.9', 'en'],
  ['a language before any', 'eo, de;q=0.5, *;q=0.1', 'de'],
  ['no number above one', 'de;q=7', 'en'],
  ['the beginning of a long list', `${'x,'.repeat(300)}de`, 'en'],
])('chooses %s', (_title, header, language) => {
  expect(chooseLanguage(header)).toBe(language);
});
