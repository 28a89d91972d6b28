// E7: AES-CBC is warned about when an IdP really used it: seen at a sign-in, kept in the store, told by `check`. About 2 s.

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sortWarnings } from '../../../src/config/acknowledgements';
import { Config } from '../../../src/config/config';
import { storedWarnings as storedWarningsOf } from '../../../src/server/stored-warnings';
import { cbcUse } from '../../../src/sso/cbc-use';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { sealedDocuments } from '../../../src/stores/sealed-documents';
import { newStateKey, StateKeys } from '../../../src/stores/state-keys';
import { startServiceProvider } from '../../catalogue/attacks/running-sp';
import { benignCases } from '../../catalogue/benign';
import { hasRedis, startRedis } from '../../support/makers/redis-server';

if (!hasRedis && process.env['CI'] !== 'true') {
  process.stderr.write(
    'SKIPPED: no redis-server on this machine, so what check reads from it is not proven.\n',
  );
}
const describeWithRedis = hasRedis || process.env['CI'] === 'true' ? describe : describe.skip;

const HOUR = 3_600_000;
const random = { bytes: (count: number) => randomBytes(count) };

describe('E7: the use of AES-CBC', () => {
  const start = Date.UTC(2026, 0, 15);
  let now = start;
  const documents = sealedDocuments({
    store: createMemoryStore({ now: () => now }),
    stateKeys: new StateKeys([newStateKey(random)]),
    random,
  });
  const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

  it('is kept for each connection, at most twice a day', async () => {
    let writes = 0;
    const counting = {
      ...documents,
      putIf: (...given: Parameters<typeof documents.putIf>) => ((writes += 1), documents.putIf(...given)),
    };
    const use = cbcUse(counting, { now: () => now });
    expect(await use.lastSeen('acme')).toBeUndefined();
    for (const hours of [0, 1, 11, 13]) {
      now = start + hours * HOUR;
      use.note('acme');
      await settled();
    }
    expect(writes).toBe(2);
    expect(await use.lastSeen('acme')).toBe(start + 13 * HOUR);
    expect(await use.lastSeen('globex')).toBeUndefined();
  });

  it('is noted again when the store was away', async () => {
    let isAway = true;
    const flaky = {
      ...documents,
      get: (name: string) => (isAway ? Promise.reject(new Error('away')) : documents.get(name)),
    };
    const use = cbcUse(flaky, { now: () => now });
    use.note('initech');
    await settled();
    isAway = false;
    use.note('initech');
    await settled();
    expect(await use.lastSeen('initech')).toBe(now);
  });
});

const storedWarnings = (config: Config) => storedWarningsOf(Config.partsOf(config));

describeWithRedis('E7: what check reads from Redis', () => {
  it('names the connection whose IdP used AES-CBC, and nothing before that', async () => {
    const redis = await startRedis();
    const benign = benignCases.find(({ id }) => id === 'B-enc-aes256cbc');
    if (benign === undefined) throw new Error('no such case');
    const sp = await startServiceProvider({ ...benign.serviceProvider, state: redis.url });
    try {
      expect(await storedWarnings(sp.config)).toEqual([]);
      await sp.send(benign.build(await sp.context()));
      let found = await storedWarnings(sp.config);
      for (let tries = 0; tries < 20 && found?.length === 0; tries += 1) {
        await pause(50);
        found = await storedWarnings(sp.config);
      }
      expect(found).toEqual([
        {
          code: 'CBC_USED',
          path: 'connections.acme.allowCbc',
          problem: expect.stringMatching(/encrypted with AES-CBC, last on \d{4}-\d\d-\d\d/) as unknown,
          hint: expect.stringMatching(/AES-GCM at the IdP, then write `allowCbc: false`/) as unknown,
        },
      ]);
      const one = {
        warning: 'CBC_USED',
        connection: 'acme',
        reason: 'AD FS',
        until: 1,
        path: '',
      } as const;
      const asked = { now: 0, sources: ['state'], ready: new Set(['acme']) } as const;
      expect(sortWarnings(found ?? [], [one], asked).open).toEqual([]);
    } finally {
      await sp.close();
      await redis.stop();
    }
  });
});

it('E7: nothing is asked where nothing is shared', async () => {
  const sp = await startServiceProvider();
  expect(await storedWarnings(sp.config)).toBeUndefined();
  await sp.close();
});
