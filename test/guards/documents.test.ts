/** Every document says what is true: its links lead somewhere, its commands exist, its code blocks would work. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { errorTable } from '../../src/core/error-table';
import * as api from '../../src/index';
import { troublesOf } from './documents/code-blocks';
import { commandsIn, judgeOfCommands } from './documents/commands';
import { readDocument, type Document } from './documents/document';
import { root, sourceFiles } from './sources';

const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && !name.includes('/.vitepress/'));

const documents = new Map<string, Document>(
  [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...['docs', 'src', 'certs', 'metadata', 'deploy'].flatMap(below),
    '.github/PULL_REQUEST_TEMPLATE.md',
    'test/README.md',
    'test/MUTATION.md',
  ].map((name) => [name, readDocument(name)]),
);

/** Where a link of a document leads, in the repository; undefined for another host. */
function targetOf(
  document: string,
  link: string,
): { readonly file: string; readonly anchor?: string } | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? document : posix.join(posix.dirname(document), path);
  return { file, ...(anchor === undefined ? {} : { anchor }) };
}

describe.each([...documents.values()])('$name', (document) => {
  const { name, links, blocks } = document;

  it('links only to files and headings that exist', () => {
    const lost = links.filter((link) => {
      const target = targetOf(name, link);
      if (target === undefined) return false;
      if (!existsSync(join(root, target.file))) return true;
      return target.anchor !== undefined && documents.get(target.file)?.anchors.has(target.anchor) !== true;
    });
    expect(lost).toEqual([]);
  });

  it('names only commands, options and scripts that exist', async () => {
    const judge = await judgeOfCommands();
    const wrong = commandsIn(document).flatMap((command) => {
      const trouble = judge(command);
      return trouble === undefined ? [] : [`${command}: ${trouble}`];
    });
    expect(wrong).toEqual([]);
  });

  it('has code blocks that would work', () => {
    const wrong = blocks.flatMap((block) =>
      troublesOf(block).map((trouble) => `line ${String(block.line)}: ${trouble}`),
    );
    expect(wrong).toEqual([]);
  });

  it('pads no table', () => {
    expect(document.padded).toEqual([]);
  });
});

describe('README.md', () => {
  it('is read in a minute: at most 150 lines', () => {
    expect(documents.get('README.md')?.lines).toBeLessThanOrEqual(150);
  });

  it('names the one command that tests a fresh clone', () => {
    expect(documents.get('README.md')?.blocks.map(({ text }) => text)).toContain('npm ci && npm test\n');
  });

  it('leads to every page of docs, within two clicks', () => {
    const within = (names: readonly string[]): string[] =>
      names.flatMap((name) =>
        (documents.get(name)?.links ?? []).flatMap((link) => targetOf(name, link)?.file ?? []),
      );
    const first = within(['README.md']);
    const reached = new Set(['README.md', ...first, ...within(first)]);
    const pages = [...documents.keys()].filter((name) => name.startsWith('docs/'));
    expect(pages.filter((name) => !reached.has(name))).toEqual([]);
  });
});

