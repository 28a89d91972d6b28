// The emulator has to misbehave as Wix does, or what is proven on it says nothing.

import { createHmac } from 'node:crypto';
import type { WixSite, WixSiteOptions } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import {
  callFunction,
  CHECK,
  exchange,
  sign,
  signingKey,
  siteConfiguration,
  startConfiguredSite,
  type SigningKey,
} from '../../support/makers/site-fixture';

let key: SigningKey;
const sites: WixSite[] = [];

beforeAll(async () => {
  key = await signingKey('k1');
});
afterAll(() => Promise.all(sites.map((site) => site.stop())));

async function open(options: WixSiteOptions = {}): Promise<WixSite> {
  const site = await startConfiguredSite([key], options);
  sites.push(site);
  return site;
}

const post = (site: WixSite, body: string, path = '/_functions/samlSession'): Promise<Response> =>
  fetch(site.url + path, { method: 'POST', body, redirect: 'manual' });
const session = async (): Promise<string> => JSON.stringify({ assertion: await sign(key) });

describe('the session token', () => {
  it('has the shape that Wix documents: JWS., HS256, data as text, usable for two minutes', async () => {
    const site = await open({ tokenForm: 'documented' });
    const token = await site.sessionToken('ada@acme.com');
    const [prefix, header, payload] = token.split('.');
    expect(prefix).toBe('JWS');
    const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    expect(decode(header!)).toEqual({ kid: 'PIzodbbB', alg: 'HS256' });
    const { data } = decode(payload!) as { data: string };
    const parsed = JSON.parse(data) as Record<string, number>;
    expect(parsed['expirationTime']! - parsed['creationTime']!).toBe(120_000);
    expect(parsed['expiresIn']).toBe(1_209_600_000);
  });

  const apply = async (site: WixSite, sessionToken: string): Promise<number> =>
    // The platform's own address, which is not below the site's path.
    (
      await fetch(`${site.origin}/__wix/session-token`, {
        method: 'POST',
        body: JSON.stringify({ sessionToken }),
      })
    ).status;

  it('is accepted once or twice, as the switch says', async () => {
    const [many, once] = [await open({ tokenSingleUse: false }), await open({ tokenSingleUse: true })];
    const [first, second] = [await many.sessionToken('a@acme.com'), await once.sessionToken('a@acme.com')];
    expect([await apply(many, first), await apply(many, first)]).toEqual([200, 200]);
    expect([await apply(once, second), await apply(once, second)]).toEqual([200, 401]);
  });

  it('is refused when forged, when of another site and when older than two minutes', async () => {
    const [site, other] = [await open(), await open()];
    const token = await site.sessionToken('a@acme.com');
    const [, header, payload] = token.split('.');
    const forged = createHmac('sha256', 'guess').update(`${header!}.${payload!}`).digest('base64url');
    expect(await apply(site, `JWS.${header!}.${payload!}.${forged}`)).toBe(401);
    expect(await apply(other, token)).toBe(401);
    await site.setClockOffset(121_000);
    expect(await apply(site, token)).toBe(401);
  });
});

describe('HTTP functions', () => {
  it('exist below the site’s path and as -dev, by method and name', async () => {
    const site = await open({ sitePath: '/mysite' });
    expect((await exchange(site, await sign(key))).status).toBe(200);
    expect((await post(site, await session(), '/_functions-dev/samlSession')).status).toBe(200);
    expect((await fetch(`${site.url}/_functions/samlSession`)).status).toBe(404);
    expect((await fetch(`${site.origin}/_functions/samlSession`, { method: 'POST' })).status).toBe(404);
    expect((await post(site, '', '/_functions/unknown')).status).toBe(404);
  });

  it('are cut off with 504 while they run on', async () => {
    const site = await open({ handlerTimeoutMs: 1 });
    const before = (await site.state()).tokensIssued;
    expect((await post(site, await session())).status).toBe(504);
    for (let tries = 0; tries < 50 && (await site.state()).tokensIssued === before; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await site.state()).tokensIssued).toBe(before + 1);
  });

  it('answer 429 beyond so many in a minute', async () => {
    const site = await open({ requestsPerMinute: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await post(site, '{}')).status);
    expect(statuses).toEqual([400, 400, 429]);
  });

  it('misbehave as ordered, as often as ordered', async () => {
    const site = await open();
    await site.setFault({
      function: 'samlSession',
      kind: 'redirect',
      location: 'https://evil.example/',
      times: 1,
    });
    const redirect = await post(site, await session());
    expect([redirect.status, redirect.headers.get('location')]).toEqual([301, 'https://evil.example/']);
    await site.setFault({ status: 429, headers: { 'retry-after': '7' }, times: 1 });
    const busy = await post(site, await session());
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7']);
    await site.setFault({ kind: 'nonsense', times: 1 });
    expect(await (await post(site, await session())).text()).toContain('<!doctype');
    await site.setFault({ kind: 'huge', times: 1 });
    expect(await (await post(site, await session())).text()).toHaveLength(2_000_000);
    await site.setFault({ kind: 'reset', times: 1 });
    await expect(post(site, await session())).rejects.toThrow();
    await site.setFault({ kind: 'slow', delayMs: 80, status: 503, times: 1 });
    expect((await post(site, await session())).status).toBe(503);
    expect((await post(site, await session())).status).toBe(200);
  });

  it('may lose the answer of a call that did happen', async () => {
    const site = await open();
    await site.setFault({ status: 504, after: true, times: 1 });
    const assertion = await sign(key);
    expect((await post(site, JSON.stringify({ assertion }))).status).toBe(504);
    expect((await exchange(site, assertion)).status).toBe(409);
    // A fresh assertion is what a client retries with.
    expect((await exchange(site, await sign(key))).status).toBe(200);
  });
});

