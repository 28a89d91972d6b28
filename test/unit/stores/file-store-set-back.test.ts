/** A store that was set back, by a power cut or by a backup: nothing that was spent is usable again. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../../src/server/system';
import { thisMachine } from '../../../src/stores/file-machine';
import { createFileStore } from '../../../src/stores/file-store';

let home: string;
let directory: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wix-saml-set-back-'));
  directory = join(home, 'data');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = (bootId: string, now = systemClock.now(), where = directory) =>
  createFileStore({
    directory: where,
    clock: { now: () => now },
    random: systemRandom,
    machine: { ...thisMachine, bootId: () => bootId },
  });

/** A ticket is spent after the last state that reached the disk; then that state is all there is. */
async function losesItsLastWrites(): Promise<void> {
  const store = open('boot-1');
  await store.put('ticket:a', 'a', 600_000);
  await store.claim('assertion:a', 600_000);
  await store.putIf('keys/one', 'document', undefined);
  await store.close();
  const flushed = readFileSync(join(directory, 'data.mdb'));
  const later = open('boot-1');
  expect(await later.take('ticket:a')).toBe('a');
  await later.close();
  writeFileSync(join(directory, 'data.mdb'), flushed);
}

it('drops what was put when the machine was started anew, and keeps claims and documents', async () => {
  await losesItsLastWrites();
  const store = open('boot-2');
  expect(await store.take('ticket:a')).toBeUndefined();
  expect(await store.claim('assertion:a', 600_000)).toBe(false);
  expect(await store.get('keys/one')).toMatchObject({ value: 'document' });
  await store.put('ticket:b', 'b', 600_000);
  expect(await store.take('ticket:b')).toBe('b');
  await store.close();
});

it('would give it again within the same boot, so the rule above is what holds', async () => {
  await losesItsLastWrites();
  const store = open('boot-1');
  expect(await store.take('ticket:a')).toBe('a');
  await store.close();
});

it('keeps what was put over an ordinary restart', async () => {
  const store = open('boot-1');
  await store.put('ticket:a', 'a', 600_000);
  await store.close();
  const again = open('boot-1');
  expect(await again.take('ticket:a')).toBe('a');
  await again.close();
});

it('drops what was put when a backup is restored, in place or elsewhere', async () => {
  const hourAgo = systemClock.now() - 3_600_000;
  const store = open('boot-1', hourAgo);
  await store.put('ticket:a', 'a', 7_200_000);
  await store.claim('assertion:a', 7_200_000);
  await store.close();
  const backup = join(home, 'backup');
  cpSync(directory, backup, { recursive: true, preserveTimestamps: true });
  const untouched = readFileSync(join(directory, 'data.mdb'));
  const elsewhere = open('boot-1', hourAgo, backup);
  expect(await elsewhere.take('ticket:a')).toBeUndefined();
  expect(await elsewhere.claim('assertion:a', 600_000)).toBe(false);
  await elsewhere.close();
  writeFileSync(join(directory, 'data.mdb'), untouched);
  const restored = open('boot-1', hourAgo);
  expect(await restored.take('ticket:a')).toBeUndefined();
  await restored.close();
});
