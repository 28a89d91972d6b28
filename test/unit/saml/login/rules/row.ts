// One row of the rules table, tested by itself: what passes it, and what it alone refuses first.

import type { AssertionData } from '../../../../../src/saml/assertion';
import { rules } from '../../../../../src/saml/login/rules/check';
import type { Expected, RuleFailure } from '../../../../../src/saml/login/rules/rule';
import { expected, NOW } from '../../../../support/makers/valid-data';

export interface RowTest {
  /** The row says yes. */
  passes(title: string, data: AssertionData, expectations?: Partial<Expected>): void;
  /** The row says no in these words, and no row before it does. */
  refuses(title: string, data: AssertionData, failure: RuleFailure, expectations?: Partial<Expected>): void;
}

/** Titles the tests of a row with its clause, which must be the one in the table. */
export function row(id: string, clause: string, define: (test: RowTest) => void): void {
  const position = rules.findIndex((rule) => rule.id === id);
  const run = (data: AssertionData, expectations: Partial<Expected> = {}): (RuleFailure | undefined)[] =>
    rules.slice(0, position + 1).map((rule) => rule.check(data, { ...expected, ...expectations }, NOW));

  describe(`${id} (${clause})`, () => {
    it('is in the table with this clause and a title', () => {
      expect(rules[position]).toMatchObject({ id, clause });
      expect(rules[position]?.title).toMatch(/^[A-Z].{10,}/);
    });
    define({
      passes: (title, data, expectations) => {
        it(`passes ${title}`, () => {
          expect(run(data, expectations).at(-1)).toBeUndefined();
        });
      },
      refuses: (title, data, failure, expectations) => {
        it(`refuses ${title}`, () => {
          const verdicts = run(data, expectations);
          expect(verdicts.at(-1)).toEqual(failure);
          expect(verdicts.slice(0, -1).filter((verdict) => verdict !== undefined)).toEqual([]);
        });
      },
    });
  });
}
