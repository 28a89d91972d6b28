// The last good copy of the metadata at an address, kept in the store's documents, so that a start never waits for somebody
// else's server. What is read back is judged like any other metadata: a copy is a text, not trust.

import { SsoError } from '../core/errors';
import type { SealedDocuments } from '../stores/sealed-documents';
import type { WantedMetadata } from './directory';
import type { ObtainedMetadata } from './read-metadata';

export interface KeptMetadata extends ObtainedMetadata {
  /** When its address last confirmed it, in milliseconds since 1970. */
  readonly fetchedAt: number;
}

export interface MetadataCopies {
  /** Undefined when there is none for this source, and when the store cannot say. */
  get(name: string, wanted: WantedMetadata): Promise<KeptMetadata | undefined>;
  /** A store that is away costs the copy and nothing else. */
  put(name: string, wanted: WantedMetadata, metadata: KeptMetadata): Promise<void>;
  /** The address has confirmed the copy at this time. */
  confirm(name: string, wanted: WantedMetadata, fetchedAt: number): Promise<void>;
}

export function metadataCopies(documents: SealedDocuments): MetadataCopies {
  const find = async (name: string, wanted: WantedMetadata) => {
    const found = await documents.get(documentOf(name));
    return { version: found?.version, copy: copyIn(found?.value, wanted) };
  };
  const write = async (name: string, wanted: WantedMetadata, copy: KeptMetadata, version?: string) => {
    await documents.putIf(documentOf(name), { ...copy, source: sourceOf(wanted) }, version);
  };
  return {
    get: (name, wanted) => unlessStoreFails(async () => (await find(name, wanted)).copy),
    put: (name, wanted, metadata) =>
      unlessStoreFails(async () => write(name, wanted, metadata, (await find(name, wanted)).version)),
    confirm: (name, wanted, fetchedAt) =>
      unlessStoreFails(async () => {
        const { version, copy } = await find(name, wanted);
        if (copy !== undefined) await write(name, wanted, { ...copy, fetchedAt }, version);
      }),
  };
}

const documentOf = (name: string): string => `metadata/${name}`;

async function unlessStoreFails<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SsoError) return undefined;
    throw error;
  }
}

/**
 * Another address, another entity wanted from it, or another signer is another source: what was read before a signature was
 * demanded is not used afterwards.
 */
const sourceOf = ({ from, entityId, signers }: WantedMetadata): string =>
  JSON.stringify([from, entityId ?? null, signers?.map(({ thumbprint }) => thumbprint) ?? null]);

function copyIn(value: unknown, wanted: WantedMetadata): KeptMetadata | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = new Map<string, unknown>(Object.entries(value));
  const [xml, etag, lastModified, fetchedAt] = ['xml', 'etag', 'lastModified', 'fetchedAt'].map((name) =>
    record.get(name),
  );
  if (typeof xml !== 'string' || record.get('source') !== sourceOf(wanted)) return undefined;
  return {
    xml,
    fetchedAt: typeof fetchedAt === 'number' ? fetchedAt : 0,
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(typeof lastModified === 'string' ? { lastModified } : {}),
  };
}
