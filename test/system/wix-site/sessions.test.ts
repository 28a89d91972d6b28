/** Sessions that end: on the page, at the service provider, for the next person at the same computer. Costs about ten seconds. */

import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { button, MEMBER, openSite, start, status } from '../../support/makers/visited-site';
import type { TabSnapshot, WixSite, WixSiteOptions, WixTab } from '../../support/wix';

const OTHER = 'bob@acme.com';
const MINUTE = 60_000;
const provider = new StubServiceProvider();
const sites: WixSite[] = [];

beforeAll(() => provider.start());
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await provider.stop();
});
beforeEach(() => {
  provider.askedHandles.length = 0;
  provider.continueAt = undefined;
  provider.away = false;
});

async function open(options: WixSiteOptions = {}, redeem: 'page' | 'backend' = 'page'): Promise<WixSite> {
  const site = await openSite(provider, options, redeem);
  sites.push(site);
  return site;
}

/** Signs in through the button; the tab is then on /members. */
async function signIn(site: WixSite, tab: WixTab, email = MEMBER, session: object = {}): Promise<string> {
  const issued = provider.issueWithHandle(await start(tab), await site.sessionToken(email), session);
  const { member } = await tab.goto(`/sso?ticket=${issued.ticket}&state=${issued.state}`);
  expect(member?.email).toBe(email);
  return issued.signOutHandle;
}

const kept = ({ local }: TabSnapshot): { handle: string; member: string } | undefined =>
  local['wixSaml.session'] === undefined
    ? undefined
    : (JSON.parse(local['wixSaml.session']) as { handle: string; member: string });

/** Lets so much time pass, and the page do what it waited for. */
async function later(site: WixSite, tab: WixTab, minutes: number): Promise<TabSnapshot> {
  await site.setClockOffset(minutes * MINUTE);
  return tab.wake();
}

describe('a handle', () => {
  it.each([
    ['', {}],
    [' where the page is loaded again', { reloadOnLogin: true }],
    [' where the session stands late', { lateLogin: true }],
    [' with the old modules', { modules: 'old' }],
    [' where the token names somebody else', { tokenForm: 'otherId' }],
  ] as const)('is kept beside the member’s id%s, and in no other place', async (_where, options) => {
    const site = await open(options);
    const tab = await site.openTab();
    const handle = await signIn(site, tab);
    const page = await tab.goto('/news');
    const [member] = (await site.state()).members;
    expect(kept(page)).toMatchObject({ handle, member: member?.id, serviceProvider: provider.url });
    expect(JSON.stringify(page.storage)).not.toContain(handle);
    expect((await site.state()).log).toEqual([]);
  });

  it('that is none is not kept', async () => {
    const site = await open();
    const tab = await site.openTab();
    const { ticket, state } = provider.issue(await start(tab), await site.sessionToken(MEMBER), {
      signOutHandle: '<script>',
    });
    await tab.goto(`/sso?ticket=${ticket}&state=${state}`);
    expect(kept(await tab.goto('/news'))).toBeUndefined();
  });
});

describe('signing out on the site', () => {
  it.each([
    ['', {}],
    [', where Wix loads the page again', { reloadOnLogout: true }],
    [', with the old modules', { modules: 'old' }],
  ] as const)('ends the Wix session first, then the handle%s', async (_where, options) => {
    const site = await open(options);
    const tab = await site.openTab();
    const handle = await signIn(site, tab);
    await tab.goto('/');
    const out = await tab.click('#signInButton');
    expect({ member: out.member, leftTo: out.leftTo }).toEqual({ member: null, leftTo: null });
    expect(provider.askedHandles.at(-1)).toEqual({ handle, end: true });
    expect(kept(out)).toBeUndefined();
    expect(button(out)).toBe('Sign in');
    expect(JSON.stringify(out.storage)).not.toContain(handle);
  });

  it.each([[{}], [{ reloadOnLogout: true }]])(
    'goes on to the company’s sign-out where there is one %j',
    async (options) => {
      const site = await open(options);
      const tab = await site.openTab();
      await signIn(site, tab);
      provider.continueAt = `${provider.url}/saml/slo?out=once`;
      await tab.goto('/');
      const out = await tab.click('#signInButton');
      expect({ member: out.member, leftTo: out.leftTo }).toEqual({
        member: null,
        leftTo: provider.continueAt,
      });
    },
  );

  it.each(['https://evil.example/', 'javascript:alert(1)', '//evil.example', ''])(
    'follows no other address: "%s"',
    async (continueAt) => {
      const site = await open();
      const tab = await site.openTab();
      await signIn(site, tab);
      provider.continueAt = continueAt;
      await tab.goto('/');
      const out = await tab.click('#signInButton');
      expect({ member: out.member, leftTo: out.leftTo }).toEqual({ member: null, leftTo: null });
    },
  );

  it('signs out on the site when the service provider is away', async () => {
    const site = await open();
    const tab = await site.openTab();
    await signIn(site, tab);
    await tab.goto('/');
    provider.away = true;
    expect((await tab.click('#signInButton')).member).toBeNull();
  });

  it('keeps the handle when Wix does not sign out', async () => {
    const site = await open({ logoutFails: true });
    const tab = await site.openTab();
    const handle = await signIn(site, tab);
    await tab.goto('/');
    expect(kept(await tab.click('#signInButton'))?.handle).toBe(handle);
    expect(provider.askedHandles.filter(({ end }) => end)).toEqual([]);
  });
});

