/** What the generated pages are built of. */

const cell = (text: string): string =>
  text === '' ? '–' : text.replace(/(?<!\\)\|/g, '\\|').replace(/\s+/g, ' ');

/** Not padded: a longer cell must not change every line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export const code = (name: string): string => `\`${name}\``;

export const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** Words of a screen may hold angle brackets or asterisks, which Markdown would take for its own. */
export const prose = (text: string): string =>
  text.replace(/`[^`]*`|[<*]/g, (found) => (found === '<' ? '&lt;' : found === '*' ? '\\*' : found));

/** The anchor of a heading, as GitHub makes it; the site of the documents does the same. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replace(/ /g, '-');
