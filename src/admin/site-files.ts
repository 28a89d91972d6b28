// The four files for a Wix site, made from the small modules of src/wix-site. What belongs to the owner is never replaced:
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
  readonly settings: {
    readonly serviceProvider: string;
    readonly site: string;
    readonly redeem?: 'page' | 'backend';
  };
}

export type ModuleChoice = Pick<SiteFileChoice, 'oldModules' | 'signOn' | 'collaborators'>;

export interface WrittenFiles {
  readonly target: string;
  readonly written: readonly string[];
  /** Were there already, with other content, and were left alone; of the page's file, the owner's part. */
  readonly kept: readonly string[];
}

export const functionsFile = 'backend/http-functions.js';
const pageFile = 'public/wix-saml.js';
const backendFile = 'backend/wix-saml.js';
const webModule = 'backend/wix-saml.web.js';

const rule = '='.repeat(10);
const yours = `// ${rule} Yours: settings and sentences, kept when wix-saml writes this file anew ${rule}`;
const ours = `// ${rule} Ours from here on ${rule}`;
const ownersModules = ['public/wix-saml-settings', 'public/wix-saml-messages'];

/** Texts by name, such as `backend/wix-saml.js`. */
export function makeSiteFiles(choice: SiteFileChoice): ReadonlyMap<string, string> {
  return new Map([
    [functionsFile, plain('backend/http-functions')],
    [backendFile, joined('backend/wix-saml', choice)],
    [webModule, plain('backend/wix-saml.web')],
    [pageFile, joined('public/wix-saml', choice)],
  ]);
}

/** @param into the site's repository, or a directory */
export function writeSiteFiles(into: string, choice: SiteFileChoice): WrittenFiles {
  // A site under Git integration keeps its code in src/ and ignores what lies beside it.
  const target = isSiteRepository(into) ? join(into, 'src') : into;
  const written: string[] = [];
  const kept: string[] = [];
  for (const [name, fresh] of makeSiteFiles(choice)) {
    const file = join(target, name);
    const there = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const text = there === undefined ? fresh : beside(there, name, fresh);
    if (text !== fresh && !(name === functionsFile && hasFunctions(text))) kept.push(name);
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
    .trim();

/** What to write where the owner has a file of this name: theirs, ours, or ours with their part of it. */
function beside(there: string, name: string, fresh: string): string {
  if (name === functionsFile) return there;
  if (name !== pageFile) return fresh;
  const part = new RegExp(`${yours}[^]*${ours}`);
  const theirs = part.exec(there)?.[0];
  return theirs === undefined ? fresh : fresh.replace(part, () => theirs);
}

/** The owner added our lines to their file, so there is nothing left to do with it. */
const hasFunctions = (text: string): boolean =>
  ['post_samlSession', 'post_samlSessionCheck'].every((name) => new RegExp(`\\b${name}\\b`).test(text));

function joined(entry: string, choice: SiteFileChoice): string {
  const read = (name: string): string | undefined => {
    // A web module stays one, or the page would get the backend's code.
    if (!/^(backend|public)\//.test(name) || name.endsWith('.web')) return undefined;
    return name === ownersModules[0] ? filledIn(plain(name), choice.settings) : variant(name, choice);
  };
  const first = entry.startsWith('public/') ? ownersModules : [];
  const { imports, modules } = joinModules(entry, { read, first });
  const lines = [
    `// ${entry}.js of wix-saml. Written by \`wix-saml site\` from the modules named below, line by line.`,
    '',
    ...imports,
  ];
  for (const { name, text } of modules) {
    if (name === first[0]) lines.push('', yours);
    if (first.length > 0 && modules[first.length]?.name === name) lines.push('', ours);
    lines.push('', `// ---- ${name}`, '', text);
  }
  return `${lines.join('\n')}\n`;
}

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
