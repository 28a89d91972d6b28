/** Leavers at the site: a signed command blocks a member and takes that back, and nothing else. Costs about five seconds. */

import {
  callFunction,
  CHECK,
  EMAIL,
  exchange,
  SESSION,
  sign,
  signingKey,
  startConfiguredSite,
  type Answer,
  type Change,
  type SigningKey,
} from '../../support/makers/site-fixture';
import type { WixSite, WixSiteOptions } from '../../support/wix';

const MEMBER = 'wix-saml-member+jwt';
const sites: WixSite[] = [];
let key: SigningKey;

beforeAll(async () => {
  key = await signingKey('k1');
});
afterAll(() => Promise.all(sites.map((site) => site.stop())));

async function open(options: WixSiteOptions = {}): Promise<WixSite> {
  const site = await startConfiguredSite([key], { members: [{ email: EMAIL }], ...options });
  sites.push(site);
  return site;
}

async function tell(site: WixSite, claims: Change, header: Change = {}, by = key): Promise<Answer> {
  const assertion = await sign(by, claims, { typ: MEMBER, ...header });
  return callFunction(site, 'samlMember', JSON.stringify({ assertion }));
}

const statusOf = async (site: WixSite): Promise<string | undefined> =>
  (await site.state()).members[0]?.status;
const DONE: Answer = { status: 200, body: { done: true } };
const NOTHING: Answer = { status: 200, body: { done: false } };

describe('a member who was disabled at the company', () => {
  it.each(['new', 'old'] as const)(
    'is blocked, and signed in no more, until enabled again (%s modules)',
    async (modules) => {
      const site = await open({ modules });
      expect(await tell(site, { command: 'block' })).toEqual(DONE);
      expect(await statusOf(site)).toBe('BLOCKED');
      expect((await exchange(site, await sign(key))).body).toMatchObject({ error: 'SITE_MEMBER_BLOCKED' });
      expect(await tell(site, { command: 'unblock' })).toEqual(DONE);
      expect(await statusOf(site)).toBe('APPROVED');
      expect((await exchange(site, await sign(key))).status).toBe(200);
    },
  );

  it('loses the Wix session of an open browser', async () => {
    const site = await open();
    const tab = await site.openTab();
    await tab.signInWithWix(EMAIL);
    expect((await tab.goto('/')).member?.email).toBe(EMAIL);
    await tell(site, { command: 'block' });
    expect((await tab.goto('/')).member).toBeNull();
  });

  it('#session.revoke/owner-first stays blocked when the owner had blocked them', async () => {
    const site = await open({ members: [{ email: EMAIL, status: 'BLOCKED' }] });
    expect(await tell(site, { command: 'block' })).toEqual(NOTHING);
    expect(await tell(site, { command: 'unblock' })).toEqual(NOTHING);
    expect(await statusOf(site)).toBe('BLOCKED');
  });

  it('#session.revoke/unblocked-once is unblocked once: what the owner blocks afterwards stays', async () => {
    const site = await open();
    await tell(site, { command: 'block' });
    await tell(site, { command: 'unblock' });
    await site.setMember({ email: EMAIL, status: 'BLOCKED' });
    expect(await tell(site, { command: 'unblock' })).toEqual(NOTHING);
    expect(await statusOf(site)).toBe('BLOCKED');
  });

  it('is tried again after a failure of Wix, and is then ours to unblock', async () => {
    const site = await open();
    await site.setMemberFault('block');
    expect((await tell(site, { command: 'block' })).body).toMatchObject({ error: 'SITE_FAILED' });
    expect(await tell(site, { command: 'unblock' })).toEqual(NOTHING);
    await site.clearFaults();
    expect(await tell(site, { command: 'block' })).toEqual(DONE);
    expect(await tell(site, { command: 'unblock' })).toEqual(DONE);
  });

  it('need not be a member', async () => {
    const site = await open({ members: [] });
    expect(await tell(site, { command: 'block' })).toEqual(NOTHING);
    expect((await site.state()).members).toEqual([]);
  });
});

describe('a command that nobody may give', () => {
  it.each([
    ['of another kind', { command: 'delete' }, {}, 'SITE_CLAIMS_INVALID'],
    ['without a verb', {}, {}, 'SITE_CLAIMS_INVALID'],
    ['called as a property', { command: 'constructor' }, {}, 'SITE_CLAIMS_INVALID'],
    ['of a sign-in', { command: 'block' }, { typ: SESSION }, 'SITE_SIGNATURE_INVALID'],
    ['of a check', { command: 'block' }, { typ: CHECK }, 'SITE_SIGNATURE_INVALID'],
    ['about the owner', { command: 'block', sub: 'owner@acme.com' }, {}, 'SITE_EMAIL_DENIED'],
    ['about another company', { command: 'block', sub: 'eve@else.com' }, {}, 'SITE_EMAIL_DOMAIN_NOT_ALLOWED'],
    ['for another site', { command: 'block', aud: 'https://else.example' }, {}, 'SITE_AUDIENCE_MISMATCH'],
    ['too old', { command: 'block', iat: 1, exp: 60 }, {}, 'SITE_ASSERTION_EXPIRED'],
  ])('%s is refused', async (_what, claims, header, error) => {
    const site = await open();
    expect((await tell(site, claims, header)).body).toMatchObject({ error });
    expect(await statusOf(site)).toBe('APPROVED');
  });

  it('by another key is refused, and so is a second time', async () => {
    const site = await open();
    const stranger = await signingKey('k1');
    expect((await tell(site, { command: 'block' }, {}, stranger)).body).toMatchObject({
      error: 'SITE_SIGNATURE_INVALID',
    });
    const assertion = await sign(key, { command: 'block' }, { typ: MEMBER });
    const send = () => callFunction(site, 'samlMember', JSON.stringify({ assertion }));
    expect(await send()).toEqual(DONE);
    expect((await send()).body).toMatchObject({ error: 'SITE_ASSERTION_USED' });
  });

  it('cannot sign anybody in', async () => {
    const site = await open();
    const assertion = await sign(key, { command: 'block' }, { typ: MEMBER });
    expect((await exchange(site, assertion)).body).toMatchObject({ error: 'SITE_SIGNATURE_INVALID' });
  });
});
