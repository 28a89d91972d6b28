// One-time records that the store can neither read nor make. The key in the store is a hash of the record's identifier, the
// value is sealed under a key made from the store key and the identifier together: who reads the store finds neither a
// usable ticket nor an e-mail address, not even with the store key; who writes to it makes nothing that opens.
// What does not open counts as not there, like a record of an earlier format.

import { createHash } from 'node:crypto';
import { seal, unseal, type SealedFor, type SealingPorts } from './seal';
import type { StateKeys } from './state-keys';
import type { PutOptions, StateStore } from './state-store';

/** What is kept. Part of the store's key and of the seal, so a record cannot stand in for one of another kind. */
export type SealedKind =
  | 'request'
  | 'ticket'
  | 'test'
  | 'session'
  | 'session-about'
  | 'session-seen'
  | 'ended'
  | 'leaving'
  | 'logout'
  | 'logout-unanswered';

/** How long a record lives, in milliseconds, and whether it may be pushed out before. */
export interface RecordLife extends PutOptions {
  readonly ttlMs: number;
}

const FORMAT = 'b';

/**
 * Stores a JSON-serialisable record, readable only by who knows `id`.
 * @param id at least 128 bits of randomness: the second secret behind the seal
 */
export async function putSealed(
  ports: SealingPorts & { readonly store: StateStore },
  { kind, id }: { readonly kind: SealedKind; readonly id: string },
  record: object,
  { ttlMs, ...options }: RecordLife,
): Promise<void> {
  const key = storeKey(kind, id);
  const value = FORMAT + seal(ports, sealedFor(kind, id, key), JSON.stringify(record));
  await ports.store.put(key, value, ttlMs, options);
}

/** Takes the record out (exactly one caller gets it) and opens it; undefined when it is absent or not ours. */
export async function takeSealed(
  { store, stateKeys }: { readonly store: StateStore; readonly stateKeys: StateKeys },
  kind: SealedKind,
  id: string,
): Promise<unknown> {
  return openSealed(stateKeys, { kind, id }, await store.take(storeKey(kind, id)));
}

/** Opens a record and leaves it where it is. For what lives until it is ended, never for what is spent by being read. */
export async function peekSealed(
  { store, stateKeys }: { readonly store: StateStore; readonly stateKeys: StateKeys },
  kind: SealedKind,
  id: string,
): Promise<unknown> {
  return openSealed(stateKeys, { kind, id }, await store.peek(storeKey(kind, id)));
}

/** The same as `takeSealed`, and the record lies under another key of the store for the rest of its life. @param to of the caller's own kind */
export async function moveSealed(
  { store, stateKeys }: { readonly store: StateStore; readonly stateKeys: StateKeys },
  kind: SealedKind,
  id: string,
  to: string,
): Promise<unknown> {
  return openSealed(stateKeys, { kind, id }, await store.move(storeKey(kind, id), to));
}

/** Opens what a store gave; undefined when there was nothing, or it is not ours. */
export function openSealed(
  stateKeys: StateKeys,
  { kind, id }: { readonly kind: SealedKind; readonly id: string },
  value: string | undefined,
): unknown {
  if (value?.startsWith(FORMAT) !== true) return undefined;
  const text = unseal(stateKeys, sealedFor(kind, id, storeKey(kind, id)), value.slice(FORMAT.length));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

/** Where a record lies. */
export function storeKey(kind: SealedKind, id: string): string {
  return `${kind}:${createHash('sha256').update(`${kind}\n${id}`).digest('base64url')}`;
}

const sealedFor = (kind: SealedKind, id: string, key: string): SealedFor => ({
  purpose: `wix-saml record ${kind}\n${id}`,
  place: `${FORMAT}\n${key}`,
});
