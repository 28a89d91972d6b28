/** The steps of a rotation, over a store in memory, with processes that confirm and some that do not. */

import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { OwnConfirmation, leaseMs, runningProcesses } from '../../../src/admin/own-keys/key-processes';
import { documentOf, readKeyState, type KeyUse } from '../../../src/admin/own-keys/key-state';
import { keysInUse, shownForEncryption } from '../../../src/admin/own-keys/keys-in-use';
import { readKeyStates } from '../../../src/admin/own-keys/read-key-states';
import { rotateKeys, type RotationPorts } from '../../../src/admin/own-keys/rotate-keys';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { sealedDocuments, type SealedDocuments } from '../../../src/stores/sealed-documents';
import { StateKeys } from '../../../src/stores/state-keys';

const DAY = 86_400_000;
const signing: KeyUse = { purpose: 'signing' };
const encryption: KeyUse = { purpose: 'encryption' };
const portal: KeyUse = { purpose: 'exchange', site: 'portal' };
const id = (letter: string): string => letter.repeat(64);

let now: number;
let documents: SealedDocuments;
let made: number;
let siteKeys: string[] | string;
let discarded: string[];
let gone: boolean;
let ports: RotationPorts;
beforeEach(() => {
  now = 1_000_000;
  made = 0;
  siteKeys = [];
  discarded = [];
  gone = false;
  const clock = { now: () => now };
  const random = { bytes: (count: number) => randomBytes(count) };
  const store = createMemoryStore(clock);
  documents = sealedDocuments({ store, stateKeys: new StateKeys([randomBytes(32)]), random });
  ports = {
    clock,
    random,
    documents,
    isGone: () => gone,
    configuredKey: () => id('a'),
    makeKey: () => {
      const file = `key-${String((made += 1))}`;
      return Promise.resolve({ id: id(String(made)), file, discard: () => void discarded.push(file) });
    },
    keysOfSite: () => Promise.resolve(siteKeys),
  };
});

const take = (use: KeyUse, step: 'publish' | 'switch' | 'retire', undo = false) =>
  rotateKeys([use], { step, undo, keepDays: 3 }, ports);
async function stages(use: KeyUse): Promise<string> {
  const state = (await readKeyStates(documents)).get(documentOf(use));
  return (state?.keys ?? []).map((key) => `${key.id.slice(0, 1)} ${key.stage}`).join(', ');
}
async function inUse(use: KeyUse) {
  const state = (await readKeyStates(documents)).get(documentOf(use));
  const configured = [{ id: id('a'), key: 'a' }] as const;
  const found = ['1', '2', '3'].map((key) => ({ id: id(key), key }));
  const keys = keysInUse(configured, state, found, now);
  if ('missing' in keys) throw new Error('a key is missing');
  return {
    active: keys.active.key,
    announced: keys.announced.map(({ key }) => key),
    others: keys.others.map(({ key }) => key),
    shown: shownForEncryption(keys, state, now).map(({ key }) => key),
  };
}

