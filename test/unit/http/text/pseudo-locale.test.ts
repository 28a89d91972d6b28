/** No page holds a sentence that stands in no text module: in the pseudo-locale all of them are in brackets. */
import { wordsIn } from '../../../../src/http/text/words';
import type * as Real from '../../../../src/http/text/words';
import { hardCoded } from '../../../support/makers/pseudo-locale';
import type * as Pseudo from '../../../support/makers/pseudo-locale';
import { everyLogPage } from '../../../support/makers/log-pages';
import { everySetupPage } from '../../../support/makers/setup-pages';
import { visitorPages } from '../../../support/makers/visitor-pages';

jest.mock('../../../../src/http/text/words', () => {
  const real = jest.requireActual<typeof Real>('../../../../src/http/text/words');
  const { pseudoWords } = jest.requireActual<typeof Pseudo>('../../../support/makers/pseudo-locale');
  const pseudo = pseudoWords(real.wordsIn('en'));
  return { wordsIn: () => pseudo };
});

it('finds what is hard-coded, and nothing else', () => {
  expect(hardCoded('<p>⟦Á ⟦b⟧ c⟧ <bdi>x</bdi> 12 <code dir="ltr">y</code></p>')).toEqual([]);
  expect(hardCoded('<p>⟦Á⟧ left</p>')).toEqual([' left']);
  expect(hardCoded('<nav aria-label="Steps"></nav>')).toEqual(['Steps']);
});

it('is longer, accented and in brackets, and keeps values', () => {
  const words = wordsIn('en');
  expect(words.setup.invitation.open).toMatch(/^⟦.*[é].*ẍ+.*⟧$/);
  expect(words.setup.invitation.open.length).toBeGreaterThan(32);
});

it('every set-up page says only what stands in the modules', async () => {
  const pages = await everySetupPage();
  expect(pages.length).toBeGreaterThan(30);
  for (const [name, html] of pages) {
    expect(html).toContain('⟦');
    expect({ name, left: hardCoded(html) }).toEqual({ name, left: [] });
  }
});

it('every page of a sign-in says only what stands in the modules', () => {
  const pages = visitorPages(wordsIn('en'));
  expect(pages.length).toBeGreaterThan(20);
  for (const [name, page] of pages)
    expect({ name, left: hardCoded(page.html.toString()) }).toEqual({ name, left: [] });
});

it('every page of the sign-in log says only what stands in the modules', async () => {
  const pages = await everyLogPage();
  expect(pages).toHaveLength(9);
  for (const [name, html] of pages) expect({ name, left: hardCoded(html) }).toEqual({ name, left: [] });
});
