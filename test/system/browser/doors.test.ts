// The button that is a link, in a real Chromium: before any code has loaded, and all the way to the members' page.

import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page, type Route } from 'playwright-core';
import type { WixSite } from '../../support/wix';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { MEMBER, openSite } from '../../support/makers/visited-site';

const missing = !existsSync(chromiumPath);
if (missing)
  console.warn(`SKIPPED: doors in a real browser. No Chromium at ${chromiumPath}; set CHROMIUM to its path.`);
const describeReal = missing && process.env['CI'] === undefined ? describe.skip : describe;

describeReal('F4: the button as a link in Chromium', () => {
  const provider = new StubServiceProvider();
  let browser: Browser;
  let site: WixSite;
  let link: string;

  beforeAll(async () => {
    await provider.start();
    link = `${provider.url}/saml/login?site=portal&return_to=%2Fmembers`;
    site = await openSite(provider, { buttonLink: link, timerScale: 1 });
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await provider.stop();
  });

  /** Without a challenge to the start page; with one straight back with a ticket. */
  async function answerLogins(page: Page): Promise<void> {
    await page.route(`${provider.url}/saml/login**`, async (route) => {
      const url = route.request().url();
      const location = url.includes('code_challenge')
        ? await landing(url)
        : `${site.url}/sso?start=1&connection=acme&return_to=%2Fmembers`;
      await route.fulfill({ status: 303, headers: { location } });
    });
  }

  async function landing(loginUrl: string): Promise<string> {
    const { ticket, state } = provider.issue(loginUrl, await site.sessionToken(MEMBER));
    return `${site.url}/sso?ticket=${ticket}&state=${state}`;
  }

  async function withPage(options: object, use: (page: Page) => Promise<void>): Promise<void> {
    const context: BrowserContext = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await answerLogins(page);
      await use(page);
    } finally {
      await context.close();
    }
  }

  it('leads somewhere without any code', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(site.url);
      await page.click('text=Sign in');
      await page.waitForURL('**/sso?start=1**');
      expect(await page.textContent('#status')).toBe('Signing you in…');
    });
  }, 30_000);

  it('signs in when it is clicked before the code is there, on a slow line', async () => {
    await withPage({}, async (page) => {
      // Once: the page that is loaded again after the sign-out would leave a timer behind, and Jest waits for it.
      const slowly = async (route: Route): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      };
      await page.route('**/__wix/browser/start.js', slowly, { times: 1 });
      await page.goto(site.url, { waitUntil: 'commit' });
      await page.click('text=Sign in', { noWaitAfter: true });
      await page.waitForSelector('#greeting:not(:empty)');
      expect(page.url()).toBe(`${site.url}/members`);
      await page.goto(site.url);
      await page.waitForSelector('html[data-ready]');
      await page.click('text=Sign out');
      await page.waitForFunction(`document.querySelector('#loginBar').textContent === 'Not signed in'`);
    });
  }, 30_000);
});
