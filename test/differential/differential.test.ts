/**
 * The gate against node-saml, xmlsec1 and python3-saml over every message that we have: where they differ, we say why.
 * No clause of the gate is taken from them; an oracle only has to be independent.
 */
import { covers, explanations } from './explanations';
import { disagreements, table, type At, type Disagreement, type Row } from './table';

const allButDate = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** node-saml reads the system's clock: it stands still at the message's own time. */
const at: At = async (now, run) => {
  jest.useFakeTimers({ now, doNotFake: [...allButDate] });
  try {
    return await run();
  } finally {
    jest.useRealTimers();
  }
};

describe('the gate and other judges', () => {
  let rows: Row[];
  let missing: string[];
  let differing: Disagreement[];

  beforeAll(async () => {
    // xml-encryption and xmldom complain aloud about hostile messages.
    for (const level of ['warn', 'error', 'log'] as const) jest.spyOn(console, level).mockReturnValue();
    ({ rows, missing } = await table(at));
    jest.restoreAllMocks();
    differing = disagreements(rows);
    if (missing.length > 0) console.warn(`not asked, because missing (Debian: ${missing.join(' ')})`);
    process.stdout.write(summary(rows, differing));
  }, 600_000);

  it('are all asked in CI', () => {
    expect(process.env['CI'] === 'true' ? missing : []).toEqual([]);
  });

  it('judge every catalogue and the captures', () => {
    const count = (source: Row['source']): number => rows.filter((row) => row.source === source).length;
    expect(count('benign')).toBeGreaterThanOrEqual(150);
    expect(count('hostile')).toBeGreaterThanOrEqual(600);
    expect(count('capture')).toBe(48);
  });

  it('differ only where it is explained', () => {
    const unexplained = differing.filter(
      (one) => !explanations.some((explanation) => covers(explanation, one)),
    );
    expect(unexplained).toEqual([]);
  });

  it('leave no explanation without a case', () => {
    const unused = explanations
      .filter(
        ({ judge, byVersion }) => byVersion === undefined && rows.some(({ others }) => others.has(judge)),
      )
      .filter((explanation) => !differing.some((one) => covers(explanation, one)))
      .map(({ judge, kind, reason }) => `${judge} ${kind}: ${reason}`);
    expect(unused).toEqual([]);
  });

  it('agree on the honest messages, apart from what a judge cannot read', () => {
    // An explanation must not excuse a refusal of ours: whatever is benign is accepted here.
    expect(rows.filter(({ source, gate }) => source === 'benign' && gate.verdict !== 'accepts')).toEqual([]);
  });
});

function summary(rows: readonly Row[], differing: readonly Disagreement[]): string {
  const judges = [...new Set(rows.flatMap(({ others }) => [...others.keys()]))];
  const lines = judges.map((judge) => {
    const of = (kind: Disagreement['kind']): number =>
      differing.filter((one) => one.judge === judge && one.kind === kind).length;
    const total = of('accepts') + of('refuses') + of('reads another name');
    return (
      `${judge.padEnd(13)} agrees ${rows.length - total}, accepts more ${of('accepts')}, ` +
      `refuses more ${of('refuses')}, reads another name ${of('reads another name')}`
    );
  });
  return `\n${rows.length} messages\n${lines.join('\n')}\n`;
}
