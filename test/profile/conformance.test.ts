/** The conformance report is complete, names tests that exist, and is the one in CONFORMANCE.md. */
import { readFileSync } from 'node:fs';
import { reportFile } from './conformance';
import { dangling, problemOf } from './evidence';
import { report } from './report';
import { chapters } from './requirements';

const rows = chapters.flatMap(({ requirements }) => requirements);

describe('the conformance report', () => {
  it('names only tests and cases that exist', () => {
    expect(dangling(chapters)).toEqual([]);
  });

  it('would notice a test that does not exist', () => {
    expect(problemOf('C-nonsense')).toContain('no catalogue has the case');
    expect(problemOf('saml/nonsense: x')).toContain('there is no test/saml/nonsense.test.ts');
    expect(problemOf(['profile/conformance', 'would notice a test that', 'never was'].join(': '))).toContain(
      'no title',
    );
  });

  it('has every requirement once, and a test or a reason for each', () => {
    const ids = rows.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(chapters.map(({ requirements }) => requirements.length)).toEqual([48, 55, 58, 23]);
    for (const { id, status } of rows) {
      const said = status.kind === 'covered' ? status.by.length : status.reason.length;
      expect([id, said]).not.toEqual([id, 0]);
    }
  });

  it('is fresh in CONFORMANCE.md (npm run conformance -- --write)', () => {
    expect(readFileSync(reportFile, 'utf8')).toBe(report(chapters));
  });
});
