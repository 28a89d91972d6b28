/** The generated parts of README.md, made from the tables in src. */

import { optionRows } from '../../src/config/options';
import { errorTable } from '../../src/core/error-table';
import { warningTable } from '../../src/core/warnings';

const cell = (text: string): string => text.replace(/(?<!\\)\|/g, '\\|').replace(/\s+/g, ' ');

/** One Markdown table, columns as wide as their widest cell, as prettier leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text + ' '.repeat((widths[column] ?? 0) - text.length)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), rule, ...others.map(line)].join('\n');
}

export function optionsTable(): string {
  return table(
    ['option', 'type', 'default', 'meaning'],
    optionRows().map((row) => [`\`${row.path}\``, row.type, row.default, row.meaning]),
  );
}

export function errorsTable(): string {
  return table(
    ['code', 'status', 'what to do'],
    Object.entries(errorTable).map(([code, { status, remedy }]) => [`\`${code}\``, String(status), remedy]),
  );
}

export function warningsTable(): string {
  return table(
    ['code', 'meaning'],
    Object.entries(warningTable).map(([code, { meaning }]) => [`\`${code}\``, meaning]),
  );
}

/** Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->`. */
export function withTables(readme: string): string {
  const put = (text: string, name: string, content: string): string => {
    const pattern = new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`);
    if (!pattern.test(text)) throw new Error(`README.md lost its marks for ${name}`);
    return text.replace(pattern, (_all, begin: string, end: string) => `${begin}\n\n${content}\n\n${end}`);
  };
  const tables = { options: optionsTable(), errors: errorsTable(), warnings: warningsTable() };
  return Object.entries(tables).reduce((text, [name, content]) => put(text, name, content), readme);
}
