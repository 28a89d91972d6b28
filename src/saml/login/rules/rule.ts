// The shape of a rule: a row with an id, the clause it enforces and a pure check. No I/O, no clock: `now` is an argument.

import type { ErrorCode } from '../../../core/errors';
import type { AssertionData } from '../../assertion';

/** What this message must say, from our own configuration and state. */
export interface Expected {
  readonly identityProvider: string;
  readonly serviceProvider: string;
  readonly assertionConsumerServiceUrl: string;
  /** The request that was routed here. Undefined only in `explain`, when nobody knows it any more. */
  readonly requestId: string | undefined;
  readonly clockSkewMs: number;
}

export interface RuleFailure {
  readonly code: ErrorCode;
  readonly expected?: string;
  readonly received?: string;
}

export interface Rule {
  /** Stable, `area.object`. */
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  /** Undefined: passed. */
  check(data: AssertionData, expected: Expected, now: number): RuleFailure | undefined;
  /** For `explain`: what is odd although the rule holds. */
  remark?(data: AssertionData): string | undefined;
}

/** How a value is shown that is there and holds nothing. */
export const EMPTY = 'an empty attribute';

interface Sides {
  readonly expected?: string | undefined;
  /** As a function where it takes work to say: most rules pass. */
  readonly received?: string | undefined | (() => string | undefined);
}

/** A failure with both sides shown, or a pass. */
export function when(wrong: boolean, code: ErrorCode, sides: Sides = {}): RuleFailure | undefined {
  if (!wrong) return undefined;
  const { expected } = sides;
  const received = typeof sides.received === 'function' ? sides.received() : sides.received;
  return {
    code,
    ...(expected === undefined ? {} : { expected }),
    received: received === undefined ? 'nothing' : received.slice(0, 300),
  };
}
