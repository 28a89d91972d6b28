// The door to LMDB: ordered maps in one memory-mapped file, and transactions that are atomic across processes. Loaded when a
// file store is opened, not before.
//
// Without `overlappingSync` a commit is flushed to the disk before it is visible to anybody, so what was answered survives
// kill -9 and a power cut alike. A flush takes milliseconds: all who come while one is under way share the next one.

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'lmdb';
import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { damageOf } from './file-header';

export const DATA_FILE = 'data.mdb';
/** Who reads and who writes just now; made anew where it is missing. */
export const LOCK_FILE = `${DATA_FILE}-lock`;
const PROBLEM_CHARS = 200;
/** More than a million live records need (soak:records). The map grows beyond it where it must. */
const MAP_BYTES = 1024 ** 3;
const MADE_WITHIN_MS = 100;
/** A process that was killed while it read holds all pages that it could see; until it is looked for, the file grows. */
const DEAD_LOOKED_FOR_EVERY = 64;

/** A key of the maps: text, or a number before a text, in this order. */
export type MapKey = string | readonly [number, string];

/** One ordered map. Writing is for within `commit` only. */
export interface DataMap {
  get(key: MapKey): Buffer | undefined;
  put(key: MapKey, value: Buffer): void;
  remove(key: MapKey): void;
  /** Keys from `start` to before `end`, in order. */
  keys(range: { readonly start?: MapKey; readonly end?: MapKey; readonly limit?: number }): readonly MapKey[];
}

export interface FileData {
  /** key → record */
  readonly records: DataMap;
  /** [expiry, key] → nothing, so that sweeping looks at what is due and at nothing else */
  readonly expiry: DataMap;
  /** name → text of a document */
  readonly documents: DataMap;
  /** name → version of a document, and what counts them */
  readonly versions: DataMap;
  /** About the store itself. */
  readonly about: DataMap;
  /**
   * Runs a change in the next transaction, alone among all processes, and resolves once it is on the disk. A change that
   * throws must not have written anything yet; it rejects, and others of the same transaction are not touched. Rejects
   * with DataFault when nothing was written: close, and open anew.
   */
  commit<T>(change: () => T): Promise<T>;
  /** Runs a look at the latest state. @throws DataFault */
  look<T>(look: () => T): T;
  /** The state of one moment into a new file, while others go on writing. @throws DataFault */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

/** What LMDB could not do; the transaction is undone. `message` holds its words, neither keys nor values. */
export class DataFault extends Error {
  override readonly name = 'DataFault';
}

interface Waiting {
  readonly run: () => void;
  readonly settle: (failure?: DataFault) => void;
}

/**
 * @param beforeEach is run first in every transaction
 * @throws SsoError STATE_DIRECTORY_UNUSABLE when the file would end the process
 */
export async function openData(directory: string, beforeEach: (data: FileData) => void): Promise<FileData> {
  const { open } = await import('lmdb');
  const path = join(directory, DATA_FILE);
  if (damageOf(path) !== undefined) {
    await pause(MADE_WITHIN_MS); // Another process may be making it.
    const damage = damageOf(path);
    if (damage !== undefined) throw damage;
  }
  const root = open({
    path,
    encoding: 'binary',
    overlappingSync: false,
    // Room in the address space, not on the disk: each time the map grows, the smaller one before it stays mapped too.
    mapSize: MAP_BYTES,
    // Pages are zeroed first, so that no memory of ours reaches the disk.
    noMemInit: false,
    // One transaction at a time is all that `commit` below asks for.
    eventTurnBatching: false,
  });
  const map = (name: string): DataMap => mapOf(root.openDB(name, { encoding: 'binary' }));
  let commits = 0;
  const group = new CommitGroup((run) => {
    commits += 1;
    if (commits % DEAD_LOOKED_FOR_EVERY === 0) root.readerCheck();
    return root.childTransaction(run);
  });
  const data: FileData = {
    records: map('records'),
    expiry: map('expiry'),
    documents: map('documents'),
    versions: map('versions'),
    about: map('about'),
    commit: (change) => group.add(change, () => beforeEach(data)),
    look: (look) => {
      root.resetReadTxn(); // Another process may have committed within this turn.
      return look();
    },
    copyTo: async (file) => {
      try {
        await root.backup(file, true);
      } catch (failure) {
        throw faultOf(failure);
      }
    },
    close: async () => {
      await group.end();
      await root.close();
    },
  };
  return data;
}

function mapOf(
  database: Pick<Database<Buffer, string | [number, string]>, 'get' | 'put' | 'remove' | 'getKeys'>,
): DataMap {
  const own = (key: MapKey): string | [number, string] => (typeof key === 'string' ? key : [...key]);
  return {
    get: (key) => faulting(() => database.get(own(key))),
    put: (key, value) => faulting(() => void database.put(own(key), value)),
    remove: (key) => faulting(() => void database.remove(own(key))),
    keys: ({ start, end, limit }) =>
      faulting(() => [
        ...database.getKeys({
          ...(start === undefined ? {} : { start: own(start) }),
          ...(end === undefined ? {} : { end: own(end) }),
          ...(limit === undefined ? {} : { limit }),
        }),
      ]),
  };
}

/** Changes in one transaction after another; who comes while one is on its way to the disk is in the next. */
class CommitGroup {
  readonly #transaction: (run: () => void) => Promise<void>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #ended = false;

