/** The command line of the fuzzer: how long, from which seed; a report on standard output, exit code 1 on a finding. */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCorpus } from './corpus';
import { fuzz, type Finding, type Report } from './fuzz';

export function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { seconds: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
  });
  const seconds =
    Number(values.minutes ?? 0) * 60 + Number(values.seconds ?? (values.minutes === undefined ? 20 : 0));
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (!(seconds > 0) || !Number.isInteger(seed)) {
    console.error('usage: npm run fuzz -- [--seconds N | --minutes N] [--seed INTEGER]');
    return 2;
  }
  console.log(`fuzzing for ${seconds} s, seed ${seed}`);
  const corpus = makeCorpus();
  const end = performance.now() + seconds * 1000;
  const report = fuzz({ corpus, seed, goOn: () => performance.now() < end });
  print(report);
  if (report.finding === undefined) return 0;
  explain(report.finding);
  return 1;
}

function print({ runs, accepted, refused, slowestMs, overBudget, heapGrowthMb }: Report): void {
  console.log(
    `${runs} messages: ${accepted} accepted with exactly what was signed, ${runs - accepted} refused`,
  );
  for (const [code, count] of [...refused].sort(([, a], [, b]) => b - a)) {
    console.log(`  ${String(count).padStart(8)}  ${code}`);
  }
  console.log(
    `slowest ${slowestMs.toFixed(1)} ms CPU (budget 60, above it: ${overBudget}); heap ${heapGrowthMb.toFixed(1)} MB`,
  );
}

/** Keys are made anew in every run, so the message itself is kept as well. */
function explain({ problem, seed, run, source, field }: Finding): void {
  const file = join(tmpdir(), `fuzz-${seed}-${run}.b64`);
  writeFileSync(file, field);
  console.error(
    `FINDING: ${problem}\nfrom the message "${source}", run ${run} of seed ${seed}; kept in ${file}`,
  );
}
