/** docs/errors.md, made from the tables of errors, remedies and turns. */

import { errorTable, visitorSentences, type ErrorCode } from '../../../src/core/error-table';
import { causesOf } from '../../../src/core/remedies';
import { turnOf, turns, type Turn } from '../../../src/core/turns';
import { topicOf } from '../../../src/admin/idps/topics';
import { anchorOf, bullets, code, prose } from './markdown';

const codes = Object.keys(errorTable) as readonly ErrorCode[];

const areas: readonly (readonly [title: string, pattern: RegExp])[] = [
  ['The request itself', /^(HTTP|INTERNAL)_/],
  ['The state store', /^STATE_/],
  ['Starting a sign-in', /^(LOGIN|CONNECTION)_/],
  ['The response of the identity provider', /^SAML_/],
  ['Who the person is', /^POLICY_/],
  ['The set-up pages', /^SETUP_/],
  ['Back on the site', /^TICKET_/],
  ['The Wix site', /^WIX_/],
];

const whatTheyDo: Readonly<Record<Turn, string>> = {
  visitor: 'starts again or waits a moment; nothing has to be repaired',
  'IT admin': 'changes a setting at the identity provider',
  'site owner': 'changes something in the Wix dashboard or in the site’s pages',
  operator: 'changes the configuration, the proxy or the machine, or looks for an attacker',
};

function index(turn: Turn): string {
  const own = codes.filter((each) => turnOf[each] === turn);
  return `**${turn}**, who ${whatTheyDo[turn]}: ${own.map((each) => `[${code(each)}](#${anchorOf(each)})`).join(', ')}`;
}

/** A pattern as the words of a log line that it looks for. */
const wordsOf = (evidence: RegExp): string => evidence.source.replace(/^\^|\$$/g, '');

function entry(name: ErrorCode): string {
  const { status, visitor, cause, remedy } = errorTable[name];
  const causes = causesOf(name).map(
    ({ evidence, cause, remedy: own }) =>
      `Where the log line says “${wordsOf(evidence)}”: ${prose(cause)} ${prose(own)}`,
  );
  const field = topicOf[name] === undefined ? [] : ['[Which field at which product](idps/README.md)'];
  return [
    `### ${name}`,
    `HTTP ${String(status)} · whose turn: **${turnOf[name]}**`,
    `> ${visitorSentences[visitor]}`,
    bullets([`Cause: ${prose(cause)}`, `Remedy: ${prose(remedy)}`]),
    ...(causes.length + field.length === 0 ? [] : [bullets([...causes, ...field])]),
  ].join('\n\n');
}

export const errorsPage = (): string => `# Errors

<!-- Made from src/core/error-table.ts, remedies.ts and turns.ts by \`npm run docs\`. -->

Every refusal has a stable code. The visitor reads the quoted sentence with a reference; the log line with that reference holds
the code, what was expected and what came. \`wix-saml why REFERENCE --log FILE\` finds that line and says what this page says of it.
\`/session-token\` returns the code in \`error\`. Codes that begin with \`SITE_\` are the Wix site's own: its documentation
[lists them](../src/wix-site/README.md#what-the-site-refuses-by-itself).

## Whose turn is it?

${bullets(turns.map(index))}

${areas
  .map(
    ([title, pattern]) =>
      `## ${title}\n\n${codes
        .filter((each) => pattern.test(each))
        .map(entry)
        .join('\n\n')}`,
  )
  .join('\n\n')}
`;

/** Codes that no area holds, which the page would lose. */
export const codesWithoutArea = (): readonly string[] =>
  codes.filter((each) => areas.filter(([, pattern]) => pattern.test(each)).length !== 1);
