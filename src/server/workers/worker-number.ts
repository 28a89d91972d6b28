// Which of how many workers a process is. The primary says it to each worker in its environment.

import type { Environment } from '../../config/environment';

export interface WorkerNumber {
  /** 1 for the first; the one who takes a dead worker's place has its number. */
  readonly number: number;
  readonly of: number;
}

export const WORKER_VARIABLE = 'WIX_SAML_WORKER';

export const workerText = ({ number, of }: WorkerNumber): string => `${String(number)}/${String(of)}`;

/** Undefined in a process that is no worker. */
export function readWorkerNumber(env: Environment): WorkerNumber | undefined {
  const [, number, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(env[WORKER_VARIABLE] ?? '') ?? [];
  return number === undefined || of === undefined ? undefined : { number: Number(number), of: Number(of) };
}
