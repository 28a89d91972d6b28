// A step of a rotation: what has to be true before it, the step itself, and who has taken it up afterwards. Refuses with
// reasons and changes nothing, rather than letting one process or one site fall behind.

import { setTimeout as pause } from 'node:timers/promises';
import type { SealedDocuments } from '../../stores/sealed-documents';
import type { System } from '../deployment';
import { runningProcesses, unconfirmed, type ConfirmingProcess, type IsGone } from './key-processes';
import { documentOf, readKeyState, type KeyState, type KeyUse } from './key-state';
import {
  phaseBefore,
  phaseOf,
  publish,
  retire,
  switchOver,
  undo,
  type NextKey,
  type RotationPhase,
  type RotationStep,
} from './key-steps';

export interface RotationWish {
  readonly step: RotationStep;
  readonly undo: boolean;
  /** How long a retired encryption key goes on decrypting. */
  readonly keepDays: number;
}

export interface RotationPorts extends System {
  readonly documents: SealedDocuments;
  readonly isGone: IsGone;
  /** Id of the key that the configuration names first; undefined when it names none. */
  readonly configuredKey: (use: KeyUse) => string | undefined;
  /** Makes a key with its files. */
  readonly makeKey: (use: KeyUse) => Promise<NewKey>;
  /** Ids of the keys that a published site knows, or why it cannot be told. */
  readonly keysOfSite: (site: string) => Promise<readonly string[] | string>;
}

export interface NewKey {
  readonly id: string;
  /** Name without ending. */
  readonly file: string;
  /** Deletes its files, when it turns out that they are not wanted. */
  readonly discard: () => void;
}

export interface TakenStep {
  readonly use: KeyUse;
  readonly before: KeyState | undefined;
  readonly state: KeyState;
  /** Processes that have not taken it up in time. */
  readonly waitingFor: readonly string[];
}

export type RotationOutcome =
  | { readonly ok: true; readonly steps: readonly TakenStep[]; readonly processes: number }
  /** Nothing was changed, or nothing but what `steps` holds. */
  | { readonly ok: false; readonly reasons: readonly string[]; readonly steps: readonly TakenStep[] };

const dayMs = 86_400_000;
/** Processes look every three seconds. */
const takeUpMs = 15_000;
const lookMs = 250;
/** All processes have a next encryption key by then. */
const visibleAfterMs = 30_000;

interface Seen {
  readonly use: KeyUse;
  readonly document: string;
  readonly version: string | undefined;
  readonly state: KeyState | undefined;
}

/** Takes the step for every use, or for none when something stands against one of them. Rejects like SealedDocuments. */
export async function rotateKeys(
  uses: readonly KeyUse[],
  wish: RotationWish,
  ports: RotationPorts,
): Promise<RotationOutcome> {
  const { documents, clock, isGone } = ports;
  const seen = await Promise.all(uses.map((use) => look(use, documents)));
  const processes = await runningProcesses(documents, clock.now(), isGone);
  const reasons = await Promise.all(seen.map((one) => reasonsAgainst(one, wish, processes, ports)));
  if (reasons.flat().length > 0) return { ok: false, reasons: [...new Set(reasons.flat())], steps: [] };
  const steps: TakenStep[] = [];
  for (const one of seen) {
    const state = await take(one, wish, ports);
    if (typeof state === 'string') return { ok: false, reasons: [state], steps };
    steps.push({ use: one.use, before: one.state, state, waitingFor: [] });
  }
  return { ok: true, steps: await takenUp(steps, ports), processes: processes.length };
}

async function look(use: KeyUse, documents: SealedDocuments): Promise<Seen> {
  const document = documentOf(use);
  const found = await documents.get(document);
  const state = found === undefined ? undefined : readKeyState(document, found.value);
  return { use, document, version: found?.version, state };
}

