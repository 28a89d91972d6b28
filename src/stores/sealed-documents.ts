// Documents that only we can write, although others may write to the store: JSON sealed under the store key, bound to name
// and version. What cannot be believed is an error and never "absent": a list of grants must not silently become empty.
//
// What a stranger with write access cannot do: make a document, move one to another name, or put an old one under a newer
// version. What one can always do: delete (absent is absent, so what *revokes* must be a document that stays), and put back
// an old document together with its old version. Whoever has seen a later one refuses that; a process that starts
// afterwards cannot know. Hence the memory of versions below, which lives as long as the process.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { seal, unseal, type SealedFor, type SealingPorts } from './seal';
import type { ListedDocument, StateStore } from './state-store';

export interface SealedDocument {
  /** Of the shape that was written, perhaps by another version of ourselves: check it. */
  readonly value: unknown;
  /** Also the generation: it grows with every change, and no later document of this name has a smaller one. */
  readonly version: string;
}

/**
 * The verbs of StateStore over JSON values. Besides STATE_UNAVAILABLE they reject with STATE_DOCUMENT_UNREADABLE when a
 * document was not sealed by our keys for this name and version, or is older than one that was seen before.
 */
export interface SealedDocuments {
  get(name: string): Promise<SealedDocument | undefined>;
  /** @returns the new version, or undefined when the document has another version than `expected` */
  putIf(name: string, value: unknown, expected: string | undefined): Promise<string | undefined>;
  list(prefix: string): Promise<readonly ListedDocument[]>;
  delete(name: string, expected: string): Promise<boolean>;
}

/** One per store and process: it remembers the latest version of every document that it saw. */
export function sealedDocuments(ports: SealingPorts & { readonly store: StateStore }): SealedDocuments {
  const { store } = ports;
  const seen = new SeenVersions();
  return {
    async get(name) {
      const latest = seen.latest(name); // before asking: an answer may cross a change of our own on its way
      const stored = await store.get(name);
      if (stored === undefined) return undefined;
      const { version } = stored;
      const { text, predecessor } = open(ports, name, stored);
      if (!follows(latest, Number(version), predecessor)) throw setBack(name);
      seen.note(name, Number(version));
      return { value: JSON.parse(text) as unknown, version };
    },
    async putIf(name, value, expected) {
      // For undefined, a function or a symbol there is no JSON, whatever the declared type says.
      const json = JSON.stringify(value) as string | undefined;
      if (json === undefined) throw new TypeError('a document is a JSON value');
      const latest = seen.latest(name);
      const predecessor = expected ?? NONE;
      const write = (version: string): string => {
        if (Number(version) <= latest) throw setBack(name);
        return FORMAT + predecessor + MARK + seal(ports, sealedFor(name, version, predecessor), json);
      };
      const written = await store.putIf(name, write, expected);
      if (written !== undefined) seen.note(name, Number(written));
      return written;
    },
    list: (prefix) => store.list(prefix),
    delete: (name, expected) => store.delete(name, expected),
  };
}

const FORMAT = 'd';
const MARK = '.';
/** The predecessor of a document that was created. */
const NONE = '0';

const sealedFor = (name: string, version: string, predecessor: string): SealedFor => ({
  purpose: `wix-saml document\n${name}`,
  place: `${FORMAT}\n${name}\n${version}\n${predecessor}`,
});

function open(
  { stateKeys }: SealingPorts,
  name: string,
  { value, version }: { readonly value: string; readonly version: string },
): { readonly text: string; readonly predecessor: string } {
  const end = value.indexOf(MARK);
  const predecessor = value.slice(FORMAT.length, end);
  const text =
    value.startsWith(FORMAT) && end > 0
      ? unseal(stateKeys, sealedFor(name, version, predecessor), value.slice(end + MARK.length))
      : undefined;
  if (text === undefined)
    throw unreadable(name, 'none of our state keys sealed it for this name and version');
  return { text, predecessor };
}

const unreadable = (document: string, problem: string): SsoError =>
  new SsoError('STATE_DOCUMENT_UNREADABLE', { document, problem });

const setBack = (name: string): SsoError =>
  unreadable(name, 'it is older than what this process has seen: the store was set back');

/**
 * True when a document can have come after the latest that was seen, which is that one itself, or a chain of changes that
 * begins at it or at a creation. Somebody who watches the store also sees values that lost their race and were never
 * stored; one that is put there later is newer than the winner and gives itself away by its predecessor.
 */
function follows(latest: number, version: number, predecessor: string): boolean {
  return version === latest || (version > latest && (predecessor === NONE || Number(predecessor) >= latest));
}

/** The latest version of each document, of the documents that were used last. */
class SeenVersions {
  readonly #versions = new Map<string, number>();

  /** 0 when none was seen. */
  latest(name: string): number {
    return this.#versions.get(name) ?? 0;
  }

  note(name: string, version: number): void {
    const latest = Math.max(version, this.latest(name));
    this.#versions.delete(name);
    this.#versions.set(name, latest);
    const [oldest] = this.#versions.keys();
    if (this.#versions.size > limits.documentVersionsRemembered && oldest !== undefined) {
      this.#versions.delete(oldest);
    }
  }
}
