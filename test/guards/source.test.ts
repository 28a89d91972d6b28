/** Rules of the house that a compiler does not know. */

import ts from 'typescript';
import { sourceFiles } from './sources';

const files = sourceFiles();
const guilty = (pattern: RegExp, allowed: readonly string[] = []): string[] =>
  files.filter(({ name, code }) => !allowed.includes(name) && pattern.test(code)).map(({ name }) => name);

describe('the source', () => {
  it('takes time and randomness from ports; the real ones are in server/system.ts', () => {
    expect(
      guilty(/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b/, ['server/system.ts']),
    ).toEqual([]);
    // The decoy content key of a failed decryption decides nothing that a test would want to repeat.
    const allowed = ['server/system.ts', 'saml/encryption/decrypt.ts'];
    expect(guilty(/\brandomBytes\b|\brandomUUID\b|\bgetRandomValues\b/, allowed)).toEqual([]);
  });

  it('reads the environment only where a process starts', () => {
    expect(guilty(/\bprocess\.env\b/, ['cli/bin.ts', 'index.ts'])).toEqual([]);
  });

  it('writes to a console only through the log and the terminal', () => {
    expect(guilty(/\bconsole\.|\bprocess\.std(out|err)\b/, ['cli/bin.ts', 'server/log.ts'])).toEqual([]);
  });

  it('asks in one place whether a host is this machine', () => {
    // The others: the default of listen.host, and the table of all networks that are not public.
    const allowed = ['core/loopback.ts', 'config/options.ts', 'core/public-address.ts'];
    expect(guilty(/'localhost'|'\[?::1\]?'|'127\./, allowed)).toEqual([]);
  });

  it('goes out through the bounded client, or to Wix', () => {
    expect(guilty(/\bfetch\(/)).toEqual([]);
    const askers = files.filter(({ imports }) => imports.includes('node:https')).map(({ name }) => name);
    expect(askers).toEqual(['core/outbound.ts']);
  });

  it('has no way around the types', () => {
    expect(guilty(/\bas unknown as\b|\bas any\b|: any\b|@ts-(ignore|nocheck|expect-error)|<any>/)).toEqual(
      [],
    );
  });

  it('keeps nothing in module variables: what remembers is made by compose and handed down', () => {
    expect(files.flatMap(moduleState)).toEqual([]);
    const state = (text: string): string[] => moduleState({ name: 'x.ts', text }).map(({ what }) => what);
    expect(state('let count = 0;')).toEqual(['let count']);
    expect(state('let mint = 1; var mint;')).toEqual(['let mint', 'let mint']);
    expect(state('const seen = new WeakMap<object, string>();')).toEqual(['new WeakMap']);
    expect(state('export const seen = Object.freeze({ all: new Map() });')).toEqual(['new Map']);
    expect(state('class A { static readonly seen = new Set<string>([]); }')).toEqual(['new Set']);
    expect(state('const seen = new Set(["a"]); export const f = () => seen.add("b");')).toEqual(['seen.add']);
    expect(state('const list = [1]; list.push(2);')).toEqual(['list.push']);
    const none =
      'let mint: () => A; const a = new Set(["a"]); const f = () => new Map(); class B { x = new Set(); }';
    expect(state(none)).toEqual([]);
  });

  it('has no default exports', () => {
    expect(guilty(/\bexport default\b/)).toEqual([]);
  });

  it('never evaluates text', () => {
    expect(guilty(/\beval\(|\bnew Function\(|\bvm\b/)).toEqual([]);
  });

  it('knows the configuration only from its floor up', () => {
    const below = /^(core|saml|policy|stores|wix|sso|admin|http)\//;
    const knowing = files.filter(({ name, code }) => below.test(name) && /\bConfig\b/.test(code));
    expect(knowing.map(({ name }) => name)).toEqual([]);
  });

  it('has files of at most 300 lines, and half of them below 120', () => {
    const lengths = files.map(({ name, text }) => ({ name, lines: text.trimEnd().split('\n').length }));
    const tables = ['core/error-table.ts', 'config/options.ts'];
    expect(lengths.filter(({ name, lines }) => lines > 300 && !tables.includes(name))).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120);
  });

  it('opens every file with what it is for', () => {
    const silent = files.filter(({ text }) => !/^(#!.*\n)?\s*(\/\/|\/\*)/.test(text));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('has no word that says nothing in a file’s name', () => {
    expect(files.filter(({ name }) => /util|helper|common|manager|service(?!-provider)/i.test(name))).toEqual(
      [],
    );
  });
});

interface ModuleState {
  readonly name: string;
  readonly what: string;
}

const CHANGING = new Set(['set', 'add', 'delete', 'clear', 'push', 'unshift', 'splice', 'pop', 'shift']);

/** Variables of a module that can change; `let mint` is how a class lends its private constructor to one function. */
function moduleState({ name, text }: { readonly name: string; readonly text: string }): ModuleState[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const constants = new Set<string>();
  const visit = (node: ts.Node): void => {
    // What stands in a function, or belongs to one object, is made when it runs.
    if (ts.isFunctionLike(node) || (ts.isPropertyDeclaration(node) && !isStatic(node))) return;
    if (ts.isVariableDeclarationList(node)) {
      const isConstant = (node.flags & ts.NodeFlags.Const) !== 0;
      for (const declaration of node.declarations) {
        const variable = declaration.name.getText();
        if (isConstant) {
          if (/^(\[|new (Map|Set)\b)/.test(declaration.initializer?.getText() ?? '')) constants.add(variable);
        } else if (
          variable !== 'mint' ||
          declaration.initializer !== undefined ||
          (node.flags & ts.NodeFlags.Let) === 0
        )
          found.push(`let ${variable}`);
      }
    }
    if (ts.isNewExpression(node) && /^(Weak)?(Map|Set)$/.test(node.expression.getText())) {
      const [content] = node.arguments ?? [];
      const isEmpty =
        content === undefined || (ts.isArrayLiteralExpression(content) && content.elements.length === 0);
      if (isEmpty) found.push(`new ${node.expression.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const findChanges = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name: verb } = node.expression;
      if (ts.isIdentifier(expression) && constants.has(expression.text) && CHANGING.has(verb.text))
        found.push(`${expression.text}.${verb.text}`);
    }
    ts.forEachChild(node, findChanges);
  };
  findChanges(source);
  return found.map((what) => ({ name, what }));
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}
