/** The generated parts of README.md, made from the tables in src. */

import { optionRows } from '../../src/config/options';
import { errorTable } from '../../src/core/error-table';
import { table } from './pages/markdown';

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

/** Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->`. */
export function withTables(readme: string): string {
  const put = (text: string, name: string, content: string): string => {
    const pattern = new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`);
    if (!pattern.test(text)) throw new Error(`README.md lost its marks for ${name}`);
    return text.replace(pattern, (_all, begin: string, end: string) => `${begin}\n\n${content}\n\n${end}`);
  };
  return put(put(readme, 'options', optionsTable()), 'errors', errorsTable());
}
