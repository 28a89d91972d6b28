// Attempts as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is made a text by an apostrophe, because an
// IdP, or whoever posts garbage, chose some of them (OWASP: CSV injection).

import { cleanText } from '../../core/text';
import type { Attempt } from './attempts';

const FORMULA = /^[\s]*[=+\-@\t\r|%]/;

export const csvColumns = [
  'began',
  'ended',
  'state',
  'code',
  'count',
  'address',
  'person',
  'signIn',
  'reference',
  'expected',
  'received',
] as const;

export function attemptsAsCsv(attempts: readonly Attempt[]): string {
  return [[...csvColumns], ...attempts.map(cellsOf)].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cellsOf({ id, at, state, code, count, address, person, steps }: Attempt): string[] {
  const last = steps.at(-1);
  const refused = steps.findLast(({ step }) => step === 'refused');
  const sides = refused?.step === 'refused' ? refused : undefined;
  return [
    new Date(at).toISOString(),
    last === undefined || last.step === 'started' ? '' : new Date(last.at).toISOString(),
    state,
    code ?? '',
    count === undefined ? '' : String(count),
    address ?? '',
    person ?? '',
    id,
    last === undefined || last.step === 'manyRefused' ? '' : last.reference,
    sides?.expected ?? '',
    sides?.received ?? '',
  ];
}

function cell(text: string): string {
  const line = cleanText(text);
  return `"${(FORMULA.test(text) ? `'${line}` : line).replaceAll('"', '""')}"`;
}
