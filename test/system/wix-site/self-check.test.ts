/** The owner's self-check and the operator's check: the same verdict on every way to set a site up wrong. */

import { functionLines } from '../../../src/admin/site-files';
import type { SiteReport } from '../../../src/admin/check-site';
import { emptySite, finish, redSteps, type OwnedSite } from '../../support/makers/owned-site';
import { status } from '../../support/makers/visited-site';
import type { WixSiteOptions } from '../../support/wix';
import type { SiteSetupChoice } from '../../../src/admin/site-setup';

const owned: OwnedSite[] = [];
afterEach(() => Promise.all(owned.splice(0).map((one) => one.stop())));

async function open(options: WixSiteOptions = {}, choice: Partial<SiteSetupChoice> = {}): Promise<OwnedSite> {
  const one = await emptySite(choice, options);
  owned.push(one);
  await finish(one);
  return one;
}

const openCheck = async ({ site, checkPath }: OwnedSite): Promise<readonly string[] | null> =>
  redSteps(await (await site.openTab()).goto(checkPath));

/** Steps that the operator's check names, by the titles of the owner's page. */
const TITLES: Readonly<Record<string, string>> = {
  code: 'Members and code',
  packages: 'Packages',
  files: 'Files',
  secret: 'Secret',
  collection: 'Collection',
  landing: 'Landing page',
};
function namedSteps({ problems, warnings }: SiteReport): string[] {
  const steps = [...problems, ...warnings].map(({ problem, hint }) => {
    if (problem.includes('clock')) return 'Clocks';
    const [, step = problem] = /step (\w+) of the owner’s page/.exec(hint) ?? [];
    return TITLES[step] ?? step;
  });
  return [...new Set(steps)];
}

type Breaking = (one: OwnedSite) => Promise<void>;
const withSecret =
  (change: object): Breaking =>
  ({ site, secret }) =>
    site.setSecret('saml_config', JSON.stringify({ ...secret, deniedEmails: ['owner@acme.com'], ...change }));
const withCode =
  (change: Readonly<Record<string, string | undefined>>): Breaking =>
  async ({ site, code }) => {
    const files = Object.entries({ ...code, ...change }).filter(([, text]) => text !== undefined);
    await site.publish(Object.fromEntries(files) as Record<string, string>);
  };
const ownFunctions =
  "import { ok } from 'wix-http-functions';\nexport function get_hello() {\n  return ok({});\n}\n";
const foreignKey = {
  kty: 'EC',
  crv: 'P-256',
  kid: 'other',
  x: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  y: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
};

/** Our lines for an http-functions.js of the owner, without one of the functions. */
const without = (name: string): string =>
  functionLines()
    .replace(new RegExp(`\\b${name}, `), '')
    .replace(new RegExp(`export function post_${name}\\b[^]*?\\n}`), '');

describe('a site that is set up right', () => {
  it.each<[string, WixSiteOptions, Partial<SiteSetupChoice>]>([
    ['with the new modules', {}, {}],
    ['with the old modules', { modules: 'old' }, { oldModules: true }],
    [
      'with Sign On and collaborators',
      { signOn: true, userMembers: true },
      { signOn: true, collaborators: true },
    ],
    ['whose secret comes as a text', { secretShape: 'text' }, {}],
    ['below a path', { sitePath: '/mysite' }, {}],
    ['with functions of its own', {}, { ownFunctions: true }],
  ])('is green for both: %s', async (_title, options, choice) => {
    const one = await open(options, choice);
    expect(await openCheck(one)).toEqual([]);
    expect(namedSteps(await one.check())).toEqual([]);
    expect((await one.site.state()).members).toEqual([]);
  });

  it('gets its collection from the self-check, closed, where code may make one', async () => {
    const one = await open({ collections: [], modules: 'new' }, { oldModules: false });
    expect(await openCheck(one)).toEqual([]);
    expect(namedSteps(await one.check())).toEqual([]);
  });
});

