// Runs the files that a site's owner gets, in a global scope of their own: bare names of Wix modules lead to the
// emulator's, `backend/…` and `public/…` to the site's files. One instance per backend container and per page load.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const here = path.dirname(fileURLToPath(import.meta.url));
const OWN_PAGES = path.resolve(here, '..');
const SITE = path.resolve(here, '../../../../src/wix-site');
const require = createRequire(import.meta.url);

/** The text behind `backend/x`, `public/x` or `pages/x`: the made files, and the page code that an owner pastes. */
export function siteSource(world, specifier) {
  const name = specifier.endsWith('.js') ? specifier : `${specifier}.js`;
  if (Object.hasOwn(world.options.code, name)) return world.options.code[name];
  const page = /^pages\/[\w-]+\.js$/.test(name)
    ? [SITE, OWN_PAGES].map((place) => path.join(place, name)).find((file) => existsSync(file))
    : undefined;
  if (!page) throw new Error(`Cannot find module '${specifier}' in the site's code`);
  return readFileSync(page, 'utf8');
}

export class SiteCode {
  #world;
  #modules = new Map();
  #namespaces = new Map();
  #shims;
  #resolve;
  context;

  /**
   * @param {object} world
   * @param {{ globals: object, shims: Record<string, object>, resolve?: (specifier: string) => object | undefined }} scope
   *   `resolve` may answer the exports of a specifier, or throw for what this side must not import
   */
  constructor(world, { globals, shims, resolve }) {
    this.#world = world;
    this.#shims = shims;
    this.#resolve = resolve ?? (() => undefined);
    this.context = vm.createContext({ ...globals });
    this.context.globalThis = this.context;
    this.context.__now = () => world.now();
    vm.runInContext(SHIFTED_DATE, this.context);
  }

  /** Namespace of the module, linked and evaluated once. */
  import(specifier) {
    if (!this.#namespaces.has(specifier)) this.#namespaces.set(specifier, this.#load(specifier));
    return this.#namespaces.get(specifier);
  }

  async #load(specifier) {
    const module = this.#module(specifier);
    if (module.status === 'unlinked') await module.link((name) => this.#module(name));
    await module.evaluate();
    return module.namespace;
  }

  #module(specifier) {
    const known = this.#modules.get(specifier);
    if (known) return known;
    const module = this.#create(specifier);
    this.#modules.set(specifier, module);
    return module;
  }

  #create(specifier) {
    const exports = this.#resolve(specifier) ?? this.#shims[specifier];
    if (exports) return this.#synthetic(specifier, exports);
    if (specifier === 'crypto' || specifier === 'buffer') {
      return this.#synthetic(specifier, { ...require(`node:${specifier}`) });
    }
    return new vm.SourceTextModule(siteSource(this.#world, specifier), {
      identifier: `wix-site/${specifier}`,
      context: this.context,
    });
  }

  #synthetic(identifier, exports) {
    return new vm.SyntheticModule(
      Object.keys(exports),
      function setExports() {
        for (const [name, value] of Object.entries(exports)) this.setExport(name, value);
      },
      { identifier, context: this.context },
    );
  }
}

/** The site's clock: the process's, shifted as the test asks. */
const SHIFTED_DATE = `{
  const now = globalThis.__now;
  delete globalThis.__now;
  const Real = Date;
  globalThis.Date = class Date extends Real {
    constructor(...values) {
      if (values.length === 0) super(now());
      else super(...values);
    }
    static now() {
      return now();
    }
  };
}`;
