// When something was last seen of a connection, kept as a document in the state store, so that it outlives the process and is
// known to all of them. Written at most twice a day for each connection.

import type { Clock } from '../core/ports';
import type { SealedDocuments } from '../stores/sealed-documents';

export interface LastSeen {
  /** Notes it. Nothing waits for it, and a store that is away costs the note and nothing else. */
  note(connection: string): void;
  /** Milliseconds since 1970; undefined when it is not known. Rejects when the store cannot say. */
  lastSeen(connection: string): Promise<number | undefined>;
}

type Documents = Pick<SealedDocuments, 'get' | 'putIf'>;

const HALF_A_DAY_MS = 43_200_000;

/** @param collection of the documents, one for each connection */
export function lastSeenIn(collection: string, documents: Documents, clock: Clock): LastSeen {
  const noted = new Map<string, number>();
  return {
    note(connection) {
      const now = clock.now();
      if (now - (noted.get(connection) ?? 0) < HALF_A_DAY_MS) return;
      noted.set(connection, now);
      // The next one tries again.
      write(documents, `${collection}/${connection}`, now).catch(() => noted.delete(connection));
    },
    async lastSeen(connection) {
      const value = (await documents.get(`${collection}/${connection}`))?.value;
      const lastSeen =
        typeof value === 'object' && value !== null && 'lastSeen' in value ? value.lastSeen : undefined;
      return typeof lastSeen === 'number' ? lastSeen : undefined;
    },
  };
}

async function write(documents: Documents, name: string, now: number): Promise<void> {
  const before = await documents.get(name);
  // Whoever was quicker has written the same.
  await documents.putIf(name, { lastSeen: now }, before?.version);
}
