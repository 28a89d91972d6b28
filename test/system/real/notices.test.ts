/** The built service and a receiver of its notices: a store that goes and comes back, and the first failure of a connection. */

import { startIdp, type LocalIdp, signInOverHttp } from '../../support/idp';
import { freePort } from '../../support/makers/free-port';
import { startWixSite } from '../../support/makers/made-site';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { isGenuine, startWebhookReceiver, type WebhookReceiver } from '../../support/makers/webhook-receiver';
import type { WixSite } from '../../support/wix';
import { describeReal } from './processes';
import { startService, type Service } from './service';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

describeReal(
  hasRedis,
  'Redis',
  'redis-server',
)('the notices of a service', () => {
  let redis: RedisServer;
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let hook: WebhookReceiver;

  beforeAll(async () => {
    const redisPort = await freePort();
    redis = await startRedis(redisPort);
    hook = await startWebhookReceiver();
    idp = await startIdp();
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({
      ...{ port, site, idpMetadataXml: idp.metadataXml, state: redis.url, files: { 'hook.secret': secret } },
      // Nothing listens at port 9: a mail server that is not there costs no sign-in.
      more: `\nnotify:\n  to: ops@example.com\n  smtp: { host: 127.0.0.1, port: 9, from: wix-saml@example.com }\n  webhooks:\n    - { url: "${hook.url}", secretFile: hook.secret }\n`,
    });
    idp.registerServiceProvider(service.metadataXml);
  });

  afterAll(async () => {
    await service.stop();
    await site.stop();
    await idp.close();
    await redis.stop();
    await hook.close();
  });

  async function signIn(change: (response: string) => string = (same) => same): Promise<number> {
    const tab = await site.openTab();
    await tab.goto('/');
    const leftTo = (await tab.click('#signInButton')).leftTo ?? '';
    const form = await signInOverHttp(await fetch(leftTo, { redirect: 'manual' }), leftTo, 'alice');
    const body = new URLSearchParams({
      SAMLResponse: change(form.samlResponse),
      RelayState: form.relayState ?? '',
    });
    const { status } = await fetch(`${service.baseUrl}/saml/acs`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    return status;
  }

  const told = (): string[] => hook.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

  const tampered = (response: string): string =>
    Buffer.from(Buffer.from(response, 'base64').toString().replaceAll('alice@', 'mallo@')).toString('base64');

  it('tell of the first failure after people have signed in, and of no other', async () => {
    expect(await signIn(tampered)).toBe(403);
    expect(await signIn()).toBe(200);
    expect(await signIn(tampered)).toBe(403);
    expect(await signIn(tampered)).toBe(403);
    await hook.arrived(1);
    expect(await signIn()).toBe(200);
    expect(told()).toEqual(['connection.failing']);
    expect(hook.received[0]?.body).not.toMatch(/alice|mallo/);
  });

  it('tell that the store is away, and that it is back', async () => {
    const { url } = redis;
    await redis.stop();
    await hook.arrived(2);
    redis = await startRedis(Number(new URL(url).port));
    await hook.arrived(3);
    expect(told()).toEqual(['connection.failing', 'state.away', 'state.back']);
    for (const received of hook.received) expect(await isGenuine(received, secret, Date.now())).toBe(true);
  }, 40_000);
});
