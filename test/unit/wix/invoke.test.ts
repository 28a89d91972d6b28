import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Secret } from '../../../src/core/secret';
import { createExchange } from '../../../src/wix/exchange';
import { openInvokeFunctions } from '../../../src/wix/exchange-invoke';
import { issueTicket } from '../../../src/wix/ticket';
import { grant, member, setting } from '../../support/makers/setting';

const API_KEY = 'IST.api-key';
const signer = {
  key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  issuer: 'https://sso.example.com/saml/metadata',
  audience: 'https://www.portal.example',
  clock: { now: () => 0 },
  random: { bytes: (count: number) => randomBytes(count) },
};

interface Call {
  readonly url: string;
  readonly init: RequestInit;
}

/** Runs the real SDK; only the network is ours. */
async function exchangeWith(answer: (call: Call) => Promise<Response> | Response, timeoutMs = 300) {
  const calls: Call[] = [];
  const functions = openInvokeFunctions({
    apiKey: new Secret(API_KEY),
    siteId: 'site-id',
    timeoutMs,
    fetch: async (input, init = {}) => {
      const call = { url: input instanceof Request ? input.url : input.toString(), init };
      calls.push(call);
      return answer(call);
    },
  });
  const ticket = await issueTicket(setting().context, member(), grant());
  const outcome = createExchange(functions, signer)(ticket);
  return { calls, outcome, close: () => functions.close() };
}

const token = () => Response.json({ sessionToken: 'JWS.token' });

describe('the exchange by invoke', () => {
  it('calls Wix’ API once with the key, and the function with the assertion', async () => {
    const { calls, outcome, close } = await exchangeWith(token);
    expect((await outcome).reveal()).toBe('JWS.token');
    expect(calls).toHaveLength(1);
    const [{ url, init }] = calls as [Call];
    expect(url).toBe('https://www.wixapis.com/velo/v1/http/invoke/samlSession');
    expect(init.method).toBe('POST');
    const headers = new Headers(init.headers);
    expect(headers.get('authorization')).toBe(API_KEY);
    expect(headers.get('wix-site-id')).toBe('site-id');
    expect(headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(init.body as string)).toEqual({ assertion: expect.stringMatching(/^eyJ/) as string });
    await close();
  });

  it('neither follows a redirect nor lets the key follow one', async () => {
    const { calls, outcome } = await exchangeWith(
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    );
    await expect(outcome).rejects.toMatchObject({ code: 'WIX_REDIRECTED' });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.init.redirect).toBe('manual');
  });

  it.each([
    [401, 'WIX_ASSERTION_REFUSED'],
    [403, 'WIX_MEMBER_REFUSED'],
    [404, 'WIX_FUNCTION_MISSING'],
    [429, 'WIX_RATE_LIMITED'],
    [500, 'WIX_UNAVAILABLE'],
    [504, 'WIX_TIMEOUT'],
  ])('reads status %d as %s', async (status, code) => {
    const { outcome } = await exchangeWith(() => Response.json({ error: 'SITE_X' }, { status }));
    await expect(outcome).rejects.toMatchObject({ code, detail: { status, siteError: 'SITE_X' } });
  });

  it('reads when to ask again', async () => {
    const headers = { 'retry-after': '3' };
    const { outcome } = await exchangeWith(() => Response.json({}, { status: 429, headers }));
    await expect(outcome).rejects.toMatchObject({ detail: { status: 429, retryAfter: 3 } });
  });

  it('gives up in time', async () => {
    const { outcome } = await exchangeWith(
      ({ init }) =>
        new Promise((_, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
        }),
      50,
    );
    await expect(outcome).rejects.toMatchObject({ code: 'WIX_TIMEOUT' });
  });

  it('stops reading an answer without end', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const { outcome } = await exchangeWith(() => new Response(endless));
    await expect(outcome).rejects.toMatchObject({ code: 'WIX_ANSWER_INVALID' });
    expect(sent).toBeLessThan(20);
  });

  it('says that Wix is unavailable when the network fails, without the text of the failure', async () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    const { outcome } = await exchangeWith(() => Promise.reject(new TypeError(`sent ${API_KEY}`, { cause })));
    const refusal: unknown = await outcome.catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'WIX_UNAVAILABLE', detail: { problem: 'ENOTFOUND' } });
    expect(JSON.stringify(refusal)).not.toContain(API_KEY);
  });

  it('accepts an answer without a body as what it is: no token', async () => {
    const { outcome } = await exchangeWith(() => new Response(null, { status: 200 }));
    await expect(outcome).rejects.toMatchObject({ code: 'WIX_ANSWER_INVALID' });
  });
});
