// The three steps of a rotation, and their undoing, as changes of a state. Pure: what has to be true of the world before a
// step is decided in rotate-keys.

import type { KeyRecord, KeyStage, KeyState } from './key-state';

export const rotationSteps = ['publish', 'switch', 'retire'] as const;
export type RotationStep = (typeof rotationSteps)[number];

/** steady: one key. published: a next one is known. switched: it is used, and the one before could take over again. */
export type RotationPhase = 'steady' | 'published' | 'switched';

export function phaseOf(state: KeyState | undefined): RotationPhase {
  if (has(state, 'next')) return 'published';
  return has(state, 'previous') ? 'switched' : 'steady';
}

/** In which phase a step, or its undoing, is possible. */
export const phaseBefore: Readonly<Record<'do' | 'undo', Readonly<Record<RotationStep, RotationPhase>>>> = {
  do: { publish: 'steady', switch: 'published', retire: 'switched' },
  undo: { publish: 'published', switch: 'switched', retire: 'steady' },
};

export interface NextKey {
  readonly id: string;
  readonly file: string;
  readonly visibleFrom?: number;
}

/** @param configured id of the key that the configuration names first */
export function publish(
  before: KeyState | undefined,
  configured: string,
  next: NextKey,
  now: number,
): KeyState {
  const held: readonly KeyRecord[] = before?.keys ?? [{ id: configured, stage: 'active', since: now }];
  return after(before, [...held, { ...next, stage: 'next', since: now }]);
}

export const switchOver = (before: KeyState, now: number): KeyState =>
  after(before, move(before, { active: 'previous', next: 'active' }, now));

/** @param until when a retired key stops decrypting; absent: it has nothing to decrypt */
export const retire = (before: KeyState, now: number, until?: number): KeyState =>
  after(
    before,
    move(before, { previous: 'retired' }, now).map((key) =>
      key.stage === 'retired' && key.since === now && until !== undefined ? { ...key, until } : key,
    ),
  );

/** Undefined when there is nothing of the kind to undo. */
export function undo(step: RotationStep, before: KeyState, now: number): KeyState | undefined {
  if (phaseOf(before) !== phaseBefore.undo[step]) return undefined;
  if (step === 'publish') {
    return after(
      before,
      before.keys.filter(({ stage }) => stage !== 'next'),
    );
  }
  if (step === 'switch') return after(before, move(before, { active: 'next', previous: 'active' }, now));
  const retired = before.keys.filter(({ stage }) => stage === 'retired');
  const last = retired.reduce<KeyRecord | undefined>(
    (latest, key) => (latest === undefined || key.since >= latest.since ? key : latest),
    undefined,
  );
  if (last === undefined) return undefined;
  return after(
    before,
    before.keys.map((key) => (key === last ? inStage(key, 'previous', now) : key)),
  );
}

const has = (state: KeyState | undefined, wanted: KeyStage): boolean =>
  state?.keys.some(({ stage }) => stage === wanted) === true;

const after = (before: KeyState | undefined, keys: readonly KeyRecord[]): KeyState => ({
  generation: (before?.generation ?? 0) + 1,
  keys,
});

function move(
  { keys }: KeyState,
  to: Readonly<Partial<Record<KeyStage, KeyStage>>>,
  now: number,
): KeyRecord[] {
  return keys.map((key) => {
    const stage = to[key.stage];
    return stage === undefined ? key : inStage(key, stage, now);
  });
}

const inStage = ({ id, file }: KeyRecord, stage: KeyStage, since: number): KeyRecord => ({
  id,
  ...(file === undefined ? {} : { file }),
  stage,
  since,
});
