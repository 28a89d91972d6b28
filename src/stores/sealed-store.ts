// Turns a record into one that the store cannot read, and back. The key in the store is a hash of the identifier, the value
// is sealed under a key derived from it: who reads the store finds neither a usable ticket nor an e-mail address.
// What does not open counts as not there. Hides, but proves no author: that is authentic-store's part, below a shared store.

import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { Random } from '../core/ports';
import type { StateStore } from './state-store';

/** What is kept. Part of the store's key and of the sealing key, so a record cannot stand in for one of another kind. */
export type SealedKind = 'request' | 'ticket' | 'redeeming';

const FORMAT = 'a';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Stores a JSON-serialisable record for `ttlMs`, readable only by who knows `id`.
 * @param id at least 128 bits of randomness: it is the only secret behind the seal
 */
export async function putSealed(
  { store, random }: { readonly store: StateStore; readonly random: Random },
  { kind, id }: { readonly kind: SealedKind; readonly id: string },
  record: object,
  ttlMs: number,
): Promise<void> {
  const iv = random.bytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(kind, id), iv, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(record), 'utf8'), cipher.final()]);
  const value = FORMAT + Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url');
  await store.put(storeKey(kind, id), value, ttlMs);
}

/** Takes the record out (exactly one caller gets it) and opens it; undefined when it is absent or not ours. */
export async function takeSealed(store: StateStore, kind: SealedKind, id: string): Promise<unknown> {
  const value = await store.take(storeKey(kind, id));
  return value === undefined ? undefined : open(value, sealingKey(kind, id));
}

function open(value: string, key: Buffer): unknown {
  const bytes = Buffer.from(value.slice(FORMAT.length), 'base64url');
  if (!value.startsWith(FORMAT) || bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function storeKey(kind: SealedKind, id: string): string {
  return `${kind}:${createHash('sha256').update(`${kind}\n${id}`).digest('base64url')}`;
}

function sealingKey(kind: SealedKind, id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', id, '', `wix-saml sealed ${kind}`, KEY_BYTES));
}
