import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { authenticStore } from '../../../src/stores/authentic-store';
import { putSealed, takeSealed } from '../../../src/stores/sealed-store';
import type { StateStore } from '../../../src/stores/state-store';
import { describeStateStore } from './state-store.contract';

const makeKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const keys = [makeKey(), makeKey()] as const;
const random = { bytes: (count: number) => randomBytes(count) };

function stores() {
  let now = 1_800_000_000_000;
  const shared: StateStore = createMemoryStore({ now: () => now });
  const advance = (ms: number) => Promise.resolve(void (now += ms));
  return { shared, store: authenticStore(shared, [keys[0]]), advance };
}

describe('a store that others can write to', () => {
  describeStateStore(
    () => {
      const { store, advance } = stores();
      return Promise.resolve({ store, advance });
    },
    { tick: 1, runs: 100 },
  );

  it('does not believe a ticket that somebody else chose, sealed and put there', async () => {
    const { shared, store } = stores();
    const id = randomBytes(32).toString('base64url');
    const forged = { email: 'victim@acme.example', site: 'portal', expiresAt: 9_999_999_999_999 };
    await putSealed({ store: shared, random }, { kind: 'ticket', id }, forged, 60_000);
    expect(await takeSealed(store, 'ticket', id)).toBeUndefined();
    // The same record is there for who asks without the proof: it is the proof that is missing.
    await putSealed({ store: shared, random }, { kind: 'ticket', id }, forged, 60_000);
    expect(await takeSealed(shared, 'ticket', id)).toEqual(forged);
  });

  it('does not believe a record that was moved, changed, shortened or signed by other keys', async () => {
    const { shared, store } = stores();
    const record = async (): Promise<string> => {
      await store.put('ticket:a', 'value', 60_000);
      return (await shared.take('ticket:a')) ?? '';
    };
    const honest = await record();
    await shared.put('ticket:a', honest, 60_000);
    expect(await store.take('ticket:a')).toBe('value');
    const others = authenticStore(shared, [makeKey()]);
    const attempts: [place: string, value: string][] = [
      ['ticket:b', honest],
      ['request:a', honest],
      ['ticket:a', `${honest}x`],
      ['ticket:a', honest.slice(0, -1)],
      ['ticket:a', honest.slice(0, 43)],
      ['ticket:a', honest.slice(0, 10)],
      ['ticket:a', 'value'],
    ];
    for (const [place, value] of attempts) {
      await shared.put(place, value, 60_000);
      expect(await store.take(place)).toBeUndefined();
    }
    await others.put('ticket:a', 'value', 60_000);
    expect(await store.take('ticket:a')).toBeUndefined();
  });

  it('lets processes before and after a change of keys read each other', async () => {
    const { shared } = stores();
    const before = authenticStore(shared, [keys[0], keys[1]]);
    const after = authenticStore(shared, [keys[1], keys[0]]);
    await before.put('request:1', 'old', 60_000);
    expect(await after.take('request:1')).toBe('old');
    await after.put('request:2', 'new', 60_000);
    expect(await before.take('request:2')).toBe('new');
  });
});
