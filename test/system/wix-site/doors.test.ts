/** Nobody meets a wrong door or an untrue sentence: the button before its code, members' pages, slow lines, the back button. */

import type { TabSnapshot, WixSite, WixSiteOptions, WixTab } from '../../support/wix';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { button, MEMBER, openSite, start, status } from '../../support/makers/visited-site';

const provider = new StubServiceProvider();
const sites: WixSite[] = [];

beforeAll(() => provider.start());
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await provider.stop();
});
beforeEach(() => {
  provider.script.length = 0;
});

async function open(options: WixSiteOptions = {}): Promise<WixSite> {
  const site = await openSite(provider, options);
  sites.push(site);
  return site;
}

async function comeBack(site: WixSite, tab: WixTab, loginUrl: string): Promise<TabSnapshot> {
  const { ticket, state } = provider.issue(loginUrl, await site.sessionToken(MEMBER));
  return tab.goto(`/sso?ticket=${ticket}&state=${state}`);
}

const pathOf = ({ leftTo, path }: TabSnapshot): object => ({ leftTo, path });
const returnTo = (loginUrl: string | null): string | null => new URL(loginUrl!).searchParams.get('return_to');

describe('F4: the button as an ordinary link', () => {
  const link = (): string => `${provider.url}/saml/login?site=portal&return_to=%2Fmembers`;

  it('leads to the service provider, which leads to the start page, which signs in', async () => {
    const site = await open({ buttonLink: link() });
    const tab = await site.openTab();
    await tab.goto('/');
    expect((await tab.click('#signInButton')).leftTo).toBe(link());
    // What the service provider does with a request without challenge.
    const { leftTo } = await tab.goto('/sso?start=1&connection=acme&return_to=%2Fmembers');
    expect((await comeBack(site, tab, leftTo!)).path).toBe('/members');
  });

  it('is there before any code has loaded, and in the page as it first comes', async () => {
    const site = await open({ buttonLink: link() });
    const html = await (await fetch(site.url)).text();
    expect(html).toContain(`href="${link().replace('&', '&#38;')}"`);
  });

  it('keeps the words that its owner gave it', async () => {
    const site = await open({ buttonLink: link(), language: 'de' });
    expect(button(await (await site.openTab()).goto('/'))).toBe('Sign in');
  });

  it('becomes the way out for a member, where it lets go of its link', async () => {
    const site = await open({ buttonLink: link() });
    const tab = await site.openTab();
    const { leftTo } = await tab.goto('/sso?start=1&return_to=%2Fmembers');
    await comeBack(site, tab, leftTo!);
    expect(button(await tab.goto('/'))).toBe('Sign out');
    const out = await tab.click('#signInButton');
    expect({ leftTo: out.leftTo, member: out.member }).toEqual({ leftTo: null, member: null });
  });

  it('leads a member on, where it keeps its link', async () => {
    const site = await open({ buttonLink: link(), linkRemovable: false });
    const tab = await site.openTab();
    const { leftTo } = await tab.goto('/sso?start=1&return_to=%2Fmembers');
    await comeBack(site, tab, leftTo!);
    expect(button(await tab.goto('/'))).toBe('Continue');
    expect((await tab.click('#signInButton')).leftTo).toBe(link());
    const on = await tab.goto('/sso?start=1&connection=acme&return_to=%2Fmembers');
    expect({ path: on.path, member: on.member?.email }).toEqual({ path: '/members', member: MEMBER });
  });
});

describe('F4: the landing page', () => {
  it('says from its first byte that somebody is being signed in, and never falls silent', async () => {
    const site = await open();
    expect(await (await fetch(`${site.url}/sso?ticket=t&state=s`)).text()).toContain('Signing you in…');
    const tab = await site.openTab();
    const snapshot = await comeBack(site, tab, await start(tab));
    expect(snapshot.history.flatMap(({ shown }) => shown)).not.toContain('');
  });

  it('says when it takes long, and signs in all the same', async () => {
    const site = await open();
    const tab = await site.openTab();
    const login = await start(tab);
    const busy = { status: 503, headers: { 'retry-after': '15' }, body: {} };
    provider.script.push(busy, busy);
    const snapshot = await comeBack(site, tab, login);
    expect(snapshot.member?.email).toBe(MEMBER);
    expect(snapshot.history.flatMap(({ shown }) => shown)).toContain(
      'This takes longer than usual. Please keep this page open…',
    );
  });

  it('starts again towards the page that was meant, after a failure', async () => {
    const site = await open();
    const tab = await site.openTab();
    const login = await start(tab);
    provider.script.push({ status: 410, body: {} });
    await comeBack(site, tab, login);
    expect(returnTo((await tab.click('#signInButton')).leftTo)).toBe('/members');
  });
});

