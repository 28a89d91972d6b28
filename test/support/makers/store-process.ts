/** Processes that work on a durable store beside the test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export type StorePlace =
  | { readonly url: string }
  | {
      readonly directory: string;
      /** So many tasks that put, take and claim until the process is killed; their keys begin with `name`. */
      readonly workers?: number;
      readonly name?: string;
    };

export interface Race {
  readonly verb: 'take' | 'move' | 'claim';
  readonly key: string;
  readonly times: number;
}

export interface StoreProcess {
  /** How many of the parallel attempts of this process succeeded. */
  race(race: Race): Promise<number>;
  /** kill -9. @returns the lines that it wrote until then */
  kill(): Promise<readonly string[]>;
}

const root = resolve(__dirname, '../../..');

export async function startStoreProcess(place: StorePlace): Promise<StoreProcess> {
  const program = join(__dirname, 'store-worker.ts');
  const child: ChildProcess = spawn(
    process.execPath,
    ['-r', join(root, 'test/fuzz/typescript.cjs'), program, JSON.stringify(place)],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  let written = '';
  child.stdout?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const [first] = (await once(child, 'message')) as [{ ready?: boolean }];
  if (first.ready !== true) throw new Error('the process did not open its store');
  return {
    async race(race) {
      child.send(race);
      const [{ won }] = (await once(child, 'message')) as [{ won: number }];
      return won;
    },
    async kill() {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
      return written
        .slice(0, written.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean);
    },
  };
}
