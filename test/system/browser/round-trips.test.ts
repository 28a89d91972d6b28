// The whole way of an IT admin, from the link to somebody who is signed in, once for each product: SimpleSAMLphp, and the local
// IdP in the layouts of ten others. Reads nothing but the pages. Counts clicks, fields, words and seconds, and prints them: the
// words at 200 a minute and three seconds for a click or a field are what a person would need on our pages.
// With CI=true two of them; all with ROUND_TRIPS=all. 10 s each on a busy machine.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { idpProducts } from '../../../src/admin/idps';
import { startIdp, type LayoutName, type LocalIdp } from '../../support/idp';
import type { WixSite } from '../../support/wix';
import { freePort } from '../../support/makers/free-port';
import { startWixSite } from '../../support/makers/made-site';
import { describeReal } from '../real/processes';
import { startService, type Service } from '../real/service';
import { simpleSamlPhpIsHere, startSimpleSamlPhp, type SimpleSamlPhp } from '../real/simplesamlphp/start';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const root = join(__dirname, '..', '..', '..');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

const layouts: Readonly<Record<string, LayoutName>> = {
  entra: 'entra',
  okta: 'okta',
  google: 'google',
  adfs: 'adfs',
  onelogin: 'onelogin',
  pingone: 'ping',
  jumpcloud: 'jumpcloud',
  keycloak: 'keycloak',
  shibboleth: 'shibboleth',
  auth0: 'auth0',
};
const isShort = process.env['CI'] === 'true' && process.env['ROUND_TRIPS'] !== 'all';
const products = isShort ? ['okta'] : Object.keys(layouts);
const PHP = 'simplesamlphp';

const MS_TO_REACH_EVERY_PROCESS = 6000;
const WORDS_A_MINUTE = 200;
const SECONDS_AN_ACT = 3;

interface Counted {
  clicks: number;
  fields: number;
  words: number;
  /** Of the machine. */
  milliseconds: number;
}

