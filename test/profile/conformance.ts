/** The command: prints the report and its counts, exits with 1 when a row names a test that is not there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectIds, dangling } from './evidence';
import { counts, report } from './report';
import { chapters } from './requirements';

export const reportFile = join(__dirname, '../../CONFORMANCE.md');

export function main(args: readonly string[]): number {
  const text = report(chapters);
  if (args.includes('--write')) writeFileSync(reportFile, text);
  else process.stdout.write(text);
  console.log(`\n${counts(chapters)}`);
  const missing = dangling(chapters, new Set(collectIds()));
  for (const problem of missing) console.error(`dangling: ${problem}`);
  return missing.length === 0 ? 0 : 1;
}
