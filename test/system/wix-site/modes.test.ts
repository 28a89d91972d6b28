/** A whole sign-in in the combinations of what Wix may do: secrets, modules, tokens, look-ups, reloads, containers. */

import { startWixSite } from '../../support/makers/made-site';
import {
  exchange,
  sign,
  signingKey,
  siteConfiguration,
  type SigningKey,
} from '../../support/makers/site-fixture';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import { MEMBER, start } from '../../support/makers/visited-site';
import type { WixSiteOptions } from '../../support/wix';

/** Each switch of the emulator that has two sides; the other side of one is tried with either side of the next. */
const switches: readonly (readonly [WixSiteOptions, WixSiteOptions])[] = [
  [{ modules: 'new' }, { modules: 'old' }],
  [{ secretShape: 'object' }, { secretShape: 'text' }],
  [{ tokenSingleUse: false }, { tokenSingleUse: true }],
  [{ reloadOnLogin: false }, { reloadOnLogin: true }],
  [{ memberQuery: 'exact' }, { memberQuery: 'caseBlind' }],
  [{ mintedVerified: false }, { mintedVerified: true }],
  [{ verifiedReadable: true }, { verifiedReadable: false }],
  [{ createdReadable: true }, { createdReadable: false }],
  [{ userMembers: false }, { userMembers: true }],
  [{ signOn: false }, { signOn: true }],
  [{ tokenForm: 'documented' }, { tokenForm: 'opaque' }],
  // The standard container of Wix, two of them, and one that has just woken.
  [{}, { containers: 2, requestsPerMinute: 5000, handlerTimeoutMs: 14_000, coldStartMs: 300 }],
  [{ lateLogin: false }, { lateLogin: true }],
  [{ sitePath: '' }, { sitePath: '/mysite' }],
];

/** Rows of the Hadamard matrix of order 16: every pair of sides of every two switches occurs. */
const combinations = Array.from({ length: 16 }, (_, row) =>
  switches.map((sides, index) => sides[parity(row & (index + 1)) as 0 | 1]),
);

function parity(bits: number): number {
  return (bits.toString(2).match(/1/g) ?? []).length % 2;
}

const provider = new StubServiceProvider();
let key: SigningKey;
beforeAll(async () => {
  await provider.start();
  key = await signingKey('k1');
});
afterAll(() => provider.stop());

it('every two switches are tried in all four ways', () => {
  for (let one = 0; one < switches.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const seen = new Set(
        combinations.map((row) =>
          [row[one] === switches[one]![1], row[other] === switches[other]![1]].join(),
        ),
      );
      expect(seen.size).toBe(4);
    }
  }
});

it.each(combinations.map((chosen, row) => [row, Object.assign({}, ...chosen) as WixSiteOptions] as const))(
  'a new member and a known one sign in, a stranger does not: combination %i',
  async (_row, options) => {
    const mint = options.signOn === true ? { mint: 'signOn' } : {};
    const configuration = siteConfiguration([key], { spBaseUrl: provider.url, ...mint });
    const site = await startWixSite({
      settings: { serviceProvider: provider.url, site: 'portal', redeem: 'page' },
      secrets: { saml_config: JSON.stringify(configuration) },
      members: [{ email: 'eve@acme.com', verified: false }],
      timerScale: 0.01,
      ...options,
    });
    try {
      provider.allowedOrigin = site.origin;
      // First as a new member, then as a known one.
      for (let times = 0; times < 2; times += 1) {
        const { status, body } = await exchange(site, await sign(key));
        expect(status).toBe(200);
        const tab = await site.openTab();
        const left = await start(tab);
        const { ticket, state } = provider.issue(left, String(body['sessionToken']));
        const landed = await tab.goto(`/sso?ticket=${ticket}&state=${state}`);
        expect([landed.path, landed.member?.email]).toEqual(['/members', MEMBER]);
      }
      const refused = await exchange(site, await sign(key, { sub: 'eve@acme.com' }));
      expect(refused.body['error']).toBe('SITE_MEMBER_UNVERIFIED');
      expect((await site.state()).log.filter(({ level }) => level === 'error')).toEqual([]);
    } finally {
      await site.stop();
    }
  },
);
