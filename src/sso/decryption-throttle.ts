// A padding oracle takes many questions about one ciphertext (AES-CBC; Jager and Somorovsky need about 14 for each byte), and
// each of them has to bring the captured content key along, because nobody but us can open or change its wrapping. So
// failures are counted for each content key: three, and it is never used again. It does not matter who asks, a stranger
// or another connection's IdP that signs its questions, and garbage locks out nobody: honest messages have keys of their own.

import { createHash } from 'node:crypto';
import { limits } from '../core/limits';
import type { Decryption } from '../saml/encryption/decrypt';
import type { Connection } from './connection';
import type { SsoContext } from './context';

type Configured = Pick<SsoContext, 'serviceProvider'>;

/** Fingerprint of a content key → failures, the oldest first. One list for all connections: they share the private keys. */
const failuresOf = new WeakMap<SsoContext['serviceProvider'], Map<string, number>>();

/** Runs `judge` with the service provider's keys and counts its failure against every AES-CBC content key that it used. */
export function withDecryption<T>(
  { serviceProvider }: Configured,
  { allowCbc }: Pick<Connection, 'allowCbc'>,
  judge: (decryption: Decryption) => T,
): T {
  const failures = failuresOf.get(serviceProvider) ?? new Map<string, number>();
  failuresOf.set(serviceProvider, failures);
  const used = new Set<string>();
  const admitCbc = (contentKey: Buffer): boolean => {
    const name = createHash('sha256').update(contentKey).digest('base64url');
    if ((failures.get(name) ?? 0) >= limits.decryptionFailuresPerKey) return false;
    used.add(name);
    return true;
  };
  try {
    return judge({
      keys: serviceProvider.decryption.map(({ privateKey }) => privateKey),
      allowCbc,
      admitCbc,
    });
  } catch (error) {
    for (const name of used) count(failures, name);
    throw error;
  }
}

function count(failures: Map<string, number>, name: string): void {
  failures.set(name, (failures.get(name) ?? 0) + 1);
  const [oldest] = failures.keys();
  if (failures.size > limits.contentKeysRemembered && oldest !== undefined) failures.delete(oldest);
}
