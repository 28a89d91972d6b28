// The two files for a Wix site, made from the small modules of src/wix-site; three where the site has HTTP functions of its own. What belongs to the owner is never replaced:
// the site has one http-functions.js, and settings and sentences may have been changed there.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { joinModules } from './join-modules';

export interface SiteFileChoice {
  /** For sites that lack Wix's newer modules: an import of what is not there would stop the site's build. */
  readonly oldModules: boolean;
  /** The site asks Wix who is the owner or a collaborator; needs the package @wix/members on the site. */
  readonly collaborators: boolean;
  /** Wix's Sign On API may make the session; needs the package @wix/identity on the site. */
  readonly signOn: boolean;
  /** The site has an http-functions.js of its own: then ours is another file, and a few lines in theirs. */
  readonly ownFunctions: boolean;
  readonly settings: {
    readonly serviceProvider: string;
    readonly site: string;
    readonly redeem?: 'page' | 'backend';
  };
}

export type ModuleChoice = Pick<SiteFileChoice, 'oldModules' | 'signOn' | 'collaborators' | 'ownFunctions'>;

export interface WrittenFiles {
  readonly target: string;
  readonly written: readonly string[];
  /** Were there already, with other content, and were left alone; of the page's file, the owner's part. */
  readonly kept: readonly string[];
}

export const functionsFile = 'backend/http-functions.js';
const pageFile = 'public/wix-saml.js';
const backendFile = 'backend/wix-saml.js';

const rule = '='.repeat(10);
const yours = `// ${rule} Yours: settings and sentences, kept when wix-saml writes this file anew ${rule}`;
const ours = `// ${rule} Ours from here on ${rule}`;
const ownersModules = ['public/wix-saml-settings', 'public/wix-saml-messages'];

/** Texts by name, such as `public/wix-saml.js`. */
export function makeSiteFiles(choice: SiteFileChoice): ReadonlyMap<string, string> {
  const backend = choice.ownFunctions ? backendFile : functionsFile;
  return new Map([backend, pageFile].map((name) => [name, joined(name.replace(/\.js$/, ''), choice)]));
}

/** @param into the site's repository, or a directory */
export function writeSiteFiles(into: string, choice: SiteFileChoice): WrittenFiles {
  // A site under Git integration keeps its code in src/ and ignores what lies beside it.
  const target = isSiteRepository(into) ? join(into, 'src') : into;
  const written: string[] = [];
  const kept: string[] = [];
  const read = (name: string): string | undefined =>
    existsSync(join(target, name)) ? readFileSync(join(target, name), 'utf8') : undefined;
  const functions = read(functionsFile);
  const ownFunctions = choice.ownFunctions || (functions !== undefined && !isOurs(functions));
  if (functions === undefined ? ownFunctions : ownFunctions && !hasFunctions(functions))
    kept.push(functionsFile);
  for (const [name, fresh] of makeSiteFiles({ ...choice, ownFunctions })) {
    const file = join(target, name);
    const there = read(name);
    const text = there === undefined ? fresh : beside(there, name, fresh);
    if (text !== fresh) kept.push(name);
    if (text === there && text !== fresh) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written.push(name);
  }
  return { target, written: written.sort(), kept: kept.sort() };
}

/** What the files import that a site does not have by itself. */
export const packagesFor = ({ oldModules, signOn, collaborators }: ModuleChoice): readonly string[] => [
  ...(oldModules ? [] : ['@wix/authentication']),
  ...(signOn ? ['@wix/identity'] : []),
  ...(collaborators ? ['@wix/members'] : []),
];

/** A repository as Wix's Git integration makes it. */
export const isSiteRepository = (directory: string): boolean =>
  existsSync(join(directory, 'wix.config.json'));

/** The lines to paste into a page; Wix lets nobody add a page's file from outside. */
export const pageCode = (name: 'landing' | 'sign-in-button' | 'members-page'): string =>
  plain(`pages/${name}`).trim();

/** The lines that a site with an http-functions.js of its own needs in it. */
export const functionLines = (): string =>
  plain('backend/http-functions')
    .replace(/^\/\/.*\n/gm, '')
    .replace(/^\/\*\*.*\nexport \{.*\n\n/m, '')
    .trim();

const ourFunctions = ['post_samlSession', 'post_samlSessionCheck', 'post_samlMember', 'post_samlPage'];

/** Written here before, by this version or an earlier one, and holds no function of anybody else. */
function isOurs(text: string): boolean {
  const begins =
    text.startsWith(headOf(functionsFile)) || text.startsWith("// The site's public HTTP functions.");
  const named = [...text.matchAll(/\b(?:get|post|put|delete|options|use)_\w+/g)].map(([name]) => name);
  return begins && named.every((name) => ourFunctions.includes(name));
}

/** What to write where the owner has a file of this name: ours, or ours with their part of it. */
function beside(there: string, name: string, fresh: string): string {
  if (name !== pageFile) return fresh;
  const part = new RegExp(`${yours}[^]*${ours}`);
  const theirs = part.exec(there)?.[0];
  return theirs === undefined ? fresh : fresh.replace(part, () => theirs);
}

/** The owner added our lines to their file, so there is nothing left to do with it. */
const hasFunctions = (text: string): boolean =>
  text.includes("from 'backend/wix-saml'") &&
  ourFunctions.every((name) => new RegExp(`\\b${name}\\b`).test(text));

function joined(entry: string, choice: SiteFileChoice): string {
  const read = (name: string): string | undefined => {
    if (!/^(backend|public)\//.test(name)) return undefined;
    return name === ownersModules[0] ? filledIn(plain(name), choice.settings) : variant(name, choice);
  };
  const first = entry.startsWith('public/') ? ownersModules : [];
  const { imports, modules } = joinModules(entry, { read, first });
  const lines = [headOf(`${entry}.js`), '', ...imports];
  for (const { name, text } of modules) {
    if (name === first[0]) lines.push('', yours);
    if (first.length > 0 && modules[first.length]?.name === name) lines.push('', ours);
    lines.push('', `// ---- ${name}`, '', text);
  }
  return `${lines.join('\n')}\n`;
}

const headOf = (name: string): string =>
  `// ${name} of wix-saml. Written by \`wix-saml site\` from the modules named below, line by line.`;

function variant(name: string, { oldModules, signOn, collaborators }: SiteFileChoice): string {
  const folders = [
    ...(collaborators ? ['collaborators/'] : []),
    ...(signOn ? ['sign-on/'] : []),
    ...(oldModules ? ['old/'] : []),
    '',
  ];
  const place = folders.find((folder) => existsSync(join(source(), `${folder}${name}.js`)));
  return plain(`${place ?? ''}${name}`);
}

function filledIn(text: string, { serviceProvider, site, redeem }: SiteFileChoice['settings']): string {
  const set = (code: string, name: string, value: string): string =>
    code.replace(new RegExp(`(${name}: )'[^']*'`), (_all, before: string) => `${before}'${value}'`);
  return set(set(set(text, 'serviceProvider', serviceProvider), 'site', site), 'redeem', redeem ?? 'page');
}

const plain = (name: string): string => readFileSync(join(source(), `${name}.js`), 'utf8');

/** `src/wix-site`, wherever this code runs: beside dist, or in the sources. */
function source(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const place = join(folder, 'src', 'wix-site');
    if (existsSync(join(place, 'README.md'))) return place;
    if (folder === dirname(folder))
      throw new Error('The code for Wix sites is not part of this installation');
  }
}
