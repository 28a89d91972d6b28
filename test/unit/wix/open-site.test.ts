/** The way to a site, with the clock and the randomness of whoever opens it. */

import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { Secret } from '../../../src/core/secret';
import { checkSite } from '../../../src/wix/exchange';
import { openSite, type ReachableSite } from '../../../src/wix/open-site';
import { json, startSite } from '../../support/makers/site-stub';

const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const system = {
  clock: { now: () => 1_900_000_000_000 },
  random: { bytes: (count: number) => Buffer.alloc(count, 1) },
};
const at = (url: string, exchange: ReachableSite['exchange']): ReachableSite => ({
  name: 'portal',
  displayName: 'Portal',
  url,
  landingPage: '/sso',
  signedOutPage: '/',
  origins: [url],
  exchange,
});

describe('an open site', () => {
  it('signs as we are, for this site, by the given clock', async () => {
    const stub = await startSite();
    stub.answer = json(200, {});
    const { functions, signer } = openSite(
      at(stub.url, { via: 'httpFunction', key }),
      'https://sp.example',
      system,
    );
    await checkSite(functions, signer);
    await functions.close();
    await stub.stop();
    const { assertion } = JSON.parse(stub.received[0]?.body ?? '') as { assertion: string };
    expect(decodeJwt(assertion)).toMatchObject({
      iss: 'https://sp.example',
      aud: stub.url,
      iat: 1_900_000_000,
      jti: Buffer.alloc(20, 1).toString('base64url'),
    });
  });

  it('goes by Wix’ API where the site says so, and opens nothing before the first call', async () => {
    const way = { via: 'invoke', key, apiKey: new Secret('IST.abc'), siteId: 'abc' } as const;
    const { site, functions } = openSite(at('https://www.example.com', way), 'https://sp.example', system);
    expect(site.exchange).toBe(way);
    await functions.close();
  });
});
