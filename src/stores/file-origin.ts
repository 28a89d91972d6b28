// Whether the data is what this store wrote last. After a power cut the disk may have lost what it called written; a restored
// backup has lost all since. Both show from outside the data: another boot id, or a file that was changed later than the
// last change the data knows of (its ctime, which no copying program can set).

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/ports';
import { DATA_FILE, type FileData } from './file-data';

const ORIGIN = 'origin';
/** A disk may take long to flush, and clocks are set. Nobody restores a backup within seconds of the last sign-in. */
const TOLERANCE_MS = 10_000;
/** How far behind the note of the last change may be. */
const NOTED_EVERY_MS = 1000;

/** When the file was last changed, in any way; undefined when there is none. Ask before opening. */
export const lastTouched = (directory: string): number | undefined =>
  statSync(join(directory, DATA_FILE), { throwIfNoEntry: false })?.ctimeMs;

interface Origin {
  readonly bootId: string;
  /** See `lastTouched`. */
  readonly touched: number | undefined;
  readonly clock: Clock;
}

/**
 * To be run first in every transaction: the first time it says whether the data was set back; from then on it notes that
 * there is a change, at most once a second, since that is exact enough.
 */
export function originNote({
  bootId,
  touched,
  clock,
}: Origin): (data: FileData, setBack: () => void) => void {
  let notedAt: number | undefined;
  return ({ about }, setBack) => {
    const now = clock.now();
    if (notedAt === undefined) {
      const [boot, at] = about.get(ORIGIN)?.toString('latin1').split(' ') ?? [];
      const isOurs = boot === undefined || touched === undefined; // Nothing was ever stored.
      if (!isOurs && (boot !== bootId || touched - Number(at) > TOLERANCE_MS)) setBack();
    } else if (Math.abs(now - notedAt) < NOTED_EVERY_MS) return;
    notedAt = now;
    about.put(ORIGIN, Buffer.from(`${bootId} ${String(now)}`, 'latin1'));
  };
}