describe('a site that is set up wrong', () => {
  it.each<[string, string | { silent: string }, Breaking, WixSiteOptions?, Partial<SiteSetupChoice>?]>([
    ['without a secret', 'Secret', ({ site }) => site.setSecret('saml_config', null)],
    ['with a secret that is no JSON', 'Secret', ({ site }) => site.setSecret('saml_config', '{ "iss": ')],
    [
      'with a secret of another name',
      'Secret',
      async ({ site, secret }) => {
        await site.setSecret('saml_config', null);
        await site.setSecret('saml-config', JSON.stringify(secret));
      },
    ],
    ['with another issuer', 'Secret', withSecret({ iss: 'https://other.example.com' })],
    ['with another audience', 'Secret', withSecret({ aud: 'https://www.other.example' })],
    ['with a key of somebody else', 'Secret', withSecret({ jwks: { keys: [foreignKey] } })],
    ['with a private key', 'Secret', withSecret({ jwks: { keys: [{ ...foreignKey, d: 'x' }] } })],
    ['without the company’s domain', 'Secret', withSecret({ emailDomains: ['other.example'] })],
    ['with a denied entry that is no address', 'Secret', withSecret({ deniedEmails: ['the owner'] })],
    ['with an unknown mint', 'Secret', withSecret({ mint: 'magic' })],
    ['with an unknown word for members who were there', 'Secret', withSecret({ preRegistered: 'maybe' })],
    [
      'with Sign On in the secret only',
      'Packages',
      withSecret({ mint: 'signOn' }),
      { signOn: false },
      { signOn: false },
    ],
    [
      'without a collection, where code may make none',
      'Collection',
      () => Promise.resolve(),
      { collections: [], collectionsFixed: true },
    ],
    [
      'with a collection for everybody',
      'Collection',
      ({ site }) => site.setCollection('SamlAssertions', true, true),
    ],
    ['with a collection that times out', 'Collection', ({ site }) => site.setDataFault('WDE0028')],
    ['without the Members Area', 'Members and code', ({ site }) => site.setOptions({ membersArea: false })],
    ['with a clock that is late', 'Clocks', ({ site }) => site.setClockOffset(-20_000)],
    ['with a clock that is early', 'Clocks', ({ site }) => site.setClockOffset(20_000)],
    [
      'with functions of its own and without ours',
      'Files',
      withCode({ 'backend/http-functions.js': ownFunctions }),
    ],
    ['without http-functions.js', 'Files', withCode({ 'backend/http-functions.js': undefined })],
    [
      'with functions of its own, and without the backend’s file',
      { silent: 'Files' },
      withCode({ 'backend/http-functions.js': functionLines() }),
      {},
      { ownFunctions: false },
    ],
    [
      'with functions of its own, and without ours for the pages',
      'Files',
      withCode({ 'backend/http-functions.js': without('samlPage') }),
      {},
      { ownFunctions: true },
    ],
    [
      'with functions of its own, and without ours for the session',
      'Files',
      withCode({ 'backend/http-functions.js': without('samlSession') }),
      {},
      { ownFunctions: true },
    ],
    ['without the pages’ file', { silent: 'Files' }, withCode({ 'public/wix-saml.js': undefined })],
    [
      'without its package',
      { silent: 'Files' },
      ({ site }) => site.setOptions({ authenticationPackage: false }),
      { modules: 'new' },
      { oldModules: false },
    ],
    ['never published', { silent: 'Files' }, ({ site }) => site.setOptions({ published: false })],
    [
      'with nothing on its landing page',
      { silent: 'Landing page' },
      ({ site }) => site.setOptions({ landingCode: 'pages/empty' }),
    ],
  ])('is red for both %s', async (_title, wanted, breakIt, options = {}, choice = {}) => {
    const one = await open(options, choice);
    await breakIt(one);
    const shown = await openCheck(one);
    const step = typeof wanted === 'string' ? wanted : wanted.silent;
    expect(shown).toEqual(typeof wanted === 'string' ? [step] : null);
    // Where the page could not ask, nobody has opened the self-check either; the operator is told so after what is wrong.
    expect(
      namedSteps(await one.check()).filter((named) => named !== 'Landing page' || step === named),
    ).toEqual([step]);
  });

  it('is red for both where Wix does not tell who the collaborators are', async () => {
    const one = await open({ userMembers: true }, { collaborators: true });
    await one.site.setMemberFault('userMembers');
    expect(await openCheck(one)).toEqual(['Packages']);
    expect(namedSteps(await one.check())).toEqual(['Packages']);
  });
});

