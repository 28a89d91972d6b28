// Where new key files go, and whose they are to be.

import { chownSync, chmodSync, statSync } from 'node:fs';

export interface KeyPlace {
  readonly directory: string;
  /** A key file that the service can read: new ones get its owner, and its group's right to read. */
  readonly like?: string;
}

/** An operator who is root makes keys for a service that is not. @throws the system's error */
export function handOver(files: readonly string[], { like }: KeyPlace): void {
  const model = like === undefined ? undefined : statSync(like, { throwIfNoEntry: false });
  if (model === undefined) return;
  for (const file of files) {
    const own = statSync(file);
    if (own.uid !== model.uid || own.gid !== model.gid) {
      // Without the right to do so nothing is lost: the service says that it cannot read the file, and no step goes on.
      if (process.getuid?.() !== 0) continue;
      chownSync(file, model.uid, model.gid);
    }
    if (file.endsWith('.key')) chmodSync(file, 0o600 | (model.mode & 0o040));
  }
}
