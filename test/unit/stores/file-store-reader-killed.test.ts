/** A process that is killed while it reads (a backup, say) holds the pages that it saw: the file grew for ever. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../../src/server/system';
import { createFileStore } from '../../../src/stores/file-store';

const COMMITS = 80;

it('grows no further after a reader was killed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-reader-'));
  const file = join(directory, 'data.mdb');
  const store = createFileStore({ directory, clock: systemClock, random: systemRandom });
  const sizeAfterWork = async (): Promise<number> => {
    for (let commit = 0; commit < COMMITS; commit += 1)
      await store.put('ticket:a', String(commit).padEnd(3000), 60_000);
    return statSync(file).size;
  };
  await store.ping();
  await sizeAfterWork();
  const program = join(__dirname, '../../support/makers/reading-process.cjs');
  const reader = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(reader.stdout, 'data');
  reader.kill('SIGKILL');
  await once(reader, 'exit');
  const soonAfter = await sizeAfterWork();
  expect(await sizeAfterWork()).toBe(soonAfter);
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});
