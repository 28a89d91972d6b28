// The site's public HTTP functions. If the site already has this file, add these lines to it: Wix allows one
// http-functions.js per site.

import { samlSession, samlSessionCheck } from 'backend/wix-saml';

export function post_samlSession(request) {
  return samlSession(request);
}

export function post_samlSessionCheck(request) {
  return samlSessionCheck(request);
}
