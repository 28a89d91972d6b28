import express from 'express';
import { SsoError } from '../../../src/core/errors';
import { createApplication, createRouter } from '../../../src/http/router';
import { form, jsonBody, listen, referenceOn, type Listening } from '../../support/makers/listening';
import { setting, ticketFor, TOKEN, verifier, type Setting } from '../../support/makers/setting';

describe('the service provider’s paths', () => {
  let world: Setting;
  let server: Listening;
  let isReady = true;

  beforeAll(async () => {
    world = setting();
    server = await listen(createApplication(world.context, { isReady: () => isReady }));
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    world.lines.length = 0;
    isReady = true;
  });

  it('give the metadata with its own type, and let it be cached', async () => {
    const answer = await server.get('/saml/metadata');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/samlmetadata+xml');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.headers.pragma).toBeUndefined();
    expect(answer.body).toContain('entityID="https://sso.example.com/saml/metadata"');
  });

  it('answer HEAD where nothing is spent by it, without a body', async () => {
    for (const path of ['/saml/metadata', '/healthz', '/readyz']) {
      const answer = await server.send(path, { method: 'HEAD' });
      expect(answer).toMatchObject({ status: 200, body: '' });
    }
    expect((await server.send('/saml/login?site=shop', { method: 'HEAD' })).status).toBe(405);
  });

  it('say that the process is alive, and that it is ready', async () => {
    expect(await server.get('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect(await server.get('/readyz')).toMatchObject({ status: 200, body: '{"status":"ready"}' });
  });

  it('are ready while a site is away, and name it', async () => {
    const sites = new Map(
      [...world.context.sites].map(([name, site]) => [
        name,
        { ...site, state: () => (name === 'shop' ? ('open' as const) : ('closed' as const)) },
      ]),
    );
    const other = await listen(createApplication({ ...world.context, sites }));
    const { status, body } = await other.get('/readyz');
    expect([status, JSON.parse(body)]).toEqual([200, { status: 'ready', sitesDown: ['shop'] }]);
    await other.stop();
  });

  it('are not ready while the process starts or stops, and say when to ask again', async () => {
    isReady = false;
    const answer = await server.get('/readyz');
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    // E17: nobody is sent to look at Redis.
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'HTTP_NOT_READY' });
    expect((await server.get('/healthz')).status).toBe(200);
  });

  it('are not ready without their store', async () => {
    const down = { ...world.context.store, ping: () => Promise.reject(new SsoError('STATE_UNAVAILABLE')) };
    const other = await listen(createApplication({ ...world.context, store: down }));
    expect((await other.get('/readyz')).status).toBe(503);
    expect((await other.get('/healthz')).status).toBe(200);
    await other.stop();
  });

  it.each([
    ['GET', '/saml/acs', 'POST'],
    ['PUT', '/saml/acs', 'POST'],
    ['DELETE', '/saml/login', 'GET, POST'],
    ['GET', '/session-token', 'POST, OPTIONS'],
    ['POST', '/saml/metadata', 'GET, HEAD'],
    ['OPTIONS', '/saml/login', 'GET, POST'],
    ['PROPFIND', '/healthz', 'GET, HEAD'],
  ])('refuse %s %s and say which methods there are', async (method, path, allow) => {
    const answer = await server.send(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(world.lines.at(-1)?.fields['code']).toBe('HTTP_METHOD_NOT_ALLOWED');
  });

  it.each([
    '/',
    '/favicon.ico',
    '/saml',
    '/saml/acs/',
    '/SAML/ACS',
    '/saml/login/x',
    '/saml/%61cs',
    '/saml/..',
    '//saml/acs',
    '/%',
    '/wp-login.php?a=<script>',
  ])('are exact: %s is none of them', async (path) => {
    const answer = await server.get(path);
    expect(answer.status).toBe(404);
    expect(referenceOn(answer.body)).toMatch(/^[2-9B-Y]{10}$/);
    expect(world.lines).toMatchObject([{ level: 'info', fields: { code: 'HTTP_NOT_FOUND' } }]);
    expect(answer.body).not.toContain('script>');
  });

  it.each([
    '/saml/metadata',
    '/saml/login',
    '/saml/login?site=portal',
    '/saml/acs',
    '/session-token',
    '/healthz',
    '/nowhere',
  ])('#http.headers/protecting carry the protecting headers: %s', async (path) => {
    const { headers } = await server.get(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000',
    });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action /,
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['referrer-policy']).toMatch(/^(no-referrer|strict-origin)$/);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.etag).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
    if (path !== '/saml/metadata') expect(headers['cache-control']).toBe('no-store');
  });

  it('promise no TLS where there is none', async () => {
    const plain = await listen(createApplication(setting({ baseUrl: 'http://localhost:3000' }).context));
    expect((await plain.get('/healthz')).headers['strict-transport-security']).toBeUndefined();
    await plain.stop();
  });

  it('#http.addresses/not-from-headers believe neither Host nor X-Forwarded-*', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'javascript',
      'x-forwarded-for': '<script>',
      forwarded: 'host=evil.example',
      'x-original-url': '/healthz',
      'x-http-method-override': 'POST',
    };
    for (const path of [
      '/saml/metadata',
      '/saml/login?site=portal',
      '/saml/acs',
      '/saml/login?connection=acme',
    ]) {
      const answer = await server.get(path, headers);
      expect(answer.body + JSON.stringify(answer.headers)).not.toContain('evil.example');
    }
  });

  it('give every request a reference of its own, and log it', async () => {
    const references = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      references.add(referenceOn((await server.get('/nowhere')).body));
    }
    expect(references.size).toBe(20);
    expect(world.lines.map(({ fields }) => fields['reference'])).toEqual([...references]);
  });

  it('answer a mistake of ours without telling what it was, and log where it was', async () => {
    const failing = setting();
    failing.exchange = () => Promise.reject(new RangeError(`secret ${TOKEN}`));
    const other = await listen(createApplication(failing.context));
    const ticket = await ticketFor(failing);
    const answer = await other.send('/session-token', jsonBody({ ticket, codeVerifier: verifier }));
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'INTERNAL_ERROR' });
    const [line] = failing.lines;
    expect(line).toMatchObject({
      level: 'error',
      event: 'failed',
      fields: { code: 'INTERNAL_ERROR', error: 'RangeError' },
    });
    expect(JSON.stringify(line?.fields['stack'])).toContain('setting.ts');
    expect(JSON.stringify(line) + answer.body).not.toContain(TOKEN);
    await other.stop();
  });

  it('close the connection when not even a refusal can be written', async () => {
    const mute = {
      ...world.context,
      events: {
        emit: () => {
          throw new Error('the disk is full');
        },
      },
    };
    const other = await listen(createApplication(mute));
    await expect(other.get('/nowhere')).rejects.toThrow();
    await other.stop();
  });
});

