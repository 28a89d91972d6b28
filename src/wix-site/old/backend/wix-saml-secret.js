// The site's configuration through the module that Wix deprecated in September 2025: for sites that lack the new one.

import { getSecret } from 'wix-secrets-backend';

/** @returns {Promise<unknown>} a text */
export function siteSecret(name) {
  return getSecret(name);
}
