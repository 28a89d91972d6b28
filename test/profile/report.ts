/** The conformance report as Markdown, made from the rows alone. */
import { placeOf } from './evidence';
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
        '| id | level | demand | status | test, or reason |',
        '| --- | --- | --- | --- | --- |',
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
    'A test is named by its file under `test/` and a part of its title; a name such as `C-aud-none` is a case of the attack ' +
      'catalogue (`test/catalogue/attacks`) and, with `B-` in front, of the benign catalogue (`test/catalogue/benign`), which run against the real `POST /saml/acs`.',
  ].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function line({ id, level, demand, status }: Requirement): string {
  return `| ${[id, level, demand, status.kind, evidenceOf(status)].map(cell).join(' | ')} |`;
}

function evidenceOf(status: Status): string {
  if (status.kind !== 'covered') return status.reason;
  const places = status.by.map(placeOf).join('; ');
  return status.note === undefined ? places : `(${status.note}) ${places}`;
}
