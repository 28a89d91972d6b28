// The site's configuration, out of the Secrets Manager. A site without wix-secrets-backend.v2 takes old/backend's file
// of the same name.

import { secrets } from 'wix-secrets-backend.v2';
import { elevate } from 'wix-auth';

/** @returns {Promise<unknown>} documented as a text, typed as `{ value }`; the configuration reads both */
export function siteSecret(name) {
  return elevate(secrets.getSecretValue)(name);
}
