// What a check found, as lines for a terminal.

import type { SurroundingsReport } from '../admin/check';
import type { Overview } from '../admin/overview';
import { countOf, problemLine } from '../config/problem';
import type { Problem } from '../core/problem';
import type { Warning } from '../core/warnings';
import type { AcknowledgedWarning } from '../config/acknowledgements';
import { overviewLines } from './overview-lines';

interface Checked extends SurroundingsReport {
  readonly file: string;
  /** undefined: the configuration could not be read. */
  readonly seen: Overview | undefined;
  readonly acknowledged: readonly AcknowledgedWarning[];
  /** Ways by which a test notice went out. */
  readonly sent?: readonly string[] | undefined;
}

export const checkLines = ({
  file,
  seen,
  problems,
  warnings,
  acknowledged,
  sites,
  sent = [],
}: Checked): string[] => [
  ...(seen === undefined ? [] : overviewLines(seen)),
  ...sites
    .filter(({ answered }) => answered)
    .map(({ site, version }) => `Site ${site}: answers, version ${version ?? '?'}.`),
  ...sent.map((way) => `A test notice went out: ${way}.`),
  ...listed(problems, 'problem'),
  ...listed(warnings.map(withCode), 'warning'),
  ...acknowledgedLines(acknowledged),
  conclusion(file, { problems, warnings, isRead: seen !== undefined }),
];

const listed = (found: readonly Problem[], noun: string): string[] =>
  found.length === 0 ? [] : [`${countOf(found.length, noun)}:`, ...found.map(problemLine)];

/** The code is what `acknowledged` in the configuration names. */
const withCode = ({ code, path, problem, hint }: Warning): Problem => ({
  path,
  problem: `${problem} [${code}]`,
  hint,
});

function acknowledgedLines(acknowledged: readonly AcknowledgedWarning[]): string[] {
  if (acknowledged.length === 0) return [];
  return [
    `${countOf(acknowledged.length, 'acknowledged warning')}:`,
    ...acknowledged.map(({ code, path, reason, until, daysLeft }) => {
      const ending =
        daysLeft === undefined ? '' : `, ${countOf(daysLeft, 'day')} left: remove its cause, or decide anew`;
      return `  ${path === '' ? 'the file' : path}: ${code}, until ${until}${ending}\n      ${reason}`;
    }),
  ];
}

interface Outcome {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  readonly isRead: boolean;
}

function conclusion(file: string, { problems, warnings, isRead }: Outcome): string {
  if (!isRead) return `${file} is not usable yet.`;
  if (warnings.some(({ code }) => code === 'PLACEHOLDER'))
    return `${file} is not filled in yet: it still holds example addresses.`;
  return problems.length === 0 ? `${file} is fine.` : `${file} is fine; not everything around it is yet.`;
}
