import { createHash } from 'node:crypto';
import type { TabSnapshot, WixSite, WixSiteOptions, WixTab } from '../../support/wix';
import { startConfiguredSite, signingKey } from '../../support/makers/site-fixture';
import { StubServiceProvider } from '../../support/makers/stub-service-provider';
import {
  button,
  MEMBER,
  openSite as openStubbedSite,
  start,
  status,
} from '../../support/makers/visited-site';

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
  provider.tickets.clear();
});

async function openSite(options: WixSiteOptions = {}, redeem: 'page' | 'backend' = 'page'): Promise<WixSite> {
  const site = await openStubbedSite(provider, options, redeem);
  sites.push(site);
  return site;
}

async function comeBack(
  site: WixSite,
  tab: WixTab,
  loginUrl: string,
  change: object = {},
): Promise<TabSnapshot> {
  const { ticket, state } = provider.issue(loginUrl, await site.sessionToken(MEMBER), change);
  return tab.goto(`/sso?ticket=${ticket}&state=${state}`);
}

const landing = (snapshot: TabSnapshot): TabSnapshot['history'][number] =>
  snapshot.history.filter(({ url }) => new URL(url).pathname.endsWith('/sso')).at(-1)!;

describe('starting', () => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite();
  });

  it('#login.begin/challenge-in-tab leaves for the service provider with a challenge whose verifier stays in the tab', async () => {
    const tab = await site.openTab();
    const login = new URL(await start(tab));
    expect(login.origin + login.pathname).toBe(`${provider.url}/saml/login`);
    expect([...login.searchParams.keys()]).toEqual(['site', 'code_challenge', 'state', 'return_to']);
    expect(login.searchParams.get('site')).toBe('portal');
    expect(login.searchParams.get('return_to')).toBe('/members');
    const { storage } = await tab.goto('/members');
    const pending = JSON.parse(storage['wixSaml.pending']!) as { codeVerifier: string; state: string };
    expect(pending.codeVerifier).toMatch(/^[\w-]{43}$/);
    expect(pending.state).toBe(login.searchParams.get('state'));
    const challenge = createHash('sha256').update(pending.codeVerifier).digest('base64url');
    expect(login.searchParams.get('code_challenge')).toBe(challenge);
    expect(login.href).not.toContain(pending.codeVerifier);
  });

  it('makes a new verifier and state each time', async () => {
    const tab = await site.openTab();
    const [first, second] = [new URL(await start(tab)), new URL(await start(tab))];
    for (const name of ['code_challenge', 'state']) {
      expect(first.searchParams.get(name)).not.toBe(second.searchParams.get(name));
    }
  });

  it('takes the challenge from the backend where the browser has no crypto.subtle', async () => {
    const plain = await openSite({ withoutSubtle: true });
    const tab = await plain.openTab();
    const login = await start(tab);
    expect((await plain.state()).calls).toMatchObject([
      { name: 'samlPage', body: expect.stringContaining('"challengeFor"') as unknown },
    ]);
    expect((await comeBack(plain, tab, login)).member?.email).toBe(MEMBER);
  });

  it('says so when the browser keeps nothing, and stays', async () => {
    const tab = await site.openTab({ storageBlocked: true });
    await tab.goto('/');
    const snapshot = await tab.click('#signInButton');
    expect(snapshot.leftTo).toBeNull();
    expect(status(snapshot)).toMatch(/remember the sign-in/);
  });

  it('explains itself in the preview, and stays', async () => {
    const tab = await site.openTab({ preview: true });
    await tab.goto('/');
    const snapshot = await tab.click('#signInButton');
    expect(snapshot.leftTo).toBeNull();
    expect(status(snapshot)).toMatch(/preview/);
  });
});

