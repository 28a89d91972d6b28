// State in this process, for one process. Bounded: when it is full of live records it refuses new ones (fail closed). Only
// what its writer called droppable, because anybody can make it without proof, gives way to the next one: refusing would let
// a minute's flood of started sign-ins close the door for half an hour. Trusts its clock; never grows beyond its two budgets; sweeps as it goes.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { Clock } from '../core/ports';
import { MemoryDocuments } from './memory-documents';
import { MemoryNames } from './memory-names';
import type { StateStore } from './state-store';

interface StoredRecord {
  readonly value: string;
  readonly expiresAt: number;
  /** Gives way to later ones. */
  readonly droppable: boolean;
}

/** Characters that all values may have together, per allowed record: about 1 KB each. */
const CHARS_PER_RECORD = 1024;
/** Of ten places, nine are for what a stranger can make and may be dropped: the tenth stays for answers. */
const DROPPABLE_SHARE = 0.9;
const SLOT_MS = 1000;
/** Names for each record that there is room for: a session has two records and three names. */
const NAMES_PER_RECORD = 2;
/** What begins so has a room of its own, where older sessions give way to newer ones and to nothing else. */
const SESSION = 'session';

/** Records grouped by the second in which they expire, so that sweeping looks at what is due and at nothing else. */
class BoundedRecords {
  readonly #records = new Map<string, StoredRecord>();
  readonly #slots = new Map<number, Set<string>>();
  /** Keys that may be dropped, and the order in which they came: a Set alone would look for its first key ever longer. */
  readonly #droppable = new Set<string>();
  #order: string[] = [];
  #oldest = 0;
  readonly #maxRecords: number;
  #chars = 0;
  #sweptSlot: number;

  constructor(maxRecords: number, now: number) {
    this.#maxRecords = maxRecords;
    this.#sweptSlot = slotOf(now);
  }

  live(key: string, now: number): StoredRecord | undefined {
    const record = this.#records.get(key);
    return record !== undefined && record.expiresAt > now ? record : undefined;
  }

  add(key: string, record: StoredRecord, now: number): void {
    this.#sweep(now);
    this.remove(key);
    if (record.droppable) this.#makeRoom(record);
    if (!this.#fits(record, record.droppable ? DROPPABLE_SHARE : 1)) {
      throw new SsoError('STATE_UNAVAILABLE', {
        problem: 'memory store is full',
        records: this.#records.size,
      });
    }
    this.#records.set(key, record);
    this.#chars += record.value.length;
    if (record.droppable) this.#remember(key);
    const slot = slotOf(record.expiresAt);
    const keys = this.#slots.get(slot);
    if (keys === undefined) this.#slots.set(slot, new Set([key]));
    else keys.add(key);
  }

  remove(key: string): void {
    const record = this.#records.get(key);
    if (record === undefined) return;
    this.#records.delete(key);
    this.#droppable.delete(key);
    this.#chars -= record.value.length;
    const slot = slotOf(record.expiresAt);
    const keys = this.#slots.get(slot);
    keys?.delete(key);
    if (keys?.size === 0) this.#slots.delete(slot);
  }

  clear(): void {
    this.#records.clear();
    this.#slots.clear();
    this.#droppable.clear();
    this.#order = [];
    this.#oldest = 0;
    this.#chars = 0;
  }

