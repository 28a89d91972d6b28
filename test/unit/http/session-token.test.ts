import type { SiteQueue } from '../../../src/wix/site-queue';
import { SsoError, type ErrorCode } from '../../../src/core/errors';
import { createApplication } from '../../../src/http/router';
import { jsonBody, listen, type Listening, type SendOptions } from '../../support/makers/listening';
import {
  EMAIL,
  logText,
  setting,
  START,
  ticketFor,
  TOKEN,
  verifier,
  type Setting,
} from '../../support/makers/setting';

const PAGE = 'https://www.portal.example';

describe('POST /session-token', () => {
  let world: Setting;
  let server: Listening;

  beforeEach(async () => {
    world = setting();
    server = await listen(createApplication(world.context));
  });

  afterEach(() => server.stop());

  const redeem = (options: SendOptions) => server.send('/session-token', options);
  const proper = async (headers: Record<string, string> = { origin: PAGE }) =>
    jsonBody({ ticket: await ticketFor(world), codeVerifier: verifier }, headers);

  it('#ticket.redeem/way-back answers the page with the token, the way back and the state', async () => {
    const answer = await redeem(await proper());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      sessionToken: TOKEN,
      returnTo: '/members',
      state: 'page-state',
      signOutHandle: expect.stringMatching(/^[\w-]{43}$/) as string,
      session: { endsAt: START + 12 * 3_600_000, checkEvery: 300, grace: 3600 },
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': 'Retry-After',
      vary: 'Origin',
      'cache-control': 'no-store',
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('answers the site’s backend, which has no origin', async () => {
    const answer = await redeem(await proper({}));
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers.vary).toBe('Origin');
  });

  it('answers a page in line with where it stands, and a text only is a place', async () => {
    const waiting = { place: 'p.h', position: 7, retryAfter: 3 };
    const sites = new Map(
      [...world.context.sites].map(([name, site]) => [
        name,
        {
          ...site,
          queue: {
            isOpen: true,
            inTurn: () => Promise.resolve(undefined),
            line: {
              atEnd: { position: 7, seconds: 9 },
              takeNumber: () => Promise.resolve(7),
              atNumber: () => ({ position: 7, seconds: 9 }),
              standing: () => Promise.resolve({ position: 6, seconds: 9 }),
            },
          } as unknown as SiteQueue,
        },
      ]),
    );
    const other = await listen(createApplication({ ...world.context, sites }));
    const ask = (body: object) => other.send('/session-token', jsonBody(body, { origin: PAGE }));
    const ticket = await ticketFor(world);
    const given = await ask({ ticket, codeVerifier: verifier, mayWait: true });
    expect([given.status, given.headers['retry-after']]).toEqual([202, '3']);
    const { place } = JSON.parse(given.body) as { place: string };
    expect(JSON.parse(given.body)).toEqual({ ...waiting, place: expect.any(String) as unknown });
    const again = await ask({ place, codeVerifier: verifier });
    expect([again.status, JSON.parse(again.body)]).toEqual([202, { place, position: 6, retryAfter: 3 }]);
    expect((await ask({ place: 7, codeVerifier: verifier })).status).toBe(400);
    expect((await ask({ ticket: await ticketFor(world), codeVerifier: verifier })).status).toBe(503);
    await other.stop();
  });

  it('lets a page of the site ask, and no other', async () => {
    const preflight = (origin: string) =>
      redeem({
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = await preflight('https://portal.example');
    expect(allowed).toMatchObject({ status: 204, body: '' });
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'https://portal.example',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      vary: 'Origin',
    });
    for (const origin of [
      'https://evil.example',
      'null',
      'http://www.portal.example',
      'https://www.portal.example.evil.example',
      'https://www.portal.example:8443',
      '*',
      'https://WWW.portal.example',
    ]) {
      const refused = await preflight(origin);
      expect(refused.status).toBe(403);
      expect(refused.headers['access-control-allow-origin']).toBeUndefined();
      expect(refused.headers.vary).toBe('Origin');
    }
  });

  it('refuses an origin of no site without spending the ticket', async () => {
    const options = await proper();
    const foreign = await redeem({
      ...options,
      headers: { ...options.headers, origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect(JSON.parse(foreign.body)).toMatchObject({ error: 'HTTP_ORIGIN_NOT_ALLOWED' });
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
    expect((await redeem(options)).status).toBe(200);
  });

  it('#ticket.redeem/other-site refuses the page of another site, and then the ticket is spent', async () => {
    const options = await proper();
    const other = await redeem({
      ...options,
      headers: { ...options.headers, origin: 'https://user.wixsite.example' },
    });
    expect(other.status).toBe(403);
    expect((await redeem(options)).status).toBe(410);
  });

  const malformed: readonly [string, SendOptions, ErrorCode, number][] = [
    ['no type', { body: '{}' }, 'HTTP_CONTENT_TYPE_UNSUPPORTED', 415],
    [
      'text, which needs no preflight',
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      'HTTP_CONTENT_TYPE_UNSUPPORTED',
      415,
    ],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'ticket=x' },
      'HTTP_CONTENT_TYPE_UNSUPPORTED',
      415,
    ],
    [
      'a compressed body',
      { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: '{}' },
      'HTTP_CONTENT_TYPE_UNSUPPORTED',
      415,
    ],
    ['nothing', jsonBody(undefined), 'HTTP_BODY_MALFORMED', 400],
    [
      'no JSON',
      { headers: { 'content-type': 'application/json' }, body: '{"ticket":' },
      'HTTP_BODY_MALFORMED',
      400,
    ],
    ['an array', jsonBody(['x']), 'HTTP_BODY_MALFORMED', 400],
    ['null', jsonBody(null), 'HTTP_BODY_MALFORMED', 400],
    ['a text', jsonBody('ticket'), 'HTTP_BODY_MALFORMED', 400],
    ['no ticket', jsonBody({ codeVerifier: verifier }), 'HTTP_FIELD_MISSING', 400],
    [
      'a ticket that is no text',
      jsonBody({ ticket: { length: 43 }, codeVerifier: verifier }),
      'HTTP_FIELD_INVALID',
      400,
    ],
    ['a ticket in an array', jsonBody({ ticket: ['x'] }), 'HTTP_FIELD_INVALID', 400],
    [
      'an inherited ticket',
      { headers: { 'content-type': 'application/json' }, body: '{"__proto__":{"ticket":"x"}}' },
      'HTTP_FIELD_MISSING',
      400,
    ],
    [
      'an unknown ticket',
      jsonBody({ ticket: 'A'.repeat(43), codeVerifier: verifier }),
      'TICKET_UNKNOWN',
      410,
    ],
    [
      'a ticket of another form',
      jsonBody({ ticket: '../../etc', codeVerifier: verifier }),
      'TICKET_UNKNOWN',
      410,
    ],
    ['too much', jsonBody({ ticket: 'A'.repeat(43), padding: 'x'.repeat(4096) }), 'HTTP_BODY_TOO_LARGE', 413],
  ];

  it.each(malformed)('refuses %s', async (_what, options, code, status) => {
    const answer = await redeem(options);
    expect(answer.status).toBe(status);
    const body = JSON.parse(answer.body) as Record<string, string>;
    expect(Object.keys(body)).toEqual(['error', 'message', 'reference']);
    expect(body['error']).toBe(code);
    expect(body['message']).toMatch(/^[A-Z].*\.$/);
    expect(world.lines).toMatchObject([{ event: 'refused', fields: { code, reference: body['reference'] } }]);
  });

  it.each([
    ['a wrong verifier', { codeVerifier: 'w'.repeat(43) }],
    ['an empty verifier', { codeVerifier: '' }],
    ['no verifier', {}],
    ['a verifier that is no text', { codeVerifier: 7 }],
    ['a verifier in an array', { codeVerifier: [verifier] }],
  ])('spends the ticket on %s', async (_what, rest) => {
    const ticket = await ticketFor(world);
    const wrong = await redeem(jsonBody({ ticket, ...rest }));
    expect(wrong.status).toBe(403);
    expect(JSON.parse(wrong.body)).toMatchObject({ error: 'TICKET_VERIFIER_MISMATCH' });
    expect((await redeem(jsonBody({ ticket, codeVerifier: verifier }))).status).toBe(410);
    expect(world.exchanged).toEqual([]);
  });

  it('lets one of twenty parallel posts win', async () => {
    const options = await proper();
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(options)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
    expect(world.exchanged).toHaveLength(1);
  });

  it.each([
    ['WIX_TIMEOUT', 503, true],
    ['WIX_RATE_LIMITED', 503, true],
    ['WIX_UNAVAILABLE', 503, true],
    ['WIX_REDIRECTED', 502, false],
    ['WIX_ANSWER_INVALID', 502, false],
    ['WIX_FUNCTION_MISSING', 502, false],
    ['WIX_ASSERTION_REFUSED', 502, false],
    ['WIX_MEMBER_REFUSED', 403, false],
  ] as const)('on %s answers %d, and whether to try again', async (code, status, again) => {
    const honest = world.exchange;
    world.exchange = () => Promise.reject(new SsoError(code, { status: 1 }));
    const options = await proper();
    const answer = await redeem(options);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ error: code });
    expect(answer.headers['retry-after']).toBe(again ? '2' : undefined);
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE);
    world.exchange = honest;
    expect((await redeem(options)).status).toBe(again ? 200 : 410);
  });

  it('#ticket.redeem/leaks-nothing leaks neither ticket, verifier, token nor address, in no outcome', async () => {
    const options = await proper();
    await redeem({ ...options, headers: { ...options.headers, origin: 'https://user.wixsite.example' } });
    await redeem({ ...options, body: `${String(options.body)}x` });
    world.exchange = () => Promise.reject(new SsoError('WIX_MEMBER_REFUSED', { status: 403 }));
    const refused = await redeem(await proper());
    const { ticket } = JSON.parse(String(options.body)) as { ticket: string };
    for (const secret of [ticket, verifier, TOKEN, EMAIL, EMAIL.split('@')[0] ?? '']) {
      expect(logText(world)).not.toContain(secret);
      expect(refused.body).not.toContain(secret);
    }
    expect(
      world.lines.every(
        ({ fields }) => fields['member'] === undefined || String(fields['member']).startsWith('p-'),
      ),
    ).toBe(true);
  });
});