describe('the router in somebody’s application', () => {
  it('answers below its mount point and leaves everything else alone', async () => {
    const world = setting({ baseUrl: 'https://www.example.com/sso' });
    const host = express();
    host.use('/sso', createRouter(world.context));
    host.get('/saml/metadata', (_request, response) => void response.send('the host’s own'));
    host.use((_request, response) => void response.status(404).send('the host’s 404'));
    const server = await listen(host);
    expect((await server.get('/sso/saml/metadata')).headers['content-type']).toBe(
      'application/samlmetadata+xml',
    );
    expect((await server.get('/saml/metadata')).body).toBe('the host’s own');
    expect((await server.get('/sso/nowhere')).body).toBe('the host’s 404');
    await server.stop();
  });

  it('works behind the host’s body parsers, and still refuses what they merged', async () => {
    const world = setting();
    const host = express();
    host.use(express.urlencoded({ extended: true }), express.json(), express.text());
    host.use(createRouter(world.context));
    const server = await listen(host);
    const ticket = await ticketFor(world);
    const redeemed = await server.send('/session-token', jsonBody({ ticket, codeVerifier: verifier }));
    expect(JSON.parse(redeemed.body)).toMatchObject({ sessionToken: TOKEN });
    for (const fields of [
      [
        ['SAMLResponse', 'a'],
        ['SAMLResponse', 'b'],
      ],
      [['SAMLResponse[x]', 'a']],
      [
        ['SAMLResponse', 'a'],
        ['RelayState', 'a'],
        ['RelayState', 'b'],
      ],
    ] as [string, string][][]) {
      expect((await server.send('/saml/acs', form(fields))).status).toBe(400);
      expect(world.lines.at(-1)?.fields['code']).toBe('HTTP_FIELD_DUPLICATE');
    }
    await server.send('/saml/acs', form({ RelayState: 'x' }));
    expect(world.lines.at(-1)?.fields['code']).toBe('HTTP_FIELD_MISSING');
    const chosen = await server.send('/saml/login', form({ email: 'ada@acme.example' }));
    expect(chosen.status).toBe(303);
    await server.stop();
  });

  it('is found where baseUrl has a path', async () => {
    const world = setting({ baseUrl: 'https://www.example.com/sso' });
    const server = await listen(createApplication(world.context));
    expect((await server.get('/sso/healthz')).status).toBe(200);
    expect((await server.get('/healthz')).status).toBe(404);
    const chooser = await server.get('/sso/saml/login?site=portal');
    expect(chooser.body).toContain('action="https://www.example.com/sso/saml/login"');
    await server.stop();
  });
});
