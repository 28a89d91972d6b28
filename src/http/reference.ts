// The reference of one request: short enough to be read out on the telephone, long enough to find one line in a log.

import type { Random } from '../core/ports';

/** No vowels (no words), no look-alikes (0/O, 1/I/L, S/5 keep apart by leaving S, Z and U out). */
const ALPHABET = '23456789BCDFGHJKMNPQRTVWXY';
const LENGTH = 10;
/** The largest multiple of the alphabet's size in a byte: above it the first letters would come more often. */
const FAIR = Math.floor(256 / ALPHABET.length) * ALPHABET.length;

export function newReference(random: Random): string {
  let reference = '';
  while (reference.length < LENGTH) {
    for (const byte of random.bytes(LENGTH)) {
      if (byte < FAIR && reference.length < LENGTH) reference += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return reference;
}
