import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { putSealed, takeSealed } from '../../../src/stores/sealed-store';
import { StateKeys } from '../../../src/stores/state-keys';
import type { StateStore } from '../../../src/stores/state-store';

const notUsed = () => Promise.reject(new Error('not used'));
const keyBytes = randomBytes(32);
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
    move: notUsed,
    claim: notUsed,
    peek: notUsed,
    enter: notUsed,
    names: notUsed,
    leave: notUsed,
    get: notUsed,
    putIf: notUsed,
    list: notUsed,
    delete: notUsed,
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return { store, random, records, stateKeys: new StateKeys([keyBytes]) };
}

const id = 'Jq8Zx0Tn3mB5cV7yL1kW9sD2fG4hP6rE0aU8iO5xQ3M';
const record = { email: 'ada@acme.example', site: 'portal' };

describe('a sealed record', () => {
  it('opens for who knows its id, once', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    expect(await takeSealed(open, 'ticket', id)).toEqual(record);
    expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
  });

  it('shows the store neither the id nor anything of the record', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    const seen = JSON.stringify([...open.records]);
    // Long enough that sealed octets do not spell one by chance, as two letters did.
    for (const secret of [id, record.email, JSON.stringify(record)]) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(Buffer.from(secret).toString('base64url').slice(0, -2));
    }
  });

  it('never looks the same twice', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    const [first] = [...open.records.values()];
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    expect([...open.records.values()]).not.toContain(first);
  });

  it('does not stand in for a record of another kind, even when it is moved there', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'request', id }, record, { ttlMs: 1000 });
    expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
    const [value = ''] = [...open.records.values()];
    await putSealed(open, { kind: 'ticket', id }, {}, { ttlMs: 1000 });
    const ticketKey = [...open.records.keys()].find((key) => key.startsWith('ticket:')) ?? '';
    open.records.set(ticketKey, value);
    expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
  });

  it('does not stand in for another id, even when it is moved there', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    const [value = ''] = [...open.records.values()];
    open.records.clear();
    await putSealed(open, { kind: 'ticket', id: 'other' }, {}, { ttlMs: 1000 });
    const [otherKey = ''] = [...open.records.keys()];
    open.records.set(otherKey, value);
    expect(await takeSealed(open, 'ticket', 'other')).toBeUndefined();
  });

  it('counts as absent when a single bit of it was changed', async () => {
    const open = openStore();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (position, bit) => {
        await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
        const [[key, value]] = [...open.records] as [[string, string]];
        const bytes = Buffer.from(value.slice(1), 'base64url');
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        open.records.set(key, value.slice(0, 1) + bytes.toString('base64url'));
        expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
      }),
    );
  });

  it.each([
    '',
    'a',
    'b',
    'b!!!!',
    `b${'A'.repeat(20)}`,
    `b${'A'.repeat(80)}`,
    `a${'A'.repeat(80)}`,
    '{"email":"eve@evil.example"}',
  ])('counts as absent when the store answers %j', async (planted) => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    const [key = ''] = [...open.records.keys()];
    open.records.set(key, planted);
    expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
  });

  it('carries every JSON record unchanged', async () => {
    const open = openStore();
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        await putSealed(open, { kind: 'request', id }, value, { ttlMs: 1000 });
        expect(await takeSealed(open, 'request', id)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not open without the store key, even for who knows the id', async () => {
    const open = openStore();
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    const theirs = new StateKeys([randomBytes(32)]);
    expect(await takeSealed({ ...open, stateKeys: theirs }, 'ticket', id)).toBeUndefined();
  });

  it('cannot be made by who lacks the store key, for an id of his own choice', async () => {
    const open = openStore();
    const theirs = { ...open, stateKeys: new StateKeys([randomBytes(32)]) };
    await putSealed(theirs, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    expect(open.records.size).toBe(1);
    expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
  });

  it('of the earlier format, sealed under the id alone, counts as absent', async () => {
    const open = openStore();
    const key = Buffer.from(hkdfSync('sha256', id, '', 'wix-saml sealed ticket', 32));
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
    const sealed = [
      Buffer.alloc(12),
      cipher.update(JSON.stringify(record)),
      cipher.final(),
      cipher.getAuthTag(),
    ];
    await putSealed(open, { kind: 'ticket', id }, {}, { ttlMs: 1000 });
    const [place = ''] = [...open.records.keys()];
    for (const format of ['a', 'b']) {
      open.records.set(place, format + Buffer.concat(sealed).toString('base64url'));
      expect(await takeSealed(open, 'ticket', id)).toBeUndefined();
    }
  });

  it('opens on both sides of a change of the store key, in the order of its steps', async () => {
    const next = randomBytes(32);
    const open = openStore();
    const steps = [[keyBytes], [keyBytes, next], [next, keyBytes], [next]] as const;
    for (const [index, before] of steps.slice(0, -1).entries()) {
      // Processes of two neighbouring steps run together; each must read the other's.
      const after = steps[index + 1] ?? before;
      for (const [writer, reader] of [
        [before, after],
        [after, before],
      ] as const) {
        await putSealed({ ...open, stateKeys: new StateKeys(writer) }, { kind: 'ticket', id }, record, {
          ttlMs: 1000,
        });
        expect(await takeSealed({ ...open, stateKeys: new StateKeys(reader) }, 'ticket', id)).toEqual(record);
      }
    }
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 1000 });
    expect(await takeSealed({ ...open, stateKeys: new StateKeys([next]) }, 'ticket', id)).toBeUndefined();
  });

  it('tells the store whether it may be pushed out', async () => {
    const open = openStore();
    const put = jest.spyOn(open.store, 'put');
    await putSealed(open, { kind: 'request', id }, record, { ttlMs: 1000, droppable: true });
    await putSealed(open, { kind: 'ticket', id }, record, { ttlMs: 2000 });
    expect(put.mock.calls.map(([, , ...rest]) => rest)).toEqual([
      [1000, { droppable: true }],
      [2000, {}],
    ]);
  });
});
