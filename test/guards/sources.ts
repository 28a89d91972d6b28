/** The TypeScript files of src, parsed far enough to ask about imports and about words that must not occur. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export const root = join(__dirname, '..', '..');

export interface SourceFile {
  /** Below src, with slashes: `saml/login/verify.ts`. */
  readonly name: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  /** Module specifiers as written: imports, re-exports, `import()`, `require()`; types included. */
  readonly imports: readonly string[];
}

export function sourceFiles(): readonly SourceFile[] {
  const directory = join(root, 'src');
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('wix-site/'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(directory, name), 'utf8');
      const { importedFiles } = ts.preProcessFile(text, true, true);
      return {
        name,
        text,
        code: withoutComments(text),
        imports: importedFiles.map(({ fileName }) => fileName),
      };
    });
}

function withoutComments(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const parts: string[] = [];
  const comments = new Set([ts.SyntaxKind.SingleLineCommentTrivia, ts.SyntaxKind.MultiLineCommentTrivia]);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    parts.push(comments.has(kind) ? ' ' : scanner.getTokenText());
  }
  return parts.join('');
}

/** The file that a relative import means, below src; undefined when it leaves src or names no file of it. */
export function resolveImport(
  from: string,
  specifier: string,
  names: ReadonlySet<string>,
): string | undefined {
  const path = posix.normalize(posix.join(posix.dirname(from), specifier));
  const bare = path.replace(/\.js$/, '');
  return [`${bare}.ts`, `${bare}/index.ts`].find((name) => names.has(name));
}
