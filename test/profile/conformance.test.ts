/** The conformance report is complete, names evidence that exists, and is the one in CONFORMANCE.md. */
import { readFileSync } from 'node:fs';
import { reportFile } from './conformance';
import { collectIds, idsIn, problemOf, ruleOf, rulesOf } from './evidence';
import { report } from './report';
import { chapters } from './requirements';

const rows = chapters.flatMap(({ requirements }) => requirements);
const found = collectIds();
const ids = new Set(found);

describe('the conformance report', () => {
  it.each(rows.map((row) => [row.id, rulesOf(row).join(', '), row] as const))(
    '%s (%s) is covered by what exists, or has its reason',
    (_id, rules, { status }) => {
      expect(rules).not.toBe('');
      if (status.kind !== 'covered') expect(status.reason).not.toBe('');
      else
        expect(status.by.map((evidence) => problemOf(evidence, ids))).toEqual(status.by.map(() => undefined));
    },
  );

  it('knows every id in a title, and each once', () => {
    expect(found.filter((id) => ruleOf(id) === undefined)).toEqual([]);
    expect(found.filter((id, index) => found.indexOf(id) !== index)).toEqual([]);
  });

  it('would notice evidence that is gone', () => {
    expect(problemOf('C-nonsense', ids)).toContain('no catalogue has the case');
    expect(problemOf('nonsense/once', ids)).toContain('begins with no rule');
    expect(problemOf('state.replay/nonsense', ids)).toContain('no test');
  });

  it('finds ids in titles, and nowhere else', () => {
    const source =
      "/* it('#a/b') */ it('#c/d x', () => f('y', '#e/f')); it.each([['#g/h']])(`#i/j ${1}`, g);";
    expect(idsIn(source)).toEqual(['c/d', 'i/j']);
  });

  it('has every requirement once, and a test or a reason for each', () => {
    const names = rows.map(({ id }) => id);
    expect(names.filter((id, index) => names.indexOf(id) !== index)).toEqual([]);
    expect(chapters.map(({ requirements }) => requirements.length)).toEqual([48, 55, 58, 23, 31, 13, 9, 7]);
    for (const { id, status } of rows) {
      const said = status.kind === 'covered' ? status.by.length : status.reason.length;
      expect([id, said]).not.toEqual([id, 0]);
    }
  });

  it('is fresh in CONFORMANCE.md (npm run conformance -- --write)', () => {
    expect(readFileSync(reportFile, 'utf8')).toBe(report(chapters));
  });
});
