/** What an administrator compares by eye must differ to the eye. */

import type { ExplainRow } from '../../../src/admin/explain-answer';
import { explanationLines } from '../../../src/cli/explanation-lines';

const row: ExplainRow = {
  id: 'conditions.audience',
  title: 'The Assertion is meant for us',
  clause: 'SAML Core §2.5.1.4',
  verdict: 'fail',
  code: 'SAML_AUDIENCE_MISMATCH',
};
const linesOf = (sides: Partial<ExplainRow>, showEmail = false): string =>
  explanationLines({ verdict: 'refuse', rows: [{ ...row, ...sides }] }, showEmail).join('\n');

describe('E3: two sides of an explanation', () => {
  it('that differ by a blank at the end do not look equal', () => {
    const text = linesOf({ expected: 'https://sp.example', received: 'https://sp.example ' });
    expect(text).toContain('expected: https://sp.example\n');
    expect(text).toContain('received: https://sp.example␠');
  });

  it('stay one line each, and move no cursor', () => {
    const text = linesOf({ received: 'no\nthing\u001b[2J\u202e\u00a0' });
    expect(text).toContain('received: no⏎thing‹U+001B›[2J‹U+202E›‹U+00A0›');
  });

  it('still shorten addresses unless asked not to', () => {
    expect(linesOf({ received: 'ada@acme.example ' })).toContain('received: a…@acme.example␠');
    expect(linesOf({ received: 'ada@acme.example' }, true)).toContain('received: ada@acme.example');
  });
});
