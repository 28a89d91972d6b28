// A worker as a process: Node's cluster starts this program again, with the same arguments, and hands it connections of the one
// port in turns.

import cluster from 'node:cluster';
import type { Worker } from './crew';
import { fromWorker, type FromPrimary, type ReadyFacts } from './messages';
import { WORKER_VARIABLE, workerText, type WorkerNumber } from './worker-number';

/** systemd hears the primary alone. */
const NOT_FOR_WORKERS = { NOTIFY_SOCKET: undefined, WATCHDOG_USEC: undefined, WATCHDOG_PID: undefined };

interface Asked {
  readonly answered: (value: unknown) => void;
  readonly failed: (reason: Error) => void;
}

export function forkWorker(which: WorkerNumber): Worker {
  const forked = cluster.fork({ ...NOT_FOR_WORKERS, [WORKER_VARIABLE]: workerText(which) });
  const asked = new Map<number, Asked>();
  let lastId = 0;
  let ready: (facts: ReadyFacts) => void = () => undefined;
  forked.on('message', (message: unknown) => {
    const said = fromWorker(message);
    if (said?.wixSaml === 'ready') ready(said.facts);
    if (said?.wixSaml !== 'answer') return;
    const { answered, failed } = asked.get(said.id) ?? {};
    if ('value' in said) answered?.(said.value);
    else failed?.(new Error('the worker could not answer'));
  });
  const send = (message: FromPrimary): void => {
    // One that is about to end is told in vain; that it ends is told elsewhere.
    if (forked.isConnected()) forked.send(message, () => undefined);
  };
  forked.on('error', () => undefined); // The same: a channel that broke while it was written to.
  forked.once('exit', () => {
    for (const { failed } of asked.values()) failed(new Error('the worker has ended'));
  });
  const ask: Worker['ask'] = (question, withinMs) => {
    const id = (lastId += 1);
    let late: NodeJS.Timeout | undefined;
    return new Promise<unknown>((resolve, reject) => {
      late = setTimeout(() => reject(new Error('the worker did not answer in time')), withinMs);
      asked.set(id, { answered: resolve, failed: reject });
      if (forked.isDead()) reject(new Error('the worker has ended'));
      else send({ wixSaml: 'asked', id, question });
    }).finally(() => {
      clearTimeout(late);
      asked.delete(id);
    });
  };
  return {
    pid: forked.process.pid ?? 0,
    onReady: (listener) => (ready = listener),
    onEnd: (listener) => {
      forked.once('exit', (code: number | null, signal: string | null) => {
        listener(
          signal === null ? `ended with exit code ${String(code)}` : `was ended by ${signal}`,
          code ?? undefined,
        );
      });
    },
    ask,
    stop: () => send({ wixSaml: 'stop' }),
    kill: () => void forked.process.kill('SIGKILL'),
  };
}
