// What a refused return_to is told in the log. What is accepted and refused at all: test/sso/return-to.test.ts.

import { limits } from '../../../src/core/limits';
import { checkReturnTo } from '../../../src/policy/return-to';
import { outcome, refusalOf } from '../../support/makers/valid-data';

describe('a refused return_to', () => {
  it.each([
    [`/${'a'.repeat(limits.returnToChars)}`, 'too long'],
    ['members', 'not a path that starts with one slash, in printable ASCII'],
    ['//evil.example', 'not a path that starts with one slash, in printable ASCII'],
    ['/a//b', 'empty path segment'],
    ['/a%2Fb', 'encoded separator or control character'],
    ['/a%5cb', 'encoded separator or control character'],
    ['/a%0d%0aSet-Cookie:b', 'encoded separator or control character'],
    ['/a%7Fb', 'encoded separator or control character'],
    ['/@evil.example', 'begins like the rest of a host name'],
    ['/.evil.example', 'begins like the rest of a host name'],
    ['/:80', 'begins like the rest of a host name'],
    ['/a/../b', 'reads as another address'],
  ])('%j: %s', (value, problem) => {
    const refusal = refusalOf(() => checkReturnTo(value));
    expect([refusal.code, refusal.detail]).toEqual(['LOGIN_RETURN_TO_INVALID', { problem }]);
  });

  it.each(['/a?b//c%2f../', '/a#b//c%5C../', '/a?b#c?d//', `/${'a'.repeat(limits.returnToChars - 1)}`])(
    'is not %j: only the path counts',
    (value) => {
      expect(outcome(() => checkReturnTo(value))).toBe('accepted');
    },
  );
});
