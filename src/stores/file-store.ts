// State in a directory, for all processes of one machine: durable, atomic across them, outside the heap. Opens itself at the
// first verb. What it cannot promise it refuses, and it tries again by itself: a full disk that has room again, a container
// that has ended, a directory that was put right need no restart.

import { SsoError } from '../core/errors';
import type { Clock, Random } from '../core/ports';
import { DataFault, openData, type FileData } from './file-data';
import { diskFull, isFull, prepareDirectory, unusable, type StoreFormat } from './file-directory';
import { FileDocuments } from './file-documents';
import { thisMachine, type Machine } from './file-machine';
import { takePlace } from './file-neighbours';
import { lastTouched, originNote } from './file-origin';
import { FileRecords, nameKey } from './file-records';
import type { StateStore } from './state-store';

export interface FileStoreOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every failure to open or to write; `detail.problem` is a sentence for the operator. */
  readonly onRefusal?: (refusal: SsoError) => void;
  /** For tests. */
  readonly machine?: Machine;
  /** For tests: what this version writes. */
  readonly format?: StoreFormat;
}

/** After a failure, until it is tried again; and as much again by chance, so that two that met do not meet again. */
const PAUSE_MS = 1000;

interface Opened {
  readonly data: FileData;
  readonly records: FileRecords;
  readonly documents: FileDocuments;
  close(): Promise<void>;
}

export function createFileStore(options: FileStoreOptions): StateStore {
  const door = new Door(options);
  return {
    put: (key, value, ttlMs) => door.change(({ records }) => records.put(key, value, ttlMs)),
    take: (key) => door.change(({ records }) => records.take(key)),
    move: (key, to) => door.change(({ records }) => records.move(key, to)),
    claim: (key, ttlMs) => door.change(({ records }) => records.claim(key, ttlMs)),
    peek: (key) => door.look(({ records }) => records.peek(key)),
    enter: (group, name, ttlMs) => door.change(({ records }) => records.put(nameKey(group, name), '', ttlMs)),
    names: (group, most) => door.look(({ records }) => records.names(nameKey(group, ''), most)),
    leave: (group, name) => door.change(({ records }) => void records.take(nameKey(group, name))),
    get: (name) => door.look(({ documents }) => documents.get(name)),
    putIf: (name, value, expected) => door.change(({ documents }) => documents.putIf(name, value, expected)),
    list: (prefix) => door.look(({ documents }) => documents.list(prefix)),
    delete: (name, expected) => door.change(({ documents }) => documents.delete(name, expected)),
    ping: () => door.look(() => undefined),
    close: () => door.close(),
  };
}

/** Opens at the first verb, remembers a failure for a moment, and tells of it. */
class Door {
  readonly #options: FileStoreOptions;
  #opened: Promise<Opened> | undefined;
  #failure: { readonly error: SsoError; readonly until: number } | undefined;
  #closing: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;

  constructor(options: FileStoreOptions) {
    this.#options = options;
  }

  async change<T>(change: (opened: Opened) => T): Promise<T> {
    return this.#through((opened) => opened.data.commit(() => change(opened)));
  }

  async look<T>(look: (opened: Opened) => T): Promise<T> {
    return this.#through((opened) => opened.data.look(() => look(opened)));
  }

  close(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    await Promise.all([opened?.close(), this.#closing]);
  }

  async #through<T>(use: (opened: Opened) => T | Promise<T>): Promise<T> {
    const opening = this.#open();
    const opened = await opening;
    try {
      return await use(opened);
    } catch (error) {
      if (!(error instanceof DataFault)) throw error;
      // LMDB may refuse everything after a failure; whatever it was, opening anew shows whether it is over.
      if (this.#opened === opening) {
        this.#opened = undefined;
        this.#closing = opened.close().catch(() => undefined);
      }
      throw this.#failed(error);
    }
  }

  #open(): Promise<Opened> {
    const { clock } = this.#options;
    if (this.#ending !== undefined)
      return Promise.reject(new SsoError('STATE_UNAVAILABLE', { problem: 'the store is closed' }));
    if (this.#failure !== undefined && clock.now() < this.#failure.until)
      return Promise.reject(this.#failure.error);
    this.#opened ??= this.#closing
      .then(() => openStore(this.#options))
      .catch((error: unknown) => {
        this.#opened = undefined;
        throw this.#failed(error);
      });
    return this.#opened;
  }

  /** The failure in our words; all who come within the next moment get the same. */
  #failed(cause: unknown): SsoError {
    const { directory, clock, random, onRefusal } = this.#options;
    const error = refusalOf(directory, cause);
    const pause = PAUSE_MS * (1 + random.bytes(1).readUInt8() / 255);
    this.#failure = { error, until: clock.now() + pause };
    onRefusal?.(error);
    return error;
  }
}

function refusalOf(directory: string, cause: unknown): SsoError {
  if (cause instanceof SsoError) return cause;
  if (isFull(cause, directory)) return diskFull(directory, cause);
  if (!(cause instanceof DataFault)) return unusable(directory, cause);
  const problem = `the data in ${directory} cannot be used: ${cause.message}`;
  return new SsoError('STATE_UNAVAILABLE', { problem }, cause);
}

async function openStore(options: FileStoreOptions): Promise<Opened> {
  const { directory, clock, random, machine = thisMachine, format } = options;
  prepareDirectory(directory, machine, format === undefined ? { random } : { random, format });
  const presence = await takePlace(directory, machine, random);
  let data: FileData | undefined;
  try {
    const note = originNote({ bootId: machine.bootId(), touched: lastTouched(directory), clock });
    const opened = await openData(directory, (each) =>
      note(each, () => new FileRecords(each, clock).forgetAllPut()),
    );
    data = opened;
    await opened.commit(() => undefined);
    const close = async (): Promise<void> => {
      await opened.close();
      presence.close();
    };
    return { data, records: new FileRecords(data, clock), documents: new FileDocuments(data), close };
  } catch (cause) {
    await data?.close().catch(() => undefined);
    presence.close();
    throw cause;
  }
}
