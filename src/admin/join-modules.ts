// Small modules → one file that does the same, for a site whose owner pastes files by hand. Only lines of imports and the
// word `export` change; every other line, comments included, stays as it is. Understands the form in which the modules of
// src/wix-site are written, and throws for any other: no default exports, no renaming among themselves, imports first.

export interface ModuleTexts {
  /** Text of a module such as `public/wix-saml-path`; undefined for a module that is not ours. */
  readonly read: (name: string) => string | undefined;
  /** Modules that come first, in this order: those that an owner edits. */
  readonly first: readonly string[];
}

export interface JoinedModules {
  /** Import statements of modules that are not ours, one line each. */
  readonly imports: readonly string[];
  /** In the order in which they must stand. */
  readonly modules: readonly { readonly name: string; readonly text: string }[];
}

/** Names imported from elsewhere, by module: `a`, `b as c`, or a default as `default as x`. */
type Foreign = Map<string, Set<string>>;

const FROM = /^(import|export)\s+([^;]*?)\s+from\s+'([^']+)';\n+/gm;
const DECLARATION = /^(export )?(?:async )?(?:function|const|let|class) (\w+)/gm;

/** @throws Error for a module that is written in another way, or two things of one name */
export function joinModules(entry: string, { read, first }: ModuleTexts): JoinedModules {
  const texts = new Map<string, string>();
  const foreign: Foreign = new Map();
  const exported = new Set(exportedNames(read(entry) ?? ''));
  const visit = (name: string): void => {
    const text = read(name);
    if (text === undefined || texts.has(name)) return;
    texts.set(name, '');
    const body = text.replace(FROM, (_all, _verb: string, clause: string, from: string) => {
      if (read(from) === undefined) addForeign(foreign, from, clause);
      else if (/\bas\b|^\w/.test(clause)) throw new Error(`${name} renames what it takes from ${from}`);
      else visit(from);
      return '';
    });
    if (/^import\b|^export (default|\{|\*)/m.test(body)) throw new Error(`${name} is written in another way`);
    // Set anew: what it needs stands before it.
    texts.delete(name);
    texts.set(name, withExports(body, exported).trim());
  };
  for (const name of [...first, entry]) visit(name);
  checkNames([...texts.values()].join('\n'), foreign);
  const modules = [...texts].map(([name, text]) => ({ name, text }));
  return { imports: [...foreign].map(importLine), modules };
}

function exportedNames(text: string): string[] {
  const declared = [...text.matchAll(DECLARATION)].flatMap(([, keyword, name = '']) =>
    keyword ? [name] : [],
  );
  const passedOn = [...text.matchAll(FROM)].flatMap(([, verb, clause = '']) =>
    verb === 'export' ? namesIn(clause) : [],
  );
  return [...declared, ...passedOn];
}

const withExports = (text: string, exported: ReadonlySet<string>): string =>
  text.replace(DECLARATION, (line, _keyword, name: string) => {
    const bare = line.replace(/^export /, '');
    return exported.has(name) ? `export ${bare}` : bare;
  });

function addForeign(foreign: Foreign, from: string, clause: string): void {
  const names = foreign.get(from) ?? new Set();
  const [, byDefault, others = ''] = /^(\w*)[\s,]*(\{[^]*)?$/.exec(clause) ?? [];
  if (byDefault === undefined) throw new Error(`${from} is imported in another way: ${clause}`);
  if (byDefault !== '') names.add(`default as ${byDefault}`);
  for (const name of namesIn(others)) names.add(name);
  foreign.set(from, names);
}

const namesIn = (clause: string): string[] =>
  clause
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function importLine([from, names]: [string, ReadonlySet<string>]): string {
  const defaults = [...names].filter((name) => name.startsWith('default as '));
  const others = [...names].filter((name) => !name.startsWith('default as ')).sort();
  const parts = [
    ...defaults.map((name) => name.replace('default as ', '')),
    ...(others.length > 0 ? [`{ ${others.join(', ')} }`] : []),
  ];
  return `import ${parts.join(', ')} from '${from}';`;
}

function checkNames(text: string, foreign: Foreign): void {
  const names = [
    ...[...text.matchAll(DECLARATION)].map(([, , name = '']) => name),
    ...[...foreign.values()].flatMap((taken) => [...taken].map((name) => name.replace(/^.* as /, ''))),
  ];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two modules of the site say ${twice}`);
}
