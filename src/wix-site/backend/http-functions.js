// The site's public HTTP functions. Wix allows one http-functions.js per site: a site that has one already adds these lines to it.

import { samlMember, samlPage, samlSession, samlSessionCheck } from 'backend/wix-saml';

/** For a scheduled job. */
export { removeExpiredAssertions } from 'backend/wix-saml';

export function post_samlSession(request) {
  return samlSession(request);
}

export function post_samlSessionCheck(request) {
  return samlSessionCheck(request);
}

export function post_samlMember(request) {
  return samlMember(request);
}

export function post_samlPage(request) {
  return samlPage(request);
}
