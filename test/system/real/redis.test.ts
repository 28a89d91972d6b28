// Two processes of the service with one Redis: whoever began, either may finish, and what is spent is spent for both.

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
)('two processes with one Redis', () => {
  let redis: RedisServer;
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let other: Awaited<ReturnType<Service['again']>>;

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
  });

  afterAll(async () => {
    await other.stop();
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
      Array.from({ length: 20 }, (_, index) => post(index % 2 === 0 ? service.baseUrl : other.baseUrl, form)),
    );
    const pages = await Promise.all(answers.map((answer) => answer.text()));
    expect(pages.filter((page) => onwardOf(page)?.includes('ticket='))).toHaveLength(1);
  });
});
