/** A line in a real Chromium: the position is shown, a reload goes on where it was, and the page goes on by itself. */

import { existsSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { openSite } from '../../support/makers/visited-site';
import type { WixSite } from '../../support/wix';

const missing = !existsSync(chromiumPath);
if (missing)
  console.warn(
    `SKIPPED: a line in a real browser. No Chromium at ${chromiumPath}; set CHROMIUM to its path.`,
  );
const describeReal = missing && process.env['CI'] === undefined ? describe.skip : describe;

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** A folder for screenshots, to look at. */
const pictures = process.env['PICTURES'];

describeReal('the landing page in a line, in Chromium', () => {
  const provider = new StubServiceProvider();
  let browser: Browser;
  let site: WixSite;
  let page: Page;

  beforeAll(async () => {
    await provider.start();
    site = await openSite(provider, { timerScale: 1, members: [{ email: 'ada@acme.com' }] });
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await provider.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 390, height: 700 } });
    await page.route(`${provider.url}/saml/login**`, async (route) => {
      const { ticket, state } = provider.issue(
        route.request().url(),
        await site.sessionToken('ada@acme.com'),
      );
      await route.fulfill({
        status: 303,
        headers: { location: `${site.url}/sso?ticket=${ticket}&state=${state}` },
      });
    });
  });
  afterEach(() => page.close());

  const says = (text: string): Promise<unknown> =>
    page.waitForFunction(`document.querySelector('#status')?.textContent.includes(${JSON.stringify(text)})`);

  it('shows the position, survives a reload, and goes on by itself', async () => {
    provider.line.push(1234, 56, 1);
    await page.goto(`${site.url}/`);
    await page.waitForSelector('html[data-ready]');
    await page.click('text=Sign in');
    await says('You are number 1234 in line');
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getAttribute('#status', 'aria-live')).toBe('polite');
    if (pictures !== undefined) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/waiting-${colorScheme}.png` });
      }
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    expect(violations.map(({ id }) => id)).toEqual([]);
    const wide = await page.evaluate<boolean>(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(wide).toBe(false);

    await page.reload();
    await says('You are number 1234 in line');
    await says('You are number 56 in line');
    await says('You are next');
    await page.waitForSelector('#greeting:not(:empty)', { timeout: 15_000 });
    expect(page.url()).toBe(`${site.url}/members`);
    const places = new Set(provider.redeemed.map(({ place }) => place).filter(Boolean));
    expect(places.size).toBe(1);
    expect(await page.evaluate<string | null>(`sessionStorage.getItem('wixSaml.waiting')`)).toBeNull();
  }, 40_000);
});
