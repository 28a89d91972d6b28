/** The pages of the sign-in log, as the browser of an IT admin sees them, and those who try them with the wrong link. */
import { makeIdpKeys } from '../../../support/idp';
import { EMAIL } from '../../../support/makers/setting';
import { SetupBrowser } from '../../../support/makers/setup-world';
import { signInLogWorld, type SignInLogWorld } from '../../../support/makers/sign-in-log-world';

let world: SignInLogWorld;
beforeEach(async () => {
  world = await signInLogWorld();
});
afterEach(() => world.stop());

async function opened(connection = 'acme', scope: 'setup' | 'log' = 'log'): Promise<SetupBrowser> {
  const browser = new SetupBrowser(world);
  await browser.redeem(await world.invite(connection, scope));
  await browser.get('/setup/log');
  return browser;
}

/** One that was signed in, one refused, and one to which nothing came back yet. */
async function threeAttempts(): Promise<void> {
  const first = await world.begin();
  await world.redeem(await world.answer(first.requestId, first.relayState));
  const second = await world.begin();
  await world.answer(second.requestId, second.relayState, { audience: 'https://other.example/metadata' });
  await world.begin();
  await world.settle();
}

describe('a link of scope log', () => {
  it('opens by a click, for the log and nothing else', async () => {
    const secret = await world.invite('acme', 'log');
    const browser = new SetupBrowser(world);
    expect((await browser.get(`/setup?link=${secret}`)).body).toContain('Open the sign-in log');
    expect((await browser.post('/setup', { link: secret })).headers.location).toMatch(/\/setup\/log$/);
    expect((await browser.get('/setup')).headers.location).toMatch(/\/setup\/log$/);
    expect((await browser.get('/setup/log')).status).toBe(200);
  });

  it.each([
    '/setup/connect',
    '/setup/values',
    '/setup/metadata',
    '/setup/test',
    '/setup/report',
    '/setup/activate',
  ])('does not open %s', async (path) => {
    const { status, body } = await (await opened()).get(path);
    expect(status).toBe(403);
    expect(body).toContain('SETUP_LINK_INVALID');
  });

  it.each([
    ['/setup/connect', { product: 'okta' }],
    ['/setup/metadata', { text: '<x/>' }],
    ['/setup/metadata/use', { xml: 'eA==', origin: 'paste' }],
    ['/setup/test', {}],
    ['/setup/source', { from: 'nameId' }],
    ['/setup/activate', {}],
  ])(
    '#http.pages/log-scope changes nothing by %s, also for a connection that waits for its set-up',
    async (path, fields) => {
      const browser = await opened('globex', 'log');
      expect(browser.token).not.toBe('');
      expect((await browser.post(path, fields)).status).toBe(403);
      expect(await world.documents.get('setup-draft/globex')).toBeUndefined();
    },
  );

  it('#http.pages/log-of-another shows the log of its own connection, whatever is asked for', async () => {
    await threeAttempts();
    const [attempt] = await world.attempts({ state: 'refused' });
    const browser = await opened('globex', 'log');
    expect((await browser.get('/setup/log?connection=acme')).body).toContain('There is nothing of this kind');
    expect(
      (await browser.get(`/setup/log/attempt?reference=${attempt?.id ?? ''}&connection=acme`)).status,
    ).toBe(404);
    expect((await browser.get('/setup/log/csv?connection=acme')).body.split('\r\n')).toHaveLength(2);
  });

  it('is over when it is revoked or has ended', async () => {
    const browser = await opened();
    world.clock.advance(8 * 86_400_000);
    expect((await browser.get('/setup/log')).status).toBe(403);
  });
});

describe('without a link', () => {
  it.each(['/setup/log', '/setup/log/attempt?reference=x', '/setup/log/csv'])(
    '%s is not there',
    async (path) => {
      expect((await world.server.get(path)).status).toBe(404);
      await world.invite('acme', 'log');
      expect((await world.server.get(path)).status).toBe(403);
    },
  );
});