describe('docs/library.md', () => {
  it('names every function that the package exports, and no other', () => {
    const named = (documents.get('docs/library.md')?.spans ?? [])
      .flatMap((span) => /^(\w+)\(/.exec(span)?.[1] ?? [])
      .sort();
    const exported = Object.keys(api).filter((name) => !name.endsWith('Error'));
    expect([...new Set(named)]).toEqual(exported.sort());
  });
});

describe('docs/http.md', () => {
  it('has every path that the service answers', () => {
    const routes = sourceFiles()
      .filter(({ name }) => /^http\/(portal\/)?routes\//.test(name))
      .flatMap(({ code }) =>
        [...code.matchAll(/(?:\bpath: |Path = )'(\/[^']+)'/g)].map(([, path = '']) => path),
      );
    const spans = documents.get('docs/http.md')?.spans ?? [];
    const named = spans.flatMap((span) => /^(?:GET|POST) (\S+)/.exec(span)?.[1] ?? []);
    expect([...new Set(named)].sort()).toEqual([...new Set(routes)].sort());
  });
});

describe('the judges of documents', () => {
  const block = (language: string, text: string, words = '') => ({ language, words, text, line: 1 });

  it('find what does not exist', async () => {
    const judge = await judgeOfCommands();
    expect(['wix-saml chek', 'npx wix-saml check --sit', 'npm run nothing', '.ci/none'].map(judge)).toEqual([
      'no command chek',
      'check has no --sit',
      'no npm script nothing',
      'no file .ci/none',
    ]);
    expect(['wix-saml why REFERENCE --log FILE', 'npm run demo -- --check', 'wix-saml'].map(judge)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('find blocks that would not work', () => {
    const wrong = [
      block('yaml', 'listen:\n  prot: 1\n', 'fragment'),
      block('yaml', 'listen:\n  port: 1\n'),
      block('ts', 'const a = ;'),
      block('ts', "import { nothing } from 'wix-saml';"),
      block('json', '{'),
      block('', 'anything'),
    ];
    expect(wrong.filter((each) => troublesOf(each).length === 0)).toEqual([]);
    expect(troublesOf(block('yaml', 'listen:\n  port: 1\n', 'fragment'))).toEqual([]);
    expect(troublesOf(block('ts', "import { createApp } from 'wix-saml';"))).toEqual([]);
  });
});

describe('error codes', () => {
  const codes = Object.keys(errorTable);

  it('have the form AREA_OBJECT_PROBLEM', () => {
    expect(
      codes.filter(
        (code) =>
          !/^(HTTP|CONNECTION|LOGIN|SAML|POLICY|SETUP|TICKET|WIX|STATE|INTERNAL)(_[A-Z0-9]+)+$/.test(code),
      ),
    ).toEqual([]);
  });

  it('each have a remedy that ends as a sentence', () => {
    const wrong = Object.entries(errorTable).filter(([, { remedy }]) => !/^[A-Z`].*[.?!]$/.test(remedy));
    expect(wrong).toEqual([]);
  });
});

/** Whoever comes with a question reads its answer after two clicks at most, beginning at the README. */
const firstQuestions: readonly (readonly [reader: string, question: string, page: string, says: RegExp])[] = [
  ['site owner', 'Does it work with my editor?', 'README.md', /^\| Wix Editor, Wix Studio \| yes/m],
  ['site owner', 'What do I do in the dashboard?', 'docs/wix-site.md', /secret/i],
  ['site owner', 'A visitor is refused: is that for me?', 'docs/errors.md', /\*\*site owner\*\*/],
  ['IT admin', 'What do I type into which field of Entra ID?', 'docs/idps/entra.md', /Reply URL/],
  [
    'IT admin',
    'The first sign-in does not work. What now?',
    'docs/idps/README.md',
    /first sign-in does not work/,
  ],
  ['operator', 'How do I get it running?', 'docs/set-up.md', /wix-saml init/],
  ['operator', 'How do I change a key without a gap?', 'docs/operation.md', /rotate/],
  ['operator', 'What does this code mean?', 'docs/errors.md', /### SAML_AUDIENCE_MISMATCH/],
  ['developer', 'How do I mount it in Express?', 'docs/examples/README.md', /Express/],
  ['security reviewer', 'Why can nobody forge a sign-in?', 'docs/gate.md', /signature/],
  ['security reviewer', 'What is assumed, and how do I report a hole?', 'SECURITY.md', /report/i],
];

/** How many links lead from the README to each document. */
function clicksFrom(start: string): ReadonlyMap<string, number> {
  const clicks = new Map([[start, 0]]);
  for (const [name, count] of clicks) {
    for (const link of documents.get(name)?.links ?? []) {
      const file = targetOf(name, link)?.file;
      if (file !== undefined && !clicks.has(file)) clicks.set(file, count + 1);
    }
  }
  return clicks;
}

describe('two clicks from the README', () => {
  const clicks = clicksFrom('README.md');

  it.each(firstQuestions)('a %s who asks “%s” reads %s', (_reader, _question, page, says) => {
    expect(clicks.get(page)).toBeLessThanOrEqual(2);
    expect(readFileSync(join(root, page), 'utf8')).toMatch(says);
  });

  it('every page of docs is found', () => {
    const far = [...documents.keys()].filter(
      (name) => name.startsWith('docs/') && (clicks.get(name) ?? Infinity) > 2,
    );
    expect(far).toEqual([]);
  });
});
