// Which key of an IdP verified last. An IdP signs with one key for years, so of several keys that one goes first. Only
// the order of the work is remembered: a key counts because it stands in the connection's list, every time anew.

import type { VerificationKey } from '../identity-provider';

export interface KeyMemory {
  /** The same keys, the likely one first. */
  inLikelyOrder(keys: readonly VerificationKey[]): readonly VerificationKey[];
  /** `key` of these keys has verified. */
  remember(keys: readonly VerificationKey[], key: VerificationKey): void;
}

/** One for all connections: it tells them apart by their list of keys, and forgets a list that nobody holds any more. */
export function createKeyMemory(): KeyMemory {
  const lastVerified = new WeakMap<readonly VerificationKey[], VerificationKey>();
  return Object.freeze({
    inLikelyOrder: (keys: readonly VerificationKey[]) => {
      const last = lastVerified.get(keys);
      return [...keys.filter((key) => key === last), ...keys.filter((key) => key !== last)];
    },
    remember: (keys: readonly VerificationKey[], key: VerificationKey) => void lastVerified.set(keys, key),
  });
}
