// The last good copy of the metadata at an address, kept in the store's documents, so that a start never waits for somebody
// else's server. What is read back is judged like any other metadata: a copy is a text, not trust.

import { SsoError } from '../core/errors';
import type { SealedDocuments } from '../stores/sealed-documents';
import type { WantedMetadata } from './directory';
import type { ObtainedMetadata } from './read-metadata';

export interface MetadataCopies {
  /** Undefined when there is none for this source, and when the store cannot say. */
  get(name: string, wanted: WantedMetadata): Promise<ObtainedMetadata | undefined>;
  /** A store that is away costs the copy and nothing else. */
  put(name: string, wanted: WantedMetadata, metadata: ObtainedMetadata): Promise<void>;
}

export function metadataCopies(documents: SealedDocuments): MetadataCopies {
  const documentOf = (name: string): string => `metadata/${name}`;
  return {
    get: (name, wanted) =>
      unlessStoreFails(async () => {
        const found = await documents.get(documentOf(name));
        return copyIn(found?.value, wanted);
      }),
    put: (name, wanted, metadata) =>
      unlessStoreFails(async () => {
        const before = await documents.get(documentOf(name));
        await documents.putIf(documentOf(name), { ...metadata, source: sourceOf(wanted) }, before?.version);
        return undefined;
      }),
  };
}

async function unlessStoreFails<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SsoError) return undefined;
    throw error;
  }
}

/** Another address, or another entity wanted from it, is another source. */
const sourceOf = ({ from, entityId }: WantedMetadata): string => JSON.stringify([from, entityId ?? null]);

function copyIn(value: unknown, wanted: WantedMetadata): ObtainedMetadata | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = new Map<string, unknown>(Object.entries(value));
  const [xml, etag, lastModified] = ['xml', 'etag', 'lastModified'].map((name) => record.get(name));
  if (typeof xml !== 'string' || record.get('source') !== sourceOf(wanted)) return undefined;
  return {
    xml,
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(typeof lastModified === 'string' ? { lastModified } : {}),
  };
}
