/** Does the evidence exist? Looks a title up in its test file, and a case in the catalogues. Runs nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacks } from '../catalogue/attacks/all';
import { benignCases } from '../catalogue/benign';
import type { Chapter } from './requirement';

const cases = new Map<string, string>([
  ...Object.values(attacks).flatMap((group) => group.map(({ id }) => [id, 'attacks'] as const)),
  ...benignCases.map(({ id }) => [id, 'benign'] as const),
]);

/** What is wrong with a piece of evidence; undefined when it is there. */
export function problemOf(evidence: string): string | undefined {
  const colon = evidence.indexOf(': ');
  if (colon < 0) return cases.has(evidence) ? undefined : `no catalogue has the case ${evidence}`;
  const file = `test/${evidence.slice(0, colon)}.test.ts`;
  const path = join(__dirname, '../..', file);
  if (!existsSync(path)) return `there is no ${file}`;
  const title = evidence.slice(colon + 2);
  return titlesOf(readFileSync(path, 'utf8')).some((text) => text.includes(title))
    ? undefined
    : `no title in ${file} holds "${title}"`;
}

/** Texts in quotes: titles of tests and groups, and the names of rows in their tables. */
function titlesOf(source: string): string[] {
  return [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`|"((?:[^"\\\n]|\\.)*)"/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

/** Every piece of evidence that is missing, with the row that names it. */
export function dangling(chapters: readonly Chapter[]): string[] {
  return chapters.flatMap(({ requirements }) =>
    requirements.flatMap(({ id, status }) =>
      status.kind === 'covered'
        ? status.by.flatMap((evidence) => {
            const problem = problemOf(evidence);
            return problem === undefined ? [] : [`${id}: ${problem}`];
          })
        : [],
    ),
  );
}

/** Where to find it, for the report: a file and a title, or a case. */
export function placeOf(evidence: string): string {
  const colon = evidence.indexOf(': ');
  if (colon < 0) return `\`${evidence}\``;
  return `${evidence.slice(0, colon)} “${evidence.slice(colon + 2)}”`;
}
