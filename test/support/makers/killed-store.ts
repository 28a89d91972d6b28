/** Kills processes in the middle of their work on a file store and compares what they were answered with what is there. */
import { setTimeout as wait } from 'node:timers/promises';
import { createFileStore } from '../../../src/stores/file-store';
import { systemClock, systemRandom } from '../../../src/server/system';
import { startStoreProcess } from './store-process';

export interface KilledRound {
  /** Answers of the processes until they were killed. */
  readonly answered: number;
  /** How long it took until the store answered again, in milliseconds. */
  readonly openedMs: number;
  /** What was answered and is not so: lost, or usable twice. */
  readonly broken: readonly string[];
}

/** @param chance in [0, 1): when they are killed */
export async function killedRound(
  directory: string,
  round: number,
  chance: () => number,
): Promise<KilledRound> {
  const processes = await Promise.all(
    ['a', 'b'].map((name) => startStoreProcess({ directory, workers: 8, name: `${String(round)}${name}` })),
  );
  await wait(20 + chance() * 200);
  const killed: Promise<readonly string[]>[] = [];
  for (const each of processes) {
    killed.push(each.kill());
    await wait(chance() * 20);
  }
  const lines = (await Promise.all(killed)).flat();
  const before = performance.now();
  const store = createFileStore({ directory, clock: systemClock, random: systemRandom });
  await store.ping();
  const openedMs = performance.now() - before;
  const said = new Map<string, Set<string>>();
  for (const line of lines) {
    const [verb = '', key = ''] = line.split(' ');
    said.set(key, (said.get(key) ?? new Set()).add(verb));
  }
  const broken: string[] = [];
  await Promise.all(
    [...said].map(async ([key, verbs]) => {
      const isThere = (await store.take(`ticket:${key}`)) === key;
      if (verbs.has('put') && !verbs.has('taking') && !isThere) broken.push(`lost ${key}`);
      if (verbs.has('taken') && isThere) broken.push(`usable twice ${key}`);
      const isFree = await store.claim(`assertion:${key}`, 600_000);
      if (verbs.has('claimed') && isFree) broken.push(`claimed twice ${key}`);
      if (verbs.has('wrong-take') || verbs.has('wrong-claim')) broken.push(`wrong answer for ${key}`);
    }),
  );
  await store.close();
  const answers = lines.filter((line) => /^(put|claimed|taken) /.test(line));
  return { answered: answers.length, openedMs, broken };
}