describe('the one-time address', () => {
  it('is gone from the address bar and from the tab before anything is shown', async () => {
    const one = await open();
    const snapshot = await (await one.site.openTab()).goto(one.checkPath);
    expect(snapshot.path).toBe('/sso');
    expect(JSON.stringify(snapshot.storage)).not.toContain(one.checkPath.slice(-55, -23));
  });

  it('works again in the browser that opened it first, and in no other', async () => {
    const one = await open();
    const tab = await one.site.openTab();
    expect(redSteps(await tab.goto(one.checkPath))).toEqual([]);
    expect(redSteps(await tab.goto(one.checkPath))).toEqual([]);
    const other = await (await one.site.openTab()).goto(one.checkPath);
    expect(redSteps(other)).toBeNull();
    expect(status(other)).toMatch(/opened in another browser before/);
  });

  it('is given to one of two browsers that open it at the same moment', async () => {
    const one = await open({ containers: 2 });
    const tabs = await Promise.all([one.site.openTab(), one.site.openTab()]);
    const seen = await Promise.all(tabs.map((tab) => tab.goto(one.checkPath)));
    expect(seen.filter((snapshot) => redSteps(snapshot) !== null)).toHaveLength(1);
  });

  it('is dead after its last day', async () => {
    const one = await open();
    await one.site.setClockOffset(15 * 24 * 60 * 60 * 1000);
    expect(status(await (await one.site.openTab()).goto(one.checkPath))).toMatch(/has ended/);
  });

  it.each([
    ['guessed', () => `/sso?check=${'A'.repeat(32)}.${'A'.repeat(22)}`],
    ['short', () => '/sso?check=1'],
    [
      'of the secret’s hash',
      ({ secret }: OwnedSite) => `/sso?check=${(secret['selfCheck'] as { hash: string }).hash}`,
    ],
  ])('is no other one: %s', async (_title, path) => {
    const one = await open({ members: [{ email: 'eve@acme.com', verified: false }] });
    const snapshot = await (await one.site.openTab()).goto(path(one));
    expect(redSteps(snapshot)).toBeNull();
    expect(JSON.stringify(snapshot)).not.toContain('eve@');
  });

  it('shows nothing secret, and no member to a browser that cannot be remembered', async () => {
    const one = await open({ members: [{ email: 'eve@acme.com', verified: false }] });
    await one.site.setDataFault('WDE0028');
    const tab = await one.site.openTab();
    expect(JSON.stringify(await tab.goto(one.checkPath))).not.toMatch(/eve@|JWS\.|"x":|kid/);
    const blocked = await one.site.openTab({ storageBlocked: true });
    expect(status(await blocked.goto(one.checkPath))).toMatch(/keeps nothing/);
  });
});

describe('members who were there before', () => {
  const members = [
    { email: 'ada@acme.com', verified: false },
    { email: 'eve@acme.com', verified: false },
    { email: 'bob@acme.com', verified: true },
  ];

  it.each([true, false])(
    'are adopted or rejected one by one (address verified readable: %s)',
    async (verifiedReadable) => {
      const listed = verifiedReadable ? members : members.slice(0, 2);
      const one = await open({ members: listed, verifiedReadable });
      expect((await one.check()).warnings.map(({ problem }) => problem)).toContain(
        '2 members registered before with an address that Wix has not verified',
      );
      const tab = await one.site.openTab();
      const first = await tab.goto(one.checkPath);
      expect(first.elements['#signInButton']).toMatchObject({
        label: 'Yes, adopt ada@acme.com',
        hidden: false,
      });
      const second = await tab.click('#signInButton');
      expect(second.elements['#otherButton']).toMatchObject({
        label: 'No, reject eve@acme.com',
        hidden: false,
      });
      const last = await tab.click('#otherButton');
      expect(last.elements['#otherButton']).toMatchObject({ hidden: true });
      expect(status(last)).not.toMatch(/@/);
      expect((await one.check()).warnings).toEqual([]);
    },
  );

  it('cannot be decided about by whoever has no address, or about nobody who waits', async () => {
    const one = await open({ members });
    const { members: known } = await one.site.state();
    const bob = known.find(({ email }) => email === 'bob@acme.com')!;
    const check = new URL(one.setup.check.link).searchParams.get('check');
    const browser = 'B'.repeat(43);
    const call = (input: object): Promise<unknown> => one.site.askPage('selfCheck', input);
    const decide = { member: bob.id, adopt: false };
    expect(await call({ check: `${'A'.repeat(32)}.${'A'.repeat(22)}`, browser, decide })).toEqual({
      open: false,
      why: 'invalid',
    });
    await call({ check, browser, decide });
    expect((await one.site.state()).collections['SamlAssertions']).toBe(2);
    for (const odd of [
      null,
      7,
      {},
      { check: [check] },
      { check, browser: 'x' },
      { check, browser, decide: 'all' },
    ])
      await expect(call(odd as object)).resolves.toBeDefined();
  });
});
