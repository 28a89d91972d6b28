// A directory as the configuration gives it → the one that a running service has, with what was activated. For commands that
// look at connections from outside.

import type { ConnectionDirectory } from '../../sso/directory';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { readLive } from './documents';
import { judgeBrought, type Judged } from './draft-connection';

/** @throws STATE_… (rejects) */
export async function addLive(
  connections: ConnectionDirectory,
  documents: SealedDocuments,
  judged: Judged,
): Promise<ConnectionDirectory> {
  let directory = connections;
  for (const entry of connections.entries) {
    if (!('setup' in entry.metadata.from)) continue;
    const { name } = entry.settings;
    const { live } = (await readLive(documents, name)).value;
    if (live !== undefined)
      directory = directory.with(name, judgeBrought(entry, live.metadata, live.emailFrom, judged));
  }
  return directory;
}