  constructor(transaction: (run: () => void) => Promise<void>) {
    this.#transaction = transaction;
  }

  add<T>(change: () => T, first: () => void): Promise<T> {
    if (this.#ended) return Promise.reject(unavailable('the store is closed'));
    if (this.#waiting.length >= limits.storeChangesWaiting)
      return Promise.reject(unavailable('too many changes wait for the disk'));
    return new Promise<T>((resolve, reject) => {
      let outcome: { readonly value: T } | { readonly thrown: unknown } | undefined;
      this.#waiting.push({
        run: () => {
          try {
            outcome = { value: change() };
          } catch (thrown) {
            if (thrown instanceof DataFault) throw thrown; // It may have written half: undo all.
            outcome = { thrown };
          }
        },
        settle: (failure) => {
          if (failure !== undefined) reject(failure);
          else if (outcome === undefined) reject(unavailable('the change was not made'));
          else if ('thrown' in outcome) reject(asError(outcome.thrown));
          else resolve(outcome.value);
        },
      });
      this.#running ??= this.#runAll(first);
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #runAll(first: () => void): Promise<void> {
    // Whoever comes in this turn of the event loop is in the first transaction already.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const failure = await this.#commit(batch, first);
      for (const { settle } of batch) settle(failure);
    }
    this.#running = undefined;
  }

  /** @returns why it failed */
  async #commit(batch: readonly Waiting[], first: () => void): Promise<DataFault | undefined> {
    try {
      await this.#transaction(() => {
        first();
        for (const { run } of batch) run();
      });
      return undefined;
    } catch (failure) {
      return faultOf((await reasonBehind(failure)) ?? failure);
    }
  }
}

function faulting<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw faultOf(error);
  }
}

function faultOf(error: unknown): DataFault {
  if (error instanceof DataFault) return error;
  const said: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  const words = typeof said === 'string' ? said : 'unknown';
  return new DataFault(words.slice(0, PROBLEM_CHARS), { cause: error });
}

/** lmdb says why a commit failed in a promise beside the error; unheard, it would end the process. */
async function reasonBehind(failure: unknown): Promise<unknown> {
  const reason: unknown =
    typeof failure === 'object' && failure !== null ? Reflect.get(failure, 'commitError') : undefined;
  try {
    await reason;
    return undefined;
  } catch (error) {
    return error;
  }
}

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('a change failed', { cause: thrown });

const unavailable = (problem: string): SsoError => new SsoError('STATE_UNAVAILABLE', { problem });
