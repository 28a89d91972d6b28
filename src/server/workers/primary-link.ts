// A worker's end of the channel to the primary.

import cluster from 'node:cluster';
import { fromPrimary, type FromWorker, type Question, type ReadyFacts } from './messages';

export interface PrimaryLink {
  /** From now on questions are answered. */
  readonly ready: (facts: ReadyFacts, answers: Readonly<Record<Question, () => unknown>>) => void;
  /** Resolves when the primary wants the worker to stop. */
  readonly stopped: Promise<void>;
}

export function linkToPrimary(): PrimaryLink {
  let answers: Readonly<Record<Question, () => unknown>> | undefined;
  const say = (message: FromWorker): void => {
    if (process.connected) process.send?.(message);
  };
  const answer = async (id: number, question: Question): Promise<void> => {
    try {
      const value = await answers?.[question]();
      say({ wixSaml: 'answer', id, value: value ?? null });
    } catch {
      say({ wixSaml: 'answer', id });
    }
  };
  const stopped = new Promise<void>((resolve) => {
    process.on('message', (message) => {
      const said = fromPrimary(message);
      if (said?.wixSaml === 'stop') resolve();
      if (said?.wixSaml === 'asked') void answer(said.id, said.question);
    });
  });
  return Object.freeze({
    ready: (facts: ReadyFacts, given: Readonly<Record<Question, () => unknown>>) => {
      answers = given;
      say({ wixSaml: 'ready', facts });
    },
    stopped,
  });
}

/** Lets go of the primary, so that the process can end when it has nothing more to do. */
export const leavePrimary = (): void => void cluster.worker?.disconnect();
