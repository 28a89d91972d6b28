// The owner's page in a real Chromium, opened from a disk: copying, no script, no request, small screens, dark, paper.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { handoutPage } from '../../../src/http/pages/handout';
import { editors, type Editor } from '../../../src/admin/site-places';
import { chooseSite, setUpSite } from '../../../src/admin/site-setup';
import { makeExample } from '../../support/makers/configuration';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const missing = !existsSync(CHROMIUM);
if (missing)
  console.warn(
    `SKIPPED: the handout in a real browser. No Chromium at ${CHROMIUM}; set CHROMIUM to its path.`,
  );
const describeReal = missing && process.env['CI'] === undefined ? describe.skip : describe;

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** A directory in which to leave pictures of the page, for whoever wants to look at it. */
const PICTURES = process.env['PICTURES'];

describeReal('the handout in Chromium', () => {
  let browser: Browser;
  let directory: string;
  const file = (editor: Editor): string => join(directory, `${editor}.html`);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'wix-saml-handout-'));
    const example = makeExample();
    const ours = { ...(await example.load()), emailDomains: new Map([['portal', ['acme.com']]]) };
    example.remove();
    const system = { clock: { now: () => 0 }, random: { bytes: (count: number) => Buffer.alloc(count, 7) } };
    for (const editor of editors) {
      const choice = {
        into: undefined,
        editor,
        oldModules: false,
        signOn: false,
        collaborators: false,
        ownFunctions: false,
      };
      const setup = setUpSite(ours, chooseSite(ours, 'portal')!, choice, system);
      writeFileSync(file(editor), handoutPage(setup).toString());
    }
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function withPage(options: object, use: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext(options);
    try {
      await use(await context.newPage());
    } finally {
      await context.close();
    }
  }

  it('copies a value, whole and exactly, and says so', async () => {
    await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      const requests: string[] = [];
      const troubles: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => troubles.push(message.text()));
      await page.goto(`file://${file('editor')}`);
      await page.click('button[data-copy="landing-2"]');
      await page.waitForFunction(`document.getElementById('said').textContent === 'Copied.'`);
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(copied).toBe(await page.evaluate(`document.getElementById('landing-2').textContent`));
      expect(copied).toMatch(/^import .*\n\n\$w\.onReady\(\(\) => \{\n/m);
      expect(requests).toEqual([`file://${file('editor')}`]);
      expect(troubles).toEqual([]);
    });
  }, 30_000);

  it('shows every value without a script, and no button that does nothing', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`file://${file('studio')}`);
      expect(await page.locator('button:visible').count()).toBe(0);
      expect(await page.locator('#secret-1').isVisible()).toBe(true);
      expect(await page.locator('#files-1').isVisible()).toBe(true);
    });
  }, 30_000);

  it.each(editors.flatMap((editor) => [390, 1280].flatMap((width) => [[editor, width] as const])))(
    'fits the screen, and in one editor’s words stands for all before axe: %s, %i px, light and dark',
    async (editor, width) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await withPage({ viewport: { width, height: 800 }, colorScheme }, async (page) => {
          await page.goto(`file://${file(editor)}`);
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
          if (PICTURES !== undefined)
            await page.screenshot({
              path: join(PICTURES, `${editor}-${width}-${colorScheme}.png`),
              fullPage: true,
            });
          if (editor !== 'editor') return;
          // The page's own policy keeps scripts of others out; the check comes in from outside of it.
          await page.evaluate(axe);
          const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
          expect(violations.map(({ id }) => id)).toEqual([]);
        });
      }
    },
    30_000,
  );

  it('is printed without its buttons, with every value, and with the files by name', async () => {
    await withPage({ colorScheme: 'dark' }, async (page) => {
      await page.goto(`file://${file('git')}`);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('button:visible').count()).toBe(0);
      expect(await page.locator('#secret-1').isVisible()).toBe(true);
      expect(await page.locator('#files-0').isVisible()).toBe(false);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
      const printed = await page.pdf({ format: 'A4' });
      expect(printed.subarray(0, 5).toString()).toBe('%PDF-');
      if (PICTURES !== undefined)
        await page.screenshot({ path: join(PICTURES, 'git-print.png'), fullPage: true });
      if (PICTURES !== undefined) writeFileSync(join(PICTURES, 'git.pdf'), printed);
    });
  }, 30_000);
});
