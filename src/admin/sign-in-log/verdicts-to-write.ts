// Why an answer was refused, in the verdicts of a test sign-in. Judged a moment after the refusal was sent, one at a time and
// so many in a minute: under a flood, and of a very large one, only the code is kept. An answer waits in memory until then and is written nowhere.

import type { Clock, Timers } from '../../core/ports';
import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { SsoContext } from '../../sso/context';
import { stateAt } from '../../sso/directory';
import { peekConnection } from '../../sso/pending-request';
import { peekSignIn } from '../../sso/sign-in';
import type { RefusedSignIn } from '../../sso/sign-in-watch';
import { productOf } from '../idps/index';
import { judgeTest, type TestFindings } from '../setup/judge-test';
import { fieldText, questionOf } from '../setup/question';

export interface Verdicts {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reference: string;
  readonly signIn?: string;
  readonly findings: TestFindings;
}

const MOST_WAITING = 8;
const MINUTE_MS = 60_000;
const PER_MINUTE = 60;
const PER_MINUTE_AND_CONNECTION = 12;
/** After the answer to the visitor has gone out. */
const REST_MS = 20;
/** A text that a page and a document can bear, however many values an IdP sends. */
const MOST_CHARS = 12_000;
const ATTRIBUTES = 12;

interface Waiting {
  readonly connection: string;
  readonly signIn: RefusedSignIn;
  readonly at: number;
  readonly context: () => SsoContext;
}

export class VerdictsToWrite {
  private readonly waiting: Waiting[] = [];
  private readonly counts = new Map<string, number>();
  private minute = 0;
  private judged = 0;
  private cancel: (() => void) | undefined;
  private closed = false;

  constructor(
    private readonly ports: { readonly clock: Clock; readonly timers: Timers },
    private readonly write: (connection: string, verdicts: Verdicts) => void,
  ) {}

  /** @param context the one in use now */
  add(signIn: RefusedSignIn, context: () => SsoContext): void {
    const { requestId, samlResponse } = signIn;
    const connection = requestId === undefined ? undefined : peekConnection(requestId);
    if (samlResponse.length > limits.judgedBytes) return;
    if (this.closed || connection === undefined || !this.admit(connection)) return;
    this.waiting.push({ connection, signIn, at: this.ports.clock.now(), context });
    this.soon();
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
    this.waiting.length = 0;
  }

  private admit(connection: string): boolean {
    const minute = Math.floor(this.ports.clock.now() / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.judged = 0;
      this.counts.clear();
    }
    const count = this.counts.get(connection) ?? 0;
    const isMany = this.judged >= PER_MINUTE || count >= PER_MINUTE_AND_CONNECTION;
    if (isMany || this.waiting.length >= MOST_WAITING) return false;
    this.judged += 1;
    this.counts.set(connection, count + 1);
    return true;
  }

  private soon(): void {
    this.cancel ??= this.ports.timers.after(REST_MS, () => {
      this.cancel = undefined;
      const next = this.waiting.shift();
      if (next !== undefined) this.judge(next);
      if (this.waiting.length > 0) this.soon();
    });
  }

  private judge({ connection, signIn, at, context }: Waiting): void {
    const { reference, requestId } = signIn;
    const name = peekSignIn(requestId);
    const findings = findingsOf(context(), connection, signIn, at);
    if (findings === undefined) return;
    this.write(connection, { at, reference, ...(name === undefined ? {} : { signIn: name }), findings });
  }
}

function findingsOf(
  context: SsoContext,
  name: string,
  { samlResponse, requestId = '' }: RefusedSignIn,
  at: number,
): TestFindings | undefined {
  const entry = context.connections.byName(name);
  const state = entry && stateAt(entry, at);
  if (state?.kind !== 'ready') return undefined;
  const { connection } = state;
  const answer = { samlResponse: fieldText(samlResponse), requestId, now: at };
  try {
    const findings = judgeTest({
      answer: questionOf(context, connection, answer),
      // Whether the sign-in was fresh enough only the pending request knows; the code says it.
      connection: { ...connection, forceAuthn: false },
      product: productOf(connection.identityProvider)?.id,
      operatorsSource: connection.policy.emailFrom,
      requestedAt: at,
      pseudonym: context.pseudonym,
    });
    return bounded(findings);
  } catch (error) {
    if (error instanceof SsoError) return undefined;
    throw error;
  }
}

/** What failed and what is odd with both sides; of the rest only that it holds. */
function bounded({ rows, attributes, ...rest }: TestFindings): TestFindings {
  const short = rows.map((row) => {
    const { id, title, clause, verdict } = row;
    return verdict === 'fail' || verdict === 'amber' ? row : { id, title, clause, verdict };
  });
  const whole = { rows: short, attributes: attributes.slice(0, ATTRIBUTES), ...rest };
  return JSON.stringify(whole).length <= MOST_CHARS
    ? whole
    : { ...whole, rows: short.filter(({ verdict }) => verdict === 'fail'), attributes: [], keys: [] };
}
