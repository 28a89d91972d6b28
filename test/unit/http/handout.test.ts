/** The page for a site's owner: it asks nobody for anything, runs its one script only, and shows every text as it is. */

import { createHash } from 'node:crypto';
import { handoutPage } from '../../../src/http/pages/handout';
import { editors } from '../../../src/admin/site-places';
import { chooseSite, setUpSite, type SiteSetupChoice } from '../../../src/admin/site-setup';
import { makeExample } from '../../support/makers/configuration';

const system = { clock: { now: () => 0 }, random: { bytes: (count: number) => Buffer.alloc(count, 7) } };

async function handout(change: Partial<SiteSetupChoice> = {}, siteUrl?: string): Promise<string> {
  const example = makeExample();
  const ours = { ...(await example.load()), emailDomains: new Map([['portal', ['acme.com']]]) };
  example.remove();
  const site = chooseSite(ours, 'portal')!;
  const choice = {
    into: undefined,
    editor: 'editor',
    oldModules: false,
    signOn: false,
    collaborators: false,
    ownFunctions: false,
    ...change,
  } as const;
  return handoutPage(setUpSite(ours, { ...site, url: siteUrl ?? site.url }, choice, system)).toString();
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const plain = (html: string): string =>
  html
    .replace(/&#39;/g, "'")
    .replace(/&#96;/g, '`')
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>');

describe('the handout', () => {
  it('loads nothing, and runs and wears only what its policy names by hash', async () => {
    const html = await handout();
    expect(html).not.toMatch(/<(link|img|iframe|script|object|embed|form)[^>]*(src|href|action)=/i);
    expect(html).not.toMatch(/<[a-z][^>]*\s(on\w+|style)=/i);
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    expect(style).not.toMatch(/@import|url\(/);
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(html) ?? [];
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(plain(policy)).toBe(
      `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect([style, script].every((text) => text.length > 100)).toBe(true);
  });

  it.each(editors)('says first what %s cannot do, and has both files', async (editor) => {
    const html = await handout({ editor });
    expect(html.indexOf('Studio Two')).toBeLessThan(html.indexOf('<ol>'));
    expect(html).toContain('>backend/http-functions.js</span>');
    expect(plain(html)).toContain(
      "import { completeSignIn, showOn } from 'public/wix-saml';\n\n$w.onReady(() => {",
    );
  });

  it('has the files of the chosen modules: an import of what is absent stops a site’s build', async () => {
    expect(plain(await handout())).toContain("from '@wix/authentication'");
    const old = plain(await handout({ oldModules: true }));
    expect(old).not.toContain("from '@wix/authentication'");
    expect(old).toContain("from 'wix-members-frontend'");
    expect(plain(await handout({ signOn: true }))).toContain("from '@wix/identity'");
  });

  it('shows an address as text, whatever it is', async () => {
    const html = await handout({}, 'https://www.example.com/"><script>alert(1)</script>');
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).toContain('&lt;script&gt;alert(1)');
  });

  it('has a name for every button and an id for every value', async () => {
    const html = await handout();
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id = ''] of html.matchAll(/data-copy="([^"]+)"/g)) expect(ids).toContain(id);
  });
});
