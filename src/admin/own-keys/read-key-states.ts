// All states of our keys, from the store's documents.

import type { SealedDocuments } from '../../stores/sealed-documents';
import { KEYS, readKeyState, type KeyState } from './key-state';

/** By the name of their documents; none when nothing was ever rotated. Rejects like SealedDocuments. */
export async function readKeyStates(documents: SealedDocuments): Promise<ReadonlyMap<string, KeyState>> {
  const states = new Map<string, KeyState>();
  for (const { name } of await documents.list(KEYS)) {
    const found = await documents.get(name);
    if (found !== undefined) states.set(name, readKeyState(name, found.value));
  }
  return states;
}