describe('the page', () => {
  it('lists the attempts with what became of them', async () => {
    await threeAttempts();
    const { body, headers } = await (await opened()).get('/setup/log');
    for (const text of ['Signed in', 'SAML_AUDIENCE_MISMATCH', 'In progress', 'a***@acme.example'])
      expect(body).toContain(text);
    expect(body).not.toContain(EMAIL);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toContain('no-store');
  });

  it('is narrowed by state, code and reference', async () => {
    await threeAttempts();
    const browser = await opened();
    const rows = async (query: string) =>
      (await browser.get(`/setup/log?${query}`)).body.match(/<tr><td>/g)?.length ?? 0;
    expect(await rows('')).toBe(3);
    expect(await rows('state=refused')).toBe(1);
    expect(await rows('state=&code=SAML_AUDIENCE_MISMATCH&reference=')).toBe(1);
    expect(await rows('code=SAML_SIGNATURE_INVALID')).toBe(0);
    expect(await rows('before=1')).toBe(0);
  });

  it('shows the verdicts of a refused attempt', async () => {
    await threeAttempts();
    const browser = await opened();
    const [attempt] = await world.attempts({ state: 'refused' });
    const { body } = await browser.get(`/setup/log/attempt?reference=${attempt?.id ?? ''}`);
    for (const text of [
      'What is wrong',
      'https://other.example/metadata',
      'What to do',
      'Sent to your identity provider',
    ])
      expect(body).toContain(text);
  });

  it('finds one person by an address that stands in no address bar', async () => {
    await threeAttempts();
    const browser = await opened();
    const { headers, status } = await browser.post('/setup/log', { address: ' Ada@acme.example' });
    expect(status).toBe(303);
    expect(headers.location).not.toContain('ada');
    const path = new URL(headers.location ?? '').pathname + new URL(headers.location ?? '').search;
    expect((await browser.get(path)).body).toContain('Only the attempts of one person');
    expect((await browser.get(path)).body.match(/<tr><td>/g)).toHaveLength(2);
    expect((await browser.post('/setup/log', { address: 'not one' })).status).toBe(400);
    expect((await browser.post('/setup/log', { address: EMAIL, token: '0'.repeat(64) })).status).toBe(403);
    expect(
      (await browser.post('/setup/log', { address: EMAIL }, { origin: 'https://evil.example' })).status,
    ).toBe(403);
  });

  it('downloads as CSV', async () => {
    await threeAttempts();
    const { body, headers } = await (await opened()).get('/setup/log/csv?state=refused');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="sign-ins-acme.csv"');
    expect(body.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('shows a hundred at once and leads to older ones', async () => {
    for (let at = 0; at < 105; at += 1) {
      world.clock.advance(1000);
      world.log.subscriber({
        ...{ type: 'login.requested', reference: 'BBBBBBBBBB', connection: 'acme', site: 'portal' },
        ...{ identityProvider: 'x', binding: 'redirect', signIn: String(at) },
      });
    }
    await world.settle();
    const browser = await opened();
    const { body } = await browser.get('/setup/log');
    expect(body.match(/<tr><td>/g)).toHaveLength(100);
    const [, older = ''] = /href="https:\/\/sso\.example\.com(\/setup\/log\?before=\d+)"/.exec(body) ?? [];
    expect((await browser.get(older)).body.match(/<tr><td>/g)).toHaveLength(5);
  });

  it('says so when no log is kept', async () => {
    world.days = 0;
    expect((await (await opened()).get('/setup/log')).body).toContain('keeps no sign-in log');
  });

  it('is open to a link that sets up, and the set-up leads to it', async () => {
    const browser = await opened('globex', 'setup');
    expect((await browser.get('/setup/connect')).body).toContain('/setup/log"');
    expect((await browser.get('/setup/log')).body).toContain('/setup/connect"');
  });
});

describe('what an IdP, or whoever posts to the ACS, wrote', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

  it('#http.pages/log-stored-text is text on every page of the log', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState, {
      audience: evil,
      nameId: { value: `${evil}@acme.example` },
      attributes: [{ name: evil, values: [evil] }],
    });
    await world.answer(requestId, relayState, { keys: makeIdpKeys(), issuer: evil });
    await world.settle();
    const browser = await opened();
    const [attempt] = await world.attempts();
    for (const path of ['/setup/log', `/setup/log/attempt?reference=${attempt?.id ?? ''}`]) {
      const { body } = await browser.get(path);
      expect(body).not.toContain('<script>alert');
      expect(body).not.toContain('<img');
    }
  });

  it('is text in the filters too', async () => {
    const { body } = await (
      await opened()
    ).get(`/setup/log?${new URLSearchParams({ code: evil, reference: evil, person: evil }).toString()}`);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img');
  });
});
