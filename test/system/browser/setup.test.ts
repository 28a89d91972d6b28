// An IT admin in Chromium: from the link to a green test, and after the operator's activation a live sign-in at the local
// IdP. A picture of every page in two widths, light and dark, and no finding of axe.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startIdp, type LocalIdp } from '../../support/idp';
import type { WixSite } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { describeReal } from '../real/processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from '../real/service';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const root = join(__dirname, '..', '..', '..');
const pictures = join(root, 'ci-output');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const waiting = `
  hooli:
    displayName: Hooli
    site: portal
    idpMetadata: setup
    emailDomains: [hooli.example]
`;

describeReal(
  existsSync(executablePath) && hasRedis,
  'Chromium with Redis',
  'chromium redis-server',
)('an IT admin in Chromium', () => {
  let redis: RedisServer;
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    redis = await startRedis();
    idp = await startIdp({ people: [{ id: 'gavin', name: 'Gavin', email: 'gavin@hooli.example' }] });
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({
      ...{ port, site, state: redis.url },
      idpMetadataXml: idp.metadataXml.replace(idp.entityId, 'https://other.example/metadata'),
      moreConnections: waiting,
    });
    idp.registerServiceProvider(service.metadataXml);
    browser = await chromium.launch({ executablePath, args: flags });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      // A page that says what is wrong comes with its status, which the browser reports.
      const isOurs =
        !message.location().url.endsWith('favicon.ico') && !/status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && isOurs) troubles.push(message.text());
    });
  });

  afterAll(async () => {
    await browser.close();
    await service.stop();
    await site.stop();
    await idp.close();
    await redis.stop();
  });

  afterEach(() => expect(troubles.splice(0)).toEqual([]));

  const cli = (...args: string[]): string =>
    execFileSync(
      process.execPath,
      [join(root, 'dist', 'cli', 'bin.js'), ...args, '--config', service.config],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );

  async function look(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        if (width !== 320)
          await page.screenshot({
            path: join(pictures, `setup-${name}-${width}-${colorScheme}.png`),
            fullPage: true,
          });
        const overflow = await page.evaluate<boolean>(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        expect({ name, width, overflow }).toEqual({ name, width, overflow: false });
      }
      expect(await findings(colorScheme)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  /** In a page of its own: the policy of ours allows no script but its own. */
  async function findings(colorScheme: 'light' | 'dark'): Promise<string[]> {
    const html = await page.content();
    const bare = await browser.newPage({ colorScheme });
    try {
      await bare.setContent(
        html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<meta http-equiv[^>]*>/g, ''),
      );
      await bare.evaluate(axe);
      const { violations } = await bare.evaluate<{ violations: { id: string; help: string }[] }>('axe.run()');
      return violations.map(({ id, help }) => `${id}: ${help}`);
    } finally {
      await bare.close();
    }
  }

  it('opens the link by a click, with the keyboard alone', async () => {
    const { url } = JSON.parse(cli('invite', 'hooli', '--json')) as { url: string };
    await page.goto(url);
    await look('1-invitation');
    // Past the link that skips to the content.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/setup/connect');
    expect(page.url()).not.toContain('link=');
    await look('2-connect');
  });

  it('chooses a product and copies our values', async () => {
    await page.click('text=SimpleSAMLphp');
    await page.click('text=Continue');
    await page.waitForURL('**/setup/values');
    expect(await page.inputValue('#our-entityId')).toBe(`${service.baseUrl}/saml/metadata`);
    await page.click('[data-copy=our-entityId]');
    await page.waitForSelector('#copied:has-text("Copied")');
    await look('3-values');
    await page.click('text=I have entered them');
  });

  it('brings metadata by its address, sees what was understood, and saves it', async () => {
    await page.waitForURL('**/setup/metadata');
    await look('4-metadata');
    await page.fill('#address', 'https://169.254.169.254/metadata');
    await page.click('text=Look at it');
    await page.waitForSelector('[role=alert]');
    await look('5-metadata-refused');
    await page.fill('#address', idp.metadataUrl);
    await page.click('text=Look at it');
    await page.waitForSelector('text=Is this your identity provider?');
    expect(await page.textContent('main')).toContain(idp.entityId);
    await look('6-preview');
    await page.click('text=Use this');
    await page.waitForURL('**/setup/test');
    await look('7-test');
  });

  it('brings metadata as a file, too', async () => {
    await page.goto(`${service.baseUrl}/setup/metadata`);
    await page.setInputFiles('#file', {
      name: 'idp.xml',
      mimeType: 'text/xml',
      buffer: Buffer.from(idp.metadataXml),
    });
    await page.click('text=Look at it');
    await page.waitForSelector('text=Is this your identity provider?');
    await page.goto(`${service.baseUrl}/setup/test`);
  });

  it('meets a failed test with the field to change, then a passed one', async () => {
    idp.override({ audience: 'https://wrong.example' });
    await page.click('text=Start the test');
    await page.click('text=gavin@hooli.example');
    await page.waitForURL('**/setup/test');
    await page.waitForSelector('text=The test failed');
    expect(await page.textContent('main')).toContain('SAML_AUDIENCE_MISMATCH');
    await look('8-failed');
    idp.override({});
    await page.click('text=Test again');
    await page.waitForSelector('text=The test passed');
    expect(await page.textContent('main')).not.toContain('gavin@');
    await look('9-passed');
  });

  it('hands over; the operator activates; people sign in without a restart', async () => {
    const choice = page.locator('input[name=from]').first();
    if ((await choice.count()) > 0) {
      await choice.check();
      await page.click('text=Use this address');
    } else await page.click('main >> text=Continue');
    await page.waitForURL('**/setup/activate');
    await look('10-activate');
    await page.click('text=Hand over for activation');
    await page.waitForSelector('text=You are done');
    expect(cli('connections', 'activate', 'hooli')).toContain('live within seconds');
    expect(cli('check')).not.toContain('hooli.idpMetadata');
    const visitor = await (await browser.newContext()).newPage();
    // As long as an activation takes to reach every process.
    await visitor.waitForTimeout(6000);
    expect(cli('connections')).toMatch(/hooli \(portal\): ready\n[^]*IdP +http/);
    await visitor.goto(`${site.url}/`);
    await visitor.waitForSelector('html[data-ready]');
    await visitor.click('text=Sign in');
    await visitor.click('text=Hooli');
    await visitor.click('text=gavin@hooli.example');
    await visitor.waitForSelector('#greeting:not(:empty)');
    expect((await site.state()).logins.at(-1)).toMatchObject({ email: 'gavin@hooli.example' });
    await page.reload();
    await look('11-live');
  });

  it('sees in the log who signed in, who could not, and why', async () => {
    idp.override({ audience: 'https://wrong.example' });
    const visitor = await (await browser.newContext()).newPage();
    await visitor.goto(`${site.url}/`);
    await visitor.waitForSelector('html[data-ready]');
    await visitor.click('text=Sign in');
    await visitor.click('text=Hooli');
    await visitor.click('text=gavin@hooli.example');
    await visitor.waitForSelector('code');
    idp.override({});
    // As long as rows wait to be written.
    await visitor.waitForTimeout(5500);
    await page.click('nav >> text=Sign-in log');
    await page.waitForURL('**/setup/log');
    const list = (await page.textContent('main')) ?? '';
    for (const text of ['Signed in', 'g***@hooli.example', 'SAML_AUDIENCE_MISMATCH'])
      expect(list).toContain(text);
    await look('12-log');
    await page.click('tr:has-text("SAML_AUDIENCE_MISMATCH") >> text=Open');
    await page.waitForSelector('text=What is wrong');
    expect(await page.textContent('main')).toContain('https://wrong.example');
    await look('13-attempt');
    expect(cli('log', 'hooli', '--state', 'signedIn')).toContain('g***@hooli.example');
    const refused = JSON.parse(cli('log', 'hooli', '--state', 'refused', '--json')) as {
      attempts: { id: string }[];
    };
    expect(cli('log', 'hooli', refused.attempts[0]?.id ?? '')).toContain('https://wrong.example');
    expect(cli('log', 'hooli', '--person', 'Gavin@hooli.example', '--csv').split('\n')).toHaveLength(4);
  });

  it('loses the pages when the link is revoked', async () => {
    const { links } = JSON.parse(cli('links', '--json')) as { links: { id: string }[] };
    cli('links', 'revoke', links[0]?.id ?? '');
    await page.goto(`${service.baseUrl}/setup/test`);
    expect(await page.textContent('h1')).toBe('This set-up link does not work');
  });
});
