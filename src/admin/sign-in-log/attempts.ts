// Entries of several processes → attempts, as somebody looks at them: one row for each person who set out, with what became of
// it. That nothing came back is written nowhere; it is seen here, by the time.

import { limits } from '../../core/limits';
import type { ErrorCode } from '../../core/errors';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { SegmentedRows } from '../../stores/segmented-rows';
import { isEntry, seriesOf, type Entry, type SeriesName } from './entries';
import type { Verdicts } from './verdicts-to-write';

export const attemptStates = [
  'inProgress',
  'signedIn',
  'refused',
  'timedOut',
  'notCollected',
  'notSignedIn',
] as const;
/**
 * `timedOut`: nothing came back from the IdP. `notCollected`: its answer was right, and the page of the site did not fetch the
 * session. `notSignedIn`: the question was whether somebody is signed in there, and nobody was.
 */
export type AttemptState = (typeof attemptStates)[number];

export interface Attempt {
  /** `signIn`, or the reference where an answer named no request of ours. */
  readonly id: string;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly state: AttemptState;
  readonly code?: ErrorCode;
  /** How many refusals the row stands for, where they were only counted. */
  readonly count?: number;
  /** Keyed hash of the address. */
  readonly person?: string;
  /** Masked. */
  readonly address?: string;
  /** In the order of time. */
  readonly steps: readonly Entry[];
  readonly verdicts?: Verdicts;
}

export interface AttemptFilter {
  /** Milliseconds since 1970: none that began earlier. */
  readonly since?: number | undefined;
  /** None that began at this time or later. */
  readonly before?: number | undefined;
  readonly state?: AttemptState | undefined;
  readonly code?: string | undefined;
  readonly person?: string | undefined;
  /** An id, or the reference of a step. */
  readonly id?: string | undefined;
}

/** All attempts of a connection that are remembered and pass, the newest first. @throws STATE_… (rejects) */
export async function readAttempts(
  documents: SealedDocuments,
  connection: string,
  { now, filter = {} }: { readonly now: number; readonly filter?: AttemptFilter },
): Promise<readonly Attempt[]> {
  const rows = new SegmentedRows(documents);
  const read = (name: SeriesName) => rows.read(seriesOf(connection, name));
  const entries = [...(await read('started')), ...(await read('ended')), ...(await read('refused'))];
  const verdicts = new Map<string, Verdicts>();
  for (const row of (await read('verdicts')) as readonly Verdicts[]) verdicts.set(row.reference, row);
  const byId = new Map<string, Entry[]>();
  for (const entry of entries.filter(isEntry)) {
    const id = idOf(entry);
    byId.set(id, [...(byId.get(id) ?? []), entry]);
  }
  return [...byId]
    .map(([id, steps]) => attemptOf(id, steps, { now, verdicts }))
    .filter((attempt) => passes(attempt, filter))
    .sort((one, other) => other.at - one.at);
}

function idOf(entry: Entry): string {
  if (entry.step === 'manyRefused') return `${entry.code}-${String(entry.at)}`;
  return entry.signIn ?? entry.reference;
}

/** Steps of an attempt that are shown; whoever repeats an answer for ever fills no page. */
const STEPS = 20;

function attemptOf(
  id: string,
  entries: readonly Entry[],
  { now, verdicts }: { readonly now: number; readonly verdicts: ReadonlyMap<string, Verdicts> },
): Attempt {
  const steps = [...entries].sort((one, other) => one.at - other.at);
  const state = stateOf(steps, now);
  const last = steps.findLast((step) => step.step === 'refused' || step.step === 'manyRefused');
  const known = steps.find((step) => step.step === 'accepted');
  const code = state === 'refused' ? last?.code : undefined;
  const found = steps.flatMap((step) =>
    step.step === 'refused' ? (verdicts.get(step.reference) ?? []) : [],
  );
  const judged = found.at(-1);
  return {
    ...{ id, at: steps[0]?.at ?? 0, state },
    ...(code === undefined ? {} : { code }),
    ...(last?.step === 'manyRefused' ? { count: last.count } : {}),
    ...(known?.step === 'accepted' ? { person: known.person, address: known.address } : {}),
    steps: steps.slice(0, STEPS),
    ...(judged === undefined ? {} : { verdicts: judged }),
  };
}

/** Who was signed in stays so: a browser that sends the same answer again is refused, and nothing is lost by it. */
function stateOf(steps: readonly Entry[], now: number): AttemptState {
  if (steps.some(({ step }) => step === 'redeemed')) return 'signedIn';
  const last = steps.findLast(({ step }) => step !== 'started');
  if (last === undefined)
    return now - (steps[0]?.at ?? 0) < limits.pendingRequestMs ? 'inProgress' : 'timedOut';
  if (last.step === 'accepted') return now - last.at < limits.ticketMs ? 'inProgress' : 'notCollected';
  // A place in the line lives longer than a ticket.
  if (last.step === 'waits') return now - last.at < limits.placeMs ? 'inProgress' : 'notCollected';
  return last.step === 'notSignedIn' ? 'notSignedIn' : 'refused';
}

function passes(attempt: Attempt, { since, before, state, code, person, id }: AttemptFilter): boolean {
  const { at, steps, verdicts } = attempt;
  const people = [attempt.person, ...(verdicts?.findings.people ?? [])];
  const names = [attempt.id, ...steps.map((step) => (step.step === 'manyRefused' ? '' : step.reference))];
  return (
    (since === undefined || at >= since) &&
    (before === undefined || at < before) &&
    (state === undefined || attempt.state === state) &&
    (code === undefined || attempt.code === code) &&
    (person === undefined || people.includes(person)) &&
    (id === undefined || names.includes(id))
  );
}
