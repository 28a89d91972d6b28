// Documents in the file store: their texts in one map, their versions in another, so that a list need not read the texts.
// Beside the versions stands, for each collection, the last version and the count; the count outlives nothing, the last
// version every delete, so that none comes twice.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { documentName, documentPrefix } from './document-name';
import type { FileData } from './file-data';
import type { ListedDocument, StoredDocument, Written } from './state-store';

interface Counted {
  readonly lastVersion: number;
  readonly documents: number;
}

/** Behind every character that a name may have. */
const END = '~';

/** The verbs of StateStore about documents, each within one transaction or look. */
export class FileDocuments {
  readonly #data: FileData;

  constructor(data: FileData) {
    this.#data = data;
  }

  get(name: string): StoredDocument | undefined {
    documentName(name);
    const version = this.#version(name);
    const value = this.#data.documents.get(name)?.toString();
    return version === undefined || value === undefined ? undefined : Object.freeze({ value, version });
  }

  putIf(name: string, value: Written, expected: string | undefined): string | undefined {
    const { collection } = documentName(name);
    const held = this.#version(name);
    if (held !== expected) return undefined;
    const { lastVersion, documents } = this.#counted(collection);
    const version = String(lastVersion + 1);
    const text = typeof value === 'string' ? value : value(version);
    if (text.length > limits.documentChars) refuse('the document is too large');
    if (held === undefined && documents >= limits.documentsPerCollection) refuse('the collection is full');
    const count = held === undefined ? documents + 1 : documents;
    this.#count(collection, { lastVersion: lastVersion + 1, documents: count });
    this.#data.versions.put(name, Buffer.from(version));
    this.#data.documents.put(name, Buffer.from(text));
    return version;
  }

  list(prefix: string): readonly ListedDocument[] {
    documentPrefix(prefix);
    const names = this.#data.versions.keys({ start: prefix, end: prefix + END });
    return names.map((name) => ({ name: String(name), version: this.#version(String(name)) ?? '' }));
  }

  delete(name: string, expected: string): boolean {
    const { collection } = documentName(name);
    if (this.#version(name) !== expected) return false;
    const { lastVersion, documents } = this.#counted(collection);
    this.#count(collection, { lastVersion, documents: documents - 1 });
    this.#data.versions.remove(name);
    this.#data.documents.remove(name);
    return true;
  }

  #version(name: string): string | undefined {
    return this.#data.versions.get(name)?.toString('latin1');
  }

  /** A collection's name has no slash and so is the name of no document. */
  #counted(collection: string): Counted {
    const text = this.#data.versions.get(collection)?.toString('latin1') ?? '0 0';
    const [lastVersion = 0, documents = 0] = text.split(' ').map(Number);
    return { lastVersion, documents };
  }

  #count(collection: string, { lastVersion, documents }: Counted): void {
    this.#data.versions.put(collection, Buffer.from(`${String(lastVersion)} ${String(documents)}`));
  }
}

function refuse(problem: string): never {
  throw new SsoError('STATE_UNAVAILABLE', { problem });
}
