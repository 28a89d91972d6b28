/**
 * Does the evidence exist? A case is looked up in the catalogues; a test by the id that its title begins with,
 * `#rule/name`. Titles are collected from the syntax trees of the test files, so what follows the id is free to change.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { attacks } from '../catalogue/attacks/all';
import { logoutAttacks } from '../catalogue/attacks/logout';
import { benignCases } from '../catalogue/benign';
import { benignLogouts } from '../catalogue/benign/logout';
import { ruleIds, type RuleId } from '../support/rule-ids';
import type { Chapter, Requirement } from './requirement';

const known = new Set<string>(ruleIds);
const caseRules: ReadonlyMap<string, RuleId> = new Map(
  [...Object.values(attacks).flat(), ...logoutAttacks, ...benignCases, ...benignLogouts].map(
    ({ id, rule }) => [id, rule],
  ),
);

/** The ids in the titles of one test file: what a call such as it('#…', …) or each(…)('#…', …) is given first. */
export function idsIn(source: string): string[] {
  const ids: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const title = node.arguments[0];
      const text =
        title === undefined
          ? ''
          : ts.isStringLiteralLike(title)
            ? title.text
            : ts.isTemplateExpression(title)
              ? title.head.text
              : '';
      const id = /^#([\w.]+\/[a-z0-9-]+)(?: |$)/.exec(text)?.[1];
      if (id !== undefined) ids.push(id);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('titles.ts', source, ts.ScriptTarget.Latest));
  return ids;
}

/** Every id of a title under test/, as often as it occurs. */
export function collectIds(): string[] {
  const directory = join(__dirname, '..');
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .filter((source) => source.includes('#'))
    .flatMap(idsIn);
}

const ruleOfTest = (id: string): string | undefined => /^([^/]+)\/[a-z0-9-]+$/.exec(id)?.[1];

/** The rule that a piece of evidence is about; undefined for one that is not there, or is about nothing known. */
export function ruleOf(evidence: string): RuleId | undefined {
  const rule = caseRules.get(evidence) ?? ruleOfTest(evidence);
  return rule !== undefined && known.has(rule) ? (rule as RuleId) : undefined;
}

/** The rules that a requirement is about: those of its evidence, or the one that its reason stands under. */
export function rulesOf({ status }: Requirement): RuleId[] {
  if (status.kind !== 'covered') return [status.rule];
  return [...new Set(status.by.map(ruleOf))].filter((rule) => rule !== undefined);
}

/** What is wrong with a piece of evidence; undefined when it is there. */
export function problemOf(evidence: string, ids: ReadonlySet<string>): string | undefined {
  if (caseRules.has(evidence)) return undefined;
  if (!evidence.includes('/')) return `no catalogue has the case ${evidence}`;
  if (ruleOf(evidence) === undefined) return `${evidence} begins with no rule of test/support/rule-ids.ts`;
  return ids.has(evidence) ? undefined : `no test's title begins with #${evidence}`;
}

/** Every piece of evidence that is missing, with the row that names it. */
export function dangling(chapters: readonly Chapter[], ids: ReadonlySet<string>): string[] {
  return chapters.flatMap(({ requirements }) =>
    requirements.flatMap(({ id, status }) =>
      status.kind === 'covered'
        ? status.by.flatMap((evidence) => {
            const problem = problemOf(evidence, ids);
            return problem === undefined ? [] : [`${id}: ${problem}`];
          })
        : [],
    ),
  );
}
