// The same pages in a real Chromium: import map, session storage, cookie, navigation. Skips loudly where there is none.

import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { existsSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { WixSite, WixSiteOptions } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { signingKey, siteConfiguration } from '../../support/makers/site-fixture';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';

const missing = !existsSync(chromiumPath);
if (missing)
  console.warn(`SKIPPED: pages in a real browser. No Chromium at ${chromiumPath}; set CHROMIUM to its path.`);
const describeReal = missing && process.env['CI'] === undefined ? describe.skip : describe;

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describeReal.each<[string, WixSiteOptions, 'page' | 'backend']>([
  ['with the new modules', {}, 'page'],
  [
    'with the old modules, below a path, loaded again at login',
    { modules: 'old', sitePath: '/mysite', reloadOnLogin: true },
    'page',
  ],
  ['without crypto.subtle, redeemed by the backend', { withoutSubtle: true }, 'backend'],
])('the site %s in Chromium', (_name, options, redeem) => {
  const provider = new StubServiceProvider();
  let browser: Browser;
  let site: WixSite;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    await provider.start();
    const configuration = siteConfiguration([await signingKey('k1')], { spBaseUrl: provider.url });
    site = await startWixSite({
      settings: { serviceProvider: provider.url, site: 'portal', redeem },
      secrets: { saml_config: JSON.stringify(configuration) },
      members: [{ email: 'ada@acme.com', name: 'Ada Lovelace' }],
      ...options,
    });
    provider.allowedOrigin = site.origin;
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  }, 60_000);

  beforeEach(async () => {
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    // The service provider and the IdP in one: straight back with a ticket.
    await page.route(`${provider.url}/saml/login**`, async (route) => {
      const { ticket, state } = provider.issue(
        route.request().url(),
        await site.sessionToken('ada@acme.com'),
      );
      const location = `${site.url}/sso?ticket=${ticket}&state=${state}`;
      await route.fulfill({ status: 303, headers: { location } });
    });
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await provider.stop();
  });

  const ready = (): Promise<unknown> => page.waitForSelector('html[data-ready]');

  it('signs a member in by name, shows it on every page, and signs out', async () => {
    await page.goto(`${site.url}/`);
    await ready();
    expect(await page.textContent('#loginBar')).toBe('Not signed in');
    await page.click('text=Sign in');
    // By its element: where the page is loaded again at login, navigations are cut short on the way.
    await page.waitForSelector('#greeting:not(:empty)');
    expect(page.url()).toBe(`${site.url}/members`);
    await ready();
    expect(await page.textContent('#greeting')).toBe('Welcome, Ada Lovelace.');
    expect(await page.textContent('#loginBar')).toBe('Signed in as Ada Lovelace');
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.goto(`${site.url}/`);
    await ready();
    await page.click('text=Sign out');
    await page.waitForFunction(`document.querySelector('#loginBar').textContent === 'Not signed in'`);
    expect(troubles.splice(0)).toEqual([]);
  }, 30_000);

  it('shows a refusal in words, without the ticket in the address', async () => {
    await page.goto(`${site.url}/sso?ticket=unknown&state=unknown`);
    await ready();
    await page.waitForSelector('#signInButton:not([hidden])');
    expect(await page.textContent('#status')).toMatch(/another tab/);
    expect(page.url()).toBe(`${site.url}/sso`);
    // The browser itself reports the 404 of the spent ticket.
    expect(troubles.splice(0).filter((text) => !text.includes('404'))).toEqual([]);
  }, 30_000);

  it.each(['/', '/sso', '/members', '/sso?__preview'])(
    'has no accessibility findings on %s',
    async (path) => {
      await page.goto(site.url + path);
      await page.waitForLoadState('networkidle');
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
      expect(violations.map(({ id }) => id)).toEqual([]);
    },
    30_000,
  );
});
