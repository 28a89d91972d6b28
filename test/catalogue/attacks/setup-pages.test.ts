/** Attacks on the set-up pages: guessing, leaking, fixation, forged forms, frames, a link of one connection at another. */
import { readDraft, readLive } from '../../../src/admin/setup/documents';
import type { TxtAnswer } from '../../../src/core/txt-lookup';
import { SsoError } from '../../../src/core/errors';
import { createAdmission } from '../../../src/http/admission';
import { makeIdpKeys } from '../../support/idp';
import { judgeBrought } from '../../../src/admin/setup/draft-connection';
import { listLinks, revokeLink } from '../../../src/admin/setup/links';
import { readHandle, writeHandle } from '../../../src/sso/handle';
import { onwardOf } from '../../support/onward';
import { challenge, logText } from '../../support/makers/setting';
import { form, FORM, listen, type Answer } from '../../support/makers/listening';
import { requestIdIn } from '../../support/makers/sent-request';
import {
  broughtMetadata,
  hooliAnswer,
  hooliMetadata,
  OWN_ORIGIN,
  SetupBrowser,
  setupWorld,
  startTest,
  tested,
  type SetupWorld,
} from '../../support/makers/setup-world';

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
    expect(body).toContain('If you have not opened it before, tell them so');
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

describe('#http.pages/setup-steps forms inside the session', () => {
  const forms = [
    ...['/setup/connect', '/setup/test', '/setup/source', '/setup/activate', '/setup/metadata/use'],
    '/setup/domains',
  ];

  it.each(forms)('#http.pages/setup-csrf %s changes nothing without the session’s token', async (path) => {
    const browser = await broughtMetadata(world);
    const before = await readDraft(world.documents, 'hooli');
    for (const token of ['', '0'.repeat(64)]) {
      const { status, body } = await browser.post(path, { product: 'entra', token });
      expect(status).toBe(403);
      expect(body).toContain('SETUP_FORM_FOREIGN');
    }
    const foreign = await browser.post(path, { product: 'entra' }, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await readDraft(world.documents, 'hooli')).toEqual(before);
  });

  it.each([...forms, '/setup/values', '/setup/report', '/setup/metadata'])(
    'shows and takes nothing without a session: %s',
    async (path) => {
      await broughtMetadata(world);
      const stranger = new SetupBrowser(world);
      expect([403, 405]).toContain((await stranger.get(path)).status);
      expect([403, 405]).toContain((await stranger.post(path, {})).status);
    },
  );

  it('#http.pages/setup-token-of-another takes no token of another session', async () => {
    const [one, other] = [await broughtMetadata(world), await broughtMetadata(world)];
    expect((await one.post('/setup/connect', { product: 'entra', token: other.token })).status).toBe(403);
  });

  it('#http.pages/setup-two-admins lets the first of two changes stand, and tells the second', async () => {
    const [one, other] = [await broughtMetadata(world), await broughtMetadata(world)];
    await one.get('/setup/connect');
    await other.get('/setup/connect');
    expect((await one.post('/setup/connect', { product: 'entra' })).status).toBe(303);
    const late = await other.post('/setup/connect', { product: 'google' });
    expect(late.status).toBe(409);
    expect(late.body).toContain('Someone else changed these settings');
    expect((await readDraft(world.documents, 'hooli')).value.product).toBe('entra');
  });

  it('#http.pages/setup-other-connection never leaves the connection of its link', async () => {
    const pied = new SetupBrowser(world);
    await pied.redeem(await world.invite('pied'));
    await pied.get('/setup/connect?connection=hooli');
    await pied.post('/setup/connect', { product: 'okta', connection: 'hooli' });
    expect((await readDraft(world.documents, 'hooli')).value).toEqual({});
    expect((await readDraft(world.documents, 'pied')).value).toEqual({ product: 'okta' });
  });

  it('#http.pages/setup-stored-text shows the text of an IdP as text, wherever it stands', async () => {
    const hostile = '"><script>alert(1)</script><b>\u202e';
    const browser = await broughtMetadata(world);
    const xml = hooliMetadata().replace(
      '<md:IDPSSODescriptor',
      `<md:Organization xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:OrganizationDisplayName xml:lang="en">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</md:OrganizationDisplayName></md:Organization><md:IDPSSODescriptor`,
    );
    const pages = [await browser.postFile('/setup/metadata', { text: xml })];
    await browser.get('/setup/test');
    pages.push(
      await tested(world, browser, {
        audience: hostile,
        attributes: [{ name: hostile, values: [hostile] }],
        nameId: { value: hostile },
      }),
    );
    for (const { body } of pages) {
      expect(body).not.toContain('<script>alert');
      expect(body).not.toContain('<b>');
      expect(body).not.toContain('\u202e');
    }
    expect(pages[1]?.body).toContain('&lt;script&gt;');
  });

  it.each([
    ['a body over the limit', (): string => 'A'.repeat(2 * 1024 * 1024), 413],
    ['metadata over the limit', (): string => `<x>${'A'.repeat(600 * 1024)}</x>`, 422],
    ['a tree without an end', (): string => '<x>'.repeat(50_000), 422],
    ['an entity bomb', (): string => '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>', 422],
  ])('#http.pages/setup-bomb refuses %s', async (_title, text, status) => {
    const browser = await broughtMetadata(world);
    const startedAt = process.hrtime.bigint();
    expect((await browser.postFile('/setup/metadata', { text: text() })).status).toBe(status);
    expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(2000);
  });

  it.each([
    ['two of one name', 'form-data; name="text"', 'form-data; name="text"'],
    ['many parts', ...Array.from({ length: 20 }, () => 'form-data; name="x"')],
  ])('#http.pages/setup-multipart refuses a form with %s', async (_title, ...heads) => {
    const browser = await broughtMetadata(world);
    const parts = heads.map((head) => `--x\r\nContent-Disposition: ${head}\r\n\r\nv\r\n`);
    const { status } = await world.server.send('/setup/metadata', {
      headers: { ...browser.headers, origin: OWN_ORIGIN, 'content-type': 'multipart/form-data; boundary=x' },
      body: `${parts.join('')}--x--\r\n`,
    });
    expect(status).toBe(400);
  });

  it.each([
    'http://idp.example/metadata',
    'https://localhost/metadata',
    'https://127.0.0.1/metadata',
    'https://127.1/metadata',
    'https://2130706433/metadata',
    'https://0x7f000001/metadata',
    'https://0/metadata',
    'https://10.0.0.7/metadata',
    'https://172.16.9.9/metadata',
    'https://192.168.1.1/metadata',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/metadata',
    'https://[::1]/metadata',
    'https://[::ffff:10.0.0.7]/metadata',
    'https://[fd00::1]/metadata',
    'https://[fe80::1]/metadata',
    'https://[64:ff9b::a00:7]/metadata',
    'https://user:secret@idp.example/metadata',
    'file:///etc/passwd',
    'gopher://idp.example/',
    'not an address',
  ])('#http.pages/setup-ssrf asks nobody at %s', async (address) => {
    const browser = await broughtMetadata(world);
    const { status, body } = await browser.postFile('/setup/metadata', { address });
    expect(status).toBe(422);
    expect(body).toContain('The address cannot be used');
  });
});

