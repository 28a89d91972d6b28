/** The files for a site are made from the small modules: every line of them is there, and runs without the rest. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { joinModules } from '../../../src/admin/join-modules';
import { makeSiteFiles, type SiteFileChoice } from '../../../src/admin/site-files';
import { root } from '../../guards/sources';

const settings = { serviceProvider: 'https://sso.example.com', site: 'portal' };
const choices: [string, SiteFileChoice][] = [
  ['new modules', { oldModules: false, signOn: false, collaborators: false, ownFunctions: false, settings }],
  ['old modules', { oldModules: true, signOn: false, collaborators: false, ownFunctions: false, settings }],
  ['Sign On', { oldModules: false, signOn: true, collaborators: false, ownFunctions: false, settings }],
  ['collaborators', { oldModules: false, signOn: false, collaborators: true, ownFunctions: false, settings }],
  [
    'functions of its own',
    { oldModules: false, signOn: false, collaborators: false, ownFunctions: true, settings },
  ],
  [
    'old modules and Sign On',
    { oldModules: true, signOn: true, collaborators: false, ownFunctions: false, settings },
  ],
];

const siteFolder = join(root, 'src', 'wix-site');
const read = (name: string): string => readFileSync(join(siteFolder, name), 'utf8');
const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** Lines that say something, without imports and the word export. */
const linesOf = (text: string): string[] =>
  text
    .replace(/^(import|export)\s+[^;]*?\s+from\s+'[^']+';\n/gm, '')
    .split('\n')
    .map((line) => line.replace(/^export (?!\{)/, '').trim())
    .filter((line) => line !== '');

describe.each(choices)('the files for a site with %s', (_name, choice) => {
  const files = makeSiteFiles(choice);
  const modulesIn = (folder: string): string[] =>
    readdirSync(join(siteFolder, folder)).filter(
      (name) => !(choice.ownFunctions && name === 'http-functions.js'),
    );

  const [backendName = ''] = [...files.keys()];

  it('are two', () => {
    expect([...files.keys()]).toEqual([
      choice.ownFunctions ? 'backend/wix-saml.js' : 'backend/http-functions.js',
      'public/wix-saml.js',
    ]);
  });

  it.each(['backend', 'public'])('hold every line of every module of %s, comments included', (folder) => {
    const made = linesOf(files.get(folder === 'backend' ? backendName : 'public/wix-saml.js')!);
    for (const module of modulesIn(folder)) {
      const overlays = [
        ...(choice.collaborators ? ['collaborators'] : []),
        ...(choice.signOn ? ['sign-on'] : []),
        ...(choice.oldModules ? ['old'] : []),
      ];
      const overlay = overlays.find((each) =>
        readdirSync(join(siteFolder, each), { recursive: true, encoding: 'utf8' }).includes(
          join(folder, module),
        ),
      );
      const own = linesOf(read(join(overlay ?? '', folder, module)));
      const start = made.findIndex((_line, index) => own.every((each, step) => made[index + step] === each));
      expect([module, start >= 0]).toEqual([module, true]);
    }
  });

  it('are modules that can be read, without one name twice', () => {
    for (const [fileName, text] of files) {
      const { diagnostics } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
      expect(diagnostics).toEqual([]);
    }
  });

  it('import each other and modules of Wix only, and no module that the site has not', () => {
    const wix = (text: string): string[] =>
      importsOf(text).filter((name) => !/^(backend|public)\//.test(name));
    const [backend, page] = [files.get(backendName)!, files.get('public/wix-saml.js')!];
    expect(importsOf(backend)).toEqual(wix(backend));
    expect(importsOf(page)).toEqual(wix(page));
    expect(wix(backend).includes('@wix/identity')).toBe(choice.signOn);
    expect(wix(backend).includes('wix-secrets-backend')).toBe(choice.oldModules);
    expect(wix(page).includes('@wix/authentication')).toBe(!choice.oldModules);
  });

  it('hold the settings, before everything else', () => {
    const page = files.get('public/wix-saml.js')!;
    expect(page).toMatch(/^(\/\/.*\n|import .*\n|\n)*const settings = \{/);
    expect(page).toContain("serviceProvider: 'https://sso.example.com'");
  });
});

describe('joining modules', () => {
  const join2 = (entry: string, other: string): string => {
    const texts: Readonly<Record<string, string>> = { entry, other };
    const { imports, modules } = joinModules('entry', { read: (name) => texts[name], first: [] });
    return [...imports, ...modules.map(({ text }) => text)].join('\n');
  };

  it('puts what is needed first, merges imports and exports what the entry exports', () => {
    const entry =
      "import x, { b } from 'wix';\nimport { f } from 'other';\n\nexport const g = () => f(x, b);\n";
    const other = "// What it is.\n\nimport { a } from 'wix';\n\nexport function f() {\n  return a;\n}\n";
    expect(join2(entry, other)).toBe(
      "import x, { a, b } from 'wix';\n// What it is.\n\nfunction f() {\n  return a;\n}\nexport const g = () => f(x, b);",
    );
  });

  it('passes on what the entry passes on', () => {
    expect(join2("export { f } from 'other';\n", 'export const f = 1;\nexport const g = 2;\n')).toMatch(
      /^export const f = 1;\nconst g = 2;/,
    );
  });

  it.each([
    [
      'a name of two modules',
      "import { f } from 'other';\nconst g = f;\n",
      'export const f = 1;\nconst g = 2;\n',
    ],
    [
      'a name that is imported as well',
      "import { f } from 'wix';\nimport { g } from 'other';\n",
      'export const g = 1;\nconst f = 2;\n',
    ],
    ['renaming', "import { f as h } from 'other';\n", 'export const f = 1;\n'],
    ['a namespace', "import * as all from 'other';\n", 'export const f = 1;\n'],
    ['a namespace of Wix', "import * as all from 'wix';\n", ''],
    ['a default import', "import f from 'other';\n", 'export const f = 1;\n'],
    ['a default export', "import { f } from 'other';\n", 'export default 1;\n'],
    ['an import for its effect', "import 'other';\n", 'const f = 1;\n'],
    ['a list of exports', "import { f } from 'other';\n", 'const f = 1;\nexport { f };\n'],
  ])('does not guess: %s', (_name, entry, other) => {
    expect(() => join2(entry, other)).toThrow(/in another way|renames|Two modules/);
  });
});
