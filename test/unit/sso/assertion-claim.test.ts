import { claimAssertion } from '../../../src/sso/assertion-claim';
import { createMemoryStore } from '../../../src/stores/memory-store';

const NOW = 1_800_000_000_000;
const IDP = 'https://idp.example.com';

function setting() {
  const clock = { now: () => NOW };
  const memory = createMemoryStore(clock);
  const claims: [key: string, ttlMs: number][] = [];
  const claim = (key: string, ttlMs: number): Promise<boolean> => {
    claims.push([key, ttlMs]);
    return memory.claim(key, ttlMs);
  };
  return { clock, store: { ...memory, claim }, claims };
}
const assertion = (id: string) => ({ id, validUntil: NOW + 5000 });

describe('claiming an assertion', () => {
  it('succeeds once, and lasts as long as a copy could be presented', async () => {
    const context = setting();
    expect(await claimAssertion(context, IDP, assertion('_a'))).toBe(true);
    expect(await claimAssertion(context, IDP, assertion('_a'))).toBe(false);
    expect(await claimAssertion(context, IDP, assertion('_b'))).toBe(true);
    expect(context.claims.map(([, ttlMs]) => ttlMs)).toEqual([5000, 5000, 5000]);
  });

  it('does not let the IdP https://a claim what belongs to https://a#b', async () => {
    const context = setting();
    expect(await claimAssertion(context, 'https://a', assertion('b#_x'))).toBe(true);
    expect(await claimAssertion(context, 'https://a#b', assertion('_x'))).toBe(true);
  });

  it('takes the same room for an ID of 300 kB, and shows the store neither ID nor IdP', async () => {
    const context = setting();
    await claimAssertion(context, IDP, assertion('_short'));
    await claimAssertion(context, IDP, assertion(`_${'long'.repeat(75_000)}`));
    const keys = context.claims.map(([key]) => key);
    expect(new Set(keys.map((key) => key.length)).size).toBe(1);
    expect(keys.join()).not.toMatch(/idp|short|long/);
  });
});