describe.each<[string, WixSiteOptions, 'page' | 'backend']>([
  ['a site with the new modules', {}, 'page'],
  ['a site with the old modules', { modules: 'old' }, 'page'],
  ['a site below a path', { sitePath: '/mysite' }, 'page'],
  ['a site that loads the page again at login', { reloadOnLogin: true }, 'page'],
  ['a site where the session comes late', { lateLogin: true, timerScale: 1 }, 'page'],
  ['a site whose tokens are good for one use', { tokenSingleUse: true, reloadOnLogin: true }, 'page'],
  ['a site whose backend redeems', {}, 'backend'],
  ['a site whose backend redeems with old modules', { modules: 'old', secretShape: 'text' }, 'backend'],
  ['a site that answers secrets as text', { secretShape: 'text' }, 'backend'],
])('coming back to %s', (_name, options, redeem) => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite(options, redeem);
  });
  beforeEach(() => {
    provider.allowedOrigin = site.origin;
  });

  it('#ticket.redeem/arrives signs the member in and arrives where it was meant to lead', async () => {
    const tab = await site.openTab();
    const snapshot = await comeBack(site, tab, await start(tab));
    expect(snapshot.path).toBe('/members');
    expect(snapshot.member).toEqual({ email: MEMBER, name: 'ada' });
    expect(snapshot.elements['#greeting']?.text).toBe('Welcome, ada.');
    expect(provider.redeemed).toHaveLength(1);
    expect((await site.state()).logins.length).toBeGreaterThan(0);
  });

  it('does nothing in the pass that Wix runs on its server', async () => {
    const tab = await site.openTab();
    const snapshot = await comeBack(site, tab, await start(tab));
    expect(snapshot.history.flatMap(({ serverEffects }) => serverEffects)).toEqual([]);
  });

  it('leaves no ticket, token, verifier or address behind in the tab', async () => {
    const tab = await site.openTab();
    const snapshot = await comeBack(site, tab, await start(tab));
    expect(snapshot.storage['wixSaml.pending']).toBeUndefined();
    expect(JSON.stringify(snapshot.storage)).not.toMatch(/JWS\.|@|codeVerifier|ticket/);
    expect(JSON.stringify((await site.state()).log)).not.toMatch(/JWS\.|@acme/);
  });

  it('survives the visitor loading the page again', async () => {
    const tab = await site.openTab();
    await comeBack(site, tab, await start(tab));
    // Once more it goes on to where the sign-in led, for a site that reloads late; never again and again.
    const again = await tab.goto('/sso');
    const rest = again.path === '/members' ? await tab.goto('/sso') : again;
    expect({ path: rest.path, status: status(rest) }).toEqual({
      path: '/sso',
      status: 'You are already signed in.',
    });
    expect((await tab.click('#signInButton')).path).toBe('/');
  });
});

describe('a ticket that this tab did not ask for', () => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite();
  });

  async function theirTicket(): Promise<{ ticket: string; state: string }> {
    const attacker = await site.openTab();
    return provider.issue(await start(attacker), await site.sessionToken('eve@acme.com'));
  }

  it.each(['no sign-in of its own', 'a sign-in of its own'])(
    'is spent at once in a tab with %s',
    async (own) => {
      const { ticket, state } = await theirTicket();
      const tab = await site.openTab();
      if (own.startsWith('a ')) await start(tab);
      const snapshot = await tab.goto(`/sso?ticket=${ticket}&state=${state}`);
      expect(provider.redeemed).toMatchObject([{ ticket, codeVerifier: '' }]);
      expect(provider.tickets.has(ticket)).toBe(false);
      expect(snapshot.member).toBeNull();
      expect(snapshot.url).toBe(`${site.url}/sso`);
      expect(status(snapshot)).toMatch(/another tab/);
      expect(button(snapshot)).toBe('Sign in');
    },
  );

  it('is not applied even if the service provider answered a token', async () => {
    const token = await site.sessionToken('eve@acme.com');
    provider.script.push({ status: 200, body: { sessionToken: token, returnTo: '/', state: 'theirs' } });
    const tab = await site.openTab();
    const snapshot = await tab.goto('/sso?ticket=t&state=theirs');
    expect(snapshot.member).toBeNull();
    expect(status(snapshot)).toMatch(/another tab/);
  });

  it('is not applied when only its answer carries a foreign state', async () => {
    const tab = await site.openTab();
    const snapshot = await comeBack(site, tab, await start(tab), { state: 'theirs' });
    expect(snapshot.member).toBeNull();
    expect(status(snapshot)).toMatch(/another tab/);
  });

  it('is presented once, though the address is loaded twice', async () => {
    const tab = await site.openTab();
    const { ticket, state } = provider.issue(await start(tab), await site.sessionToken(MEMBER));
    expect((await tab.goto(`/sso?ticket=${ticket}&state=${state}`)).path).toBe('/members');
    // The browser's history brings the old address back; the member is signed in and goes on.
    const again = await tab.goto(`/sso?ticket=${ticket}&state=${state}`);
    expect(again.member?.email).toBe(MEMBER);
    // Where Wix loads the page again at sign-in, the way on was used by that: then it takes a click.
    expect([again.path, status(again)]).toEqual(
      again.path === '/members' ? ['/members', undefined] : ['/sso', 'You are already signed in.'],
    );
    expect(provider.redeemed.map(({ codeVerifier }) => codeVerifier === '')).toEqual([false, true]);
  });
});

