/** A data file that LMDB cannot map: it used to end the process by SIGSEGV or SIGBUS, at every start, without a word. */
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkStoreDirectory } from '../../../src/admin/check-state';
import { SsoError } from '../../../src/core/errors';
import { systemClock, systemRandom } from '../../../src/server/system';
import { copyFileStore } from '../../../src/stores/file-copy';
import { faultOfFile } from '../../../src/stores/file-header';
import { createFileStore } from '../../../src/stores/file-store';
import { startStoreProcess } from '../../support/makers/store-process';

let template: string;
let home: string;
let directory: string;
let file: string;
let whole: Buffer;
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'wix-saml-header-'));
  const store = createFileStore({ directory: template, clock: systemClock, random: systemRandom });
  await Promise.all(Array.from({ length: 300 }, (_, index) => store.claim(`assertion:${index}`, 3_600_000)));
  await store.close();
  whole = readFileSync(join(template, 'data.mdb'));
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wix-saml-header-'));
  directory = join(home, 'data');
  file = join(directory, 'data.mdb');
  cpSync(template, directory, { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const edited = (offset: number, value: number): Buffer => {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32LE(value, offset);
  return bytes;
};

const damages: readonly (readonly [name: string, damage: () => Buffer, problem: RegExp])[] = [
  ['another file', () => Buffer.alloc(16_384, 'A'), /is no data of ours/],
  ['zeros, as some disks leave after a power cut', () => Buffer.alloc(whole.length), /is no data of ours/],
  ['half of a copy', () => half(whole), /is cut off/],
  ['the first page of a copy', () => whole.subarray(0, 4096), /is cut off/],
  ['a few bytes of a copy', () => whole.subarray(0, 100), /is cut off/],
  ['a second page of something else', () => edited(4096 + 24, 0), /is no data of ours/],
  ['a page size that there is not', () => edited(48, 4095), /is no data of ours/],
  ['a page size beyond all', () => edited(48, 131_072), /is no data of ours/],
];

it.each(damages)(
  '%s refuses sign-ins in one sentence, and nothing is written',
  async (_, damage, problem) => {
    const damaged = Buffer.from(damage());
    writeFileSync(file, damaged);
    let now = systemClock.now();
    const store = createFileStore({ directory, clock: { now: () => now }, random: systemRandom });
    const error: unknown = await store.claim('assertion:new', 60_000).catch((thrown: unknown) => thrown);
    if (!(error instanceof SsoError)) throw new Error('was not refused');
    expect(error.code).toBe('STATE_DIRECTORY_UNUSABLE');
    expect(error.detail.problem).toMatch(problem);
    expect(error.detail.problem).toMatch(/put a backup back/);
    expect(readFileSync(file).equals(damaged)).toBe(true);
    expect(checkStoreDirectory(directory)).toMatchObject([
      { path: 'state', problem: expect.stringMatching(problem) as string },
    ]);
    // Put right, it goes on by itself.
    writeFileSync(file, whole);
    now += 5000;
    expect(await store.claim('assertion:0', 3_600_000)).toBe(false);
    expect(checkStoreDirectory(directory)).toEqual([]);
    await store.close();
  },
);

it('is not copied either', async () => {
  writeFileSync(file, half(whole));
  const copying = copyFileStore({
    directory,
    into: join(home, 'copy'),
    clock: systemClock,
    random: systemRandom,
  });
  await expect(copying).rejects.toMatchObject({ code: 'STATE_DIRECTORY_UNUSABLE' });
});

it('an empty file is one that LMDB was about to make', async () => {
  truncateSync(file, 0);
  const store = createFileStore({ directory, clock: systemClock, random: systemRandom });
  expect(await store.claim('assertion:new', 60_000)).toBe(true);
  await store.close();
});

it('never finds fault with a file that is there, missing, or being written', async () => {
  expect(faultOfFile(file)).toBeUndefined();
  expect(faultOfFile(join(directory, 'missing'))).toBeUndefined();
  const other = await startStoreProcess({ directory, workers: 16, name: 'other' });
  const until = performance.now() + 400;
  const found = new Set<string | undefined>();
  let looks = 0;
  for (; performance.now() < until; looks += 1) {
    found.add(faultOfFile(file));
    if (looks % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const lines = await other.kill();
  expect(lines.filter((line) => line.startsWith('claimed')).length).toBeGreaterThan(0);
  expect([...found]).toEqual([undefined]);
});
