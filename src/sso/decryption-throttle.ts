// A padding oracle takes many questions about one ciphertext (AES-CBC; Jager and Somorovsky need about 14 for each byte), and
// each of them has to bring the captured content key along, because nobody but us can open or change its wrapping. So
// failures are counted for each content key: three, and it is never used again. It does not matter who asks, a stranger
// or another connection's IdP that signs its questions, and garbage locks out nobody: honest messages have keys of their own.

import { createHash } from 'node:crypto';
import { limits } from '../core/limits';
import type { Decryption } from '../saml/encryption/decrypt';

export interface DecryptionThrottle {
  /** For one message: opens what `decryption` opens, and counts a failure against every AES-CBC content key used. */
  watch(decryption: Pick<Decryption, 'keys' | 'allowCbc'>): Decryption;
}

/** One for all connections of a service provider: they share its private keys. */
export function createDecryptionThrottle(): DecryptionThrottle {
  /** Fingerprint of a content key → failures, the oldest first. */
  const failures = new Map<string, number>();
  return Object.freeze({
    watch: ({ keys, allowCbc }: Pick<Decryption, 'keys' | 'allowCbc'>) => {
      const used = new Set<string>();
      return Object.freeze({
        keys,
        allowCbc,
        admitCbc: (contentKey: Buffer) => {
          const name = createHash('sha256').update(contentKey).digest('base64url');
          if ((failures.get(name) ?? 0) >= limits.decryptionFailuresPerKey) return false;
          used.add(name);
          return true;
        },
        onFailure: () => {
          for (const name of used) count(failures, name);
        },
      });
    },
  });
}

function count(failures: Map<string, number>, name: string): void {
  failures.set(name, (failures.get(name) ?? 0) + 1);
  const [oldest] = failures.keys();
  if (failures.size > limits.contentKeysRemembered && oldest !== undefined) failures.delete(oldest);
}
