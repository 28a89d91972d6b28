// The rules table, run in order. A sign-in stops at the first failure; `explain` runs every row.
// Only this file makes a VerifiedAssertion, and only when no row failed.

import { SsoError } from '../../../core/errors';
import type { AssertionData, ResponseData } from '../../assertion';
import { Assertion } from '../read';
import type { VerificationFacts } from '../verify';
import { assertionRules, authnRules, conditionRules } from './assertion-rules';
import { responseRules } from './response-rules';
import type { Expected, Rule, RuleFailure } from './rule';
import { confirmedUntil, subjectRules } from './subject-rules';

/** Every check of the Web Browser SSO profile, in the order in which they run. */
export const rules: readonly Rule[] = Object.freeze([
  ...responseRules,
  ...assertionRules,
  ...subjectRules,
  ...conditionRules,
  ...authnRules,
]);

/** What the rows assertion.id and response.inResponseTo make certain. */
interface CheckedData extends AssertionData {
  readonly id: string;
  readonly response: ResponseData & { readonly inResponseTo: string };
}

let mint: (data: CheckedData, facts: VerificationFacts, validUntil: number) => VerifiedAssertion;

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

  private constructor(data: CheckedData, facts: VerificationFacts, validUntil: number) {
    this.data = data;
    this.facts = facts;
    this.id = data.id;
    this.inResponseTo = data.response.inResponseTo;
    this.validUntil = validUntil;
    Object.freeze(this);
  }

  static isMinted(value: VerifiedAssertion): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (data, facts, validUntil) => new VerifiedAssertion(data, facts, validUntil);
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
  runRules(data, expected, now);
  return mint(data, assertion.facts, confirmedUntil(data, expected, now));
}

function runRules(data: AssertionData, expected: Expected, now: number): asserts data is CheckedData {
  for (const rule of rules) {
    const failure = rule.check(data, expected, now);
    if (failure !== undefined) throw refusal(rule, failure);
  }
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
