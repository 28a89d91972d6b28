/** Attacks on the set-up pages: guessing, leaking, fixation, forged forms, frames, a link of one connection at another. */
import { listLinks, revokeLink } from '../../../src/admin/setup/links';
import { logText } from '../../support/makers/setting';
import { FORM } from '../../support/makers/listening';
import { SetupBrowser, setupWorld, type SetupWorld } from '../../support/makers/setup-world';

let world: SetupWorld;
beforeEach(async () => {
  world = await setupWorld();
});
afterEach(() => world.stop());

describe('#http.pages/setup-hidden pages that nobody needs', () => {
  it('#http.pages/setup-not-there answers 404 until the first link is made', async () => {
    for (const path of ['/setup', '/setup?link=x', '/setup/connect'])
      expect((await world.server.get(path)).status).toBe(404);
    expect((await new SetupBrowser(world).post('/setup', { link: 'x' })).status).toBe(404);
    await world.invite();
    expect((await world.server.get('/setup?link=x')).status).toBe(403);
  });

  it('#http.pages/setup-off is not there when it is switched off', async () => {
    const off = await setupWorld({ pages: false });
    const secret = await off.invite();
    expect((await off.server.get(`/setup?link=${secret}`)).status).toBe(404);
    await off.stop();
  });
});

describe('#http.pages/setup-link the link', () => {
  it('#http.pages/setup-scanner is not redeemed by who opens it', async () => {
    const secret = await world.invite();
    for (let visit = 0; visit < 3; visit += 1) {
      const { status, headers } = await world.server.get(`/setup?link=${secret}`);
      expect(status).toBe(200);
      expect(headers['set-cookie']).toBeUndefined();
    }
    expect((await new SetupBrowser(world).redeem(secret)).status).toBe(303);
  });

  it('#http.pages/setup-leak leaves the address with the click, and no page elsewhere learns it', async () => {
    const secret = await world.invite();
    const browser = new SetupBrowser(world);
    const opened = await browser.get(`/setup?link=${secret}`);
    expect(opened.headers['referrer-policy']).toBe('strict-origin');
    expect(opened.headers['cache-control']).toBe('no-store');
    const { headers } = await browser.post('/setup', { link: secret });
    expect(headers.location).toBe('https://sso.example.com/setup/connect');
    expect(logText(world)).not.toContain(secret);
  });

  it('#http.pages/setup-second-browser tells the second browser to say so, and gives it nothing', async () => {
    const secret = await world.invite();
    await new SetupBrowser(world).redeem(secret);
    const { status, headers, body } = await new SetupBrowser(world).redeem(secret);
    expect(status).toBe(403);
    expect(headers['set-cookie']).toBeUndefined();
    expect(body).toContain('If you have not opened it yourself, tell them so');
  });

  it('#http.pages/setup-guess says the same of every link that does not open', async () => {
    const spent = await world.invite();
    await new SetupBrowser(world).redeem(spent);
    world.clock.advance(1000);
    const revoked = await world.invite();
    const ports = { documents: world.documents, clock: world.clock, random: world.context.random };
    const [newest] = await listLinks(ports);
    await revokeLink(ports, newest?.id ?? '');
    const pages = [];
    for (const link of [spent, revoked, 'A'.repeat(43), '..', 'x'.repeat(4000)]) {
      const { status, body } = await new SetupBrowser(world).post('/setup', { link });
      pages.push(`${String(status)} ${body.replace(/<code>[^<]*<\/code>/g, '')}`);
    }
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('403');
  });
});

describe('#http.pages/setup-session the session', () => {
  it('#http.pages/setup-cookie is a cookie for this host, for TLS, for no script and no other site', async () => {
    const { headers } = await new SetupBrowser(world).redeem(await world.invite());
    expect(headers['set-cookie']?.[0]).toMatch(
      /^__Host-wix-saml-setup=[0-9a-f]{64}\.[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/,
    );
  });

  it('#http.pages/setup-loopback has a loud name where there is no TLS, and no other way to lose it', async () => {
    const local = await setupWorld({ baseUrl: 'http://localhost:3000' });
    const browser = new SetupBrowser(local, 'http://localhost:3000');
    const { headers } = await browser.redeem(await local.invite());
    expect(headers['set-cookie']?.[0]).toMatch(/^wix-saml-setup-INSECURE-LOOPBACK-ONLY=/);
    await local.stop();
    // Over TLS that name is nobody.
    const secure = new SetupBrowser(world);
    await secure.redeem(await world.invite());
    secure.cookie = secure.cookie?.replace('__Host-wix-saml-setup', 'wix-saml-setup-INSECURE-LOOPBACK-ONLY');
    expect((await secure.get('/setup')).status).toBe(403);
  });

  it('#http.pages/setup-fixation is never one that the browser brought', async () => {
    const attacker = new SetupBrowser(world);
    await attacker.redeem(await world.invite());
    const victim = new SetupBrowser(world);
    victim.cookie = attacker.cookie;
    await victim.redeem(await world.invite('pied'));
    expect(victim.cookie).not.toBe(attacker.cookie);
  });

  it('#http.pages/setup-tossing is none when two cookies have its name', async () => {
    const browser = new SetupBrowser(world);
    await browser.redeem(await world.invite());
    browser.cookie = `${browser.cookie ?? ''}; ${browser.cookie ?? ''}`;
    expect((await browser.get('/setup')).status).toBe(403);
  });

  it('#http.pages/setup-revoked ends at once when its link is revoked', async () => {
    const browser = new SetupBrowser(world);
    await browser.redeem(await world.invite());
    expect((await browser.get('/setup')).status).toBe(303);
    const ports = { documents: world.documents, clock: world.clock, random: world.context.random };
    const [link] = await listLinks(ports);
    await revokeLink(ports, link?.id ?? '');
    expect((await browser.get('/setup')).status).toBe(403);
  });
});

describe('#http.pages/setup-forged a form that another site sends', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a sibling', { origin: 'https://www.example.com' }],
    ['plain http', { origin: 'http://sso.example.com' }],
    ['null', { origin: 'null' }],
    ['an empty one', { origin: '' }],
  ])('#http.pages/setup-origin with %s redeems nothing', async (_title, headers) => {
    const secret = await world.invite();
    const answer = await new SetupBrowser(world).post('/setup', { link: secret }, headers);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('SETUP_FORM_FOREIGN');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await new SetupBrowser(world).redeem(secret)).status).toBe(303);
  });

  it('without any origin redeems nothing', async () => {
    const body = new URLSearchParams({ link: await world.invite() }).toString();
    const answer = await world.server.send('/setup', { headers: { 'content-type': FORM }, body });
    expect(answer.status).toBe(403);
  });
});

describe('#http.pages/setup-frame a page of ours in another one', () => {
  it('#http.pages/setup-clickjacking is shown in no frame', async () => {
    const { headers } = await world.server.get(`/setup?link=${await world.invite()}`);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-frame-options']).toBe('DENY');
  });
});
