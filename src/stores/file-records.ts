// One-time records in the file store. A record: kind, when it expires, the epoch it was written in, the value.
//
// A new epoch makes every record that was put unusable in one step, and leaves the claims: after a power cut or a restored
// backup nobody can know which tickets and pending requests were spent meanwhile. Nothing is lost by forgetting them but a
// second try, and with them gone an assertion whose claim was lost is refused too: it answers a request that is unknown.

import type { Clock } from '../core/ports';
import type { FileData } from './file-data';

const HEADER_BYTES = 13;
const PUT = 0x70;
const CLAIM = 0x63;
const EPOCH = 'epoch';
const NOTHING = Buffer.alloc(0);
/** Expired records that each new one clears away: more than one, so that there are never many more than live ones. */
const SWEPT_PER_RECORD = 3;
/** Keys of a group that are read in one go. */
const NAMES_AT_ONCE = 256;
/** After nothing more was found, until it is looked again: a look costs half of what writing a record does. */
const SWEEP_PAUSE_MS = 1000;

/** A name is a record without a value; all of one group lie side by side. */
export const nameKey = (group: string, name: string): string => `${group}\n${name}`;

/** The first key after all that begin so. */
const endOf = (beginning: string): string =>
  beginning.slice(0, -1) + String.fromCharCode(beginning.charCodeAt(beginning.length - 1) + 1);

interface FoundRecord {
  readonly isClaim: boolean;
  readonly expiresAt: number;
  readonly epoch: number;
  readonly value: Buffer;
}

/** The verbs of StateStore about records, each within one transaction. */
export class FileRecords {
  readonly #data: FileData;
  readonly #clock: Clock;
  /** When the last look found nothing more; in a transaction that is undone it may err, by a pause. */
  #sweptAt = -Infinity;

  constructor(data: FileData, clock: Clock) {
    this.#data = data;
    this.#clock = clock;
  }

  put(key: string, value: string, ttlMs: number): void {
    this.#sweep();
    this.#write(key, { isClaim: false, ttlMs, value: Buffer.from(value) }, this.#find(key));
  }

  take(key: string): string | undefined {
    const found = this.#find(key);
    if (found === undefined) return undefined;
    this.#remove(key, found);
    return this.#isLive(found) ? found.value.toString() : undefined;
  }

  move(key: string, to: string): string | undefined {
    const found = this.#find(key);
    if (found === undefined) return undefined;
    this.#remove(key, found);
    if (!this.#isLive(found)) return undefined;
    const { isClaim, value } = found;
    this.#write(to, { isClaim, value, ttlMs: found.expiresAt - this.#clock.now() }, this.#find(to));
    return value.toString();
  }

  claim(key: string, ttlMs: number): boolean {
    const found = this.#find(key);
    if (found !== undefined && this.#isLive(found)) return false;
    this.#sweep();
    this.#write(key, { isClaim: true, ttlMs, value: NOTHING }, found);
    return true;
  }

  peek(key: string): string | undefined {
    const found = this.#find(key);
    return found !== undefined && this.#isLive(found) ? found.value.toString() : undefined;
  }

  /** What follows this beginning in the keys of live records. */
  names(beginning: string, most: number): readonly string[] {
    const found: string[] = [];
    let start = beginning;
    for (;;) {
      const keys = this.#data.records.keys({ start, end: endOf(beginning), limit: NAMES_AT_ONCE });
      for (const key of keys) {
        if (typeof key !== 'string') continue;
        if (this.peek(key) !== undefined) found.push(key.slice(beginning.length));
        if (found.length >= most) return found;
        start = `${key}\u0000`;
      }
      if (keys.length < NAMES_AT_ONCE) return found;
    }
  }

  /** Makes all that was put before unusable. */
  forgetAllPut(): void {
    const epoch = Buffer.alloc(4);
    epoch.writeUInt32BE(this.#epoch() + 1);
    this.#data.about.put(EPOCH, epoch);
  }

  #epoch(): number {
    return this.#data.about.get(EPOCH)?.readUInt32BE() ?? 0;
  }

  #isLive({ isClaim, expiresAt, epoch }: FoundRecord): boolean {
    return expiresAt > this.#clock.now() && (isClaim || epoch === this.#epoch());
  }

  #find(key: string): FoundRecord | undefined {
    const bytes = this.#data.records.get(key);
    return bytes === undefined
      ? undefined
      : {
          isClaim: bytes.readUInt8(0) === CLAIM,
          expiresAt: bytes.readDoubleBE(1),
          epoch: bytes.readUInt32BE(9),
          value: bytes.subarray(HEADER_BYTES),
        };
  }

  #write(
    key: string,
    { isClaim, ttlMs, value }: { readonly isClaim: boolean; readonly ttlMs: number; readonly value: Buffer },
    before: FoundRecord | undefined,
  ): void {
    if (before !== undefined) this.#remove(key, before);
    const expiresAt = this.#clock.now() + ttlMs;
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(isClaim ? CLAIM : PUT, 0);
    header.writeDoubleBE(expiresAt, 1);
    header.writeUInt32BE(this.#epoch(), 9);
    this.#data.records.put(key, Buffer.concat([header, value]));
    this.#data.expiry.put([expiresAt, key], NOTHING);
  }

  #remove(key: string, { expiresAt }: FoundRecord): void {
    this.#data.records.remove(key);
    this.#data.expiry.remove([expiresAt, key]);
  }

  #sweep(): void {
    const now = this.#clock.now();
    if (Math.abs(now - this.#sweptAt) < SWEEP_PAUSE_MS) return;
    const due = this.#data.expiry.keys({ end: [now, ''], limit: SWEPT_PER_RECORD });
    if (due.length < SWEPT_PER_RECORD) this.#sweptAt = now;
    for (const entry of due) {
      this.#data.expiry.remove(entry);
      if (typeof entry !== 'string') this.#data.records.remove(entry[1]);
    }
  }
}
