/**
 * Under Jest the source is TypeScript, which a thread cannot load by itself: it gets the same hook that other programs of the
 * tests load the source with. Nothing else about the thread is different.
 */
import { join } from 'node:path';
import type * as Threads from 'node:worker_threads';

jest.mock('node:worker_threads', () => {
  const real = jest.requireActual<typeof Threads>('node:worker_threads');
  return {
    ...real,
    Worker: class extends real.Worker {
      constructor(file: string, options: Threads.WorkerOptions) {
        super(join(__dirname, 'worker-thread.cjs'), { ...options, workerData: [file, options.workerData] });
      }
    },
  };
});
