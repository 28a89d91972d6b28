/** Values inside sentences. */
import { code, counted, english, instant, named } from '../../../../src/http/text/values';

it('keep their own direction and language, and are escaped', () => {
  expect(named('<b>').toString()).toBe('<bdi>&lt;b&gt;</bdi>');
  expect(code('a&b').toString()).toBe('<code dir="ltr">a&amp;b</code>');
  expect(english('Users → "x"').toString()).toBe('<bdi lang="en" dir="ltr">Users → &quot;x&quot;</bdi>');
});

it('a time is written as in the language, and says its zone', () => {
  const at = Date.UTC(2026, 10, 25, 8, 5);
  const machine = '<time datetime="2026-11-25T08:05:00.000Z">';
  expect(instant('en', at).toString()).toBe(`${machine}25 November 2026 at 08:05 UTC</time>`);
  expect(instant('de', at).toString()).toBe(`${machine}25. November 2026 um 08:05 UTC</time>`);
});

it('a number stands with the form of its noun', () => {
  const seconds = counted('de', { one: '# Sekunde', other: '# Sekunden' });
  expect([1, 2, 1200].map(seconds)).toEqual(['1 Sekunde', '2 Sekunden', '1.200 Sekunden']);
});
