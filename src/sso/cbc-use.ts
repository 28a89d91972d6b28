// When an IdP last encrypted with AES-CBC, kept as a document in the state store: what matters is whether a weak cipher is
// used, and not whether it would be accepted. Written after a sign-in and at most twice a day for each connection.

import type { Clock } from '../core/ports';
import type { SealedDocuments } from '../stores/sealed-documents';

export interface CbcUse {
  /** Notes a use. Nothing waits for it, and a store that is away costs the note and nothing else. */
  note(connection: string): void;
  /** Milliseconds since 1970; undefined when no use is known. Rejects when the store cannot say. */
  lastSeen(connection: string): Promise<number | undefined>;
}

const HALF_A_DAY_MS = 43_200_000;

const documentOf = (connection: string): string => `cbc-use/${connection}`;

export function cbcUse(documents: Pick<SealedDocuments, 'get' | 'putIf'>, clock: Clock): CbcUse {
  const noted = new Map<string, number>();
  return {
    note(connection) {
      const now = clock.now();
      if (now - (noted.get(connection) ?? 0) < HALF_A_DAY_MS) return;
      noted.set(connection, now);
      // The next sign-in tries again.
      write(documents, connection, now).catch(() => noted.delete(connection));
    },
    async lastSeen(connection) {
      const value = (await documents.get(documentOf(connection)))?.value;
      const lastSeen =
        typeof value === 'object' && value !== null && 'lastSeen' in value ? value.lastSeen : undefined;
      return typeof lastSeen === 'number' ? lastSeen : undefined;
    },
  };
}

async function write(
  documents: Pick<SealedDocuments, 'get' | 'putIf'>,
  connection: string,
  now: number,
): Promise<void> {
  const before = await documents.get(documentOf(connection));
  // Whoever was quicker has written the same.
  await documents.putIf(documentOf(connection), { lastSeen: now }, before?.version);
}