describeReal(
  existsSync(executablePath) && simpleSamlPhpIsHere,
  'Chromium with SimpleSAMLphp',
  'chromium simplesamlphp php8.2-cli php8.2-xml php8.2-mbstring',
)('from the link to a live sign-in', () => {
  const idps = new Map<string, LocalIdp>();
  const counts = new Map<string, Counted>();
  let php: SimpleSamlPhp;
  let site: WixSite;
  let service: Service;
  let browser: Browser;

  beforeAll(async () => {
    php = await startSimpleSamlPhp();
    for (const product of products)
      idps.set(
        product,
        await startIdp({
          layout: layouts[product]!,
          people: [{ id: 'ada', name: 'Ada Archer', email: `ada@${product}.example` }],
        }),
      );
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    const other = await startIdp({ entityId: 'https://other.example/metadata' });
    service = await startService({
      ...{ port, site, state: 'file:state', idpMetadataXml: other.metadataXml },
      moreConnections: [...products, PHP].map(waiting).join(''),
    });
    await other.close();
    for (const idp of idps.values()) idp.registerServiceProvider(service.metadataXml);
    php.register(service.metadataXml);
    browser = await chromium.launch({ executablePath, args: flags });
  });

  afterAll(async () => {
    await browser.close();
    await service.stop();
    await site.stop();
    await Promise.all([...idps.values()].map((idp) => idp.close()));
    await php.stop();
    process.stderr.write(reportOf(counts));
  });

  const waiting = (product: string): string => `
  ${product}:
    displayName: At ${product}
    site: portal
    idpMetadata: setup
    emailDomains: [${product === PHP ? 'example.com' : `${product}.example`}]
`;

  const cli = (...args: string[]): string =>
    execFileSync(
      process.execPath,
      [join(root, 'dist', 'cli', 'bin.js'), ...args, '--config', service.config],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );

  it.each([...products, PHP])('leads an administrator of %s to a green test', async (product) => {
    const { url } = JSON.parse(cli('invite', product, '--json')) as { url: string };
    const page = await (await browser.newContext()).newPage();
    const begun = performance.now();
    const admin = new Admin(page);
    await page.goto(url);
    await admin.click('button');
    await page.waitForURL('**/setup/connect');
    await admin.click(`label:has(input[value="${product}"])`);
    await admin.click('text=Continue');
    await page.waitForURL('**/setup/values');
    await admin.click('text=I have entered them');
    await page.waitForURL('**/setup/metadata');
    const idp = idps.get(product);
    if (idp === undefined)
      await admin.choose('#file', {
        name: 'idp.xml',
        mimeType: 'text/xml',
        buffer: Buffer.from(php.metadataXml),
      });
    else await admin.fill('#address', idp.metadataUrl);
    await admin.click('text=Look at it');
    await page.waitForSelector('text=Is this your identity provider?');
    await admin.click('text=Use this');
    await page.waitForURL('**/setup/test');
    await admin.click('text=Start the test');
    await atTheIdp(page, product);
    await page.waitForSelector('text=The test passed');
    const source = page.locator('input[name=from]').first();
    if ((await source.count()) > 0) {
      await admin.click('input[name=from]');
      await admin.click('text=Use this address');
    } else await admin.click('main >> text=Continue');
    await page.waitForURL('**/setup/activate');
    await admin.click('text=Hand over for activation');
    await page.waitForSelector('text=You are done');
    counts.set(product, { ...(await admin.counted()), milliseconds: performance.now() - begun });
    expect(cli('connections', 'activate', product)).toContain('live within seconds');
    await page.context().close();
  });

  it('lets people in by each of them, without a restart', async () => {
    await new Promise((resolve) => setTimeout(resolve, MS_TO_REACH_EVERY_PROCESS));
    for (const product of [...products, PHP]) {
      const context = await browser.newContext();
      const visitor = await context.newPage();
      await visitor.goto(`${site.url}/`);
      await visitor.waitForSelector('html[data-ready]');
      await visitor.click('text=Sign in');
      await visitor.click(`text=At ${product}`);
      await atTheIdp(visitor, product);
      await visitor.waitForSelector('#greeting:not(:empty)');
      const domain = product === PHP ? 'example.com' : `${product}.example`;
      expect((await site.state()).logins.at(-1)?.email).toMatch(new RegExp(`@${domain}$`));
      await context.close();
    }
  });

  it('costs an administrator ten minutes on our pages at the most', () => {
    expect([...counts.keys()]).toEqual([...products, PHP]);
    for (const counted of counts.values()) {
      expect(counted.clicks + counted.fields).toBeLessThanOrEqual(14);
      expect(minutesOf(counted)).toBeLessThan(10);
    }
  });

  async function atTheIdp(page: Page, product: string): Promise<void> {
    if (product !== PHP) {
      await page.click(`text=ada@${product}.example`);
      return;
    }
    await page.fill('[name=username]', 'alice');
    await page.fill('[name=password]', 'alice');
    await page.click('[type=submit]');
  }
});

/** Acts on a page, and counts what a person would do and read. */
class Admin {
  private clicks = 0;
  private fields = 0;
  private words = 0;
  private readonly read = new Set<string>();

  constructor(private readonly page: Page) {}

  async click(selector: string): Promise<void> {
    await this.look();
    this.clicks += 1;
    await this.page.click(selector);
  }

  async fill(selector: string, text: string): Promise<void> {
    this.fields += 1;
    await this.page.fill(selector, text);
  }

  async choose(selector: string, file: Parameters<Page['setInputFiles']>[1]): Promise<void> {
    this.fields += 1;
    await this.page.setInputFiles(selector, file);
  }

  async counted(): Promise<Omit<Counted, 'milliseconds'>> {
    await this.look();
    const { clicks, fields, words } = this;
    return { clicks, fields, words };
  }

  /** A page is read once. */
  private async look(): Promise<void> {
    const text = await this.page.innerText('main');
    if (this.read.has(text)) return;
    this.read.add(text);
    this.words += text.split(/\s+/).length;
  }
}

const minutesOf = ({ words, clicks, fields }: Counted): number =>
  words / WORDS_A_MINUTE + ((clicks + fields) * SECONDS_AN_ACT) / 60;

function reportOf(counts: ReadonlyMap<string, Counted>): string {
  const rows = [...counts].map(([id, counted]) => {
    const name = idpProducts.find((product) => product.id === id)?.name ?? id;
    const { clicks, fields, words, milliseconds } = counted;
    return `${name.padEnd(20)} ${String(clicks)} clicks, ${String(fields)} field, ${String(words)} words: about ${minutesOf(counted).toFixed(1)} minutes; ${(milliseconds / 1000).toFixed(1)} s by machine\n`;
  });
  return `Our pages, from the link to the hand-over:\n${rows.join('')}`;
}
