/** The shape of a row of the conformance report, and how rows are written. */
import type { RuleId } from '../support/rule-ids';

export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'RECOMMENDED' | 'check';

export type Status =
  | {
      readonly kind: 'covered';
      /** Ids of tests, `rule/name`, and of cases of the attack and benign catalogue; their rules are the row's rules. */
      readonly by: readonly string[];
      readonly note?: string;
    }
  | { readonly kind: 'not applicable' | 'later'; readonly rule: RuleId; readonly reason: string };

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  /** One line, in our own words. */
  readonly demand: string;
  readonly status: Status;
}

export interface Chapter {
  readonly title: string;
  readonly source: string;
  readonly requirements: readonly Requirement[];
}

export const requirement = (id: string, level: Level, demand: string, status: Status): Requirement => ({
  id,
  level,
  demand,
  status,
});

export const covered = (...by: readonly string[]): Status => ({ kind: 'covered', by });

/** Covered, but not by the letter: the note says how. */
export const coveredBut = (note: string, ...by: readonly string[]): Status => ({ kind: 'covered', by, note });

export const notApplicable = (rule: RuleId, reason: string): Status => ({
  kind: 'not applicable',
  rule,
  reason,
});
export const later = (rule: RuleId, reason: string): Status => ({ kind: 'later', rule, reason });
