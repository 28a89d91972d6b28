// The port to state: records behind atomic verbs, groups of names, and documents that stay. Whoever takes a one-time value
// has spent it; `peek` is for records that live until they are ended, as sessions do. A document is read as often as one
// likes and changed only by who has seen its latest version.

export interface PutOptions {
  /**
   * The record may be pushed out by later ones when a bounded store is full: for what anybody can make without proof, such
   * as a sign-in that was only started. A store that has its room elsewhere ignores it.
   */
  readonly droppable?: boolean;
}

/** A document as it stands. */
export interface StoredDocument {
  readonly value: string;
  /** Made by the store, a decimal number; later is greater, and none is used twice in a collection, not even after a delete. */
  readonly version: string;
}

export interface ListedDocument {
  readonly name: string;
  readonly version: string;
}

/** What is written: a value, or a function of the version that it is going to have (a seal is bound to it). */
export type Written = string | ((version: string) => string);

/**
 * Shared state. Every method rejects with STATE_UNAVAILABLE when the store cannot be reached (fail closed); one in files also
 * with STATE_DIRECTORY_UNUSABLE, STATE_DIRECTORY_SHARED, STATE_FORMAT_NEWER or STATE_DISK_FULL.
 *
 * Names of documents are `collection/name` (stores/document-name); a collection holds `limits.documentsPerCollection` at
 * most, so a list of it is always complete. After a rejection it is unknown whether a change took place: read again.
 */
export interface StateStore {
  /** Stores a value under a new key for `ttlMs`. An existing key is overwritten. */
  put(key: string, value: string, ttlMs: number, options?: PutOptions): Promise<void>;
  /** Reads and deletes in one step: of any number of parallel callers exactly one gets the value. */
  take(key: string): Promise<string | undefined>;
  /**
   * Reads and lays under another key in one step, for the rest of the value's life: of any number of parallel callers
   * exactly one gets it. What lay under `to` gives way.
   */
  move(key: string, to: string): Promise<string | undefined>;
  /** True for exactly one caller per key until `ttlMs` have passed. */
  claim(key: string, ttlMs: number): Promise<boolean>;
  /** Reads and leaves it where it is: what somebody took is gone for whoever peeks afterwards. Never for a one-time value. */
  peek(key: string): Promise<string | undefined>;

  /** Enters a name in a group for `ttlMs`; one that is there already has its time from now. No line feed in either. */
  enter(group: string, name: string, ttlMs: number): Promise<void>;
  /** Names of a group whose time is not over, in no order that means anything. @param most how many at the most */
  names(group: string, most: number): Promise<readonly string[]>;
  /** Strikes a name; nothing happens where it is not there. */
  leave(group: string, name: string): Promise<void>;

  /** Reads a document. It never expires and is never pushed out. */
  get(name: string): Promise<StoredDocument | undefined>;
  /**
   * Writes a document if its version is still `expected`; `undefined` expects that there is none. Of any number of
   * parallel callers with the same expectation exactly one succeeds.
   * @returns the new version, or undefined when the document has another version: read it and decide anew
   */
  putIf(name: string, value: Written, expected: string | undefined): Promise<string | undefined>;
  /** All documents of a collection whose names begin so, by name. @param prefix `collection/`, or more of the name */
  list(prefix: string): Promise<readonly ListedDocument[]>;
  /** Deletes a document if its version is still `expected`; false when it has another one or is not there. */
  delete(name: string, expected: string): Promise<boolean>;

  /** Resolves when the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
