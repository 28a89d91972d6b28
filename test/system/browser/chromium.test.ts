// The whole sign-in clicked through in Chromium, with a picture and an accessibility check of every page that we show.

import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startIdp, type LocalIdp } from '../../support/idp';
import type { WixSite } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { describeReal } from '../real/processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from '../real/service';

const pictures = join(__dirname, '..', '..', '..', 'ci-output');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const secondConnection = `
  globex:
    displayName: Globex <Europe> & friends
    site: portal
    idpMetadata: metadata/idp/acme.xml
    emailDomains: [globex.example]
    requestBinding: post
`;

describeReal(
  existsSync(chromiumPath),
  'Chromium',
  'chromium',
)('in Chromium', () => {
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    idp = await startIdp({
      people: [
        { id: 'alice', name: 'Alice Ångström', email: 'alice@example.com' },
        { id: 'mallory', name: 'Mallory', email: 'mallory@elsewhere.example' },
        { id: 'gina', name: 'Gina', email: 'gina@globex.example' },
      ],
    });
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({
      port,
      site,
      idpMetadataXml: idp.metadataXml,
      connection: ['displayName: Acme'],
      moreConnections: secondConnection,
    });
    idp.registerServiceProvider(service.metadataXml);
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  });

  afterAll(async () => {
    await browser.close();
    await service.stop();
    await site.stop();
    await idp.close();
  });

  beforeEach(async () => {
    // A person who was never here, at the IdP either.
    context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
    page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      // A page without an icon of its own is not ours: the site's and the IdP's.
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) {
        troubles.push(message.text());
      }
    });
  });

  afterEach(async () => {
    await context.close();
    expect(troubles.splice(0)).toEqual([]);
  });

  /** Wide and narrow pictures for people to look at, and no finding of axe on either. */
  async function look(name: string): Promise<void> {
    for (const [suffix, width] of [
      ['', 1024],
      ['-narrow', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 700 });
      await page.screenshot({ path: join(pictures, `${name}${suffix}.png`) });
      const overflow = await page.evaluate<boolean>(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      expect({ name, width, overflow }).toEqual({ name, width, overflow: false });
      expect(await findings()).toEqual([]);
    }
    await page.setViewportSize({ width: 1024, height: 700 });
  }

  /** Runs axe in the page's own world of a second context: our pages' policy allows no script. */
  async function findings(): Promise<string[]> {
    const html = await page.content();
    const bare = await browser.newPage();
    try {
      await bare.setContent(html.replace(/<script[\s\S]*?<\/script>/g, ''));
      await bare.evaluate(axe);
      const { violations } = await bare.evaluate<{ violations: { id: string; help: string }[] }>('axe.run()');
      return violations.map(({ id, help }) => `${id}: ${help}`);
    } finally {
      await bare.close();
    }
  }

  const ready = (): Promise<unknown> => page.waitForSelector('html[data-ready]');

  async function toChooser(): Promise<void> {
    await page.goto(`${site.url}/`);
    await ready();
    await page.click('text=Sign in');
    await page.waitForSelector('text=Choose your organisation');
  }

  it('signs a member in by name', async () => {
    await page.goto(`${site.url}/`);
    await ready();
    await look('1-site');
    await page.click('text=Sign in');
    await page.waitForSelector('text=Choose your organisation');
    await look('2-chooser');
    await page.click('text=Acme');
    await page.click('text=alice@example.com');
    await page.waitForSelector('#greeting:not(:empty)');
    await look('3-member');
    expect(page.url()).toBe(`${site.url}/members`);
    expect(await page.textContent('#greeting')).toBe('Welcome, alice.');
    expect((await site.state()).logins.at(-1)).toMatchObject({ email: 'alice@example.com' });
    expect(await context.cookies(service.baseUrl)).toEqual([]);
  });

  it('finds the connection by the address at work, without a mouse, and asks by HTTP-POST', async () => {
    await toChooser();
    await page.focus('#email');
    await page.keyboard.type('gina@globex.example');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Choose a person');
    await page.click('text=gina@globex.example');
    await page.waitForSelector('#greeting:not(:empty)');
    expect((await site.state()).logins.at(-1)).toMatchObject({ email: 'gina@globex.example' });
    expect(service.log.join('\n')).not.toContain('gina@globex.example');
  });

  it('C4: gets past an IdP whose policy lets forms lead to our origin only', async () => {
    const allowed = new URL(service.baseUrl).origin;
    await page.route(`${new URL(idp.ssoUrl).origin}/**`, async (route) => {
      const fetched = await route.fetch({ maxRedirects: 0 });
      const policies = { 'content-security-policy': `form-action 'self' ${allowed}` };
      await route.fulfill({ response: fetched, headers: { ...fetched.headers(), ...policies } });
    });
    await toChooser();
    await page.click('text=Acme');
    await page.click('text=alice@example.com');
    await page.waitForSelector('#greeting:not(:empty)');
    expect(page.url()).toBe(`${site.url}/members`);
    // Going back never meets the POST: neither our page nor its form is in the history.
    await page.goBack();
    expect(page.url()).not.toContain('/saml/acs');
  });

  it('C2: a link that names a connection costs a click where there are several', async () => {
    await page.goto(`${site.url}/sso?start=1&connection=acme&return_to=/members`);
    await page.waitForSelector('text=Continue with your company account');
    await look('9-confirm');
    // Its name as the service has it; the address says `acme` only.
    expect(await page.textContent('main strong')).toBe('Acme');
    expect(new URL(page.url()).origin).toBe(service.baseUrl);
    await page.click('text=Continue with your company account');
    await page.click('text=alice@example.com');
    await page.waitForSelector('#greeting:not(:empty)');
    expect(page.url()).toBe(`${site.url}/members`);
  });

  it('shows a refusal that says what to do, with a reference that finds the log line', async () => {
    await toChooser();
    await page.click('text=Acme');
    await page.click('text=mallory@elsewhere.example');
    await page.waitForSelector('text=You are not signed in');
    await look('4-refusal');
    const reference = (await page.textContent('code')) ?? 'none';
    const line = service.log.find((each) => each.includes(reference) && each.includes('POLICY_'));
    expect(line).toContain('POLICY_EMAIL_DOMAIN_NOT_ALLOWED');
    expect(await page.content()).not.toContain('elsewhere.example');
    const again = await page.getAttribute('text=Start again', 'href');
    expect(new URL(again ?? '').origin).toBe(site.origin);
    // The browser reports the status of the refusal page itself.
    expect(troubles.splice(0).filter((text) => !text.includes('403'))).toEqual([]);
  });

  it('shows what is wrong with a link', async () => {
    await page.goto(`${service.baseUrl}/saml/login?connection=nobody`);
    await look('5-bad-link');
    expect(await page.textContent('h1')).toBe('This address does not work');
    expect(troubles.splice(0).filter((text) => !/40[04]/.test(text))).toEqual([]);
  });

  it('shows the landing page in every state', async () => {
    await page.goto(`${site.url}/sso`);
    await ready();
    await look('6-landing-without-ticket');
    await page.goto(`${site.url}/sso?ticket=${'a'.repeat(43)}&state=b`);
    await page.waitForSelector('#signInButton:not([hidden])');
    await look('7-landing-unknown-ticket');
    expect(page.url()).toBe(`${site.url}/sso`);

    await site.setFault({ function: 'samlSession', status: 503 });
    try {
      await toChooser();
      await page.click('text=Acme');
      await page.click('text=alice@example.com');
      await page.waitForSelector('#status:not(:empty)');
      await look('8-landing-redeeming');
      await site.clearFaults();
      await page.waitForSelector('#greeting:not(:empty)');
    } finally {
      await site.clearFaults();
    }
    expect(troubles.splice(0).filter((text) => !/410|404|403|503/.test(text))).toEqual([]);
  });
});
