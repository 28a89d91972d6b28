// An explanation as lines for a terminal: a mark per row, both sides where they differ, and what to change.

import type { ExplainedAnswer, ExplainedRow } from '../admin/explain';
import { visibleBlanks } from '../core/text';
import { isMaskedLocalPart } from '../policy/masked-address';

const marks = { pass: '✓', fail: '✗', unknown: '?', amber: '!' } as const;

export function explanationLines(
  {
    verdict,
    code,
    email,
    rows,
    restarts,
  }: Pick<ExplainedAnswer, 'verdict' | 'code' | 'email' | 'rows' | 'restarts'>,
  showEmail: boolean,
): string[] {
  const last =
    verdict === 'accept'
      ? `This message would be accepted for ${showEmail ? (email ?? '') : shortened(email ?? '')}.`
      : restarts === true
        ? 'Nobody asked for this message: it signs nobody in, and the service would start a proper sign-in.'
        : `This message is refused: ${code ?? 'unknown'}.`;
  return [...rows.flatMap((row) => rowLines(row, showEmail)), '', last];
}

function rowLines(row: ExplainedRow, showEmail: boolean): string[] {
  const { id, title, clause, verdict, code, expected, received, remedy, field } = row;
  const indent = '      ';
  const show = (text: string): string =>
    visibleBlanks(showEmail ? text : text.replace(ADDRESS, shortened), SIDE_CHARS);
  return [
    `  ${marks[verdict]} ${id.padEnd(28)} ${title} (${clause})${verdict === 'unknown' ? ': not judged' : ''}`,
    ...(code === undefined ? [] : [`${indent}${code}`]),
    ...(expected === undefined ? [] : [`${indent}expected: ${show(expected)}`]),
    ...(received === undefined
      ? []
      : [`${indent}${verdict === 'amber' ? 'note:    ' : 'received:'} ${show(received)}`]),
    ...(remedy === undefined ? [] : [`${indent}remedy:   ${remedy}`]),
    ...(field === undefined ? [] : [`${indent}field:    ${field}`]),
  ];
}

const ADDRESS = /[^\s@<>"]+@[^\s@<>",;]+/g;

/** `a…@example.com`: enough to recognise one's own test person. */
const shortened = (address: string): string =>
  address.replace(/^(.)[^@]*@/, (localPart, first: string) =>
    isMaskedLocalPart(localPart) ? localPart : `${first}…@`,
  );

/** Two sides that differ by a blank must not look equal. A side holds some texts of an IdP, each of them capped. */
const SIDE_CHARS = 2000;
