/** Opens a file store in a mount of its own and says what became of it; with `fill` it first fills the disk, then makes room. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SsoError } from '../../../src/core/errors';
import { createFileStore } from '../../../src/stores/file-store';
import { systemClock, systemRandom } from '../../../src/server/system';

const [directory = '', fill] = process.argv.slice(2);
const store = createFileStore({ directory, clock: systemClock, random: systemRandom });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function claims(): Promise<void> {
  for (let index = 0; index < 5000; index += 1) {
    await store.claim(`assertion:${String(index)}`, 600_000);
    if (fill !== undefined) await store.put(`ticket:${String(index)}`, 'x'.repeat(4000), 600_000);
    if (fill === undefined) return;
  }
}

async function main(): Promise<void> {
  try {
    await claims();
    say('no refusal');
  } catch (error) {
    say(error instanceof SsoError ? `${error.code} ${String(error.detail.problem)}` : String(error));
  }
  if (fill === undefined) return;
  say(
    `ready: ${await store.ping().then(
      () => 'yes',
      (error: unknown) => (error as SsoError).code,
    )}`,
  );
  rmSync(join(dirname(directory), 'filler'));
  await wait(2100);
  const later = await store.claim('assertion:later', 600_000);
  const again = await store.claim('assertion:0', 600_000);
  await store.ping();
  say(`after room: claimed ${String(later)}, first claim again ${String(again)}, ready`);
}

void main().finally(() => store.close());