describe('the watch', () => {
  it('#session.handle/open-page signs out the page that stays open within one interval, and starts again', async () => {
    const site = await open();
    const tab = await site.openTab();
    const handle = await signIn(site, tab);
    await tab.goto('/news');
    provider.handles.delete(handle);
    const before = await later(site, tab, 4);
    expect({ asked: provider.askedHandles, member: before.member?.email }).toEqual({
      asked: [],
      member: MEMBER,
    });
    const after = await later(site, tab, 6);
    expect(after.member).toBeNull();
    expect(new URL(after.leftTo!).searchParams.get('return_to')).toBe('/news');
    expect(provider.askedHandles).toEqual([{ handle }]);
    expect(kept(after)).toBeUndefined();
  });

  it('starts again where Wix loads the page anew', async () => {
    const site = await open({ reloadOnLogout: true });
    const tab = await site.openTab();
    provider.handles.delete(await signIn(site, tab));
    await tab.goto('/news');
    const after = await later(site, tab, 6);
    expect(after.member).toBeNull();
    expect(new URL(after.leftTo!).searchParams.get('return_to')).toBe('/news');
  });

  it('only signs out, and says so, on a page with a button', async () => {
    const site = await open();
    const tab = await site.openTab();
    provider.handles.delete(await signIn(site, tab));
    await tab.goto('/');
    const after = await later(site, tab, 6);
    expect({ member: after.member, leftTo: after.leftTo, label: button(after) }).toEqual({
      member: null,
      leftTo: null,
      label: 'Sign in',
    });
  });

  it('asks once in five minutes, however many pages are opened', async () => {
    const site = await open();
    const tab = await site.openTab();
    await signIn(site, tab);
    await site.setClockOffset(6 * MINUTE);
    for (const path of ['/news', '/', '/news?item=2']) await tab.goto(path);
    expect(provider.askedHandles).toHaveLength(1);
    await later(site, tab, 12);
    expect(provider.askedHandles).toHaveLength(2);
  });

  it.each([
    ['lets the session go on for the grace', 59, MEMBER],
    ['and signs out after it, with a way back', 61, undefined],
  ])('while the service provider is away %s', async (_what, minutes, email) => {
    const site = await open();
    const tab = await site.openTab();
    await signIn(site, tab);
    await tab.goto('/news');
    provider.away = true;
    const after = await later(site, tab, minutes);
    expect(after.member?.email).toBe(email);
    expect(after.leftTo).toBeNull();
    if (email === undefined) {
      expect({ status: status(after), button: button(after) }).toEqual({
        status: 'Your session has ended. Please sign in again.',
        button: 'Sign in',
      });
    }
  });

  it('asks by the site’s backend where the page cannot', async () => {
    const site = await open({}, 'backend');
    const tab = await site.openTab();
    const handle = await signIn(site, tab);
    await tab.goto('/news');
    provider.allowedOrigin = undefined;
    provider.handles.delete(handle);
    expect((await later(site, tab, 6)).member).toBeNull();
  });

  it('does nothing in the server’s pass', async () => {
    const site = await open();
    const tab = await site.openTab();
    await signIn(site, tab);
    const { history } = await later(site, tab, 6);
    expect(history.flatMap(({ serverEffects }) => serverEffects)).toEqual([]);
  });
});

describe('another person at the same computer', () => {
  it('#session.handle/shared-computer with a password has the other’s handle deleted and is left alone', async () => {
    const site = await open();
    const tab = await site.openTab();
    const handle = await signIn(site, tab);
    await tab.signInWithWix(OTHER);
    provider.handles.delete(handle);
    await tab.goto('/news');
    const after = await later(site, tab, 20);
    expect({ member: after.member?.email, asked: provider.askedHandles }).toEqual({
      member: OTHER,
      asked: [],
    });
    expect(kept(after)).toBeUndefined();
  });

  it('who signs out ends nobody else’s session', async () => {
    const site = await open();
    const tab = await site.openTab();
    await signIn(site, tab);
    await tab.signInWithWix(OTHER);
    await tab.goto('/');
    expect((await tab.click('#signInButton')).member).toBeNull();
    expect(provider.askedHandles).toEqual([]);
  });

  it('who comes by the company has a handle of their own', async () => {
    const site = await open();
    const tab = await site.openTab();
    const first = await signIn(site, tab);
    await tab.signInWithWix(null);
    const second = await signIn(site, tab, OTHER);
    const page = await tab.goto('/news');
    expect(kept(page)?.handle).toBe(second);
    expect(second).not.toBe(first);
  });

  it('does not inherit a handle that nobody claimed', async () => {
    const site = await open({ currentMemberReadable: false });
    const tab = await site.openTab();
    await signIn(site, tab);
    await tab.signInWithWix(OTHER);
    await site.setOptions({ currentMemberReadable: true });
    await site.setClockOffset(16 * MINUTE);
    expect(kept(await tab.goto('/news'))).toBeUndefined();
  });
});
