// Three processes of the service with one Redis: whoever began, any may finish, and what is spent is spent for all.

import { setTimeout as pause } from 'node:timers/promises';
import { onwardOf } from '../../support/onward';
import { signInOverHttp, startIdp, type CarriedResponse, type LocalIdp } from '../../support/idp';
import type { WixSite, WixTab } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { describeReal } from './processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from './service';

describeReal(
  hasRedis,
  'Redis',
  'redis-server',
)('three processes with one Redis', () => {
  let redis: RedisServer;
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let other: Awaited<ReturnType<Service['again']>>;
  let third: Awaited<ReturnType<Service['again']>>;

  beforeAll(async () => {
    redis = await startRedis();
    idp = await startIdp();
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({ port, site, idpMetadataXml: idp.metadataXml, state: redis.url });
    idp.registerServiceProvider(service.metadataXml);
    other = await service.again();
    third = await service.again();
  });

  afterAll(async () => {
    await other.stop();
    await third.stop();
    await service.stop();
    await site.stop();
    await idp.close();
    await redis.stop();
  });

  async function responseFromIdp(): Promise<{ tab: WixTab; form: CarriedResponse }> {
    const tab = await site.openTab();
    await tab.goto('/');
    const { leftTo } = await tab.click('#signInButton');
    const loginUrl = leftTo ?? '';
    const login = await fetch(loginUrl, { redirect: 'manual' });
    return { tab, form: await signInOverHttp(login, loginUrl, 'alice') };
  }

  const bases = (): string[] => [service.baseUrl, other.baseUrl, third.baseUrl];

  const post = (base: string, form: CarriedResponse): Promise<Response> =>
    fetch(`${base}/saml/acs`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ SAMLResponse: form.samlResponse, RelayState: form.relayState ?? '' }),
    });

  it('finishes at one what began at the other', async () => {
    const { tab, form } = await responseFromIdp();
    const answer = await post(other.baseUrl, form);
    expect(answer.status).toBe(200);
    const landed = await tab.goto(onwardOf(await answer.text()) ?? '');
    expect(landed.member).toMatchObject({ email: 'alice@example.com' });
  });

  it('#state.replay/redis accepts one Response once, however often and wherever it is posted at the same time', async () => {
    const { form } = await responseFromIdp();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => post(bases()[index % 3] ?? '', form)),
    );
    const pages = await Promise.all(answers.map((answer) => answer.text()));
    expect(pages.filter((page) => onwardOf(page)?.includes('ticket='))).toHaveLength(1);
  });

  it('refuses while Redis is away, says when to come again, and goes on by itself', async () => {
    const { tab, form } = await responseFromIdp();
    redis.pause();
    const away = await post(other.baseUrl, form);
    expect(away.status).toBe(503);
    expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await fetch(`${third.baseUrl}/readyz`)).status).toBe(503);
    expect((await fetch(`${third.baseUrl}/healthz`)).status).toBe(200);
    redis.resume();
    let answer = await post(other.baseUrl, form);
    for (let attempt = 0; attempt < 100 && answer.status === 503; attempt++) {
      await pause(100);
      answer = await post(other.baseUrl, form);
    }
    const page = await answer.text();
    // The take that waited in the stalled server may have spent the request: then the person is asked to begin again.
    if (answer.status === 200) expect((await tab.goto(onwardOf(page) ?? '')).member).toBeDefined();
    const again = await responseFromIdp();
    const landed = await again.tab.goto(onwardOf(await (await post(third.baseUrl, again.form)).text()) ?? '');
    expect(landed.member).toMatchObject({ email: 'alice@example.com' });
  });
});
