/** A logout of the company on the site's pages: the landing page ends the session and goes back. Costs about ten seconds. */

import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { MEMBER, openSite, start, status } from '../../support/makers/visited-site';
import type { WixSite, WixSiteOptions, WixTab } from '../../support/wix';

const TOKEN = 'T'.repeat(43);
const provider = new StubServiceProvider();
const sites: WixSite[] = [];

beforeAll(() => provider.start());
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await provider.stop();
});

async function signedIn(options: WixSiteOptions = {}): Promise<{ tab: WixTab; handle: string }> {
  const site = await openSite(provider, options, 'page');
  sites.push(site);
  const tab = await site.openTab();
  const issued = provider.issueWithHandle(await start(tab), await site.sessionToken(MEMBER));
  const { member } = await tab.goto(`/sso?ticket=${issued.ticket}&state=${issued.state}`);
  expect(member?.email).toBe(MEMBER);
  return { tab, handle: issued.signOutHandle };
}

const back = (signedOut: boolean): string =>
  `${provider.url}/saml/slo?return=${TOKEN}${signedOut ? '&signed_out=1' : ''}`;

describe('the landing page at a logout of the company', () => {
  it.each([
    ['', {}],
    [', where Wix loads the page again', { reloadOnLogout: true }],
    [', with the old modules', { modules: 'old' }],
  ] as const)('ends the session and goes back%s', async (_where, options) => {
    const { tab, handle } = await signedIn(options);
    provider.handles.delete(handle);
    const out = await tab.goto(`/sso?signout=1&token=${TOKEN}`);
    expect({ member: out.member, leftTo: out.leftTo }).toEqual({ member: null, leftTo: back(true) });
    expect(out.local['wixSaml.session']).toBeUndefined();
    expect(JSON.stringify(out.storage)).not.toContain(TOKEN);
  });

  it('ends nothing for a link that anybody can write: the session lives', async () => {
    const { tab } = await signedIn();
    const linked = await tab.goto('/sso?signout=1');
    expect([linked.member?.email, linked.leftTo]).toEqual([MEMBER, null]);
    const guessed = await tab.goto(`/sso?signout=1&token=${TOKEN}`);
    expect([guessed.member?.email, guessed.leftTo]).toEqual([MEMBER, back(false)]);
  });

  it('does not say that it has ended what Wix did not end', async () => {
    const { tab, handle } = await signedIn({ logoutFails: true });
    provider.handles.delete(handle);
    const out = await tab.goto(`/sso?signout=1&token=${TOKEN}`);
    expect(out.leftTo).toBe(back(false));
  });

  it.each(['https://evil.example', `${TOKEN}&x`, '<script>'])(
    'takes no token of another form: %s',
    async (token) => {
      const { tab, handle } = await signedIn();
      provider.handles.delete(handle);
      const out = await tab.goto(`/sso?signout=1&token=${encodeURIComponent(token)}`);
      expect({ member: out.member, leftTo: out.leftTo }).toEqual({ member: null, leftTo: null });
      expect(status(out)).toBe('You are signed out of this site.');
    },
  );
});

describe('the page that a sign-out leads to', () => {
  it.each([
    ['everywhere', 'You are signed out here and at your company.'],
    ['here', 'You are signed out of this site.'],
    ['partly', 'Something else of your company’s may still be signed in'],
  ])('says what ended: %s', async (ended, sentence) => {
    const site = await openSite(provider, {}, 'page');
    sites.push(site);
    const tab = await site.openTab();
    expect(status(await tab.goto(`/?wix-saml-signed-out=${ended}`))).toContain(sentence);
    expect(status(await tab.goto('/?wix-saml-signed-out=constructor'))).not.toContain(sentence);
  });
});
