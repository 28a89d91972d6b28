// What `explain` says of a message that holds and is odd: E20, E21. A remark never refuses.

import { rules } from '../../../../../src/saml/login/rules/check';
import type { AssertionData } from '../../../../../src/saml/assertion';
import { at, bearer, data, expected, NOW } from '../../../../support/makers/valid-data';

const remarks = (message: AssertionData): string[] =>
  rules.flatMap((rule) => {
    const remark = rule.remark?.(message);
    if (remark !== undefined) expect(rule.check(message, expected, NOW)).toBeUndefined();
    return remark === undefined ? [] : [`${rule.id}: ${remark}`];
  });

it('has nothing to say of a usual message', () => {
  expect(remarks(data())).toEqual([]);
});

it('E20: NotBefore in SubjectConfirmationData', () => {
  const message = data({ subjectConfirmations: [bearer({ notBefore: at(-1000) })] });
  expect(remarks(message)).toEqual([expect.stringMatching(/^confirmation\.notBefore: .*kept as a bound$/)]);
});

it('E21: an AuthnInstant that nobody set', () => {
  const [statement] = data().authnStatements;
  const message = data({ authnStatements: [{ ...statement, authnInstant: '0001-01-01T00:00:00Z' }] });
  expect(remarks(message)).toEqual([expect.stringMatching(/^authn\.instant: .*zero value/)]);
});
