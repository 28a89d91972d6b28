/** Members who were there before: whom the site takes for the person, whom it refuses, and what the owner decides. */

import type { WixSite, WixSiteOptions } from '../../support/wix';
import {
  callFunction,
  CHECK,
  EMAIL,
  exchange,
  sign,
  signingKey,
  siteConfiguration,
  startConfiguredSite,
  type SigningKey,
} from '../../support/makers/site-fixture';

let key: SigningKey;
const sites: WixSite[] = [];
beforeAll(async () => {
  key = await signingKey('k1');
});
afterEach(() => Promise.all(sites.splice(0).map((site) => site.stop())));

async function open(options: WixSiteOptions = {}, change: object = {}): Promise<WixSite> {
  const secrets = { saml_config: JSON.stringify(siteConfiguration([key], change)) };
  const site = await startConfiguredSite([key], { secrets, ...options });
  sites.push(site);
  return site;
}

const signIn = async (site: WixSite, sub = EMAIL, laterSeconds = 0): Promise<unknown> => {
  const iat = Math.floor(Date.now() / 1000) + laterSeconds;
  const { status, body } = await exchange(site, await sign(key, { sub, iat, exp: iat + 60 }));
  return status === 200 ? 200 : body['error'];
};
const stranger = { email: EMAIL, verified: false };
const check = async (site: WixSite): Promise<Record<string, unknown>> => {
  const assertion = await sign(key, {}, { typ: CHECK });
  return (await callFunction(site, 'samlSessionCheck', JSON.stringify({ assertion }))).body;
};

describe('F5: somebody registered with a colleague’s address before', () => {
  it('is refused with a code of its own, mints nothing, and is counted', async () => {
    const site = await open({ members: [stranger] });
    expect(await signIn(site)).toBe('SITE_MEMBER_UNVERIFIED');
    expect((await site.state()).tokensIssued).toBe(0);
    expect(await check(site)).toMatchObject({ strangers: 1, problems: [] });
  });

  it('gets in with an address that Wix has verified, and is known from then on', async () => {
    const site = await open({ members: [{ email: EMAIL, verified: true }] });
    expect(await signIn(site)).toBe(200);
    await site.setMember({ email: EMAIL, verified: false });
    expect(await signIn(site)).toBe(200);
    expect(await check(site)).toMatchObject({ strangers: 0 });
  });

  it('gets in where the owner said that all do', async () => {
    const site = await open({ members: [stranger] }, { preRegistered: 'accept' });
    expect(await signIn(site)).toBe(200);
    expect(await check(site)).toMatchObject({ strangers: 0, preRegistered: 'accept' });
  });

  it('is refused where Wix does not tell whether the address is verified', async () => {
    const site = await open({ members: [{ email: EMAIL, verified: true }], verifiedReadable: false });
    expect(await signIn(site)).toBe('SITE_MEMBER_UNVERIFIED');
    expect(await check(site)).toMatchObject({ strangers: 1 });
  });

  it('is refused in capitals that a query does not find and Wix does', async () => {
    for (const createdReadable of [true, false]) {
      const site = await open({
        members: [{ email: 'Ada@ACME.com', verified: false }],
        createdReadable,
        tokenForm: 'documented',
      });
      expect(await signIn(site)).toBe('SITE_MEMBER_UNVERIFIED');
    }
  });

  it('is refused when the registration is so young that a query does not find it', async () => {
    const site = await open({
      members: [stranger],
      memberLagMs: 120_000,
      createdReadable: true,
      tokenForm: 'documented',
    });
    await site.setClockOffset(15_000);
    expect(await signIn(site)).toBe('SITE_MEMBER_UNVERIFIED');
  });

  it('is refused for a value that is neither refuse nor accept', async () => {
    const site = await open({}, { preRegistered: 'perhaps' });
    expect(await signIn(site)).toBe('SITE_CONFIGURATION_INVALID');
  });

  it('is counted only where the address is of the company', async () => {
    const site = await open({
      members: [
        stranger,
        { email: 'someone@gmail.com', verified: false },
        { email: 'bob@acme.com', verified: true },
      ],
    });
    expect(await check(site)).toMatchObject({ strangers: 1 });
  });
});

