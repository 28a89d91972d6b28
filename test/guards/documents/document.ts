/** A Markdown document, read far enough to check it: headings, links, code in the text and code blocks. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorOf } from '../pages/markdown';
import { root } from '../sources';

export interface CodeBlock {
  readonly language: string;
  /** What stands behind the language: `fragment`. */
  readonly words: string;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

export interface Document {
  /** In the repository. */
  readonly name: string;
  readonly blocks: readonly CodeBlock[];
  /** Code in the running text. */
  readonly spans: readonly string[];
  /** As written, with their anchors; pictures too. */
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
  readonly lines: number;
  /** Rows of tables with more than one blank at the border of a cell. */
  readonly padded: readonly string[];
}

export function readDocument(name: string): Document {
  const text = readFileSync(join(root, name), 'utf8');
  const blocks: CodeBlock[] = [];
  // A block becomes as many empty lines.
  const bare = text.replace(/^```(\S*) ?(.*)\n([^]*?)^```$/gm, (whole, language, words, content, offset) => {
    blocks.push({
      language: String(language),
      words: String(words),
      text: String(content),
      line: text.slice(0, Number(offset)).split('\n').length,
    });
    return '\n'.repeat(whole.split('\n').length - 1);
  });
  const spans = [...bare.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span = '']) => span.replace(/\s+/g, ' '));
  const prose = bare.replace(/<!--[^]*?-->/g, '');
  return {
    name,
    blocks,
    spans,
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link),
    anchors: anchorsOf(prose),
    lines: text.trimEnd().split('\n').length,
    padded: bare.split('\n').filter((line) => /^\|.*( {2,}\||\| {2,})/.test(line)),
  };
}

/** A heading that occurs again gets a number, as on GitHub. */
function anchorsOf(prose: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose.matchAll(/^#{1,6} +(.+)$/gm)) {
    const bare = anchorOf(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, ''));
    let anchor = bare;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${bare}-${String(again)}`;
    anchors.add(anchor);
  }
  return anchors;
}
