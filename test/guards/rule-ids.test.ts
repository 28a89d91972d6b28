/** The names that tests are filed under are those of the gate, and each is in use. */
import { rules } from '../../src/saml/login/rules/check';
import { logoutResponseRules } from '../../src/saml/logout/rules/answer-rules';
import { logoutRequestRules } from '../../src/saml/logout/rules/request-rules';
import { attacks } from '../catalogue/attacks/all';
import { logoutAttacks } from '../catalogue/attacks/logout';
import { benignCases } from '../catalogue/benign';
import { rulesOf } from '../profile/evidence';
import { chapters } from '../profile/requirements';
import { logoutRowIds, rowIds, ruleIds } from '../support/rule-ids';

describe('rule ids', () => {
  it('are the rows of the rules table, in its order, before anything else', () => {
    expect(rowIds).toEqual(rules.map(({ id }) => id));
  });

  it('are the rows of the tables of logout', () => {
    expect(logoutRowIds).toEqual([...logoutRequestRules, ...logoutResponseRules].map(({ id }) => id));
  });

  it('are there once', () => {
    expect(ruleIds.filter((id) => ruleIds.filter((other) => other === id).length > 1)).toEqual([]);
  });

  it('are all in use by a case, a requirement or a row of the table', () => {
    const used = new Set<string>([
      ...rowIds,
      ...logoutRowIds,
      ...[...Object.values(attacks).flat(), ...logoutAttacks, ...benignCases].map(({ rule }) => rule),
      ...chapters.flatMap(({ requirements }) => requirements.flatMap(rulesOf)),
    ]);
    expect(ruleIds.filter((id) => !used.has(id))).toEqual([]);
  });
});
