/** What every durable store promises to processes that share it: of any number of attempts in all of them one succeeds. */
import type { StateStore } from '../../../src/stores/state-store';
import { startStoreProcess, type StorePlace, type StoreProcess } from '../../support/makers/store-process';

const ATTEMPTS = 200;
const ROUNDS = 5;

export function describeTwoProcesses(
  open: () => { readonly place: StorePlace; readonly store: StateStore },
): void {
  describe('with two processes', () => {
    const processes: StoreProcess[] = [];
    let serial = 0;

    beforeAll(async () => {
      const { place } = open();
      processes.push(...(await Promise.all([startStoreProcess(place), startStoreProcess(place)])));
    });
    afterAll(() => Promise.all(processes.map((each) => each.kill())));

    const raced = async (verb: 'take' | 'move' | 'claim', key: string): Promise<number> => {
      const times = ATTEMPTS / processes.length;
      const won = await Promise.all(processes.map((each) => each.race({ verb, key, times })));
      return won.reduce((sum, each) => sum + each, 0);
    };

    it('gives a value to exactly one of two hundred parallel takers', async () => {
      const { store } = open();
      for (let round = 0; round < ROUNDS; round += 1) {
        const key = `ticket:raced-${String((serial += 1))}`;
        await store.put(key, 'value', 60_000);
        expect(await raced('take', key)).toBe(1);
        expect(await store.take(key)).toBeUndefined();
      }
    });

    it('moves a value for exactly one of two hundred parallel callers', async () => {
      const { store } = open();
      const key = `ticket:raced-${String((serial += 1))}`;
      await store.put(key, 'value', 60_000);
      expect(await raced('move', key)).toBe(1);
      expect(await store.take(`${key}-aside`)).toBe('value');
    });

    it('lets exactly one of two hundred parallel claimers win', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const key = `assertion:raced-${String((serial += 1))}`;
        expect(await raced('claim', key)).toBe(1);
        expect(await open().store.claim(key, 60_000)).toBe(false);
      }
    });
  });
}
