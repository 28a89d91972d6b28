/** The whole second half of a sign-in, from the page's ticket to a site that is down, slow, busy, moved or confused. */
import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createApplication } from '../../../src/http/router';
import { createExchange, type SiteFunctions } from '../../../src/wix/exchange';
import { openHttpFunctions } from '../../../src/wix/exchange-http-function';
import { json, startSite, text, type SiteStub } from '../../support/makers/site-stub';
import { EMAIL, logText, setting, ticketFor, verifier, type Setting } from '../../support/makers/setting';
import { jsonBody, listen, type Answer, type Listening } from '../../support/makers/listening';

const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Outage {
  readonly answer: (response: ServerResponse) => void;
  readonly code: string;
  readonly status: number;
  /** Whether the ticket can be redeemed again. */
  readonly again: boolean;
}

const outages: readonly [string, Outage][] = [
  [
    'is down',
    { answer: (response) => response.destroy(), code: 'WIX_UNAVAILABLE', status: 503, again: true },
  ],
  ['never answers', { answer: () => undefined, code: 'WIX_TIMEOUT', status: 503, again: true }],
  [
    'is cut off by Wix after 14 s',
    { answer: text(504, 'Gateway Timeout'), code: 'WIX_TIMEOUT', status: 503, again: true },
  ],
  [
    'is over its rate',
    { answer: text(429, 'Too Many Requests'), code: 'WIX_RATE_LIMITED', status: 503, again: true },
  ],
  [
    'fails',
    { answer: json(500, { error: 'SITE_FAILED' }), code: 'WIX_UNAVAILABLE', status: 503, again: true },
  ],
  [
    'has no collection yet',
    {
      answer: json(503, { error: 'SITE_STORE_UNAVAILABLE' }),
      code: 'WIX_UNAVAILABLE',
      status: 503,
      again: true,
    },
  ],
  [
    'has moved',
    {
      answer: text(301, '', { location: 'https://elsewhere.example/' }),
      code: 'WIX_REDIRECTED',
      status: 502,
      again: false,
    },
  ],
  [
    'refuses the signature',
    {
      answer: json(401, { error: 'SITE_SIGNATURE_INVALID' }),
      code: 'WIX_ASSERTION_REFUSED',
      status: 502,
      again: false,
    },
  ],
  [
    'refuses the member',
    {
      answer: json(403, { error: 'SITE_EMAIL_DENIED', message: EMAIL }),
      code: 'WIX_MEMBER_REFUSED',
      status: 403,
      again: false,
    },
  ],
  [
    'has no such function',
    { answer: text(404, '<h1>404</h1>'), code: 'WIX_FUNCTION_MISSING', status: 502, again: false },
  ],
  [
    'says that the assertion was used',
    {
      answer: json(409, { error: 'SITE_ASSERTION_USED' }),
      code: 'WIX_ASSERTION_REFUSED',
      status: 502,
      again: false,
    },
  ],
  [
    'answers with a web page',
    { answer: text(200, `<html>${EMAIL}`), code: 'WIX_ANSWER_INVALID', status: 502, again: false },
  ],
  [
    'answers with an empty token',
    { answer: json(200, { sessionToken: '' }), code: 'WIX_ANSWER_INVALID', status: 502, again: false },
  ],
  [
    'answers without end',
    { answer: text(200, ' '.repeat(100_000)), code: 'WIX_ANSWER_INVALID', status: 502, again: false },
  ],
];

describe('a site that', () => {
  let world: Setting;
  let server: Listening;
  let site: SiteStub;
  let functions: SiteFunctions;

  beforeEach(async () => {
    world = setting();
    site = await startSite();
    functions = openHttpFunctions(site.url, 250);
    const { clock, random, serviceProvider } = world.context;
    world.exchange = createExchange(functions, {
      key,
      issuer: serviceProvider.entityId,
      audience: site.url,
      clock,
      random,
    });
    server = await listen(createApplication(world.context));
  });

  afterEach(async () => {
    await server.stop();
    await functions.close();
    await site.stop();
  });

  const redeem = (ticket: string): Promise<Answer> =>
    server.send(
      '/session-token',
      jsonBody({ ticket, codeVerifier: verifier }, { origin: 'https://www.portal.example' }),
    );

  it.each(outages)('%s', async (_what, { answer, code, status, again }) => {
    const ticket = await ticketFor(world);
    const healthy = site.answer;
    site.answer = answer;
    const refused = await redeem(ticket);
    expect(refused.status).toBe(status);
    const { error, reference } = JSON.parse(refused.body) as Record<string, string>;
    expect(error).toBe(code);
    expect(refused.headers['retry-after']).toBe(status === 503 ? '2' : undefined);
    expect(world.lines).toMatchObject([
      {
        event: 'refused',
        fields: { code, reference, connection: 'acme', site: 'portal', ticketGivenBack: again },
      },
    ]);
    expect(site.received).toHaveLength(1);
    expect(logText(world) + refused.body).not.toContain(EMAIL);
    expect(logText(world)).not.toContain(ticket);
    expect(logText(world)).not.toContain('eyJ');

    site.answer = healthy;
    const second = await redeem(ticket);
    expect(second.status).toBe(again ? 200 : 410);
    if (again) expect((await redeem(ticket)).status).toBe(410);
  });

  it('wants a pause gets it: the page is told how long, a minute at most', async () => {
    for (const [asked, told] of [
      ['7', '7'],
      ['600', '60'],
      ['0', '2'],
    ] as const) {
      site.answer = text(429, '', { 'retry-after': asked });
      expect((await redeem(await ticketFor(world))).headers['retry-after']).toBe(told);
    }
  });

  it('is slow is asked once, however many pages ask with one ticket', async () => {
    const ticket = await ticketFor(world);
    const healthy = site.answer;
    site.answer = (response, body) => void setTimeout(() => healthy(response, body), 60);
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(ticket)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(410)]);
    expect(site.received).toHaveLength(1);
  });

  it('is asked again gets an assertion with another jti', async () => {
    const ticket = await ticketFor(world);
    site.answer = text(504, '');
    await redeem(ticket);
    await redeem(ticket);
    const [first, second] = site.received.map(({ body }) => body);
    expect(first).not.toBe(second);
  });
});