describe('a refusal', () => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite();
  });

  async function refusedWith(
    ...script: { status: number; body?: object | string; headers?: Record<string, string> }[]
  ) {
    const tab = await site.openTab();
    const login = await start(tab);
    provider.script.push(...script);
    return comeBack(site, tab, login);
  }

  it.each([
    [400, /too long or was already used/],
    [401, /too long or was already used/],
    [404, /too long or was already used/],
    [410, /too long or was already used/],
    [403, /cannot sign in to this site with this account/],
    [500, /did not work/],
    [502, /not set up for it. Trying again will not help/],
  ])('with status %i shows a sentence, the reference and a way to try again', async (code, sentence) => {
    const snapshot = await refusedWith({
      status: code,
      body: { error: 'X', message: '<b>x</b>', reference: 'r-4711' },
    });
    expect(snapshot.member).toBeNull();
    expect(status(snapshot)).toMatch(sentence);
    expect(status(snapshot)).not.toContain('<b>');
    expect(snapshot.elements['#reference']).toMatchObject({ text: 'Reference: r-4711', hidden: false });
    expect(button(snapshot)).toBe('Sign in');
    expect(snapshot.url).toBe(`${site.url}/sso`);
    expect(provider.redeemed).toHaveLength(1);
  });

  it.each([
    ['WIX_MEMBER_BLOCKED', /is blocked. Please ask/],
    ['WIX_MEMBER_PENDING', /approves it. You can sign in after that/],
    ['WIX_MEMBER_UNVERIFIED', /already registered on this site with your address/],
    ['WIX_MEMBER_REFUSED', /cannot sign in to this site with this account/],
    ['constructor', /cannot sign in to this site with this account/],
  ])('with status 403 and %s has a sentence of its own', async (error, sentence) => {
    expect(status(await refusedWith({ status: 403, body: { error } }))).toMatch(sentence);
  });

  it('for the page’s origin does not blame the person', async () => {
    const snapshot = await refusedWith({ status: 403, body: { error: 'HTTP_ORIGIN_NOT_ALLOWED' } });
    expect(status(snapshot)).toBe('Signing in did not work. Please try again.');
  });

  it('can be followed by a new start from the button', async () => {
    const tab = await site.openTab();
    const login = await start(tab);
    provider.script.push({ status: 404, body: {} });
    await comeBack(site, tab, login);
    const { leftTo } = await tab.click('#signInButton');
    expect((await comeBack(site, tab, leftTo!)).member?.email).toBe(MEMBER);
  });

  it.each([429, 503])('with status %i is asked again until the site has time', async (code) => {
    const busy = { status: code, headers: { 'retry-after': '1' }, body: {} };
    const snapshot = await refusedWith(busy, busy);
    expect(snapshot.member?.email).toBe(MEMBER);
    expect(provider.redeemed).toHaveLength(3);
    expect(new Set(provider.redeemed.map(({ codeVerifier }) => codeVerifier)).size).toBe(1);
  });

  it('is asked again when nobody answered', async () => {
    expect((await refusedWith({ status: 0 })).member?.email).toBe(MEMBER);
  });

  it('ends the asking after a bounded number of times', async () => {
    const snapshot = await refusedWith(...Array.from({ length: 12 }, () => ({ status: 503, body: {} })));
    expect(provider.redeemed).toHaveLength(6);
    expect(status(snapshot)).toMatch(/busy/);
  });

  it('is the same for answers that are no answers', async () => {
    for (const body of ['<html>', '[]', 'null', '{"sessionToken":1}', '{}']) {
      provider.redeemed.length = 0;
      const snapshot = await refusedWith(...Array.from({ length: 6 }, () => ({ status: 200, body })));
      expect(snapshot.member).toBeNull();
      expect(status(snapshot)).toMatch(/did not work|cannot be reached/);
    }
  });

  it('by Wix itself is shown, and nothing pretends to be signed in', async () => {
    const tab = await site.openTab();
    const login = await start(tab);
    await site.setMember({ email: 'late@acme.com' });
    const { ticket, state } = provider.issue(login, await site.sessionToken('late@acme.com'));
    await site.setMember({ email: 'late@acme.com', status: 'BLOCKED' });
    const snapshot = await tab.goto(`/sso?ticket=${ticket}&state=${state}`);
    expect(snapshot.member).toBeNull();
    expect(status(snapshot)).toMatch(/did not accept/);
    expect(snapshot.storage['wixSaml.arrival']).toBeUndefined();
  });

  it('of a token older than two minutes is shown', async () => {
    const tab = await site.openTab();
    const login = await start(tab);
    await site.setClockOffset(-130_000);
    const old = await site.sessionToken(MEMBER);
    await site.setClockOffset(0);
    const { ticket, state } = provider.issue(login, old);
    expect(status(await tab.goto(`/sso?ticket=${ticket}&state=${state}`))).toMatch(/did not accept/);
  });

  it('cannot be told by the address', async () => {
    const tab = await site.openTab();
    const shown = await tab.goto('/sso?error=Call+0900-EVIL&reference=ab12-cd34');
    expect(status(shown)).toBe('Sign in with your company account to continue.');
    expect(shown.elements['#reference']).toMatchObject({ text: '', hidden: true });
  });

  it('is shown without a reference that is not of our form', async () => {
    const snapshot = await refusedWith({ status: 403, body: { reference: 'call 0900 evil' } });
    expect(snapshot.elements['#reference']).toMatchObject({ text: '', hidden: true });
  });
});

