/** The site speaks ten languages: its own where it has several, else the visitor's, and English where it knows none. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import type { WixSite, WixSiteOptions } from '../../support/wix';
import { makeSiteFiles } from '../../../src/admin/site-files';
import { root } from '../../guards/sources';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { button, openSite, start, status } from '../../support/makers/visited-site';

type Sentences = Readonly<Record<string, string>>;

const provider = new StubServiceProvider();
const sites: WixSite[] = [];

beforeAll(() => provider.start());
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await provider.stop();
});

async function open(options: WixSiteOptions = {}): Promise<WixSite> {
  const site = await openSite(provider, options);
  sites.push(site);
  return site;
}

function readSentences(): Readonly<Record<string, Sentences>> {
  const text = readFileSync(join(root, 'src/wix-site/public/wix-saml-messages.js'), 'utf8');
  return vm.runInNewContext(`${text.replace('export const messages =', 'messages =')}; messages`) as Record<
    string,
    Sentences
  >;
}

const sentences = readSentences();
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'ja', 'he'];

describe('the sentences', () => {
  it('are there in ten languages', () => {
    expect(Object.keys(sentences)).toEqual(LANGUAGES);
  });

  it.each(LANGUAGES)('are complete, all different and of their own in %s', (language) => {
    const own = sentences[language] ?? {};
    expect(Object.keys(own).sort()).toEqual(Object.keys(sentences['en']!).sort());
    const texts = Object.values(own);
    expect(texts.filter((text) => text.trim() !== text || text === '')).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
    if (language === 'en') return;
    expect(texts.filter((text) => Object.values(sentences['en']!).includes(text))).toEqual([]);
  });

  it('stand in English in our part of the file too, for an owner’s part that is older', () => {
    const text = readFileSync(join(root, 'src/wix-site/public/wix-saml-english.js'), 'utf8');
    const english = vm.runInNewContext(
      `${text.replace('export const english =', 'english =')}; english`,
    ) as Sentences;
    expect({ ...english }).toEqual({ ...sentences['en'] });
  });

  it('include every one that the code asks for', () => {
    const files = ['start', 'landing', 'guard', 'elements', 'redeem'].map((name) =>
      readFileSync(join(root, `src/wix-site/public/wix-saml-${name}.js`), 'utf8'),
    );
    const asked = files.flatMap((text) =>
      [...text.matchAll(/(?:say\(|sentence: |pageState\()'(\w+)'/g)].map(([, name]) => name!),
    );
    expect(asked.length).toBeGreaterThan(15);
    const unknown = asked.filter(
      (name) => !(name in sentences['en']!) && name !== 'idle' && name !== 'applying',
    );
    expect(unknown).toEqual([]);
  });
});

describe('a page', () => {
  it.each([
    ['the language that a site of several shows', 'de', 'fr-FR', 'de'],
    ['the browser’s language', undefined, 'pt-BR', 'pt'],
    ['the browser’s language in capitals', undefined, 'JA', 'ja'],
    ['the browser’s language where the site’s is unknown', 'fi', 'he-IL', 'he'],
    ['English where none is known', 'fi', 'sv-SE', 'en'],
    ['English for what is no language', undefined, 'constructor', 'en'],
  ])('speaks %s', async (_name, language, locale, spoken) => {
    const site = await open(language === undefined ? {} : { language });
    const tab = await site.openTab({ locale });
    const snapshot = await tab.goto('/sso');
    expect({ status: status(snapshot), label: button(snapshot) }).toEqual({
      status: sentences[spoken]!['choose'],
      label: sentences[spoken]!['signInLabel'],
    });
  });

  it('shows a reference under its name in that language', async () => {
    const site = await open({ language: 'pl' });
    const tab = await site.openTab();
    const login = await start(tab);
    const { ticket, state } = provider.issue(login, '');
    provider.script.push({ status: 403, body: { reference: 'r-4711' } });
    const snapshot = await tab.goto(`/sso?ticket=${ticket}&state=${state}`);
    expect(snapshot.elements['#reference']?.text).toBe('Numer referencyjny: r-4711');
    expect(status(snapshot)).toBe(sentences['pl']!['refused']);
  });
});

describe('an owner’s part that was written before a sentence was', () => {
  it('shows the built-in English instead of nothing', async () => {
    const settings = { serviceProvider: provider.url, site: 'portal' };
    const choice = { oldModules: false, signOn: false, collaborators: false, ownFunctions: false, settings };
    const files = Object.fromEntries(makeSiteFiles(choice));
    const older = files['public/wix-saml.js']!.replace(/^ {4}(otherTab|signInLabel):\s+'[^']*',\n/gm, '');
    expect(older.length).toBeLessThan(files['public/wix-saml.js']!.length - 500);
    const site = await open({
      language: 'de',
      modules: 'new',
      code: { ...files, 'public/wix-saml.js': older },
    });
    const snapshot = await (await site.openTab()).goto('/sso?ticket=unknown&state=unknown');
    expect(status(snapshot)).toBe(sentences['en']!['otherTab']);
    expect(button(snapshot)).toBe(sentences['en']!['signInLabel']);
  });
});
