/**
 * Item 5 of the words: what visitors read, as pictures in ci-output: phone and desk, light and dark, enlarged to 200 %, with
 * long names and names that run from right to left; no script. Nothing may be cut or stand out of the page. About 10 s.
 */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { languages } from '../../../src/http/text/language';
import { wordsIn } from '../../../src/http/text/words';
import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { visitorPages } from '../../support/makers/visitor-pages';
import { describeReal } from '../real/processes';
import { root } from '../../guards/sources';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** 640 pixels are a desk enlarged to 200 %, 195 a phone. */
const widths = [1280, 640, 390, 195];

/** Elements that stand out of the page. */
const overflowing = `[...document.querySelectorAll('main, main *')]
  .filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > document.documentElement.clientWidth + 0.5;
  })
  .map((one) => one.tagName + ' ' + one.textContent.slice(0, 40))`;

describeReal(
  existsSync(chromiumPath),
  'Chromium',
  'chromium',
)('pages for visitors', () => {
  const pictures = join(root, 'ci-output', 'pages');
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  });
  afterAll(() => browser.close());

  it.each(['light', 'dark'] as const)('are whole and readable: %s', async (colorScheme) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const cut: string[] = [];
    for (const [name, { html }] of visitorPages(wordsIn('en'))) {
      // Without what it would go on to at once; the script of the form to the IdP too.
      await page.setContent(
        html
          .toString()
          .replace(/<meta http-equiv="refresh"[^>]*>/, '')
          .replace(/<script>.*?<\/script>/, ''),
      );
      for (const width of widths) {
        await page.setViewportSize({ width, height: 700 });
        const found = await page.evaluate<string[]>(overflowing);
        cut.push(...found.map((what) => `${name} at ${width}: ${what}`));
        if (width === 390 || (width === 1280 && colorScheme === 'light'))
          await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) });
      }
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate<string[]>(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map((node) => node.html).join(' ')))`,
      );
      cut.push(...violations.map((what) => `${name}: ${what}`));
    }
    await context.close();
    expect(cut).toEqual([]);
  });

  it('are whole and readable in every language, on a phone and enlarged', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const cut: string[] = [];
    for (const language of languages) {
      for (const [name, { html }] of visitorPages(wordsIn(language))) {
        await page.setContent(
          html
            .toString()
            .replace(/<meta http-equiv="refresh"[^>]*>/, '')
            .replace(/<script>.*?<\/script>/, ''),
        );
        for (const width of [390, 195]) {
          await page.setViewportSize({ width, height: 700 });
          const found = await page.evaluate<string[]>(overflowing);
          cut.push(...found.map((what) => `${language} ${name} at ${width}: ${what}`));
        }
        if (/^(?:refused-member|chooser-undecided|confirm)$/.test(name)) {
          await page.setViewportSize({ width: 390, height: 700 });
          await page.screenshot({ path: join(pictures, `${name}-390-${language}.png`) });
        }
      }
    }
    await context.close();
    expect(cut).toEqual([]);
  });
});
