/** The landing page in a line: it says where the person stands and goes on by itself; a reload is tried in a real browser. */

import type { TabSnapshot, WixSite, WixTab } from '../../support/wix';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { MEMBER, openSite, start, status } from '../../support/makers/visited-site';

const provider = new StubServiceProvider();
const sites: WixSite[] = [];

beforeAll(() => provider.start());
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await provider.stop();
});
beforeEach(() => {
  provider.redeemed.length = 0;
  provider.script.length = 0;
  provider.line.length = 0;
});

const shown = ({ history }: TabSnapshot): readonly string[] => history.flatMap((page) => page.shown);

async function comeBack(site: WixSite, tab: WixTab): Promise<TabSnapshot> {
  const { ticket, state } = provider.issue(await start(tab), await site.sessionToken(MEMBER));
  return tab.goto(`/sso?ticket=${ticket}&state=${state}`);
}

describe.each(['page', 'backend'] as const)('in a line, redeemed by the %s', (redeem) => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite(provider, {}, redeem);
    sites.push(site);
  });

  it('says where the person stands, and signs them in when it is their turn', async () => {
    provider.line.push(230, 17, 1);
    const snapshot = await comeBack(site, await site.openTab());
    expect(snapshot).toMatchObject({ path: '/members', member: { email: MEMBER } });
    const sentences = shown(snapshot).join('\n');
    expect(sentences).toMatch(/number 230 in line[^]*number 17 in line[^]*You are next…/);
    expect(snapshot.storage['wixSaml.waiting']).toBeUndefined();
    const [first, ...others] = provider.redeemed;
    expect(first).toMatchObject({ mayWait: true });
    expect(others).toHaveLength(3);
    for (const asked of others) {
      expect(asked.ticket).toBeUndefined();
      expect(asked.place).toMatch(/^[0-9a-f-]{36}$/);
      expect(asked.codeVerifier).toBe(first?.codeVerifier);
    }
  });

  it('keeps the place while nobody answers, or the store is away', async () => {
    provider.line.push(5);
    const tab = await site.openTab();
    const { ticket, state } = provider.issue(await start(tab), await site.sessionToken(MEMBER));
    const going = tab.goto(`/sso?ticket=${ticket}&state=${state}`);
    while (provider.redeemed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    provider.script.push({ status: 503, headers: { 'retry-after': '2' } }, { status: 0 }, { status: 429 });
    expect((await going).member).toMatchObject({ email: MEMBER });
  });

  it('says so when the place has expired, and offers to start again', async () => {
    provider.line.push(5);
    const tab = await site.openTab();
    const { ticket, state } = provider.issue(await start(tab), await site.sessionToken(MEMBER));
    const going = tab.goto(`/sso?ticket=${ticket}&state=${state}`);
    while (provider.redeemed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    provider.script.push({ status: 410, body: { error: 'TICKET_UNKNOWN', reference: 'ref-9' } });
    const snapshot = await going;
    expect(status(snapshot)).toBe('This sign-in took too long or was already used. Please sign in again.');
    expect(snapshot.storage['wixSaml.waiting']).toBeUndefined();
  });
});
