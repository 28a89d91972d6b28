// State behind three atomic verbs. There is no "get": whoever reads a one-time value has spent it.

/** Shared one-time state. Every method rejects with STATE_UNAVAILABLE when the store cannot be reached (fail closed). */
export interface StateStore {
  /** Stores a value under a new key for `ttlMs`. An existing key is overwritten. */
  put(key: string, value: string, ttlMs: number): Promise<void>;
  /** Reads and deletes in one step: of any number of parallel callers exactly one gets the value. */
  take(key: string): Promise<string | undefined>;
  /** True for exactly one caller per key until `ttlMs` have passed. */
  claim(key: string, ttlMs: number): Promise<boolean>;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
