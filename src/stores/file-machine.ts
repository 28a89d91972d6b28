// What the embedded store asks this machine. A port, because a test can neither reboot nor mount a network file system.

import { readFileSync, readlinkSync, statfsSync } from 'node:fs';

export interface Machine {
  /** Changes with every start of the kernel; empty where there is no such thing (not Linux). */
  bootId(): string;
  /** Names the PID namespace: LMDB takes processes for one another by their PID across its border. Empty where unknown. */
  pidNamespace(): string;
  /** The magic number of the file system (statfs(2)), where its numbers are known. */
  fileSystemType(directory: string): number | undefined;
  /** User id of this process; undefined where users have none. */
  userId(): number | undefined;
}

export const thisMachine: Machine = Object.freeze({
  bootId: () => textOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
  pidNamespace: () => textOr('', () => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''),
  fileSystemType: (directory: string) =>
    process.platform === 'linux' ? statfsSync(directory).type : undefined,
  userId: () => process.getuid?.(),
});

function textOr(otherwise: string, read: () => string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