describe('a start that the service provider asks for', () => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite();
  });

  it('starts with the connection and the way back that it names', async () => {
    const tab = await site.openTab();
    const { leftTo } = await tab.goto('/sso?start=1&connection=acme&return_to=%2Fmembers%3Fa%3D1');
    const login = new URL(leftTo!);
    expect(login.searchParams.get('connection')).toBe('acme');
    expect(login.searchParams.get('return_to')).toBe('/members?a=1');
    expect((await comeBack(site, tab, login.href)).url).toBe(`${site.url}/members?a=1`);
  });

  it('C2: asks the service to confirm a connection that the link names, and only then', async () => {
    const named = await (await site.openTab()).goto('/sso?start=1&connection=acme');
    expect(new URL(named.leftTo!).searchParams.get('confirm')).toBe('true');
    const unnamed = await (await site.openTab()).goto('/sso?start=1');
    expect(new URL(unnamed.leftTo!).searchParams.has('confirm')).toBe(false);
  });

  it('E10: asks for a fresh sign-in at the IdP, and remembers where the first one was meant to lead', async () => {
    const tab = await site.openTab();
    await tab.goto('/sso?start=1&connection=acme&return_to=%2Fmembers%2Fnews');
    const again = await tab.goto('/sso?start=1&connection=acme&return_to=%2F&force_authn=true');
    const login = new URL(again.leftTo!);
    expect(login.searchParams.get('force_authn')).toBe('true');
    expect(login.searchParams.get('return_to')).toBe('/members/news');
  });

  it('comes to rest after two starts in two minutes, with a button', async () => {
    const tab = await site.openTab();
    const address = '/sso?start=1&connection=acme';
    expect((await tab.goto(address)).leftTo).not.toBeNull();
    expect((await tab.goto(address)).leftTo).not.toBeNull();
    const rest = await tab.goto(address);
    expect(rest.leftTo).toBeNull();
    expect(button(rest)).toBe('Sign in');
    const { leftTo } = await tab.click('#signInButton');
    expect(new URL(leftTo!).searchParams.get('connection')).toBe('acme');
    await site.setClockOffset(121_000);
    expect((await tab.goto(address)).leftTo).not.toBeNull();
    await site.setClockOffset(0);
  });

  it('does not start by itself where nothing can be counted', async () => {
    const tab = await site.openTab({ storageBlocked: true });
    expect((await tab.goto('/sso?start=1&connection=acme')).leftTo).toBeNull();
  });

  it('goes straight on when the member is signed in already', async () => {
    const tab = await site.openTab();
    await comeBack(site, tab, await start(tab));
    const snapshot = await tab.goto('/sso?start=1&connection=acme&return_to=%2F');
    expect({ leftTo: snapshot.leftTo, path: snapshot.path }).toEqual({ leftTo: null, path: '/' });
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/%2e%2e//evil.example',
    '/a//b',
    '/..//evil.example',
    '/%2Fevil.example',
    '/ evil',
    '/\tevil',
    '\u2028/evil',
    `/${'a'.repeat(1100)}`,
    '',
  ])('does not lead to %j', async (returnTo) => {
    const tab = await site.openTab();
    const { leftTo } = await tab.goto(`/sso?start=1&return_to=${encodeURIComponent(returnTo)}`);
    expect(new URL(leftTo!).searchParams.get('return_to')).toBe('/');
    const back = await comeBack(site, tab, leftTo!, { returnTo });
    expect({ leftTo: back.leftTo, path: back.path }).toEqual({ leftTo: null, path: '/' });
  });
});

