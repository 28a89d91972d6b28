// Copies the code that runs on a Wix site into a directory. Files of the owner are never replaced: the site has one
// http-functions.js, and settings may have been changed there.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** `src/wix-site`, beside this file's compiled or source directory. */
const source = join(__dirname, '..', '..', 'src', 'wix-site');

/** Files that belong to the owner once they are there. */
const ownersFiles = new Set(['backend/http-functions.js', 'public/wix-saml-settings.js']);

export interface SiteFileOptions {
  readonly into: string;
  /** Directories laid over the main one: `old` for deprecated Wix modules, `sign-on` for the Sign On API. */
  readonly variants: readonly string[];
  /** What `public/wix-saml-settings.js` is filled with. */
  readonly settings: { readonly serviceProvider: string; readonly site: string };
}

export interface CopiedFiles {
  readonly target: string;
  readonly written: readonly string[];
  /** Were there already, with other content, and were left alone. */
  readonly kept: readonly string[];
}

export function copySiteFiles({ into, variants, settings }: SiteFileOptions): CopiedFiles {
  // A site under Git integration keeps its code in src/ and ignores what lies beside it.
  const target = existsSync(join(into, 'wix.config.json')) ? join(into, 'src') : into;
  const files = new Map<string, string>();
  for (const root of [source, ...variants.map((variant) => join(source, variant))]) {
    for (const name of [...filesBelow(root, 'backend'), ...filesBelow(root, 'public')]) {
      files.set(name, readFileSync(join(root, name), 'utf8'));
    }
  }
  const settingsFile = 'public/wix-saml-settings.js';
  files.set(settingsFile, filledIn(files.get(settingsFile) ?? '', settings));
  const kept = [...files]
    .filter(([name, content]) => mustKeep(join(target, name), name, content))
    .map(([name]) => name);
  const written = [...files.keys()].filter((name) => !kept.includes(name));
  for (const name of written) {
    const file = join(target, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, files.get(name) ?? '');
  }
  return { target, written: written.sort(), kept: kept.sort() };
}

const mustKeep = (file: string, name: string, content: string): boolean =>
  ownersFiles.has(name) && existsSync(file) && readFileSync(file, 'utf8') !== content;

function filesBelow(root: string, directory: string): string[] {
  const start = join(root, directory);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function filledIn(text: string, { serviceProvider, site }: SiteFileOptions['settings']): string {
  return text
    .replace(/(serviceProvider: )'[^']*'/, `$1'${serviceProvider}'`)
    .replace(/(site: )'[^']*'/, `$1'${site}'`);
}

/** The lines to paste into a page; Wix lets nobody add a page's file from outside. */
export const pageCode = (name: 'landing' | 'sign-in-button' | 'members-page'): string =>
  readFileSync(join(source, 'pages', `${name}.js`), 'utf8').trim();