describe('the back button', () => {
  it('from the company’s sign-in finds a page that offers to go on', async () => {
    const site = await open();
    const tab = await site.openTab();
    expect((await tab.goto('/sso?start=1&connection=acme&return_to=%2Fmembers')).leftTo).not.toBeNull();
    const back = await tab.back();
    expect({ status: status(back), button: button(back), url: back.url }).toEqual({
      status: 'If nothing happens, please use the button.',
      button: 'Sign in',
      url: `${site.url}/sso`,
    });
    const { leftTo } = await tab.click('#signInButton');
    expect(returnTo(leftTo)).toBe('/members');
    expect((await comeBack(site, tab, leftTo!)).member?.email).toBe(MEMBER);
  });

  it('E12: to the landing page finds "already signed in" once a member is', async () => {
    const site = await open();
    const tab = await site.openTab();
    await comeBack(site, tab, await start(tab));
    await tab.goto('/sso');
    const landing = await tab.goto('/sso');
    expect(status(landing)).toBe('You are already signed in.');
    expect(button(landing)).toBe('Continue');
  });
});

describe('F3: a page for members', () => {
  it.each(['', '/mysite'])(
    'takes a stranger to the company’s sign-in and back to it (site at "%s")',
    async (sitePath) => {
      const site = await open({ sitePath });
      const tab = await site.openTab();
      const { leftTo } = await tab.goto('/news?item=7&lang=de#latest');
      expect(leftTo).toContain(`${provider.url}/saml/login?site=portal`);
      expect(returnTo(leftTo)).toBe('/news?item=7&lang=de');
      const arrived = await comeBack(site, tab, leftTo!);
      expect({ url: arrived.url, member: arrived.member?.email }).toEqual({
        url: `${site.url}/news?item=7&lang=de`,
        member: MEMBER,
      });
      expect(arrived.history.flatMap(({ serverEffects }) => serverEffects)).toEqual([]);
    },
  );

  it('leaves a member alone', async () => {
    const site = await open();
    const tab = await site.openTab();
    await comeBack(site, tab, await start(tab));
    const news = await tab.goto('/news');
    expect({ ...pathOf(news), status: status(news) }).toEqual({ leftTo: null, path: '/news', status: '' });
  });

  it('comes to rest with a button after two starts in two minutes', async () => {
    const site = await open();
    const tab = await site.openTab();
    await tab.goto('/news');
    await tab.goto('/news');
    const rest = await tab.goto('/news?item=7');
    expect({ leftTo: rest.leftTo, status: status(rest), button: button(rest) }).toEqual({
      leftTo: null,
      status: 'Sign in with your company account to continue.',
      button: 'Sign in',
    });
    expect(returnTo((await tab.click('#signInButton')).leftTo)).toBe('/news?item=7');
  });

  it('starts nothing where the browser keeps nothing, and says why when asked to', async () => {
    const site = await open();
    const tab = await site.openTab({ storageBlocked: true });
    expect((await tab.goto('/news')).leftTo).toBeNull();
    expect(status(await tab.click('#signInButton'))).toMatch(/remember the sign-in/);
  });

  it('stays in the preview, where nobody can sign in', async () => {
    const site = await open();
    const news = await (await site.openTab({ preview: true })).goto('/news');
    expect({ leftTo: news.leftTo, status: status(news) }).toEqual({ leftTo: null, status: '' });
  });

  it('works without any element', async () => {
    const site = await open();
    const tab = await site.openTab({ missingElements: ['#status', '#signInButton'] });
    expect((await tab.goto('/news')).leftTo).toContain('/saml/login');
    expect((await site.state()).log).toEqual([]);
  });
});