describe('the landing page', () => {
  let site: WixSite;
  beforeAll(async () => {
    site = await openSite();
  });

  it('offers to sign in when somebody just opens it', async () => {
    const tab = await site.openTab();
    const snapshot = await tab.goto('/sso');
    expect(status(snapshot)).toBe('Sign in with your company account to continue.');
    expect((await tab.click('#signInButton')).leftTo).toContain('/saml/login?site=portal');
  });

  it('says in the preview that it has to be published, and spends the ticket all the same', async () => {
    const tab = await site.openTab({ preview: true });
    expect(status(await tab.goto('/sso'))).toMatch(/Publish the site/);
    expect(status(await tab.goto('/sso?ticket=t&state=s'))).toMatch(/Publish the site/);
    expect(provider.redeemed).toMatchObject([{ ticket: 't', codeVerifier: '' }]);
  });

  it.each(['#status', '#reference'])('works without %s', async (id) => {
    const tab = await site.openTab({ missingElements: [id] });
    expect((await comeBack(site, tab, await start(tab))).member?.email).toBe(MEMBER);
    expect((await site.state()).log).toEqual([]);
  });

  it('presents its ticket once, although its code was pasted twice', async () => {
    const twice = await openSite({ landingCode: 'pages/landing-twice' });
    const tab = await twice.openTab();
    const snapshot = await comeBack(twice, tab, await start(tab));
    expect(snapshot.member?.email).toBe(MEMBER);
    expect(provider.redeemed).toHaveLength(1);
    expect(landing(snapshot).shown).not.toContain('Sign in with your company account to continue.');
    provider.allowedOrigin = site.origin;
  });

  it('finds its text by what it says, where nobody gave it an ID', async () => {
    const unnamed = await openSite({ statusId: '#text1' });
    const { elements } = await (await unnamed.openTab()).goto('/sso');
    expect(elements['#text1']?.text).not.toBe('Signing you in…');
    expect(elements['#footer']?.text).toBe('Acme, 2026');
    provider.allowedOrigin = site.origin;
  });

  it('works without any element', async () => {
    const tab = await site.openTab({
      missingElements: ['#status', '#reference', '#signInButton', '#otherButton'],
    });
    const snapshot = await tab.goto('/sso');
    expect(snapshot.elements).toEqual({ '#footer': { kind: 'text', text: 'Acme, 2026' } });
    expect((await site.state()).log).toEqual([]);
  });

  it('keeps two tabs apart', async () => {
    const [one, two] = [await site.openTab(), await site.openTab()];
    const [first, second] = [await start(one), await start(two)];
    expect((await comeBack(site, two, second)).member?.email).toBe(MEMBER);
    expect((await comeBack(site, one, first)).member?.email).toBe(MEMBER);
  });

  it('signs out from the button', async () => {
    const tab = await site.openTab();
    await comeBack(site, tab, await start(tab));
    const home = await tab.goto('/');
    expect(button(home)).toBe('Sign out');
    const out = await tab.click('#signInButton');
    expect({ member: out.member, label: button(out) }).toEqual({ member: null, label: 'Sign in' });
  });

  it('shows the sentences in their order', async () => {
    // Real seconds: a busy machine must not be a slow line.
    const steady = await openSite({ timerScale: 1, reloadOnLogin: false });
    const tab = await steady.openTab();
    const snapshot = await comeBack(steady, tab, await start(tab));
    expect(landing(snapshot).shown).toEqual([
      'Signing you in…',
      'Signing you in…',
      'You are signed in. One moment…',
    ]);
  });
});