/** One sentence for each thing that has to happen first. */
async function reasonsAgainst(
  { use, document, state }: Seen,
  { step, undo: undoing }: RotationWish,
  processes: readonly ConfirmingProcess[],
  ports: RotationPorts,
): Promise<string[]> {
  const phase = phaseOf(state);
  const wanted = phaseBefore[undoing ? 'undo' : 'do'][step];
  const nothingToUndo = undoing && step === 'retire' && !wasRetired(state);
  if (phase !== wanted || nothingToUndo) return [`${nameOf(use)}: ${outOfTurn(phase)}`];
  if (ports.configuredKey(use) === undefined) return [`${nameOf(use)}: the configuration names no such key.`];
  if (undoing || state === undefined) return [];
  const behind = step === 'publish' ? [] : unconfirmed(processes, document, state.generation);
  return [
    ...behind.map(({ process, reason }) => `${nameOf(use)}: ${process}: ${reason}`),
    ...(step === 'switch' && use.purpose === 'exchange' ? await siteLacks(use.site, state, ports) : []),
  ];
}

async function siteLacks(site: string, state: KeyState, { keysOfSite }: RotationPorts): Promise<string[]> {
  const next = state.keys.find(({ stage }) => stage === 'next')?.id ?? '';
  const known = await keysOfSite(site);
  if (typeof known === 'string') return [`site ${site} could not be asked: ${known}`];
  if (known.includes(next)) return [];
  const secret = '`wix-saml site` prints the secret with both keys';
  return [`site ${site} does not know the next key ${next} yet: ${secret}; store it and publish the site.`];
}

const wasRetired = (state: KeyState | undefined): boolean =>
  state?.keys.some(({ stage }) => stage === 'retired') === true;

export const nameOf = (use: KeyUse): string =>
  use.purpose === 'exchange' ? `exchange of site ${use.site}` : use.purpose;

const outOfTurn = (phase: RotationPhase): string =>
  ({
    steady: 'no rotation is under way; it begins with publish.',
    published: 'the next key is published; switch comes next, or publish --undo.',
    switched: 'the next key has taken over; retire comes next, or switch --undo.',
  })[phase];

/** The new state, or why it could not be written. */
async function take(one: Seen, wish: RotationWish, ports: RotationPorts): Promise<KeyState | string> {
  const made = wish.step === 'publish' && !wish.undo ? await ports.makeKey(one.use) : undefined;
  const state = nextState(one, wish, { ports, made });
  const written =
    state === undefined ? undefined : await ports.documents.putIf(one.document, state, one.version);
  if (state !== undefined && written !== undefined) return state;
  made?.discard();
  return `${nameOf(one.use)}: somebody else took a step at the same time; look with \`wix-saml keys list\`.`;
}

function nextState(
  { use, state }: Seen,
  { step, undo: undoing, keepDays }: RotationWish,
  { ports, made }: { readonly ports: RotationPorts; readonly made: NewKey | undefined },
): KeyState | undefined {
  const now = ports.clock.now();
  if (made !== undefined) {
    const later = use.purpose === 'encryption' ? { visibleFrom: now + visibleAfterMs } : {};
    const next: NextKey = { id: made.id, file: made.file, ...later };
    return publish(state, ports.configuredKey(use) ?? '', next, now);
  }
  if (state === undefined) return undefined;
  if (undoing) return undo(step, state, now);
  if (step === 'switch') return switchOver(state, now);
  return retire(state, now, use.purpose === 'encryption' ? now + keepDays * dayMs : undefined);
}

/** Waits until every process that runs has confirmed, for a while. */
async function takenUp(
  steps: readonly TakenStep[],
  { documents, clock, isGone }: RotationPorts,
): Promise<readonly TakenStep[]> {
  const until = clock.now() + takeUpMs;
  for (;;) {
    const processes = await runningProcesses(documents, clock.now(), isGone);
    const behind = steps.map(({ use, state }) =>
      unconfirmed(processes, documentOf(use), state.generation).map(
        ({ process, reason }) => `${process}: ${reason}`,
      ),
    );
    if (behind.flat().length === 0 || clock.now() >= until) {
      return steps.map((step, index) => ({ ...step, waitingFor: behind[index] ?? [] }));
    }
    await pause(lookMs);
  }
}
