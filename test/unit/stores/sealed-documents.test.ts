import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { limits } from '../../../src/core/limits';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { sealedDocuments } from '../../../src/stores/sealed-documents';
import { StateKeys } from '../../../src/stores/state-keys';
import type { StateStore, StoredDocument } from '../../../src/stores/state-store';

const random = { bytes: (count: number) => randomBytes(count) };
const ours = randomBytes(32);
const grants = { administrators: ['ada'] };
const name = 'grants/acme';
const unreadable = { code: 'STATE_DOCUMENT_UNREADABLE' };

/** A store into which somebody else can put whatever document, with whatever version. */
function hostile() {
  const memory = createMemoryStore({ now: () => 0 });
  const planted = new Map<string, StoredDocument>();
  const written: { name: string; value: string; version: string }[] = [];
  const store: StateStore = {
    ...memory,
    get: async (place) => planted.get(place) ?? (await memory.get(place)),
    putIf: async (place, value, expected) => {
      const watched = (version: string): string => {
        const text = typeof value === 'string' ? value : value(version);
        written.push({ name: place, value: text, version });
        return text;
      };
      return memory.putIf(place, watched, expected);
    },
  };
  const open = (...keys: [Buffer, ...Buffer[]]) =>
    sealedDocuments({ store, random, stateKeys: new StateKeys(keys) });
  return { store, memory, planted, written, open };
}

describe('a sealed document', () => {
  it('comes back as the JSON that it was, with the version of the store', async () => {
    const { open } = hostile();
    const documents = open(ours);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const held = await documents.get(name);
        const version = await documents.putIf(name, value, held?.version);
        expect(Number(version)).toBeGreaterThan(Number(held?.version ?? 0));
        expect(await documents.get(name)).toEqual({
          value: JSON.parse(JSON.stringify(value)) as unknown,
          version,
        });
        expect(await documents.list('grants/')).toEqual([{ name, version }]);
      }),
    );
  });

  it('is changed and deleted only for who names its version', async () => {
    const documents = hostile().open(ours);
    const first = await documents.putIf(name, 1, undefined);
    expect(await documents.putIf(name, 2, undefined)).toBeUndefined();
    const second = (await documents.putIf(name, 2, first)) ?? '';
    expect(await documents.putIf(name, 3, first)).toBeUndefined();
    expect(await documents.get(name)).toEqual({ value: 2, version: second });
    expect(await documents.delete(name, String(first))).toBe(false);
    expect(await documents.delete(name, second)).toBe(true);
    expect(await documents.get(name)).toBeUndefined();
    expect(await documents.putIf(name, 4, undefined)).toBeDefined();
    expect(await documents.get(name)).toMatchObject({ value: 4 });
  });

  it('shows the store nothing of its content', async () => {
    const { open, memory } = hostile();
    await open(ours).putIf(name, grants, undefined);
    const { value = '' } = (await memory.get(name)) ?? {};
    expect(value).not.toContain('ada');
    expect(Buffer.from(value.slice(3), 'base64url').toString('latin1')).not.toContain('ada');
  });

  it.each([undefined, () => 1, Symbol('x')])('is no %p', async (value) => {
    await expect(hostile().open(ours).putIf(name, value, undefined)).rejects.toThrow(TypeError);
  });

  it('is believed by all processes while the store key changes', async () => {
    const next = randomBytes(32);
    const { open } = hostile();
    const version = await open(ours).putIf(name, grants, undefined);
    expect(await open(next, ours).get(name)).toMatchObject({ value: grants });
    await open(next, ours).putIf(name, { administrators: [] }, version);
    expect(await open(ours, next).get(name)).toMatchObject({ value: { administrators: [] } });
    expect(await open(next).get(name)).toMatchObject({ value: { administrators: [] } });
  });
});

