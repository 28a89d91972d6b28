// A shared store → one that works only for who holds its key. Without this, a process with another key would find nothing
// that the others stored, and would forget sign-ins in silence, one visitor here and one there.
//
// The store carries a marker with the name of the key that it was switched to last; it may be public, because a name tells
// nothing about its key, and it proves nothing: the seals do. Who holds that key may work. Who holds it and lists first a
// key that the marker has never named moves the marker: that is step (2) of a rotation (state-keys). A process without the
// key is refused; so the way back from a rotation is a third key, not the old one.

import { SsoError } from '../core/errors';
import type { Clock } from '../core/ports';
import type { StateKeys } from './state-keys';
import type { StateStore } from './state-store';

const MARKER = 'state/keys';
/** Keys that the marker remembers; rotating so often within a list's life would be a mistake. */
const REMEMBERED = 16;
/** Processes that start together move the marker one after the other. */
const ATTEMPTS = 20;

/** How long a look at the marker holds, also against a store that was emptied or went on to a key that we lack. */
const CHECK_HOLDS_MS = 60_000;

export interface KeyedStoreOptions {
  readonly clock: Clock;
  /** Told at every refusal, in a sentence for the operator. */
  readonly onWrongKey?: (problem: string) => void;
  /** What the operator is to do, as part of that sentence. */
  readonly remedy: string;
}

/** Every verb first sees to it, once a minute, that the store has our key; until then it rejects with STATE_UNAVAILABLE. */
export function keyedStore(
  store: StateStore,
  { ids }: Pick<StateKeys, 'ids'>,
  { clock, remedy, onWrongKey }: KeyedStoreOptions,
): StateStore {
  let checking: Promise<void> | undefined;
  let checkedAt = 0;
  const check = async (): Promise<void> => {
    if (await holdsKey(store, ids)) return;
    const problem = `the store was made with another state key: ${remedy}`;
    onWrongKey?.(problem);
    throw new SsoError('STATE_UNAVAILABLE', { problem });
  };
  // One check for all who wait; a failed one is repeated by the next verb.
  const checked = (): Promise<void> => {
    const now = clock.now();
    if (checking !== undefined && Math.abs(now - checkedAt) < CHECK_HOLDS_MS) return checking;
    checkedAt = now;
    const started = check().catch((error: unknown) => {
      if (checking === started) checking = undefined;
      throw error;
    });
    checking = started;
    return started;
  };
  return {
    put: (...given) => checked().then(() => store.put(...given)),
    take: (...given) => checked().then(() => store.take(...given)),
    move: (...given) => checked().then(() => store.move(...given)),
    claim: (...given) => checked().then(() => store.claim(...given)),
    peek: (...given) => checked().then(() => store.peek(...given)),
    enter: (...given) => checked().then(() => store.enter(...given)),
    names: (...given) => checked().then(() => store.names(...given)),
    leave: (...given) => checked().then(() => store.leave(...given)),
    get: (...given) => checked().then(() => store.get(...given)),
    putIf: (...given) => checked().then(() => store.putIf(...given)),
    list: (...given) => checked().then(() => store.list(...given)),
    delete: (...given) => checked().then(() => store.delete(...given)),
    ping: () => checked().then(() => store.ping()),
    close: () => store.close(),
  };
}

type Ids = StateKeys['ids'];

/** True when we may work with this store; sets or moves its marker where that is ours to do. */
async function holdsKey(store: StateStore, ids: Ids): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await store.get(MARKER);
    const named = stored === undefined ? [] : readMarker(stored.value);
    const [current] = named;
    if (stored !== undefined && (current === undefined || !ids.includes(current))) return false;
    if (named.includes(ids[0])) return true;
    const marker = [ids[0], ...named].slice(0, REMEMBERED);
    if ((await store.putIf(MARKER, JSON.stringify(marker), stored?.version)) !== undefined) return true;
  }
  throw new SsoError('STATE_UNAVAILABLE', { problem: 'the marker of the state keys does not come to rest' });
}

/** Names, the current one first; none of what is no list of names. */
function readMarker(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return [];
  }
}
