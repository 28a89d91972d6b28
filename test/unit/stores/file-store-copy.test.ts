/** A copy of a store that is in use: one moment of it, put back in its place, with nothing in it that can be spent again. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SsoError } from '../../../src/core/errors';
import { systemClock, systemRandom } from '../../../src/server/system';
import { copyFileStore } from '../../../src/stores/file-copy';
import type { StoreFormat } from '../../../src/stores/file-directory';
import { thisMachine, type Machine } from '../../../src/stores/file-machine';
import { createFileStore } from '../../../src/stores/file-store';
import type { StateStore } from '../../../src/stores/state-store';
import { startStoreProcess } from '../../support/makers/store-process';

const MARKER = 'wix-saml-store.json';
const HOUR = 3_600_000;
const ports = { clock: systemClock, random: systemRandom };

let home: string;
let directory: string;
let into: string;
const opened: StateStore[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wix-saml-copy-'));
  directory = join(home, 'data');
  into = join(home, 'copy');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  rmSync(home, { recursive: true, force: true });
});

interface Opening {
  readonly where?: string;
  readonly format?: StoreFormat;
  readonly machine?: Machine;
}

function open({ where = directory, ...more }: Opening = {}): StateStore {
  const store = createFileStore({ directory: where, ...ports, ...more });
  opened.push(store);
  return store;
}

const copy = (more: Omit<Opening, 'where'> = {}) => copyFileStore({ directory, into, ...ports, ...more });

async function refusal(copying: Promise<unknown>): Promise<SsoError> {
  const error: unknown = await copying.catch((thrown: unknown) => thrown);
  if (!(error instanceof SsoError)) throw new Error('was not refused', { cause: error });
  return error;
}

it('is made while others write, keeps claims and documents, and holds nothing that can be spent', async () => {
  const store = open();
  const keys = Array.from({ length: 200 }, (_, index) => String(index));
  await Promise.all(keys.map((key) => store.put(`ticket:${key}`, key, HOUR)));
  await Promise.all(keys.map((key) => store.claim(`assertion:${key}`, HOUR)));
  const version = await store.putIf('keys/one', 'document', undefined);
  const other = await startStoreProcess({ directory, workers: 8, name: 'other' });
  const bytes = await copy();
  const spent = await Promise.all(keys.map((key) => store.take(`ticket:${key}`)));
  const lines = await other.kill();
  expect(spent).toEqual(keys);
  expect(lines.filter((line) => line.startsWith('wrong'))).toEqual([]);
  expect(bytes).toBe(statSync(join(into, 'data.mdb')).size);

  const restored = open({ where: into });
  const theirs = lines.filter((line) => line.startsWith('put ')).map((line) => line.slice(4));
  expect(theirs.length).toBeGreaterThan(0);
  for (const key of [...keys, ...theirs]) expect(await restored.take(`ticket:${key}`)).toBeUndefined();
  for (const key of keys) expect(await restored.claim(`assertion:${key}`, HOUR)).toBe(false);
  expect(await restored.get('keys/one')).toEqual({ value: 'document', version });
  await restored.put('ticket:new', 'new', HOUR);
  expect(await restored.take('ticket:new')).toBe('new');
});

it('a ticket that was spent a second after the copy stays spent when the copy takes the place at once', async () => {
  const store = open();
  await store.put('ticket:a', 'a', HOUR);
  await copy();
  expect(await store.take('ticket:a')).toBe('a');
  await store.close();
  renameSync(directory, join(home, 'away'));
  cpSync(into, directory, { recursive: true, preserveTimestamps: true });
  expect(await open().take('ticket:a')).toBeUndefined();
});

it('put back a second time, it has forgotten what was put after the first', async () => {
  await open().putIf('keys/one', 'document', undefined);
  await copy();
  cpSync(into, join(home, 'first'), { recursive: true });
  const first = open({ where: join(home, 'first') });
  await first.put('ticket:a', 'a', HOUR);
  cpSync(into, join(home, 'second'), { recursive: true });
  expect(await open({ where: join(home, 'second') }).take('ticket:a')).toBeUndefined();
});

it('leaves a store that nobody has open as it was', async () => {
  const store = open();
  await store.put('ticket:a', 'a', HOUR);
  await store.close();
  const before = statSync(join(directory, 'data.mdb')).ctimeMs;
  await copy();
  expect(statSync(join(directory, 'data.mdb')).ctimeMs).toBe(before);
  expect(readdirSync(directory).filter((name) => name.endsWith('.sock'))).toEqual([]);
  expect(await open().take('ticket:a')).toBe('a');
});

it('is for this user alone, and has no files but the store’s', async () => {
  await open().put('ticket:a', 'a', HOUR);
  await copy();
  expect(statSync(into).mode & 0o777).toBe(0o700);
  const files = readdirSync(into).map((name) => [name, statSync(join(into, name)).mode & 0o777]);
  expect(files).toEqual([
    ['data.mdb', 0o600],
    [MARKER, 0o600],
  ]);
});

describe('nothing is left behind where no copy can be made:', () => {
  const left = (): string[] => readdirSync(home);

  it('there is no store', async () => {
    mkdirSync(directory);
    const { code, detail } = await refusal(copy());
    expect([code, detail.problem]).toEqual(['STATE_DIRECTORY_UNUSABLE', `there is no store in ${directory}`]);
    expect(left()).toEqual(['data']);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('the place is taken, also by an empty directory or a file', async () => {
    await open().ping();
    mkdirSync(into);
    expect((await refusal(copy())).detail.problem).toBe(`${into} is there already`);
    rmSync(into, { recursive: true });
    writeFileSync(into, 'somebody’s');
    expect((await refusal(copy())).detail.problem).toBe(`${into} is there already`);
    expect(readFileSync(into, 'utf8')).toBe('somebody’s');
  });

  it('there is no parent to make it in', async () => {
    await open().ping();
    into = join(home, 'nowhere', 'copy');
    expect(await refusal(copy())).toMatchObject({ code: 'STATE_DIRECTORY_UNUSABLE' });
    expect(left()).toEqual(['data']);
  });

  it('others may write to the directory', async () => {
    await open().ping();
    chmodSync(directory, 0o777);
    expect((await refusal(copy())).detail.problem).toMatch(/may be written by other users/);
    expect(left()).toEqual(['data']);
  });

  it('the service runs in another container', async () => {
    await open({ machine: { ...thisMachine, pidNamespace: () => '1' } }).ping();
    const here = { ...thisMachine, pidNamespace: () => '2' };
    expect(await refusal(copy({ machine: here }))).toMatchObject({ code: 'STATE_DIRECTORY_SHARED' });
    expect(left()).toEqual(['data']);
  });
});

describe('one version up and one down', () => {
  const format = (made: number, readableBy: number): StoreFormat => ({ format: made, readableBy });
  const marked = (where: string) => JSON.parse(readFileSync(join(where, MARKER), 'utf8')) as unknown;

  it('a copy is put back under the next version, with its documents', async () => {
    await open({ format: format(1, 1) }).putIf('keys/one', 'document', undefined);
    await copy({ format: format(1, 1) });
    const later = open({ where: into, format: format(2, 2) });
    expect(await later.get('keys/one')).toMatchObject({ value: 'document' });
    expect(marked(into)).toEqual(format(2, 2));
  });

  it('the copy from before an upgrade is the way back to the earlier version', async () => {
    const before = open({ format: format(1, 1) });
    await before.putIf('keys/one', 'document', undefined);
    await copy({ format: format(1, 1) });
    await before.close();
    await open({ format: format(2, 2) }).ping();
    expect(await refusal(open({ format: format(1, 1) }).ping())).toMatchObject({
      code: 'STATE_FORMAT_NEWER',
    });
    const back = open({ where: into, format: format(1, 1) });
    expect(await back.get('keys/one')).toMatchObject({ value: 'document' });
  });

  it('the earlier version copies what the later one lets it read, and does not call it its own', async () => {
    await open({ format: format(2, 1) }).putIf('keys/one', 'document', undefined);
    await copy({ format: format(1, 1) });
    expect(marked(into)).toEqual(format(2, 1));
  });

  it('the earlier version does not copy what it cannot read', async () => {
    await open({ format: format(2, 2) }).ping();
    const refused = await refusal(copy({ format: format(1, 1) }));
    expect(refused).toMatchObject({ code: 'STATE_FORMAT_NEWER' });
    expect(readdirSync(home)).toEqual(['data']);
  });
});
