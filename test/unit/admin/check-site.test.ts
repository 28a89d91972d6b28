/** A site's own word about its set-up, compared with ours: each difference is found and has a remedy. */

import { checkSites, type SiteReport } from '../../../src/admin/check-site';
import { checkSurroundings } from '../../../src/admin/check';
import type { Deployment, System } from '../../../src/admin/deployment';
import { publicJwk } from '../../../src/wix/public-jwk';
import { makeExample } from '../../support/makers/configuration';
import { json, startSite, text, type SiteStub } from '../../support/makers/site-stub';

const now = Date.parse('2026-06-01T00:00:00Z');
const system: System = { clock: { now: () => now }, random: { bytes: (count) => Buffer.alloc(count, 7) } };

let deployment: Deployment;
let site: SiteStub;
let good: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  const example = makeExample();
  const config = await example.load();
  example.remove();
  site = await startSite();
  const portal = { ...config.sites.get('portal')!, url: site.url };
  deployment = { ...config, sites: new Map([['portal', portal]]) };
  good = {
    version: '1.2.3',
    time: now / 1000,
    keys: [publicJwk(portal.exchange.key).kid],
    emailDomains: ['acme.com'],
    deniedEmails: 2,
    problems: [],
  };
});
afterAll(() => site.stop());

const reportOn = async (answer: SiteStub['answer']): Promise<SiteReport> => {
  site.answer = answer;
  const [report, ...others] = await checkSites(deployment, undefined, system);
  expect(others).toEqual([]);
  return report!;
};
const words = (found: SiteReport['problems']): string[] =>
  found.map(({ path, problem, hint }) => `${path}: ${problem} / ${hint}`);

describe('a published site', () => {
  it('is right when it answers what we expect', async () => {
    expect(await reportOn(json(200, good))).toEqual({
      site: 'portal',
      answered: true,
      version: '1.2.3',
      keys: good['keys'],
      problems: [],
      warnings: [],
    });
    expect(site.received.at(-1)?.path).toBe('/_functions/samlSessionCheck');
  });

  it.each([
    [
      'problems of its own',
      { problems: ['no secret'] },
      /^sites\.portal: the site says: no secret \/ .*wix-saml site/,
    ],
    ['no key of ours', { keys: ['other'] }, /^sites\.portal\.exchange\.key: is not among the keys .* secret/],
    ['keys in another form', { keys: 'other' }, /is not among the keys/],
    ['other domains', { emailDomains: ['acme.org'] }, /refuses members of acme\.com .*emailDomains/],
  ])('is wrong when it knows %s', async (_title, change, finding) => {
    const { problems, answered } = await reportOn(json(200, { ...good, ...change }));
    expect(answered).toBe(true);
    expect(problems).toHaveLength(1);
    expect(words(problems)[0]).toMatch(finding);
  });

  it('may admit every domain', async () => {
    expect((await reportOn(json(200, { ...good, emailDomains: ['*'] }))).problems).toEqual([]);
  });

  it.each([
    ['a clock behind ours', { time: now / 1000 - 16 }, /our clock is 16 s ahead of the site’s .*NTP/],
    ['a clock ahead of ours', { time: now / 1000 + 16 }, /our clock is 16 s behind the site’s/],
    ['an empty deny-list', { deniedEmails: 0 }, /nobody is on the site’s deny-list .*deniedEmails/],
  ])('is worth a warning for %s', async (_title, change, finding) => {
    const { problems, warnings } = await reportOn(json(200, { ...good, ...change }));
    expect(problems).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(words(warnings)[0]).toMatch(finding);
  });

  it('is not worth a warning for a clock that is near enough, or for none', async () => {
    expect((await reportOn(json(200, { ...good, time: now / 1000 + 15 }))).warnings).toEqual([]);
    expect((await reportOn(json(200, { ...good, time: 'late' }))).warnings).toEqual([]);
  });

  it.each([
    ['an error', text(500, ''), /WIX_UNAVAILABLE/],
    ['a refusal', json(401, { error: 'x' }), /WIX_ASSERTION_REFUSED/],
  ])('is reported with the code and its remedy when it gives %s', async (_title, answer, code) => {
    const { answered, problems } = await reportOn(answer);
    expect(answered).toBe(false);
    expect(problems[0]).toMatchObject({
      path: 'sites.portal',
      problem: expect.stringMatching(code) as unknown,
      hint: expect.stringMatching(/./) as unknown,
    });
  });

  it('must be one that is configured', async () => {
    expect(await checkSites(deployment, 'shop', system)).toEqual([
      {
        site: 'shop',
        answered: false,
        problems: [{ path: 'sites.shop', problem: 'is not configured', hint: 'Use one of: portal.' }],
        warnings: [],
      },
    ]);
  });
});

describe('what surrounds a configuration', () => {
  it('is asked only when it is chosen', async () => {
    const before = site.received.length;
    const nothing = await checkSurroundings(deployment, { site: false, publicAddress: false }, system);
    expect(nothing).toEqual({ problems: [], warnings: [], sites: [] });
    expect(site.received).toHaveLength(before);
  });

  it('is one list of problems, ours first', async () => {
    site.answer = json(200, { ...good, keys: [], deniedEmails: 0 });
    const serviceProvider = { ...deployment.serviceProvider, baseUrl: 'http://127.0.0.1:9' };
    const choice = { site: 'portal', publicAddress: true };
    const found = await checkSurroundings({ ...deployment, serviceProvider }, choice, system);
    expect(found.problems.map(({ path }) => path)).toEqual([
      'serviceProvider.baseUrl',
      'sites.portal.exchange.key',
    ]);
    expect(found.warnings).toHaveLength(1);
    expect(found.sites.map(({ answered }) => answered)).toEqual([true]);
  });
});
