/** A process of its own on a durable store: races when it is told to, or works until it is killed. See store-process.ts. */
import { writeSync } from 'node:fs';
import { createFileStore } from '../../../src/stores/file-store';
import { createRedisStore } from '../../../src/stores/redis-store';
import type { StateStore } from '../../../src/stores/state-store';
import { systemClock, systemRandom } from '../../../src/server/system';
import type { Race, StorePlace } from './store-process';

const place = JSON.parse(process.argv[2] ?? '') as StorePlace;
const store: StateStore =
  'directory' in place
    ? createFileStore({ directory: place.directory, clock: systemClock, random: systemRandom })
    : createRedisStore({ url: place.url });

process.on('message', ({ verb, key, times }: Race) => {
  void race(verb, key, times).then((won) => process.send?.({ won }));
});
process.on('disconnect', () => process.exit());

async function race(verb: Race['verb'], key: string, times: number): Promise<number> {
  const attempt = async (): Promise<boolean> =>
    verb === 'claim'
      ? store.claim(key, 60_000)
      : (await (verb === 'take' ? store.take(key) : store.move(key, `${key}-aside`))) !== undefined;
  const outcomes = await Promise.all(Array.from({ length: times }, attempt));
  return outcomes.filter(Boolean).length;
}

/** Says what was answered, in a write that is over before the next step: a line that was read did happen. */
const say = (verb: string, key: string): void => void writeSync(1, `${verb} ${key}\n`);

/** Puts; takes half of it; claims; over and over. `begin` precedes what may or may not have happened when the end comes. */
async function work(name: string): Promise<void> {
  for (let step = 0; ; step += 1) {
    const key = `${name}-${String(step)}`;
    await store.put(`ticket:${key}`, key, 600_000);
    say('put', key);
    say('claiming', key);
    if (await store.claim(`assertion:${key}`, 600_000)) say('claimed', key);
    else say('wrong-claim', key);
    if (step % 2 === 1) continue;
    say('taking', key);
    if ((await store.take(`ticket:${key}`)) === key) say('taken', key);
    else say('wrong-take', key);
  }
}

async function start(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      await store.ping();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const { workers = 0, name = '' } = 'directory' in place ? place : {};
  for (let worker = 0; worker < workers; worker += 1) void work(`${name}.${String(worker)}`);
  process.send?.({ ready: true });
}

void start();
