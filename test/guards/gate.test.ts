/** The gate has one door: verify, read and check are called in saml/gate.ts and nowhere else. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { resolveImport, root, sourceFiles } from './sources';

const files = sourceFiles();
const names = new Set(files.map(({ name }) => name));
const DOOR = 'saml/gate.ts';
const LOGOUT_DOOR = 'saml/logout-gate.ts';

/** The rooms behind the door. */
const isBehind = (file: string): boolean => /^saml\/(login|logout)\/(verify|read|rules\/.*)\.ts$/.test(file);

interface Taken {
  readonly by: string;
  readonly from: string;
  /** '*' for everything, as in `import * as` and `export * from`. */
  readonly values: readonly string[];
}

/** What a file imports or passes on from rooms behind the door; types are no way in. */
function takenFromBehind({ name, text }: (typeof files)[number]): Taken[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext);
  const taken: Taken[] = [];
  const take = (specifier: ts.Expression, values: readonly string[]): void => {
    if (!ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return;
    const from = resolveImport(name, specifier.text, names) ?? '';
    if (isBehind(from) && values.length > 0) taken.push({ by: name, from, values });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier, importedValues(node.importClause));
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && !node.isTypeOnly) {
      const { exportClause } = node;
      const some = exportClause !== undefined && ts.isNamedExports(exportClause);
      take(node.moduleSpecifier, some ? valuesAmong(exportClause.elements) : ['*']);
    }
    // import() and require()
    if (ts.isCallExpression(node) && node.arguments[0] !== undefined) {
      const { expression } = node;
      const loads =
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === 'require');
      if (loads) take(node.arguments[0], ['*']);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return taken;
}

function importedValues(clause: ts.ImportClause | undefined): string[] {
  if (clause === undefined) return ['*'];
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { namedBindings } = clause;
  if (namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return ['*'];
  return valuesAmong(namedBindings.elements);
}

const valuesAmong = (elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]): string[] =>
  elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ propertyName, name }) => (propertyName ?? name).text);

const taken = files.flatMap(takenFromBehind);

describe('the gate', () => {
  it('is where the guard thinks', () => {
    expect(names).toContain(DOOR);
    expect(new Set(taken.filter(({ by }) => by === DOOR).flatMap(({ values }) => values))).toEqual(
      new Set([
        'verifyResponse',
        'readAssertion',
        'checkAssertion',
        'peekAssertionData',
        'judge',
        'VerifiedAssertion',
      ]),
    );
  });

  it('lets nobody from outside into the rooms behind it, not even for a type', () => {
    const specifiers = files
      .filter(({ name }) => !name.startsWith('saml/'))
      .flatMap(({ name, imports }) =>
        imports
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => [name, resolveImport(name, specifier, names) ?? ''] as const),
      );
    expect(specifiers.length).toBeGreaterThan(100);
    expect(specifiers.filter(([, target]) => isBehind(target))).toEqual([]);
  });

  it.each(['verifyResponse', 'readAssertion', 'checkAssertion', 'judge', 'peekAssertionData'])(
    'alone calls %s',
    (step) => {
      const callers = taken.filter(({ values }) => values.includes(step) || values.includes('*'));
      expect(callers.map(({ by }) => by)).toEqual([DOOR]);
    },
  );

  it.each(['verifyLogoutMessage', 'checkLogoutRequest', 'checkLogoutResponse'])(
    'has a door for logout beside it, which alone calls %s',
    (step) => {
      const callers = taken.filter(({ values }) => values.includes(step) || values.includes('*'));
      expect(callers.map(({ by }) => by)).toEqual([LOGOUT_DOOR]);
    },
  );

  it('has no second place where its steps follow each other', () => {
    const naming = files.filter(
      ({ code }) => /\bverifyResponse\(/.test(code) && /\b(readAssertion|checkAssertion)\(/.test(code),
    );
    expect(naming.map(({ name }) => name)).toEqual([DOOR]);
  });

  it('stands in the root of saml/ with the values and names, and nothing else', () => {
    const entries = readdirSync(join(root, 'src/saml'), { withFileTypes: true });
    expect(
      entries
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'assertion.ts',
      'gate.ts',
      'identity-provider.ts',
      'logout-gate.ts',
      'names.ts',
      'self-test-message.ts',
      'self-test.ts',
      'service-provider.ts',
    ]);
  });
});
