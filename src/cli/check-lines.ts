// What a check found, as lines for a terminal.

import type { SurroundingsReport } from '../admin/check';
import type { Overview } from '../admin/overview';
import { countOf, problemLine } from '../config/problem';
import type { Problem } from '../core/problem';
import { overviewLines } from './overview-lines';

interface Checked extends SurroundingsReport {
  readonly file: string;
  /** undefined: the configuration could not be read. */
  readonly seen: Overview | undefined;
}

export const checkLines = ({ file, seen, problems, warnings, sites }: Checked): string[] => [
  ...(seen === undefined ? [] : overviewLines(seen)),
  ...sites
    .filter(({ answered }) => answered)
    .map(({ site, version }) => `Site ${site}: answers, version ${version ?? '?'}.`),
  ...listed(problems, 'problem'),
  ...listed(warnings, 'warning'),
  conclusion(file, problems.length > 0, seen !== undefined),
];

const listed = (found: readonly Problem[], noun: string): string[] =>
  found.length === 0 ? [] : [`${countOf(found.length, noun)}:`, ...found.map(problemLine)];

function conclusion(file: string, bad: boolean, readable: boolean): string {
  if (!bad) return `${file} is fine.`;
  return readable ? `${file} is fine; not everything around it is yet.` : `${file} is not usable yet.`;
}