describe('a rotation', () => {
  it('goes its three steps and can be taken back at each', async () => {
    await take(signing, 'publish');
    expect(await stages(signing)).toBe('a active, 1 next');
    await take(signing, 'publish', true);
    expect(await stages(signing)).toBe('a active');
    await take(signing, 'publish');
    await take(signing, 'switch');
    expect(await stages(signing)).toBe('a previous, 2 active');
    await take(signing, 'switch', true);
    expect(await stages(signing)).toBe('a active, 2 next');
    await take(signing, 'switch');
    await take(signing, 'retire');
    expect(await stages(signing)).toBe('a retired, 2 active');
    await take(signing, 'retire', true);
    expect(await stages(signing)).toBe('a previous, 2 active');
    await take(signing, 'retire');
    await take(signing, 'publish');
    await take(signing, 'switch');
    expect(await stages(signing)).toBe('a retired, 2 previous, 3 active');
    expect(await inUse(signing)).toMatchObject({ active: '3', announced: ['2'] });
  });

  it.each([
    ['switch', false],
    ['retire', false],
    ['publish', true],
    ['switch', true],
    ['retire', true],
  ] as const)('refuses %s (undo: %s) before it began, and writes nothing', async (step, undo) => {
    expect(await take(signing, step, undo)).toMatchObject({ ok: false, steps: [] });
    expect((await readKeyStates(documents)).size).toBe(0);
  });

  it('makes no second key while one is on its way', async () => {
    await take(signing, 'publish');
    expect(await take(signing, 'publish')).toMatchObject({ ok: false });
    expect(made).toBe(1);
  });

  it('lets one of two win who publish at once, and keeps no key of the other', async () => {
    const outcomes = await Promise.all([take(signing, 'publish'), take(signing, 'publish')]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(discarded).toHaveLength(1);
    expect(await stages(signing)).toMatch(/^a active, [12] next$/);
  });
});

describe('a step', () => {
  const confirm = (generations: Record<string, number>, problems = {}, name = 'one') =>
    new OwnConfirmation(documents, name, ports.clock).write({ host: 'here', pid: 7, generations, problems });

  it('waits for every running process, and not for one that is gone', async () => {
    await take(signing, 'publish');
    await confirm({}, { 'keys/signing': 'cannot be read' });
    expect(await take(signing, 'switch')).toMatchObject({
      ok: false,
      reasons: ['signing: here, process 7: cannot be read'],
    });
    await confirm({ 'keys/signing': 1 }, {}, 'two');
    now += 2 * leaseMs;
    expect(await runningProcesses(documents, now, () => false)).toEqual([]);
    expect(await take(signing, 'switch')).toMatchObject({ ok: true, processes: 0 });
  });

  it('does not wait for one that is known to have ended, such as by kill -9', async () => {
    await take(signing, 'publish');
    await confirm({});
    expect(await take(signing, 'switch')).toMatchObject({ ok: false });
    gone = true;
    expect(await take(signing, 'switch')).toMatchObject({ ok: true, processes: 0 });
  });

  it('goes on when all have confirmed', async () => {
    await take(signing, 'publish');
    await confirm({ 'keys/signing': 1 });
    const switching = take(signing, 'switch');
    await wait(50);
    await confirm({ 'keys/signing': 2 }, {}, 'one');
    expect(await switching).toMatchObject({ ok: true });
  });

  it('of the exchange key waits for the site', async () => {
    await take(portal, 'publish');
    siteKeys = 'WIX_TIMEOUT';
    expect(await take(portal, 'switch')).toMatchObject({ ok: false });
    siteKeys = [id('a')];
    expect(await take(portal, 'switch')).toMatchObject({ ok: false });
    siteKeys = [id('a'), id('1')];
    expect(await take(portal, 'switch')).toMatchObject({ ok: true });
    expect(await inUse(portal)).toMatchObject({ active: '1', announced: ['a'] });
  });
});

describe('encryption keys', () => {
  it('are shown when all can decrypt, and decrypt as long as asked', async () => {
    await take(encryption, 'publish');
    expect(await inUse(encryption)).toMatchObject({ shown: ['a'], others: ['1'] });
    now += 60_000;
    expect(await inUse(encryption)).toMatchObject({ shown: ['a', '1'] });
    await take(encryption, 'switch');
    expect(await inUse(encryption)).toMatchObject({ shown: ['1'], others: ['a'] });
    await take(encryption, 'retire');
    now += 3 * DAY - 1;
    expect(await inUse(encryption)).toMatchObject({ shown: ['1'], others: ['a'] });
    now += 1;
    expect(await inUse(encryption)).toMatchObject({ active: '1', others: [] });
  });
});

describe('documents', () => {
  it('of a week ago are readable after every rotation', async () => {
    await documents.putIf('links/one', { granted: true }, undefined);
    now += 7 * DAY;
    siteKeys = [id('3')];
    for (const use of [signing, encryption, portal]) {
      for (const step of ['publish', 'switch', 'retire'] as const) {
        expect(await take(use, step)).toMatchObject({ ok: true });
      }
    }
    expect((await documents.get('links/one'))?.value).toEqual({ granted: true });
  });

  it.each([
    ['nothing', undefined],
    [
      'two active keys',
      { generation: 1, keys: [1, 2].map(() => ({ id: id('a'), stage: 'active', since: 1 })) },
    ],
    ['no active key', { generation: 1, keys: [] }],
    [
      'a file elsewhere',
      { generation: 1, keys: [{ id: id('a'), stage: 'active', since: 1, file: '../../etc/key' }] },
    ],
  ])('with %s are refused', (_title, value) => {
    expect(() => readKeyState('keys/signing', value)).toThrow(
      expect.objectContaining({ code: 'STATE_DOCUMENT_UNREADABLE' }) as Error,
    );
  });
});
