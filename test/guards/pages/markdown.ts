/** What the generated pages are built of. */

const cell = (text: string): string => text.replace(/(?<!\\)\|/g, '\\|').replace(/\s+/g, ' ');

/** Not padded: a longer cell must not change every line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export const code = (name: string): string => `\`${name}\``;