describe('a page whose origin is not the site’s', () => {
  it('cannot redeem by itself, and says so', async () => {
    const site = await openSite();
    const tab = await site.openTab({ pageOrigin: 'https://static.example.net' });
    const snapshot = await comeBack(site, tab, await start(tab));
    expect(status(snapshot)).toMatch(/cannot be reached/);
    expect(snapshot.member).toBeNull();
  });

  it('signs in when the backend redeems', async () => {
    const site = await openSite({}, 'backend');
    const tab = await site.openTab({ pageOrigin: 'https://static.example.net' });
    const snapshot = await comeBack(site, tab, await start(tab));
    expect(snapshot.member?.email).toBe(MEMBER);
    expect(provider.redeemed[0]?.origin).toBeUndefined();
  });
});

describe('what pages ask of the backend', () => {
  it('aim at the configured service provider only, and refuse what is no ticket', async () => {
    const site = await openSite({}, 'backend');
    const call = (input: unknown): Promise<unknown> => site.askPage('redeemTicket', input);
    expect(
      await call({ ticket: 't', codeVerifier: '', serviceProvider: 'http://127.0.0.1:9' }),
    ).toMatchObject({
      status: 404,
    });
    expect(provider.redeemed).toHaveLength(1);
    for (const input of [
      {},
      { ticket: 't'.repeat(1025), codeVerifier: '' },
      { ticket: 1, codeVerifier: '' },
      { ticket: 't', codeVerifier: 'short' },
    ]) {
      expect(await call(input)).toMatchObject({ status: 400 });
    }
    expect(provider.redeemed).toHaveLength(1);
  });

  it('answer "busy" when the service provider cannot be asked, and log nothing of the request', async () => {
    const key = await signingKey('k1');
    const site = await startConfiguredSite([key]);
    sites.push(site);
    const answer = await site.askPage('redeemTicket', {
      ticket: 'my-ticket',
      codeVerifier: '',
    });
    expect(answer).toMatchObject({ status: 503, retryAfter: '2' });
    expect(JSON.stringify((await site.state()).log)).not.toContain('my-ticket');
  });

  it('#ticket.redeem/s256 make the challenge of a verifier (RFC 7636 appendix B), and of nothing else', async () => {
    const site = await openSite();
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(await site.askPage('challengeFor', verifier)).toEqual({
      challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    });
    const refused = { error: 'SITE_REQUEST_INVALID' };
    expect(await site.askPage('challengeFor', 'short')).toEqual(refused);
    for (const odd of ['constructor', '__proto__', 'readSecret', ''])
      expect(await site.askPage(odd, verifier)).toEqual(refused);
    expect(await site.askPage('challengeFor', 'x'.repeat(5000))).toEqual(refused);
  });
});
