import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { putSealed, takeSealed } from '../../../src/stores/sealed-store';
import type { StateStore } from '../../../src/stores/state-store';

const random = { bytes: (count: number) => randomBytes(count) };

/** A store that a curious operator looks into and a hostile one writes to. */
function openStore() {
  const records = new Map<string, string>();
  const store: StateStore = {
    put: (key, value) => Promise.resolve(void records.set(key, value)),
    take: (key) => {
      const value = records.get(key);
      records.delete(key);
      return Promise.resolve(value);
    },
    claim: () => Promise.reject(new Error('not used')),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return { store, random, records };
}

const id = 'Jq8Zx0Tn3mB5cV7yL1kW9sD2fG4hP6rE0aU8iO5xQ3M';
const record = { email: 'ada@acme.example', site: 'portal' };

describe('a sealed record', () => {
  it('opens for who knows its id, once', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, 1000);
    expect(await takeSealed(open.store, 'ticket', id)).toEqual(record);
    expect(await takeSealed(open.store, 'ticket', id)).toBeUndefined();
  });

  it('shows the store neither the id nor anything of the record', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, 1000);
    const seen = JSON.stringify([...open.records]);
    for (const secret of [id, 'ada', 'acme', 'portal']) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(Buffer.from(secret).toString('base64url').slice(0, -2));
    }
  });

  it('never looks the same twice', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, 1000);
    const [first] = [...open.records.values()];
    await putSealed(open, { kind: 'ticket', id }, record, 1000);
    expect([...open.records.values()]).not.toContain(first);
  });

  it('does not stand in for a record of another kind, even when it is moved there', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'request', id }, record, 1000);
    expect(await takeSealed(open.store, 'ticket', id)).toBeUndefined();
    const [value = ''] = [...open.records.values()];
    await putSealed(open, { kind: 'ticket', id }, {}, 1000);
    const ticketKey = [...open.records.keys()].find((key) => key.startsWith('ticket:')) ?? '';
    open.records.set(ticketKey, value);
    expect(await takeSealed(open.store, 'ticket', id)).toBeUndefined();
  });

  it('does not stand in for another id, even when it is moved there', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, 1000);
    const [value = ''] = [...open.records.values()];
    open.records.clear();
    await putSealed(open, { kind: 'ticket', id: 'other' }, {}, 1000);
    const [otherKey = ''] = [...open.records.keys()];
    open.records.set(otherKey, value);
    expect(await takeSealed(open.store, 'ticket', 'other')).toBeUndefined();
  });

  it('counts as absent when a single bit of it was changed', async () => {
    const open = openStore();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (position, bit) => {
        await putSealed(open, { kind: 'ticket', id }, record, 1000);
        const [[key, value]] = [...open.records] as [[string, string]];
        const bytes = Buffer.from(value.slice(1), 'base64url');
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        open.records.set(key, value.slice(0, 1) + bytes.toString('base64url'));
        expect(await takeSealed(open.store, 'ticket', id)).toBeUndefined();
      }),
    );
  });

  it.each([
    '',
    'a',
    'b',
    'a!!!!',
    `a${'A'.repeat(20)}`,
    `b${'A'.repeat(80)}`,
    '{"email":"eve@evil.example"}',
  ])('counts as absent when the store answers %j', async (planted) => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, 1000);
    const [key = ''] = [...open.records.keys()];
    open.records.set(key, planted);
    expect(await takeSealed(open.store, 'ticket', id)).toBeUndefined();
  });

  it('carries every JSON record unchanged', async () => {
    const open = openStore();
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        await putSealed(open, { kind: 'request', id }, value, 1000);
        expect(await takeSealed(open.store, 'request', id)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