describe('somebody who can write to the store but lacks the store key', () => {
  it('makes no document: it is an error and not absent', async () => {
    const { open } = hostile();
    const theirs = open(randomBytes(32));
    const documents = open(ours);
    await theirs.putIf(name, { administrators: ['mallory'] }, undefined);
    await expect(documents.get(name)).rejects.toMatchObject(unreadable);
  });

  it.each([
    '',
    'd',
    'd.',
    'd0.',
    'd0.AAAA',
    `d0.${'A'.repeat(80)}`,
    'x',
    '{}',
    'null',
    JSON.stringify(grants),
  ])('is not believed for having written %j', async (value) => {
    const { open, planted } = hostile();
    planted.set(name, { value, version: '1' });
    await expect(open(ours).get(name)).rejects.toMatchObject(unreadable);
  });

  it('changes no bit of one', async () => {
    const { open, memory, planted } = hostile();
    await open(ours).putIf(name, grants, undefined);
    const { value, version } = (await memory.get(name)) ?? { value: '', version: '' };
    const start = value.indexOf('.') + 1;
    const bytes = Buffer.from(value.slice(start), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const forged = Buffer.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ 1;
      planted.set(name, { value: value.slice(0, start) + forged.toString('base64url'), version });
      await expect(open(ours).get(name)).rejects.toMatchObject(unreadable);
    }
  });

  it('moves none to another name or collection', async () => {
    const { open, memory, planted } = hostile();
    await open(ours).putIf(name, grants, undefined);
    const stored = await memory.get(name);
    for (const elsewhere of ['grants/globex', 'links/acme']) {
      if (stored !== undefined) planted.set(elsewhere, stored);
      await expect(open(ours).get(elsewhere)).rejects.toMatchObject(unreadable);
    }
  });

  it('puts no old one under a newer version, also before a process that has seen nothing', async () => {
    const { open, memory, planted } = hostile();
    const documents = open(ours);
    const first = await documents.putIf(name, grants, undefined);
    const old = await memory.get(name);
    const second = (await documents.putIf(name, { administrators: [] }, first)) ?? '';
    for (const version of [second, '999', '0', '01', '']) {
      planted.set(name, { value: old?.value ?? '', version });
      await expect(open(ours).get(name)).rejects.toMatchObject(unreadable);
    }
  });

  it('puts no old one back with its old version before who has seen a later one', async () => {
    const { open, memory, planted } = hostile();
    const [writer, reader] = [open(ours), open(ours)];
    const first = await writer.putIf(name, grants, undefined);
    const old = await memory.get(name);
    await writer.putIf(name, { administrators: [] }, first);
    await reader.get(name);
    if (old !== undefined) planted.set(name, old);
    await expect(writer.get(name)).rejects.toMatchObject(unreadable);
    await expect(reader.get(name)).rejects.toMatchObject(unreadable);
  });

  it('brings no value to life that lost its race', async () => {
    const { open, planted, written, store } = hostile();
    const winner = open(ours);
    const first = await winner.putIf(name, grants, undefined);
    await winner.get(name);
    // The loser's value is made for a later version than the winner's, and is refused for its expectation.
    const late = sealedDocuments({
      random,
      stateKeys: new StateKeys([ours]),
      store: {
        ...store,
        putIf: (place, value, expected) => {
          written.push({
            name: place,
            value: typeof value === 'string' ? value : value('50'),
            version: '50',
          });
          return store.putIf(place, 'not used', expected);
        },
      },
    });
    await winner.putIf(name, { administrators: [] }, first);
    expect(await late.putIf(name, { administrators: ['ada', 'eve'] }, first)).toBeUndefined();
    const lost = written.find(({ version }) => version === '50');
    planted.set(name, { value: lost?.value ?? '', version: '50' });
    await expect(winner.get(name)).rejects.toMatchObject(unreadable);
  });

  it('is noticed when it sets the versions back', async () => {
    const { open, store } = hostile();
    let set = (version: string): string => version;
    const documents = sealedDocuments({
      random,
      stateKeys: new StateKeys([ours]),
      store: {
        ...store,
        putIf: (place, value, expected) =>
          store.putIf(
            place,
            (version) => (typeof value === 'string' ? value : value(set(version))),
            expected,
          ),
      },
    });
    const first = await documents.putIf(name, 1, undefined);
    set = () => String(first);
    await expect(documents.putIf(name, 2, first)).rejects.toMatchObject(unreadable);
    expect(await open(ours).get(name)).toMatchObject({ value: 1 });
  });
});

describe('the memory of versions', () => {
  it('takes an answer that a change of our own has overtaken for what it is', async () => {
    const { store } = hostile();
    let answer = (): void => undefined;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    let isSlow = false;
    const documents = sealedDocuments({
      random,
      stateKeys: new StateKeys([ours]),
      store: {
        ...store,
        get: async (place) => {
          const stored = await store.get(place);
          if (isSlow) await gate;
          return stored;
        },
      },
    });
    const first = await documents.putIf(name, 'old', undefined);
    isSlow = true;
    const reading = documents.get(name);
    await documents.putIf(name, 'new', first);
    answer();
    expect(await reading).toMatchObject({ value: 'old' });
    isSlow = false;
    expect(await documents.get(name)).toMatchObject({ value: 'new' });
  });

  it('forgets the documents that were used longest ago', async () => {
    const stateKeys = new StateKeys([ours]);
    const memory = createMemoryStore({ now: () => 0 });
    const documents = sealedDocuments({ store: memory, random, stateKeys });
    const first = await documents.putIf('grants/first', 1, undefined);
    const old = await memory.get('grants/first');
    await documents.putIf('grants/first', 2, first);
    // Written by whoever; only the versions are of interest.
    const many = sealedDocuments({
      random,
      stateKeys,
      store: { ...memory, putIf: () => Promise.resolve('7'), get: () => Promise.resolve(old) },
    });
    await many.putIf('grants/first', 3, undefined);
    await expect(many.get('grants/first')).rejects.toMatchObject(unreadable);
    for (let index = 0; index <= limits.documentVersionsRemembered; index += 1)
      await many.putIf(`grants/${String(index)}`, 0, undefined);
    expect(await many.get('grants/first')).toMatchObject({ value: 1 });
  });
});
