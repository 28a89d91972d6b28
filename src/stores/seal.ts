// The one seal of everything that is stored: AES-256-GCM under a key derived from the store key, over the text and over
// where it belongs. It hides and proves at once: who lacks the store key can neither read what lies in a shared store, nor
// make it, nor move it to another place.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../core/ports';
import type { StateKeys } from './state-keys';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a seal is made for. Both are part of it: opened for anything else, it does not open. */
export interface SealedFor {
  /** Chooses the derived key. For a record it holds the record's secret id, so that the store key alone opens nothing. */
  readonly purpose: string;
  /** Format and place (associated data). */
  readonly place: string;
}

export interface SealingPorts {
  readonly stateKeys: StateKeys;
  readonly random: Random;
}

/** base64url of IV, ciphertext and tag. */
export function seal(
  { stateKeys, random }: SealingPorts,
  { purpose, place }: SealedFor,
  text: string,
): string {
  const iv = random.bytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, stateKeys.sealing(purpose), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place));
  const sealed = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/** The text, or undefined when none of our keys sealed this for this purpose and place. */
export function unseal(
  stateKeys: StateKeys,
  { purpose, place }: SealedFor,
  sealed: string,
): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  for (const key of stateKeys.opening(purpose)) {
    const text = openWith(key, place, bytes);
    if (text !== undefined) return text;
  }
  return undefined;
}

function openWith(key: Buffer, place: string, bytes: Buffer): string | undefined {
  const iv = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const opened = [decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return undefined;
  }
}
