// What the sign-in log keeps: one entry for each step of an attempt, as small as it can be, and the series that they lie in.
// No address but masked, no token, no assertion. Series are apart by what it takes to write into them: whoever starts
// sign-ins by the thousand, or posts garbage, fills the series of those, and pushes out no sign-in.

import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../core/errors';
import type { SsoEvent } from '../../core/events';
import { cut } from '../../core/text';
import type { Series } from '../../stores/segmented-rows';

interface Step {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Joins the steps of one attempt; absent where an answer named no request of ours. */
  readonly signIn?: string;
  readonly reference: string;
}

export interface Started extends Step {
  readonly step: 'started';
}
export interface Accepted extends Step {
  readonly step: 'accepted';
  /** The person as a keyed hash. */
  readonly person: string;
  /** Masked. */
  readonly address: string;
  /** First digits of the thumbprints of the keys that signed. */
  readonly keys: readonly string[];
}
export interface Redeemed extends Step {
  readonly step: 'redeemed';
  readonly person: string;
}
/** More people came than Wix takes: the page holds a place in the line of the site. */
export interface Waits extends Step {
  readonly step: 'waits';
  readonly person: string;
}
export interface Refused extends Step {
  readonly step: 'refused';
  readonly code: ErrorCode;
  readonly rule?: string;
  readonly expected?: string;
  readonly received?: string;
}
/** The IdP said that nobody is signed in there, which was the question. */
export interface NotSignedIn extends Step {
  readonly step: 'notSignedIn';
}
/** So many refusals came at once that they were counted only. */
export interface ManyRefused {
  readonly step: 'manyRefused';
  readonly at: number;
  readonly code: ErrorCode;
  readonly count: number;
}

export type Entry = Started | Accepted | Waits | Redeemed | Refused | NotSignedIn | ManyRefused;

const STEPS: ReadonlySet<unknown> = new Set<Entry['step']>([
  'started',
  'accepted',
  'waits',
  'redeemed',
  'refused',
  'notSignedIn',
  'manyRefused',
]);

/** Their seal says that we wrote it; this leaves out one of another version of ourselves. */
export function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const row = new Map<string, unknown>(Object.entries(value));
  return STEPS.has(row.get('step')) && typeof row.get('at') === 'number';
}

export const seriesNames = ['started', 'ended', 'refused', 'verdicts', 'prints'] as const;
export type SeriesName = (typeof seriesNames)[number];

/** 5 000 of a kind; a sign-in that succeeds has two entries behind its start. Verdicts are large, prints are the last 200. */
const SIZES: Readonly<Record<SeriesName, Pick<Series, 'rowsPerDocument' | 'documents'>>> = {
  started: { rowsPerDocument: 250, documents: 20 },
  ended: { rowsPerDocument: 250, documents: 40 },
  refused: { rowsPerDocument: 250, documents: 20 },
  verdicts: { rowsPerDocument: 10, documents: 20 },
  prints: { rowsPerDocument: 50, documents: 5 },
};

/** A collection for each connection: one that is written much leaves the room of the others alone. */
export function seriesOf(connection: string, name: SeriesName): Series {
  const hash = createHash('sha256').update(connection).digest('hex').slice(0, 24);
  return { collection: `log-${hash}`, name, ...SIZES[name] };
}

/** Where it is written down which connections have a log, also when the configuration has them no more. */
export const LOGS_PREFIX = 'sign-in-logs/';

const TEXT_CHARS = 240;
const FROM_SETUP = '/setup';

/** The entry of an event, and the connection that it is about; undefined for everything that is no attempt. */
export function entryOf(
  event: SsoEvent,
  at: number,
): { readonly connection: string; readonly entry: Entry } | undefined {
  switch (event.type) {
    case 'login.requested':
      return { connection: event.connection, entry: { step: 'started', ...stepOf(event, at) } };
    case 'login.notSignedIn':
      return { connection: event.connection, entry: { step: 'notSignedIn', ...stepOf(event, at) } };
    case 'ticket.waits': {
      const { connection, member } = event;
      return { connection, entry: { step: 'waits', ...stepOf(event, at), person: member } };
    }
    case 'ticket.redeemed': {
      const { connection, member } = event;
      return { connection, entry: { step: 'redeemed', ...stepOf(event, at), person: member } };
    }
    case 'refused':
      return refusedOf(event, at);
    default:
      return undefined;
  }
}

function refusedOf(event: Extract<SsoEvent, { type: 'refused' }>, at: number) {
  const { connection, code, path, rule } = event;
  if (connection === undefined || path.startsWith(FROM_SETUP)) return undefined;
  const entry: Refused = {
    ...{ step: 'refused', ...stepOf(event, at), code },
    ...(rule === undefined ? {} : { rule: cut(rule, TEXT_CHARS) }),
    ...side('expected', event.expected),
    ...side('received', event.received),
  };
  return { connection, entry };
}

const side = (name: 'expected' | 'received', text: string | readonly string[] | undefined) =>
  text === undefined ? {} : { [name]: cut(typeof text === 'string' ? text : text.join(', '), TEXT_CHARS) };

const stepOf = (
  { reference, signIn }: { readonly reference: string; readonly signIn?: string | undefined },
  at: number,
): Step => ({ at, reference, ...(signIn === undefined ? {} : { signIn }) });
