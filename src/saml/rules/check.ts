// The rules table, run in order. A sign-in stops at the first failure; `explain` runs every row.
// Only this file makes a VerifiedAssertion, and only when no row failed.

import { SsoError } from '../../core/errors';
import type { AssertionData } from '../assertion';
import { parseDateTime } from '../date-time';
import { Assertion } from '../read';
import type { VerificationFacts } from '../verify';
import { assertionRules, authnRules, conditionRules } from './assertion-rules';
import { responseRules } from './response-rules';
import type { Expected, Rule, RuleFailure } from './rule';
import { confirmed, subjectRules } from './subject-rules';

/** Every check of the Web Browser SSO profile, in the order in which they run. */
export const rules: readonly Rule[] = Object.freeze([
  ...responseRules,
  ...assertionRules,
  ...subjectRules,
  ...conditionRules,
  ...authnRules,
]);

let mint: (assertion: Assertion, validUntil: number) => VerifiedAssertion;

/** Every row of the rules table passed. Made by checkAssertion only. */
export class VerifiedAssertion {
  readonly #minted = true;
  readonly data: AssertionData;
  readonly facts: VerificationFacts;
  readonly id: string;
  /** The request that it answers. */
  readonly inResponseTo: string;
  /** Until when a copy could still be presented, in milliseconds since 1970, skew included. */
  readonly validUntil: number;

  private constructor(assertion: Assertion, validUntil: number) {
    this.data = assertion.data;
    this.facts = assertion.facts;
    this.id = assertion.data.id ?? '';
    this.inResponseTo = assertion.data.response.inResponseTo ?? '';
    this.validUntil = validUntil;
    Object.freeze(this);
  }

  static isMinted(value: VerifiedAssertion): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (assertion, validUntil) => new VerifiedAssertion(assertion, validUntil);
  }
}

/**
 * Checks every rule.
 *
 * @param now milliseconds since 1970
 * @throws SsoError with the code of the first row that fails; detail has rule, clause, expected and received
 */
export function checkAssertion(assertion: Assertion, expected: Expected, now: number): VerifiedAssertion {
  if (!Assertion.isMinted(assertion)) throw new TypeError('checkAssertion takes what readAssertion returned');
  const { data } = assertion;
  for (const rule of rules) {
    const failure = rule.check(data, expected, now);
    if (failure !== undefined) throw refusal(rule, failure);
  }
  const ends = confirmed(data, expected, now).map(
    ({ notOnOrAfter }) => parseDateTime(notOnOrAfter ?? '') ?? 0,
  );
  return mint(assertion, Math.max(...ends) + expected.clockSkewMs);
}

/** One row's verdict. Says nothing about trust: the data may be unverified. */
export interface Verdict {
  readonly rule: Rule;
  readonly failure: RuleFailure | undefined;
}

/** Runs every row, whatever the others say. */
export function judge(data: AssertionData, expected: Expected, now: number): Verdict[] {
  return rules.map((rule) => ({ rule, failure: rule.check(data, expected, now) }));
}

function refusal(rule: Rule, { code, expected, received }: RuleFailure): SsoError {
  return new SsoError(code, { rule: rule.id, clause: rule.clause, expected, received });
}
