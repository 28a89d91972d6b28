/** The conformance report as Markdown, made from the rows alone. */
import { rulesOf } from './evidence';
import type { Chapter, Requirement, Status } from './requirement';

const kinds = ['covered', 'not applicable', 'later'] as const satisfies readonly Status['kind'][];

export const countOf = (chapters: readonly Chapter[], kind: Status['kind']): number =>
  chapters.flatMap(({ requirements }) => requirements).filter(({ status }) => status.kind === kind).length;

export function counts(chapters: readonly Chapter[]): string {
  const total = chapters.reduce((sum, { requirements }) => sum + requirements.length, 0);
  return `${total} requirements: ${kinds.map((kind) => `${countOf(chapters, kind)} ${kind}`).join(', ')}`;
}

export function report(chapters: readonly Chapter[]): string {
  const parts = chapters.map((chapter) =>
    [
      `## ${chapter.title}`,
      `Source: <${chapter.source}>. ${counts([chapter])}.`,
      [
        '| id | level | demand | rule | status | test, or reason |',
        '| --- | --- | --- | --- | --- | --- |',
        ...chapter.requirements.map(line),
      ].join('\n'),
    ].join('\n\n'),
  );
  return `${head(chapters)}\n\n${parts.join('\n\n')}\n`;
}

function head(chapters: readonly Chapter[]): string {
  return [
    '# Conformance',
    'What standards, profiles and the OWASP cheat sheet ask of a SAML 2.0 service provider, each row tied to a test. ' +
      'Made from `test/profile/requirements.ts` by `npm run conformance -- --write`; do not edit.',
    `**${counts(chapters)}.**`,
    '`conditions.audience/…` is a test whose title begins with that id; `C-aud-none` is a case of the attack catalogue ' +
      '(`test/catalogue/attacks`) and, with `B-` in front, of the benign catalogue (`test/catalogue/benign`), which are sent to the real ' +
      '`POST /saml/acs`. `npx jest -t conditions.audience` runs everything about that rule.',
  ].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const codes = (ids: readonly string[]): string => ids.map((id) => `\`${id}\``).join(', ');

function line(row: Requirement): string {
  const { id, level, demand, status } = row;
  return `| ${[id, level, demand, codes(rulesOf(row)), status.kind, evidenceOf(status)].map(cell).join(' | ')} |`;
}

function evidenceOf(status: Status): string {
  if (status.kind !== 'covered') return status.reason;
  return status.note === undefined ? codes(status.by) : `(${status.note}) ${codes(status.by)}`;
}
