/**
 * Item 5 of the words: what visitors read, as pictures in ci-output: phone and desk, light and dark, enlarged to 200 %, with
 * long names and names that run from right to left; no script. Nothing may be cut or stand out of the page. About 10 s.
 */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { errorTable, visitorSentences } from '../../../src/core/error-table';
import type { ErrorCode } from '../../../src/core/errors';
import { remedyOf } from '../../../src/core/remedies';
import { chooserPage } from '../../../src/http/pages/chooser';
import { confirmPage } from '../../../src/http/pages/confirm';
import { onwardPage } from '../../../src/http/pages/onward';
import { postBindingPage } from '../../../src/http/pages/post-binding';
import { refusalPage } from '../../../src/http/pages/refusal';
import type { Page } from '../../../src/http/reply';
import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { connection, setting } from '../../support/makers/setting';
import { describeReal } from '../real/processes';
import { root } from '../../guards/sources';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const login = 'https://sso.example.com/saml/login';
const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsvereinigung-der-Vereinigten-Häfen.example';
const ARABIC = 'بوابة الموظفين (2026)';

const refusal = (code: ErrorCode, displayName: string, isFull = true): Page =>
  refusalPage({
    message: visitorSentences[errorTable[code].visitor],
    code,
    remedy: remedyOf(code, {}),
    reference: 'BCDFGHJKMN',
    at: Date.UTC(2026, 10, 25, 8),
    site: { displayName },
    startAgain: 'https://www.portal.example/sso?start=1',
    ...(isFull && errorTable[code].visitor === 'member'
      ? { anotherAccount: 'https://www.portal.example/sso?start=1&force_authn=true' }
      : {}),
    ...(isFull ? { contactEmail: `${'helpdesk.'.repeat(6)}it@acme.example` } : {}),
    ...(isFull ? { errorUrl: 'https://idp.example/help' } : {}),
  });

const chooser = (names: readonly string[], emailUndecided: boolean): Page =>
  chooserPage(
    {
      kind: 'chooser',
      site: undefined,
      choices: names.map((displayName, index) => ({
        name: `c${index}`,
        displayName,
        available: index !== 1,
        endpoints: [],
      })),
      emailUndecided,
      codeChallenge: 'c',
      state: undefined,
      returnTo: '/',
    },
    login,
    'ada@unknown.example',
  );

/** One code for each sentence. */
const codes = new Map(
  (Object.keys(errorTable) as ErrorCode[]).map((code) => [errorTable[code].visitor, code] as const),
);

const named = (displayName: string): Page =>
  confirmPage(
    {
      kind: 'confirm',
      site: setting().context.sites.get('portal')!,
      connection: { ...connection('acme', 'portal', '*'), displayName },
      passedOn: {},
    },
    login,
  );

const pages: readonly (readonly [name: string, page: Page])[] = [
  ...[...codes].map(([visitor, code]) => [`refused-${visitor}`, refusal(code, 'Acme Portal')] as const),
  ['refused-long-name', refusal('POLICY_EMAIL_DOMAIN_NOT_ALLOWED', LONG)],
  ['refused-right-to-left', refusal('POLICY_EMAIL_DOMAIN_NOT_ALLOWED', ARABIC, false)],
  ['chooser', chooser(['Acme', 'Globex', 'Initech'], false)],
  ['chooser-undecided', chooser([LONG, LONG, ARABIC], true)],
  ['chooser-address-only', chooser([], true)],
  ['confirm', named('Acme')],
  ['confirm-long-name', named(LONG)],
  ['confirm-right-to-left', named(ARABIC)],
  ['onward', onwardPage('https://www.portal.example/sso?ticket=t&state=s')],
  [
    'to-the-idp',
    postBindingPage({
      binding: 'post',
      location: 'https://idp.example/sso',
      fields: { SAMLRequest: 'YQ==', RelayState: 'r' },
    }),
  ],
];

/** 640 pixels are a desk enlarged to 200 %, 195 a phone. */
const widths = [1280, 640, 390, 195];

/** Elements that stand out of the page. */
const overflowing = `[...document.querySelectorAll('main, main *')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
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
    for (const [name, { html }] of pages) {
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
});
