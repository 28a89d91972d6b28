// The successor of a key: new files beside the old ones, with the day in their names. Nothing is overwritten.

import { basename } from 'node:path';
import { rmSync } from 'node:fs';
import type { System } from '../deployment';
import { makeKeys } from '../make-keys';
import { handOver, type KeyPlace } from './key-place';
import type { KeyUse } from './key-state';
import type { NewKey } from './rotate-keys';

export interface NextKeyWish {
  readonly place: KeyPlace;
  /** Common name in the certificate. */
  readonly name: string;
  /** Validity of the certificate. */
  readonly days: number;
}

/** So many on one day are a mistake. */
const mostOnOneDay = 50;

/** Rejects with the system's error when the files cannot be written. */
export async function makeNextKey(use: KeyUse, wish: NextKeyWish, system: System): Promise<NewKey> {
  const { place, name, days } = wish;
  const day = new Date(system.clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
  const site = use.purpose === 'exchange' ? `-${use.site}` : '';
  for (let number = 1; number <= mostOnOneDay; number += 1) {
    const suffix = `${site}-${day}${number === 1 ? '' : `-${String(number)}`}`;
    const wanted = { into: place.directory, purposes: [use.purpose], suffix, name, days };
    const outcome = await makeKeys(wanted, system);
    if (outcome.kind === 'taken') continue;
    const [made] = outcome.keys;
    if (made === undefined) break;
    const { files, thumbprint } = made;
    handOver(files, place);
    const discard = (): void => {
      for (const file of files) rmSync(file, { force: true });
    };
    return { id: thumbprint, file: basename(files[0] ?? '', '.key'), discard };
  }
  throw new TypeError(`${String(mostOnOneDay)} keys were made today; remove those that nobody uses`);
}
