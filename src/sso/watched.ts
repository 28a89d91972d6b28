// What is remembered of the metadata of one connection between two tries, for metadata-refresh: when the next one is due, what
// the log was told, and what a file looked like.

import { statSync } from 'node:fs';
import type { ObtainedMetadata } from './read-metadata';

/** What is remembered of one connection between two tries. */
export interface Watched {
  /** Of the copy at hand. */
  held?: Omit<ObtainedMetadata, 'xml'>;
  failures: number;
  cacheDurationMs?: number | undefined;
  /** What the log was told last. */
  told: 'up' | 'down' | 'waiting';
  /** When the next try is due. */
  dueAt?: number;
  cancel?: () => void;
  flight?: Promise<void> | undefined;
  guardedAt?: number;
  /** Of a file: what it looked like when it was read, and at the last look. */
  readStamp?: string;
  lastStamp?: string;
}

/** The same under the next configuration, without what is under way in this one. */
export function goesOn(watched: Watched): Watched {
  const kept = { ...watched };
  delete kept.cancel;
  delete kept.flight;
  return kept;
}

/** A file is read when it is another than the one that was read, and the same as at the last look: nobody writes it now. */
export function hasSettled(file: string, watched: Watched): boolean {
  const stamp = stampOf(file);
  const settled = stamp === watched.lastStamp && stamp !== watched.readStamp;
  watched.lastStamp = stamp;
  if (settled) watched.readStamp = stamp;
  return settled;
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return [mtimeMs, size, ino].join(' ');
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
