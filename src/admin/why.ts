// A reference that a visitor quotes → the log line behind it, and all lines of the same sign-in; what happened, whose turn it
// is and what to do, with a draft of the mail to the IT admin. Reads lines as they come and keeps no more than it shows.

import { errorTable, type ErrorCode } from '../core/error-table';
import { adviceOf } from '../core/remedies';
import { turnOf, type Turn } from '../core/turns';
import { fieldToChange } from './idps';
import { eventsIn, type LogFields } from './log-lines';

export interface Reason {
  /** Lines of the request and of its sign-in, in their order. */
  readonly lines: readonly LogFields[];
  readonly code: ErrorCode | undefined;
  readonly cause: string | undefined;
  /** "expected: …; received: …", as the line has it. */
  readonly evidence: string | undefined;
  readonly remedy: string | undefined;
  /** Who can do something about it; nobody where nothing was refused. */
  readonly turn: Turn | 'nobody';
  /** On the IdP's screen, where the product is known. */
  readonly field: string | undefined;
  /** Subject and body of a mail; undefined when there is nothing to ask for. */
  readonly mail: { readonly subject: string; readonly body: string } | undefined;
}

const MOST_LINES = 50;

/** What a visitor reads out or pastes → the reference; undefined for what cannot be one. */
export function referenceIn(said: string): string | undefined {
  const reference = said
    .trim()
    .replace(/^reference:?\s*/i, '')
    .replace(/[\s.-]/g, '')
    .toUpperCase();
  return /^[0-9A-Z]{4,32}$/.test(reference) ? reference : undefined;
}

/** Lines of one log, in one pass. */
export async function findReason(log: AsyncIterable<string>, reference: string): Promise<Reason | undefined> {
  const lines: LogFields[] = [];
  const bySignIn = new Map<string, LogFields[]>();
  for await (const fields of eventsIn(log)) {
    if (fields['reference'] === reference) lines.push(fields);
    const { signIn } = fields;
    if (typeof signIn === 'string') remember(bySignIn, signIn, fields);
  }
  const [first] = lines;
  if (first === undefined) return undefined;
  const signIn = lines.map((line) => line['signIn']).find((value) => typeof value === 'string');
  const related = typeof signIn === 'string' ? (bySignIn.get(signIn) ?? []) : [];
  return reasonOf([...new Set([...related, ...lines])].slice(-MOST_LINES), lines, reference);
}

/** The last sign-ins of a log; older ones are forgotten, so that a log of any size fits. */
const SIGN_INS = 20_000;

function remember(bySignIn: Map<string, LogFields[]>, signIn: string, fields: LogFields): void {
  const known = bySignIn.get(signIn) ?? [];
  if (known.length < MOST_LINES) known.push(fields);
  bySignIn.delete(signIn);
  bySignIn.set(signIn, known);
  const [oldest] = bySignIn.keys();
  if (bySignIn.size > SIGN_INS && oldest !== undefined) bySignIn.delete(oldest);
}

function reasonOf(lines: readonly LogFields[], own: readonly LogFields[], reference: string): Reason {
  const refused = own.find((line) => isCode(line['code']));
  const code = refused?.['code'];
  if (refused === undefined || !isCode(code)) {
    return {
      lines,
      code: undefined,
      cause: undefined,
      evidence: undefined,
      remedy: undefined,
      turn: 'nobody',
      field: undefined,
      mail: undefined,
    };
  }
  const received = textsOf(refused['received']);
  const status = textsOf(refused['unverifiedStatus']);
  const { cause, remedy } = adviceOf(code, {
    problem: textOf(refused['problem']),
    received: received ?? status,
  });
  const idp = lines.map((line) => textOf(line['identityProvider'])).find((value) => value !== undefined);
  const field =
    idp === undefined ? undefined : fieldToChange(code, idp, [], [received ?? status].flat().join(' '));
  const turn: Turn = turnOf[code];
  const evidence = evidenceOf(refused);
  return {
    lines,
    code,
    cause,
    evidence,
    remedy,
    turn,
    field,
    mail: turn === 'IT admin' ? mailOf({ reference, code, cause, evidence, remedy, field }) : undefined,
  };
}

const isCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorTable, value);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const textsOf = (value: unknown): string | readonly string[] | undefined =>
  Array.isArray(value) ? value.map(String) : textOf(value);

/** "expected …; received …", as the line has it. */
function evidenceOf(line: LogFields): string | undefined {
  const parts = [
    'problem',
    'expected',
    'received',
    'unverifiedStatus',
    'unverifiedMessage',
    'siteError',
  ].flatMap((name) => {
    const value = textsOf(line[name]);
    return value === undefined ? [] : [`${name}: ${typeof value === 'string' ? value : value.join(', ')}`];
  });
  return parts.length === 0 ? undefined : parts.join('; ');
}

function mailOf(about: {
  readonly reference: string;
  readonly code: ErrorCode;
  readonly cause: string;
  readonly evidence: string | undefined;
  readonly remedy: string;
  readonly field: string | undefined;
}): { readonly subject: string; readonly body: string } {
  const { reference, code, cause, evidence, remedy, field } = about;
  const body = [
    'Someone in your organisation could not sign in.',
    '',
    `Reference: ${reference}`,
    `Code: ${code}`,
    `What happened: ${cause}`,
    ...(evidence === undefined ? [] : [`What came: ${evidence}`]),
    '',
    `What to do: ${remedy}`,
    ...(field === undefined ? [] : [`Where: ${field}`]),
  ];
  return { subject: `Sign-in refused (${reference}, ${code})`, body: body.join('\n') };
}
