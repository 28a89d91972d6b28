// An explanation as lines for a terminal: a mark per row, both sides where they differ, and what to change.

import { isMaskedLocalPart } from '../policy/masked-address';
import type { Explanation, ExplainRow } from '../admin/explain-answer';

const marks = { pass: '✓', fail: '✗', unknown: '?' } as const;

export function explanationLines(
  {
    verdict,
    code,
    email,
    rows,
  }: Omit<Explanation, 'rows'> & { readonly rows: readonly (ExplainRow & { readonly field?: string })[] },
  showEmail: boolean,
): string[] {
  const last =
    verdict === 'accept'
      ? `This message would be accepted for ${showEmail ? (email ?? '') : shortened(email ?? '')}.`
      : `This message is refused: ${code ?? 'unknown'}.`;
  return [...rows.flatMap((row) => rowLines(row, showEmail)), '', last];
}

function rowLines(row: ExplainRow & { readonly field?: string }, showEmail: boolean): string[] {
  const { id, title, clause, verdict, code, expected, received, remedy, field } = row;
  const indent = '      ';
  const show = (text: string): string => oneLine(showEmail ? text : text.replace(ADDRESS, shortened));
  return [
    `  ${marks[verdict]} ${id.padEnd(28)} ${title} (${clause})${verdict === 'unknown' ? ': not judged' : ''}`,
    ...(code === undefined ? [] : [`${indent}${code}`]),
    ...(expected === undefined ? [] : [`${indent}expected: ${show(expected)}`]),
    ...(received === undefined ? [] : [`${indent}received: ${show(received)}`]),
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

/** Text of an IdP goes to a terminal: no control or format characters. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
