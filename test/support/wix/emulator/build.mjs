// Building the published site: an import of a module that the site does not have stops it, and with it every function and
// every page's code. Which modules there are is what the editor offers and what the owner installed.

import { backendModules } from './backend.mjs';
import { frontendModules } from './frontend.mjs';
import { siteSource } from './site-code.mjs';

const FROM = /^(?:import|export)\s+[^;]*?\s+from\s+'([^']+)';/gm;

/** @returns {string | null} why the site as it is cannot be built, if it cannot */
export function buildTrouble(world) {
  if (!world.options.published) return 'The site was never published';
  const { code, landingPage, landingCode } = world.options;
  if (Object.keys(code).length === 0) return null;
  const sides = { backend: backendModules(world), public: frontendModules(world, { tab: { options: {} } }) };
  const files = [...Object.entries(code), [`public/page of ${landingPage}`, siteSource(world, landingCode)]];
  for (const [name, text] of files) {
    const side = name.startsWith('backend/') ? { ...sides.backend, crypto: 0, buffer: 0 } : sides.public;
    for (const [, specifier] of text.matchAll(FROM)) {
      const own = Object.hasOwn(code, `${specifier}.js`);
      if (!own && !Object.hasOwn(side, specifier)) return `${name}: cannot find ${specifier}`;
    }
  }
  return null;
}