describe('#state.request/setup-test a test that would be a sign-in, and a sign-in that would be a test', () => {
  const acs = (SAMLResponse: string, RelayState?: string): Promise<Answer> =>
    world.server.send(
      '/saml/acs',
      form({ SAMLResponse, ...(RelayState === undefined ? {} : { RelayState }) }),
    );

  it('#state.request/test-as-sign-in an answer to a test signs nobody in, whatever handle comes with it', async () => {
    await goLive();
    const browser = await broughtMetadata(world);
    const { requestId } = await startTest(browser);
    const login = await world.server.get(`/saml/login?connection=hooli&code_challenge=${challenge}`);
    const signInHandle = new URL(login.headers.location ?? '').searchParams.get('RelayState') ?? '';
    const misled = await acs(hooliAnswer(world, requestId), signInHandle);
    expect(misled.status).toBe(403);
    expect(misled.body).toContain('SAML_REQUEST_UNKNOWN');
    // Without a handle it is known for a test by its sealed record, once; afterwards it is nothing.
    for (const relayState of [undefined, 'x', requestId]) {
      const started = await startTest(browser);
      const own = relayState === requestId ? started.requestId : relayState;
      const first = await acs(hooliAnswer(world, started.requestId), own);
      expect(onwardOf(first.body)).toBe('https://sso.example.com/setup/test');
      for (const again of [own, signInHandle]) {
        const { status, body } = await acs(hooliAnswer(world, started.requestId), again);
        expect(status).toBe(403);
        expect(body).toContain('SAML_REQUEST_UNKNOWN');
        expect(onwardOf(body)).toBeUndefined();
      }
      await browser.get('/setup/test');
    }
    expect(world.lines.map(({ event }) => event)).not.toContain('login.accepted');
  });

  it('#state.request/sign-in-as-test an answer to a sign-in passes no test, and stays good for its sign-in', async () => {
    await goLive();
    const browser = await broughtMetadata(world);
    const { relayState: testHandle } = await startTest(browser);
    const login = await world.server.get(`/saml/login?connection=hooli&code_challenge=${challenge}`);
    const answer = hooliAnswer(world, requestIdIn(login.headers.location));
    const judged = await acs(answer, testHandle);
    expect(onwardOf(judged.body)).toBe('https://sso.example.com/setup/test');
    const { body } = await browser.get('/setup/test');
    expect(body).toContain('SAML_IN_RESPONSE_TO_MISMATCH');
    expect((await readDraft(world.documents, 'hooli')).value.passed).toBeUndefined();
    expect(onwardOf((await acs(answer)).body)).toContain('ticket=');
  });

  it('#state.request/sign-in-without-handle an answer to a sign-in whose RelayState was dropped is no test', async () => {
    await goLive();
    const browser = await broughtMetadata(world);
    await startTest(browser);
    const login = await world.server.get(`/saml/login?connection=hooli&code_challenge=${challenge}`);
    const signedIn = await acs(hooliAnswer(world, requestIdIn(login.headers.location)));
    expect(onwardOf(signedIn.body)).toContain('ticket=');
    expect((await browser.get('/setup/test')).body).toContain('Waiting for the answer');
  });

  it('#state.request/test-of-no-set-up a test is looked for at connections that are set up here alone', async () => {
    const acme = world.context.connections.byName('acme');
    if (acme !== undefined) world.replace('acme', { ...acme, metadata: { from: { file: 'idp.xml' } } });
    const taken: string[] = [];
    const { store } = world.context;
    const { take } = store;
    store.take = (key) => {
      taken.push(key);
      return take(key);
    };
    await acs(hooliAnswer(world, `_${'0'.repeat(40)}-acme`));
    await acs(hooliAnswer(world, `_${'0'.repeat(40)}-nowhere`));
    expect(taken).toEqual([]);
    await acs(hooliAnswer(world, `_${'0'.repeat(40)}-hooli`));
    expect(taken).toHaveLength(1);
  });

  it('#state.request/test-twice an answer to a test is judged once', async () => {
    const browser = await broughtMetadata(world);
    const { requestId, relayState } = await startTest(browser);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => acs(hooliAnswer(world, requestId), relayState)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('#state.request/test-unsolicited an answer without a request passes no test', async () => {
    const browser = await broughtMetadata(world);
    const { relayState } = await startTest(browser);
    await acs(hooliAnswer(world, null), relayState);
    expect((await browser.get('/setup/test')).body).toContain('The test failed');
  });

  it('#state.request/test-of-another shows a test to the session that began it and to no other', async () => {
    const browser = await broughtMetadata(world);
    const colleague = await broughtMetadata(world);
    await tested(world, browser);
    const { body } = await colleague.get('/setup/test');
    expect(body).toContain('Start the test');
    expect(body).not.toContain('g***@');
    expect((await colleague.get('/setup/report')).status).toBe(404);
  });

  it('#state.request/test-handle is a handle of its own, and no change makes one of the other', async () => {
    const { handleKeys } = world.context;
    const id = `_${'a'.repeat(40)}-hooli`;
    const handles = { 'sign-in': writeHandle(handleKeys, id), test: writeHandle(handleKeys, id, 'test') };
    expect(readHandle(handleKeys, handles.test)).toBeUndefined();
    expect(readHandle(handleKeys, handles['sign-in'], 'test')).toBeUndefined();
    expect(readHandle(handleKeys, handles.test, 'test')).toBe(id);
    const bytes = Buffer.from(handles.test.slice(0, 44), 'base64url');
    bytes[20] = 1; // the purpose
    expect(readHandle(handleKeys, `${bytes.toString('base64url')}-hooli`)).toBeUndefined();
    await Promise.resolve();
  });

  it('#state.request/test-not-live a draft signs nobody in before it is activated', async () => {
    const browser = await broughtMetadata(world);
    await tested(world, browser);
    const login = await world.server.get(`/saml/login?connection=hooli&code_challenge=${challenge}`);
    expect(login.status).toBe(503);
  });

  /** As if the same IdP were live already. */
  async function goLive(): Promise<void> {
    const entry = world.context.connections.byName('hooli');
    if (entry === undefined) throw new Error('no such connection');
    const judged = { now: world.clock.now(), ours: world.context.serviceProvider.entityId };
    world.replace('hooli', {
      ...entry,
      state: judgeBrought(entry, { xml: hooliMetadata() }, 'nameId', judged),
    });
    await Promise.resolve();
  }
});

describe('#http.pages/setup-ended a session whose ground is gone', () => {
  it.each([
    ['names its metadata in the configuration', { from: { file: 'idp.xml' } }],
    ['asks an address that the operator wrote', { from: { url: 'https://idp.hooli.example/metadata' } }],
  ])('shows nothing any more when the operator %s', async (_title, metadata) => {
    const browser = await broughtMetadata(world);
    const entry = world.context.connections.byName('hooli');
    if (entry === undefined) throw new Error('no such connection');
    world.replace('hooli', { ...entry, metadata });
    expect((await browser.get('/setup/test')).status).toBe(403);
    expect((await browser.post('/setup/test', {})).status).toBe(403);
  });
});

describe('#http.pages/setup-elsewhere what the pages ask for an IT admin', () => {
  it.each([
    'https://169.254.169.254/latest/meta-data',
    'http://10.0.0.7/metadata',
    'https://192.168.1.1/metadata',
    'https://[fd00::1]/metadata',
    'file:///etc/passwd',
  ])('#http.pages/setup-ssrf-redirect follows nobody to %s', async (location) => {
    const local = await setupWorld({ baseUrl: 'http://localhost:3000' });
    let asked = 0;
    const idp = await listen((_request, response) => {
      asked += 1;
      response.writeHead(302, { location }).end();
    });
    const browser = new SetupBrowser(local, 'http://localhost:3000');
    await browser.redeem(await local.invite());
    await browser.get('/setup/connect');
    const { status, body } = await browser.postFile('/setup/metadata', { address: `${idp.origin}/metadata` });
    expect(status).toBe(422);
    expect(body).not.toContain('Is this your identity provider?');
    expect(asked).toBe(1);
    await idp.stop();
    await local.stop();
  });

  it('#http.pages/setup-dns asks the DNS for the domains of the configuration alone, and only a session’s own form', async () => {
    const asked: string[] = [];
    const proven = await setupWorld({
      lookup: (name) => (asked.push(name), Promise.resolve({ kind: 'absent' })),
    });
    const browser = new SetupBrowser(proven);
    await browser.redeem(await proven.invite());
    await browser.get('/setup/domains');
    await browser.get('/setup/domains?domain=internal.corp');
    expect((await browser.post('/setup/domains', { token: '0'.repeat(64) })).status).toBe(403);
    expect((await browser.post('/setup/domains', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect(asked).toEqual([]);
    await browser.get('/setup/domains');
    await browser.post('/setup/domains', { domain: 'internal.corp', draft: 'internal.corp' });
    expect(asked).toEqual(['_wix-saml.hooli.example']);
    await proven.stop();
  });
});

describe('#http.pages/setup-line the line of those who are not known', () => {
  it.each<[string, Record<string, string>]>([
    ['/setup', { link: 'A'.repeat(43) }],
    ['/setup/connect', { product: 'entra' }],
    ['/setup/source', { from: 'nameId' }],
    ['/setup/activate', {}],
  ])(
    '#http.pages/setup-flood is waited in by %s, and where it is full nothing is done',
    async (path, fields) => {
      const admission = createAdmission(() => performance.now());
      const crowded = await setupWorld({ admission });
      const browser = await broughtMetadata(crowded);
      await tested(crowded, browser);
      await browser.get('/setup/activate');
      const before = await readDraft(crowded.documents, 'hooli');
      const turn = jest.spyOn(admission.answers, 'do').mockRejectedValueOnce(new SsoError('HTTP_BUSY'));
      const { status, body } = await browser.post(path, fields);
      expect([status, turn.mock.calls[0]?.[0]]).toEqual([503, 'others']);
      expect(body).toContain('HTTP_BUSY');
      expect(await readDraft(crowded.documents, 'hooli')).toEqual(before);
      await crowded.stop();
    },
  );
});

describe('#http.pages/setup-alone an activation by an IT admin alone', () => {
  let texts: string[];
  let alone: SetupWorld;
  beforeEach(async () => {
    texts = [];
    const dns = (): TxtAnswer => (texts.length === 0 ? { kind: 'absent' } : { kind: 'found', texts });
    alone = await setupWorld({ self: true, lookup: () => Promise.resolve(dns()) });
  });
  afterEach(() => alone.stop());

  const liveOf = async (name: string) => (await readLive(alone.documents, name)).value.live;

  async function ready(): Promise<SetupBrowser> {
    const proofs = alone.context.domainProofs!;
    texts.push((await proofs.view('hooli', 'hooli.example')).record.text);
    await proofs.look({ name: 'hooli', site: 'portal' }, 'hooli.example');
    const browser = await broughtMetadata(alone);
    await tested(alone, browser);
    await browser.get('/setup/activate');
    return browser;
  }

  it('#http.pages/setup-alone-forged happens by no link, no other site and no other session', async () => {
    const browser = await ready();
    await browser.get('/setup/activate?action=activate');
    const other = new SetupBrowser(alone);
    await other.redeem(await alone.invite());
    await other.get('/setup/connect');
    for (const token of ['0'.repeat(64), other.token])
      expect((await browser.post('/setup/activate', { action: 'activate', token })).status).toBe(403);
    const evil = { origin: 'https://evil.example' };
    expect((await browser.post('/setup/activate', { action: 'activate' }, evil)).status).toBe(403);
    expect(await liveOf('hooli')).toBeUndefined();
    // The same with nothing forged.
    await browser.post('/setup/activate', { action: 'activate' });
    expect(await liveOf('hooli')).toBeDefined();
  });

  it('#http.pages/setup-alone-other is of the connection of its link, whose text proves it for no other', async () => {
    await ready();
    const pied = new SetupBrowser(alone);
    await pied.redeem(await alone.invite('pied'));
    await pied.get('/setup/connect');
    await pied.post('/setup/connect', { product: 'okta' });
    await pied.get('/setup/metadata');
    await pied.postFile('/setup/metadata', { file: hooliMetadata() });
    await pied.post('/setup/metadata/use', pied.hidden);
    // The DNS of pied.example holds the text of hooli.
    await pied.get('/setup/domains');
    await pied.post('/setup/domains', {});
    expect(await alone.context.domainProofs!.standing('pied', 'pied.example')).toBe('unproven');
    await pied.get('/setup/activate');
    await pied.post('/setup/activate', { action: 'activate', connection: 'hooli' });
    expect([await liveOf('hooli'), await liveOf('pied')]).toEqual([undefined, undefined]);
  });

  it('#http.pages/setup-alone-revoked ends with its link', async () => {
    const browser = await ready();
    const ports = { documents: alone.documents, clock: alone.clock, random: alone.context.random };
    for (const { id } of await listLinks(ports)) await revokeLink(ports, id);
    expect((await browser.post('/setup/activate', { action: 'activate' })).status).toBe(403);
    expect(await liveOf('hooli')).toBeUndefined();
  });

  it('#http.pages/setup-alone-changed puts live what was tested, and nothing that somebody else has put there since', async () => {
    const browser = await ready();
    const other = await broughtMetadata(alone, hooliMetadata(makeIdpKeys()));
    expect((await browser.post('/setup/activate', { action: 'activate' })).status).toBe(409);
    await other.get('/setup/activate');
    await other.post('/setup/activate', { action: 'activate' });
    expect(await liveOf('hooli')).toBeUndefined();
  });
});
