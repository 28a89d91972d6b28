// Configured keys and the state of keys → which key signs, which are shown to others, and which decrypt.

import type { KeyRecord, KeyStage, KeyState } from './key-state';

export interface NamedKey<K> {
  readonly id: string;
  readonly key: K;
}

export interface KeysInUse<K> {
  /** Signs; the one to encrypt for. */
  readonly active: NamedKey<K>;
  /** Told to others beside it: the next one, and the previous one as long as it could take over again. */
  readonly announced: readonly NamedKey<K>[];
  /** Decrypts besides. */
  readonly others: readonly NamedKey<K>[];
}

/** Keys that a state says are needed and that are not at hand. */
export interface MissingKeys {
  readonly missing: readonly KeyRecord[];
}

/**
 * @param configured in the order of the configuration; without a state the first is active and the others go along
 * @param found keys of files that the state names
 */
export function keysInUse<K>(
  configured: readonly [NamedKey<K>, ...NamedKey<K>[]],
  state: KeyState | undefined,
  found: readonly NamedKey<K>[],
  now: number,
): KeysInUse<K> | MissingKeys {
  const [first, ...more] = configured;
  if (state === undefined) return { active: first, announced: more, others: more };
  const byId = new Map([...found, ...configured].map((key) => [key.id, key]));
  const missing = state.keys.filter((record) => isNeeded(record, now) && !byId.has(record.id));
  const inStage = (...stages: readonly KeyStage[]): NamedKey<K>[] =>
    state.keys
      .filter((record) => stages.includes(record.stage) && isNeeded(record, now))
      .flatMap(({ id }) => byId.get(id) ?? []);
  const [active] = inStage('active');
  if (active === undefined || missing.length > 0) return { missing };
  const recorded = new Set(state.keys.map(({ id }) => id));
  const extra = configured.filter(({ id }) => !recorded.has(id));
  return {
    active,
    announced: [...inStage('next'), ...inStage('previous'), ...extra],
    others: [...inStage('next', 'previous', 'retired'), ...extra],
  };
}

/** Files of keys that a state needs at this time. */
export const neededFiles = (
  { keys }: KeyState,
  now: number,
): readonly { readonly id: string; readonly file: string }[] =>
  keys.flatMap((record) => {
    const { id, file } = record;
    return file !== undefined && isNeeded(record, now) ? [{ id, file }] : [];
  });

const isNeeded = ({ stage, until = 0 }: KeyRecord, now: number): boolean =>
  stage !== 'retired' || now < until;

/** The keys of an encryption state that our metadata shows: one after the switch, the next one as soon as all can decrypt with it. */
export function shownForEncryption<K>(
  keys: KeysInUse<K>,
  state: KeyState | undefined,
  now: number,
): readonly NamedKey<K>[] {
  const visible = new Set(
    state?.keys
      .filter(({ stage, visibleFrom = 0 }) => stage === 'next' && visibleFrom <= now)
      .map(({ id }) => id),
  );
  return [keys.active, ...keys.announced.filter(({ id }) => visible.has(id))];
}
