import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { SsoError } from '../../../src/core/errors';
import { checkSite, createExchange, type SiteFunctions } from '../../../src/wix/exchange';
import type { ExchangeSigner } from '../../../src/wix/exchange-assertion';
import { openHttpFunctions } from '../../../src/wix/exchange-http-function';
import type { Exchange } from '../../../src/wix/site';
import { issueTicket, type SessionTicket } from '../../../src/wix/ticket';
import { EMAIL, grant, member, setting } from '../../support/makers/setting';
import { json, startSite, text, type SiteStub } from '../../support/makers/site-stub';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('the exchange by HTTP function', () => {
  let site: SiteStub;
  let functions: SiteFunctions;
  let exchange: Exchange;
  let signer: ExchangeSigner;
  let ticket: SessionTicket;

  beforeEach(async () => {
    const world = setting();
    site = await startSite();
    signer = {
      key: privateKey,
      issuer: 'https://sso.example.com/saml/metadata',
      audience: site.url,
      clock: world.clock,
      random: { bytes: (count) => randomBytes(count) },
    };
    functions = openHttpFunctions(site.url, 300);
    exchange = createExchange(functions, signer);
    ticket = await issueTicket(world.context, member(), grant());
  });

  afterEach(async () => {
    await functions.close();
    await site.stop();
  });

  it('posts the assertion, and nothing else, to the site’s function', async () => {
    expect((await exchange(ticket)).reveal()).toBe('JWS.token');
    const [call] = site.received;
    expect(call).toMatchObject({ method: 'POST', path: '/_functions/samlSession' });
    expect(call?.headers['content-type']).toBe('application/json');
    expect(call?.headers.authorization).toBeUndefined();
    expect(call?.headers.cookie).toBeUndefined();
    const body = JSON.parse(call?.body ?? '') as { assertion: string };
    expect(Object.keys(body)).toEqual(['assertion']);
    expect(decodeJwt(body.assertion)).toMatchObject({ sub: EMAIL, aud: site.url });
  });

  it('keeps the path of a site that has one', async () => {
    const inPath = openHttpFunctions(`${site.url}/my-site`);
    await createExchange(inPath, signer)(ticket);
    expect(site.received[0]?.path).toBe('/my-site/_functions/samlSession');
    await inPath.close();
  });

  it('keeps its connections for the next calls', async () => {
    for (let round = 0; round < 20; round += 1) await exchange(ticket);
    // The pool may open a second one while the first is just becoming free.
    expect(site.connections()).toBeLessThanOrEqual(2);
  });

  it('tries once: what to do next is not decided here', async () => {
    site.answer = json(503, { error: 'SITE_FAILED', message: '' });
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_UNAVAILABLE' });
    expect(site.received).toHaveLength(1);
  });

  it('says when the site wants to be asked again', async () => {
    site.answer = text(429, 'Too Many Requests', { 'retry-after': '17' });
    await expect(exchange(ticket)).rejects.toMatchObject({ detail: { status: 429, retryAfter: 17 } });
    site.answer = text(429, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' });
    const { detail } = (await exchange(ticket).catch((error: unknown) => error)) as SsoError;
    expect(detail).toEqual({ status: 429 });
  });

  it('does not follow a redirect', async () => {
    site.answer = text(307, '', { location: `${site.url}/elsewhere` });
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_REDIRECTED' });
    expect(site.received).toHaveLength(1);
  });

  it('gives up on a site that does not answer', async () => {
    site.answer = () => undefined;
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_TIMEOUT' });
  });

  it('gives up on a site that answers drop by drop', async () => {
    site.answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 30);
      response.on('close', () => clearInterval(timer));
    };
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_TIMEOUT' });
  });

  it('stops reading an answer without end', async () => {
    site.answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(' '.repeat(200_000));
    };
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_ANSWER_INVALID' });
  });

  it('says that a site is unavailable when the connection breaks', async () => {
    site.answer = (response) => response.destroy();
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_UNAVAILABLE' });
  });

  it('says that a site is unavailable when nobody listens', async () => {
    const { url } = site;
    await site.stop();
    const nobody = openHttpFunctions(url, 300);
    const refusal: unknown = await createExchange(nobody, signer)(ticket).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'WIX_UNAVAILABLE', detail: { problem: 'ECONNREFUSED' } });
    await nobody.close();
    site = await startSite();
  });

  it('works again after a failure', async () => {
    site.answer = (response) => response.destroy();
    await expect(exchange(ticket)).rejects.toMatchObject({ code: 'WIX_UNAVAILABLE' });
    site.answer = json(200, { sessionToken: 'JWS.again' });
    expect((await exchange(ticket)).reveal()).toBe('JWS.again');
  });

  it('says nothing of the assertion or the address when it fails', async () => {
    for (const answer of [text(500, 'oops'), text(200, 'ada@acme.example'), text(404, '')]) {
      site.answer = answer;
      const refusal: unknown = await exchange(ticket).catch((error: unknown) => error);
      expect(JSON.stringify(refusal)).not.toMatch(/ada|eyJ/);
      expect(String(refusal)).not.toMatch(/ada|eyJ/);
    }
  });

  it('may be closed before it was ever used', async () => {
    await expect(openHttpFunctions(site.url).close()).resolves.toBeUndefined();
  });
});

describe('the check of a site', () => {
  it('asks the other function with an assertion of the other type and returns what it says', async () => {
    const site = await startSite();
    const functions = openHttpFunctions(site.url);
    site.answer = json(200, { version: '0.1.0', problems: [] });
    const signer = {
      key: privateKey,
      issuer: 'https://sso.example.com/saml/metadata',
      audience: site.url,
      clock: { now: () => 0 },
      random: { bytes: (count: number) => randomBytes(count) },
    };
    const answer = await checkSite(functions, signer);
    expect(answer.get('version')).toBe('0.1.0');
    expect(site.received[0]?.path).toBe('/_functions/samlSessionCheck');
    site.answer = text(200, '[]');
    await expect(checkSite(functions, signer)).rejects.toMatchObject({ code: 'WIX_ANSWER_INVALID' });
    await functions.close();
    await site.stop();
  });
});
