// A copy of a store that is in use: LMDB's own snapshot of one moment, to be put back in the place of the directory.
//
// A copy that is put back has forgotten what was spent after it was made. So nothing that can be spent is usable in it from
// the beginning, whenever and wherever it is opened: what was put is forgotten, claims and documents stay.

import { chmodSync, copyFileSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SsoError } from '../core/errors';
import type { Clock, Random } from '../core/ports';
import { DATA_FILE, DataFault, LOCK_FILE, openData } from './file-data';
import {
  diskFull,
  holdsData,
  isFull,
  judgeDirectory,
  MARKER,
  unusable,
  type StoreFormat,
} from './file-directory';
import { thisMachine, type Machine } from './file-machine';
import { takePlace } from './file-neighbours';
import { FileRecords } from './file-records';

export interface FileStoreCopy {
  /** Of a store; other processes of this container may have it open. */
  readonly directory: string;
  /** Is made, and must not be there yet. Its parent is. */
  readonly into: string;
  readonly clock: Clock;
  readonly random: Random;
  /** For tests. */
  readonly machine?: Machine;
  /** For tests: what this version writes. */
  readonly format?: StoreFormat;
}

/**
 * Appears whole under its name, or not at all.
 * @returns its size in bytes
 * @throws SsoError STATE_DIRECTORY_UNUSABLE, STATE_DIRECTORY_SHARED, STATE_FORMAT_NEWER, STATE_DISK_FULL, STATE_UNAVAILABLE;
 *   `detail.problem` is a sentence for the operator
 */
export async function copyFileStore(copy: FileStoreCopy): Promise<number> {
  const { directory, machine = thisMachine, random, format } = copy;
  const into = resolve(copy.into);
  if (!holdsData(directory)) throw refused(`there is no store in ${directory}`);
  const trouble = judgeDirectory(directory, machine, format);
  if (trouble !== undefined) throw trouble;
  if (lstatSync(into, { throwIfNoEntry: false }) !== undefined) throw refused(`${into} is there already`);
  const half = `${into}.${random.bytes(6).toString('hex')}`;
  try {
    mkdirSync(half, { mode: 0o700 });
    await snapshot(copy, half, machine);
    await forget(half, copy.clock);
    // Last: without it nobody takes the directory for a store.
    copyFileSync(join(directory, MARKER), join(half, MARKER));
    renameSync(half, into);
    return statSync(join(into, DATA_FILE)).size;
  } catch (cause) {
    rmSync(half, { recursive: true, force: true });
    throw refusalOf(into, cause);
  }
}

/** Changes nothing in the directory but its list of who has it open. */
async function snapshot({ directory, random }: FileStoreCopy, half: string, machine: Machine): Promise<void> {
  const presence = await takePlace(directory, machine, random);
  try {
    const data = await openData(directory, () => undefined);
    try {
      await data.copyTo(join(half, DATA_FILE));
    } finally {
      await data.close();
    }
  } finally {
    presence.close();
  }
}

/** This commit also flushes all that was copied. */
async function forget(half: string, clock: Clock): Promise<void> {
  chmodSync(join(half, DATA_FILE), 0o600);
  const data = await openData(half, () => undefined);
  try {
    await data.commit(() => new FileRecords(data, clock).forgetAllPut());
  } finally {
    await data.close();
  }
  rmSync(join(half, LOCK_FILE), { force: true });
}

function refusalOf(into: string, cause: unknown): SsoError {
  if (cause instanceof SsoError) return cause;
  if (isFull(cause, dirname(into))) return diskFull(into, cause);
  if (!(cause instanceof DataFault)) return unusable(into, cause);
  return new SsoError('STATE_UNAVAILABLE', { problem: `no copy was made: ${cause.message}` }, cause);
}

const refused = (problem: string): SsoError => new SsoError('STATE_DIRECTORY_UNUSABLE', { problem });