  #fits(record: StoredRecord, share: number): boolean {
    return (
      this.#records.size < Math.floor(this.#maxRecords * share) &&
      this.#chars + record.value.length <= this.#maxRecords * CHARS_PER_RECORD * share
    );
  }

  #remember(key: string): void {
    this.#droppable.add(key);
    this.#order.push(key);
    if (this.#order.length < 2 * this.#droppable.size + 1000) return;
    this.#order = [...this.#droppable];
    this.#oldest = 0;
  }

  #makeRoom(record: StoredRecord): void {
    while (!this.#fits(record, DROPPABLE_SHARE) && this.#oldest < this.#order.length) {
      const oldest = this.#order[this.#oldest++];
      if (oldest !== undefined && this.#droppable.has(oldest)) this.remove(oldest);
    }
  }

  /** Everything in a slot before the current one has expired. Costs a step per second that passed, or per slot in use. */
  #sweep(now: number): void {
    const current = slotOf(now);
    if (current <= this.#sweptSlot) return;
    if (current - this.#sweptSlot > this.#slots.size) {
      for (const slot of [...this.#slots.keys()]) if (slot < current) this.#drop(slot);
    } else {
      for (let slot = this.#sweptSlot; slot < current; slot += 1) this.#drop(slot);
    }
    this.#sweptSlot = current;
  }

  #drop(slot: number): void {
    for (const key of this.#slots.get(slot) ?? []) {
      this.#chars -= this.#records.get(key)?.value.length ?? 0;
      this.#records.delete(key);
      this.#droppable.delete(key);
    }
    this.#slots.delete(slot);
  }
}

function slotOf(instant: number): number {
  return Math.floor(instant / SLOT_MS);
}

type RecordVerbs = Pick<StateStore, 'put' | 'take' | 'move' | 'claim' | 'peek'>;

// Async so that a refusal is a rejection, as with a store across the network; each body runs in one turn: atomic.
/* eslint-disable @typescript-eslint/require-await -- async for rejections alone, see above */

/** Two rooms of equal size: of sessions and of all else. */
function recordVerbs(clock: Clock, maxRecords: number): RecordVerbs & { readonly clear: () => void } {
  const answers = new BoundedRecords(maxRecords, clock.now());
  const sessions = new BoundedRecords(maxRecords, clock.now());
  const isSession = (key: string): boolean => key.startsWith(SESSION);
  const roomOf = (key: string): BoundedRecords => (isSession(key) ? sessions : answers);
  return {
    async put(key, value, ttlMs, { droppable = false } = {}) {
      const now = clock.now();
      const record = { value, expiresAt: now + ttlMs, droppable: droppable || isSession(key) };
      roomOf(key).add(key, record, now);
    },
    async take(key) {
      const record = roomOf(key).live(key, clock.now());
      roomOf(key).remove(key);
      return record?.value;
    },
    async move(key, to) {
      const now = clock.now();
      const record = roomOf(key).live(key, now);
      roomOf(key).remove(key);
      if (record !== undefined) roomOf(to).add(to, record, now);
      return record?.value;
    },
    async claim(key, ttlMs) {
      const now = clock.now();
      if (roomOf(key).live(key, now) !== undefined) return false;
      roomOf(key).add(key, { value: '', expiresAt: now + ttlMs, droppable: false }, now);
      return true;
    },
    async peek(key) {
      return roomOf(key).live(key, clock.now())?.value;
    },
    clear: () => {
      answers.clear();
      sessions.clear();
    },
  };
}

/**
 * @param maxRecords live records of all kinds but sessions, and as many of sessions; beyond, droppable ones push out older
 *   droppable ones, and all else rejects with STATE_UNAVAILABLE
 */
export function createMemoryStore(clock: Clock, maxRecords: number = limits.memoryRecords): StateStore {
  const { clear, ...records } = recordVerbs(clock, maxRecords);
  const documents = new MemoryDocuments();
  const names = new MemoryNames(maxRecords * NAMES_PER_RECORD);
  return {
    ...records,
    async enter(group, name, ttlMs) {
      const now = clock.now();
      names.enter(group, name, now + ttlMs, now);
    },
    async names(group, most) {
      return names.names(group, most, clock.now());
    },
    async leave(group, name) {
      names.leave(group, name);
    },
    async get(name) {
      return documents.get(name);
    },
    async putIf(name, value, expected) {
      return documents.putIf(name, value, expected);
    },
    async list(prefix) {
      return documents.list(prefix);
    },
    async delete(name, expected) {
      return documents.delete(name, expected);
    },
    async ping() {
      // In this process: reachable by definition.
    },
    async close() {
      clear();
      names.clear();
      documents.clear();
    },
  };
}
/* eslint-enable @typescript-eslint/require-await */
