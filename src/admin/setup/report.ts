// A test as a text to pass on: what was expected and what came, without addresses, keys or the answer itself.

import { cleanLines } from '../../core/text';
import type { TestRecord } from './test-sign-in';

const marks = { pass: 'ok  ', fail: 'FAIL', unknown: '?   ', amber: 'odd ' } as const;

/** @param about site, connection and product, as the pages name them */
export function reportText(
  { test, startedAt, endedAt, findings }: TestRecord,
  about: { readonly site: string; readonly connection: string; readonly product: string },
): string {
  const rows = (findings?.rows ?? []).flatMap(
    ({ verdict, title, code, expected, received, remedy, field }) => [
      `${marks[verdict]} ${title}`,
      ...detail('code', code),
      ...detail('expected', expected),
      ...detail('received', received),
      ...detail('field', field),
      ...detail('remedy', remedy),
    ],
  );
  const head = [
    `Test sign-in ${test}: ${findings === undefined ? 'no answer' : findings.passed ? 'passed' : 'failed'}`,
    `Site: ${about.site}, connection: ${about.connection}, identity provider: ${about.product}`,
    `Began: ${new Date(startedAt).toISOString()}, answered: ${endedAt === undefined ? '-' : new Date(endedAt).toISOString()}`,
    '',
  ];
  const attributes = (findings?.attributes ?? []).map(({ name }) => name).join(', ');
  const tail = ['', `Attributes that came: ${attributes === '' ? 'none' : attributes}`, ''];
  return cleanLines([...head, ...rows, ...tail].join('\n'));
}

const detail = (label: string, text: string | undefined): string[] =>
  text === undefined ? [] : [`       ${label}: ${text}`];
