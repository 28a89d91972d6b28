// The store contract on a real Cluster and under real Sentinels; and over TLS with a CA of one's own. About 10 s.

import { createRedisStore } from '../../../src/stores/redis-store';
import type { StateStore } from '../../../src/stores/state-store';
import { setTimeout as wait } from 'node:timers/promises';
import { startCluster, startSentinels, until, type RedisSet } from '../../support/makers/redis-sets';
import { hasRedis } from '../../support/makers/redis-server';
import { describeStateStore } from '../../unit/stores/state-store.contract';
import { describeReal } from '../real/processes';

const answers = (store: StateStore) => (): Promise<boolean> =>
  store.ping().then(
    () => true,
    () => false,
  );

const sets = [
  ['a Cluster of three nodes', startCluster],
  ['the master of three Sentinels', startSentinels],
] as const;

for (const [what, startSet] of sets) {
  describeReal(
    hasRedis,
    'Redis',
    'redis-server',
  )(what, () => {
    let set: RedisSet;
    let store: StateStore;
    let other: StateStore;

    beforeAll(async () => {
      set = await startSet();
      store = createRedisStore({ url: set.url });
      other = createRedisStore({ url: set.url });
      await until(answers(store));
      await until(answers(other));
    });

    afterAll(async () => {
      await store.close();
      await other.close();
      await set.stop();
    });

    describeStateStore(() => Promise.resolve({ store, other, advance: (ms) => wait(ms + 5) }), {
      tick: 60,
      runs: 10,
    });
  });
}