describe('a member whom the site made', () => {
  it.each<[string, WixSiteOptions]>([
    ['unverified', {}],
    ['verified', { mintedVerified: true }],
    ['by a Wix that tells nothing about addresses', { verifiedReadable: false }],
    ['by a Wix that does not say when', { createdReadable: false, verifiedReadable: false }],
    ['on a site whose queries know no capitals', { memberQuery: 'caseBlind' }],
    ['with the old modules', { modules: 'old' }],
  ])('is known from the first sign-in on: %s', async (_title, options) => {
    const site = await open(options);
    expect([await signIn(site), await signIn(site, 'Ada@acme.com'), await signIn(site)]).toEqual([
      200, 200, 200,
    ]);
    expect(await check(site)).toMatchObject({ strangers: 0 });
  });

  it('stays known after the clean-up', async () => {
    const site = await open();
    expect(await signIn(site)).toBe(200);
    await site.setClockOffset(400 * 24 * 60 * 60 * 1000);
    await site.runBackend('http-functions', 'removeExpiredAssertions');
    await site.setClockOffset(0);
    expect(await signIn(site)).toBe(200);
  });

  it('is known although the site was cut off before it could remember', async () => {
    const site = await open({ createdReadable: true, tokenForm: 'documented' });
    await site.setMemberFault('get');
    expect(await signIn(site)).toBe('SITE_MEMBER_STATUS_UNKNOWN');
    await site.clearFaults();
    expect(await signIn(site)).toBe(200);
  });

  it('is not everybody who registers after such an accident', async () => {
    const site = await open();
    await site.setMemberFault('token');
    expect(await signIn(site)).toBe('SITE_TOKEN_NOT_ISSUED');
    await site.clearFaults();
    await site.setClockOffset(180_000);
    await site.setMember({ email: EMAIL, verified: false });
    expect(await signIn(site, EMAIL, 180)).toBe('SITE_MEMBER_UNVERIFIED');
  });

  it('is known to two sign-ins at the same moment, each with its own assertion', async () => {
    const site = await open({ containers: 2 });
    expect(await Promise.all([signIn(site), signIn(site)])).toEqual([200, 200]);
  });

  it('is nobody while the collection cannot be read', async () => {
    const site = await open({ members: [stranger] });
    await site.setDataFault('WDE0028');
    expect(await signIn(site)).toBe('SITE_STORE_UNAVAILABLE');
  });
});

describe('the owner and collaborators', () => {
  const owner = { email: EMAIL, role: 'admin' } as const;
  const noList = { deniedEmails: [] };

  it('are refused by themselves where the site can ask Wix, before anything is minted', async () => {
    const site = await open({ members: [owner], userMembers: true }, noList);
    expect(await signIn(site)).toBe('SITE_EMAIL_DENIED');
    expect((await site.state()).tokensIssued).toBe(0);
    expect(await signIn(site, 'bob@acme.com')).toBe(200);
    expect(await check(site)).toMatchObject({ collaborators: 'wix', deniedEmails: 0, problems: [] });
  });

  it('are refused by the token alone where it cannot', async () => {
    const site = await open({ members: [owner], userMembers: false, tokenForm: 'documented' }, noList);
    expect(await signIn(site)).toBe('SITE_EMAIL_DENIED');
    expect(await check(site)).toMatchObject({ collaborators: 'list' });
  });

  it('are refused in a spelling that only the mint finds, whose token tells nothing', async () => {
    const site = await open(
      {
        members: [{ ...owner, email: 'Ada@ACME.com' }],
        userMembers: true,
        memberQuery: 'caseBlind',
        tokenForm: 'opaque',
      },
      noList,
    );
    expect(await signIn(site)).toBe('SITE_EMAIL_DENIED');
  });

  it('let nobody in while Wix does not tell who they are and nobody is listed', async () => {
    const site = await open({ userMembers: true }, noList);
    await site.setMemberFault('userMembers');
    expect(await signIn(site)).toBe('SITE_COLLABORATORS_UNKNOWN');
    expect((await check(site))['problems']).toEqual(['SITE_COLLABORATORS_UNKNOWN']);
  });

  it('are those of the list while Wix does not tell', async () => {
    const site = await open({ userMembers: true });
    await site.setMemberFault('userMembers');
    expect(await signIn(site)).toBe(200);
    expect(await signIn(site, 'owner@acme.com')).toBe('SITE_EMAIL_DENIED');
  });
});
