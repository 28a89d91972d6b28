// Every running process says which state of the keys it works by: a document with a lease, written anew while it runs. A
// step that all must have taken part in waits for all of them.

import type { Clock } from '../../core/ports';
import type { SealedDocuments } from '../../stores/sealed-documents';

/** What one process has taken up, by the name of the document. */
export interface Confirmation {
  readonly host: string;
  readonly pid: number;
  readonly generations: Readonly<Record<string, number>>;
  /** Documents that it cannot follow, with the reason. */
  readonly problems: Readonly<Record<string, string>>;
}

export interface ConfirmingProcess extends Confirmation {
  readonly id: string;
}

const PROCESSES = 'processes/';
/** A process that has not renewed its lease for so long does not run any more, or has lost the store and refuses sign-ins. */
export const leaseMs = 60_000;
/** Clocks of several machines, kept by NTP. */
const skewMs = 5000;
/** What was left behind so long ago is of no use to anybody who looks for trouble either. */
const forgottenMs = 24 * 60 * leaseMs;

/** Writes the confirmation of one process, again and again under one name. */
export class OwnConfirmation {
  private version: string | undefined;

  /** @param id of the process: random, `[A-Za-z0-9]…` */
  constructor(
    private readonly documents: SealedDocuments,
    private readonly id: string,
    private readonly clock: Clock,
  ) {}

  async write(confirmation: Confirmation): Promise<void> {
    const name = PROCESSES + this.id;
    const value = { ...confirmation, at: this.clock.now() };
    const written = await this.documents.putIf(name, value, this.version);
    // Lost when the store was emptied, or somebody took us for gone.
    this.version = written ?? (await this.documents.get(name))?.version;
    if (written === undefined) this.version = await this.documents.putIf(name, value, this.version);
  }

  async remove(): Promise<void> {
    if (this.version !== undefined) await this.documents.delete(PROCESSES + this.id, this.version);
  }
}

/** Whether a process that still has its lease is known to have ended. */
export type IsGone = (process: Pick<Confirmation, 'host' | 'pid'>) => boolean;

/** Those that run now. Forgets what was left behind long ago. */
export async function runningProcesses(
  documents: SealedDocuments,
  now: number,
  isGone: IsGone,
): Promise<readonly ConfirmingProcess[]> {
  const running: ConfirmingProcess[] = [];
  for (const { name } of await documents.list(PROCESSES)) {
    const found = await documents.get(name);
    if (found === undefined) continue;
    const { at, ...confirmation } = readConfirmation(name.slice(PROCESSES.length), found.value);
    if (now < at + leaseMs + skewMs && !isGone(confirmation)) running.push(confirmation);
    else if (now > at + forgottenMs) await documents.delete(name, found.version);
  }
  return running;
}

/** What is missing counts as not confirmed. */
function readConfirmation(id: string, value: unknown): ConfirmingProcess & { readonly at: number } {
  const fields = new Map<string, unknown>(Object.entries(Object(value) as object));
  const [at, pid] = [fields.get('at'), fields.get('pid')];
  return {
    id,
    at: typeof at === 'number' ? at : 0,
    host: String(fields.get('host')),
    pid: typeof pid === 'number' ? pid : 0,
    generations: onlyOf(fields.get('generations'), (item) => typeof item === 'number'),
    problems: onlyOf(fields.get('problems'), (item) => typeof item === 'string'),
  };
}

function onlyOf<T>(value: unknown, is: (item: unknown) => item is T): Record<string, T> {
  const entries = Object.entries(Object(value) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, T] => is(entry[1])));
}

export interface Unconfirmed {
  /** `host, process 123` */
  readonly process: string;
  readonly reason: string;
}

/** Processes that do not work by this generation of a document yet. */
export const unconfirmed = (
  processes: readonly ConfirmingProcess[],
  document: string,
  generation: number,
): readonly Unconfirmed[] =>
  processes
    .filter(({ generations }) => generations[document] !== generation)
    .map(({ host, pid, problems }) => ({
      process: `${host}, process ${String(pid)}`,
      reason: problems[document] ?? 'has not taken it up yet',
    }));
