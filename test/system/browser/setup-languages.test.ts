/**
 * The set-up pages in every state, as WCAG 2.2 AA wants them: axe in light and dark, by the keyboard alone, enlarged, without
 * motion, from right to left, and with sentences two fifths longer. Made by the application in this process, so that every
 * state is reached at once. About 25 s; PICTURES=1 writes pictures into ci-output/setup in four languages.
 */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type * as Real from '../../../src/http/text/words';
import { chromiumFlags, chromiumPath } from '../../support/chromium';
import type * as Pseudo from '../../support/makers/pseudo-locale';
import { everySetupPage, type SeenPage } from '../../support/makers/setup-pages';
import { describeReal } from '../real/processes';
import { root } from '../../guards/sources';

const mockChoice = { isPseudo: false };
jest.mock('../../../src/http/text/words', () => {
  const real = jest.requireActual<typeof Real>('../../../src/http/text/words');
  const { pseudoWords } = jest.requireActual<typeof Pseudo>('../../support/makers/pseudo-locale');
  const pseudo = pseudoWords(real.wordsIn('en'));
  return {
    wordsIn: (language: Parameters<typeof real.wordsIn>[0]) =>
      mockChoice.isPseudo ? pseudo : real.wordsIn(language),
  };
});

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** A desk, the same enlarged to 200 %, a phone, and the narrowest that reflow asks for (WCAG 1.4.10). */
const widths = [1280, 640, 390, 320];

const overflowing = `[...document.querySelectorAll('body *')]
  .filter((one) => one.checkVisibility() && !one.closest('.hidden-text, .skip'))
  .filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > document.documentElement.clientWidth + 0.5;
  })
  .map((one) => one.tagName + ' ' + one.textContent.trim().slice(0, 40))`;

const violations = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ' ' + nodes.map((node) => node.html).join(' ').slice(0, 300)))`;

/** What the Tab key reaches, in the order of the document; of a group of radio buttons one. */
const reachable = `(() => {
  const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility() && !one.disabled)
    .filter((one) => {
      if (one.type !== 'radio') return true;
      const checked = document.querySelector('input[name="' + one.name + '"]:checked');
      if ((checked ?? one) !== one || groups.has(one.name)) return false;
      groups.add(one.name);
      return true;
    });
})()`;

const focused = `(() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const { top, bottom } = one.getBoundingClientRect();
  return {
    at: ${reachable}.indexOf(one),
    seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight,
  };
})()`;

describeReal(
  existsSync(chromiumPath),
  'Chromium',
  'chromium',
)('set-up pages in every state', () => {
  const pictures = join(root, 'ci-output', 'setup');
  const seen = new Map<string, readonly SeenPage[]>();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    for (const language of ['en', 'de', 'ja', 'he']) seen.set(language, await everySetupPage(language));
    mockChoice.isPseudo = true;
    seen.set('pseudo', await everySetupPage());
    mockChoice.isPseudo = false;
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  const pagesIn = (language: string): readonly SeenPage[] => seen.get(language) ?? [];

  /** Without what it would go on to at once. */
  const open = (html: string): Promise<void> =>
    page.setContent(html.replace(/<meta http-equiv="refresh"[^>]*>/, ''));

  it.each(['en', 'de', 'ja', 'he', 'pseudo'])('nothing stands out of a page: %s', async (language) => {
    const found: string[] = [];
    for (const [name, html] of pagesIn(language)) {
      await open(html);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        const cut = await page.evaluate<string[]>(overflowing);
        found.push(...cut.map((what) => `${name} at ${String(width)}: ${what}`));
      }
    }
    expect(found).toEqual([]);
  });

  it.each([
    ['en', 'light'],
    ['he', 'dark'],
  ] as const)('axe finds nothing: %s, %s', async (language, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 800 });
    const found: string[] = [];
    for (const [name, html] of pagesIn(language)) {
      await open(html);
      await page.addScriptTag({ content: axe });
      found.push(...(await page.evaluate<string[]>(violations)).map((what) => `${name}: ${what}`));
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(found).toEqual([]);
  });

  it('the Tab key reaches everything, in order, and shows where it is', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    for (const [name, html] of pagesIn('en')) {
      if (name === 'link-refused' || name === 'test-over' || name === 'conflict') continue;
      await open(html);
      const count = await page.evaluate<number>(`${reachable}.length`);
      expect(count).toBeGreaterThan(3);
      for (let at = 0; at < count; at += 1) {
        await page.keyboard.press('Tab');
        expect({ name, ...(await page.evaluate<object>(focused)) }).toEqual({ name, at, seen: true });
      }
    }
  });

  it('the first stop skips to the content', async () => {
    await open(pagesIn('en').find(([name]) => name === 'metadata')?.[1] ?? '');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('address');
  });

  it('nothing moves where motion is not wanted', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const moving = `[...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
    }).length`;
    for (const [, html] of pagesIn('en')) {
      await open(html);
      expect(await page.evaluate(moving)).toBe(0);
    }
    await page.emulateMedia({ reducedMotion: null });
  });

  it('from right to left, values keep their direction', async () => {
    for (const [name, html] of pagesIn('he')) {
      await open(html);
      const wrong = await page.evaluate<string[]>(
        `[...document.querySelectorAll('code, .value, [lang=en]:not(option)')].filter((one) => getComputedStyle(one).direction !== 'ltr').map((one) => one.outerHTML)`,
      );
      expect({ name, wrong }).toEqual({ name, wrong: [] });
      expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).direction')).toBe('rtl');
    }
  });

  if (process.env['PICTURES'] === '1')
    it.each(['en', 'de', 'ja', 'he'])(
      'pictures: %s',
      async (language) => {
        mkdirSync(pictures, { recursive: true });
        for (const [name, html] of pagesIn(language)) {
          await open(html);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            for (const width of [390, 1280]) {
              await page.setViewportSize({ width, height: 800 });
              const file = `${name}-${language}-${String(width)}-${colorScheme}.png`;
              await page.screenshot({ path: join(pictures, file), fullPage: true });
            }
          }
        }
      },
      300_000,
    );
});
