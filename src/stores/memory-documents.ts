// Documents in this process. Never pushed out and never expired: when a bound is reached a new one is refused.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { documentName, documentPrefix } from './document-name';
import type { ListedDocument, StoredDocument, Written } from './state-store';

interface Collection {
  /** Counts on over deletes, so that no version comes twice. */
  lastVersion: number;
  readonly documents: Map<string, StoredDocument>;
}

/** The document verbs of StateStore, each in one turn. */
export class MemoryDocuments {
  readonly #collections = new Map<string, Collection>();
  #chars = 0;

  get(name: string): StoredDocument | undefined {
    return this.#collection(name).documents.get(name);
  }

  putIf(name: string, value: Written, expected: string | undefined): string | undefined {
    const collection = this.#collection(name);
    const { documents } = collection;
    const held = documents.get(name);
    if (held?.version !== expected) return undefined;
    const version = String(collection.lastVersion + 1);
    const text = typeof value === 'string' ? value : value(version);
    const chars = this.#chars - (held?.value.length ?? 0) + text.length;
    if (text.length > limits.documentChars) refuse('the document is too large');
    if (chars > limits.memoryDocumentChars) refuse('memory store is full');
    if (held === undefined && documents.size >= limits.documentsPerCollection)
      refuse('the collection is full');
    collection.lastVersion += 1;
    documents.set(name, Object.freeze({ value: text, version }));
    this.#chars = chars;
    return version;
  }

  list(prefix: string): readonly ListedDocument[] {
    const { collection } = documentPrefix(prefix);
    return [...(this.#collections.get(collection)?.documents ?? [])]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { version }]) => ({ name, version }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  delete(name: string, expected: string): boolean {
    const { documents } = this.#collection(name);
    const held = documents.get(name);
    if (held?.version !== expected) return false;
    this.#chars -= held.value.length;
    return documents.delete(name);
  }

  clear(): void {
    this.#collections.clear();
    this.#chars = 0;
  }

  #collection(name: string): Collection {
    const { collection } = documentName(name);
    const known = this.#collections.get(collection);
    if (known !== undefined) return known;
    const fresh: Collection = { lastVersion: 0, documents: new Map() };
    this.#collections.set(collection, fresh);
    return fresh;
  }
}

function refuse(problem: string): never {
  throw new SsoError('STATE_UNAVAILABLE', { problem });
}