describe('a site with several containers', () => {
  it('still gives one token for one assertion', async () => {
    const site = await open({ containers: 3 });
    const assertion = await sign(key);
    const answers = await Promise.all(Array.from({ length: 9 }, () => exchange(site, assertion)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('does so although reads are answered by a mirror that lags', async () => {
    const site = await open({ containers: 2, mirrorLagMs: 60_000 });
    const assertion = await sign(key);
    expect((await exchange(site, assertion)).status).toBe(200);
    expect((await exchange(site, assertion)).status).toBe(409);
  });
});

describe('the variants of the site’s files', () => {
  it('work with the old modules', async () => {
    const site = await open({ modules: 'old' });
    expect((await exchange(site, await sign(key))).status).toBe(200);
  });

  it('read a secret that comes as a bare text', async () => {
    const site = await open({ secretShape: 'text' });
    expect((await exchange(site, await sign(key))).status).toBe(200);
  });

  async function withSignOn(): Promise<WixSite> {
    const site = await startWixSite({
      signOn: true,
      secrets: { saml_config: JSON.stringify(siteConfiguration([key], { mint: 'signOn' })) },
    });
    sites.push(site);
    return site;
  }

  it('mint by Sign On with the names of the person, and no more than names', async () => {
    const site = await withSignOn();
    const profile = { firstName: 'Ada', lastName: 'Lovelace', nickname: 'x'.repeat(101), labels: ['admin'] };
    expect((await exchange(site, await sign(key, { profile }))).status).toBe(200);
    const { members } = await site.state();
    expect(members).toMatchObject([
      { email: 'ada@acme.com', name: 'Ada Lovelace', contact: { firstName: 'Ada', lastName: 'Lovelace' } },
    ]);
  });

  it('answer 502 where Sign On is not permitted, and never fall back by themselves', async () => {
    const site = await withSignOn();
    await site.setMemberFault('signOn');
    const answer = await exchange(site, await sign(key));
    expect([answer.status, answer.body['error']]).toEqual([502, 'SITE_TOKEN_NOT_ISSUED']);
    expect((await site.state()).tokensIssued).toBe(0);
  });

  it('wait for the owner on sites with manual approval, from the first sign-in on', async () => {
    const site = await open({ manualApproval: true, createdReadable: true });
    for (let times = 0; times < 2; times += 1) {
      const answer = await exchange(site, await sign(key));
      expect([answer.status, answer.body['error']]).toEqual([403, 'SITE_MEMBER_PENDING']);
    }
    await site.setMember({ email: 'ada@acme.com', status: 'APPROVED' });
    expect((await exchange(site, await sign(key))).status).toBe(200);
  });

  it('tell their state to the check on every variant', async () => {
    for (const options of [{ modules: 'old' }, { secretShape: 'text' }, { sitePath: '/mysite' }] as const) {
      const site = await open(options);
      const assertion = await sign(key, {}, { typ: CHECK });
      const { body } = await callFunction(site, 'samlSessionCheck', JSON.stringify({ assertion }));
      expect(body['problems']).toEqual([]);
    }
  });
});

describe('the endpoints of wixapis.com', () => {
  it('sign on with the right key and site only', async () => {
    const site = await open({ apiKey: 'IST.right', siteId: 'site-1' });
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (
        await fetch(`${site.origin}/_api/iam/authentication/v2/sign-on`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ loginId: { email: 'ada@acme.com' } }),
        })
      ).status;
    expect(await ask({})).toBe(403);
    expect(await ask({ authorization: 'IST.wrong', 'wix-site-id': 'site-1' })).toBe(403);
    expect(await ask({ authorization: 'IST.right', 'wix-site-id': 'site-2' })).toBe(403);
    expect(await ask({ authorization: 'IST.right', 'wix-site-id': 'site-1' })).toBe(200);
  });
});

describe('the process', () => {
  it('ends with whoever started it', async () => {
    const site = await open();
    await site.stop();
    await expect(fetch(site.url)).rejects.toThrow();
    expect(() => process.kill(site.pid!, 0)).toThrow();
  });
});
