// The site's owner at work: from an empty site to a green self-check and a colleague's sign-in, by the handout alone, with
// every action counted. An action is one switch, one click on what the step names, one name typed or one value pasted.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { editors, type Editor } from '../../../src/admin/site-places';
import { startIdp, type LocalIdp } from '../../support/idp';
import { wixSaml } from '../../support/makers/terminal';
import { startWixSite, type WixSite } from '../../support/wix';
import { describeReal } from '../real/processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from '../real/service';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Twelve at most. By Git one command writes both files. */
const ACTIONS: Readonly<Record<Editor, number>> = { editor: 12, studio: 12, git: 11 };
const FILES = 2;

describeReal(
  existsSync(executablePath),
  'Chromium',
  'chromium',
)('the owner in Chromium', () => {
  let browser: Browser;
  let idp: LocalIdp;
  let directory: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'wix-saml-owner-'));
    idp = await startIdp({ people: [{ id: 'alice', name: 'Alice', email: 'alice@example.com' }] });
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser.close();
    await idp.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(editors)(
    'needs as many actions and files as we say: %s',
    async (editor) => {
      const site = await startWixSite({
        published: false,
        membersArea: false,
        authenticationPackage: false,
        collections: [],
        landingCode: 'pages/empty',
        // As an editor names a text by itself.
        statusId: '#text1',
      });
      // The operator's part is done; what it would store on the site is left to the owner.
      const untouched = { ...site, setSecret: () => Promise.resolve() };
      const port = await freePort();
      const service = await startService({ port, site: untouched, idpMetadataXml: idp.metadataXml });
      idp.registerServiceProvider(service.metadataXml);
      const page = await browser.newPage();
      try {
        const owner = new Owner(site, await readHandout(service, editor));
        await owner.work(editor);
        await openCheck(page, owner.value('check', 0));
        expect(await page.textContent('#text1')).toMatch(/^All is in place\.\n(✓ [^\n]*\n?)+$/);
        owner.actions += 1;
        await signIn(page, `${service.baseUrl}/saml/login?connection=acme&return_to=%2Fmembers`);
        expect(page.url()).toBe(`${site.url}/members`);
        expect([owner.actions, owner.files]).toEqual([ACTIONS[editor], FILES]);
      } finally {
        await page.close();
        await service.stop();
        await site.stop();
      }
    },
    60_000,
  );

  async function readHandout(service: Service, editor: Editor): Promise<ReadonlyMap<string, string>> {
    const file = join(directory, `${editor}.html`);
    const { code } = await wixSaml([
      'site',
      '--config',
      service.config,
      '--handout',
      file,
      '--editor',
      editor,
    ]);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE');
    const page = await browser.newPage();
    await page.goto(`file://${file}`);
    const values = await page.evaluate<[string, string][]>(
      `[...document.querySelectorAll('pre')].flatMap((value) => [[value.id, value.textContent],
        ['file:' + document.getElementById(value.id + '-label').textContent, value.textContent]])`,
    );
    await page.close();
    return new Map(values);
  }

  async function openCheck(page: Page, address: string): Promise<void> {
    await page.goto(address);
    await page.waitForFunction(`document.querySelector('#text1').textContent.includes('in place')`);
  }

  async function signIn(page: Page, address: string): Promise<void> {
    await page.goto(address);
    await page.click('text=alice@example.com');
    await page.waitForSelector('#greeting:not(:empty)');
  }
});

/** Does what the handout says, with nothing but its values. */
class Owner {
  actions = 0;
  files = 0;
  readonly #site: WixSite;
  readonly #values: ReadonlyMap<string, string>;

  constructor(site: WixSite, values: ReadonlyMap<string, string>) {
    this.#site = site;
    this.#values = values;
  }

  value(step: string, index: number): string {
    const value = this.#values.get(`${step}-${index}`);
    if (value === undefined) throw new Error(`The handout has no value ${index} in the step ${step}`);
    return value;
  }

  async work(editor: Editor): Promise<void> {
    await this.#do(() => this.#site.setOptions({ membersArea: true }));
    // Dev Mode, Start Coding, or the connection to the repository.
    await this.#do(() => Promise.resolve());
    await this.#do(() => this.#site.setOptions({ authenticationPackage: true }));
    const code = this.#bringFiles(editor);
    // The secret's name, then its value.
    this.actions += 1;
    await this.#do(() => this.#site.setSecret(this.value('secret', 0), this.value('secret', 1)));
    await this.#landingPage();
    await this.#do(() => this.#site.publish(code));
  }

  /** By Git one command writes them; in the other editors each is made and pasted. */
  #bringFiles(editor: Editor): Readonly<Record<string, string>> {
    const names = [...this.#values.keys()].filter((name) => /^file:(backend|public)\//.test(name));
    this.files = names.length;
    const code: Record<string, string> = {};
    for (const name of names) {
      code[name.slice('file:'.length)] = this.#values.get(name) ?? '';
      if (editor !== 'git') this.actions += 1;
    }
    if (editor === 'git') this.actions += 1;
    return code;
  }

  /** The page with its address, its text, its code. The emulator has the page; it gets the code. */
  async #landingPage(): Promise<void> {
    expect(this.value('landing', 0)).toBe('sso');
    expect(this.value('landing', 1)).toBe('Signing you in…');
    expect(this.value('landing', 2)).toContain('completeSignIn({ show: showOn($w) });');
    this.actions += 2;
    await this.#do(() => this.#site.setOptions({ landingCode: 'pages/landing' }));
  }

  async #do(act: () => Promise<unknown>): Promise<void> {
    this.actions += 1;
    await act();
  }
}
