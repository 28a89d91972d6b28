// The site's public HTTP functions. If the site already has this file, add the two functions to it:
// Wix allows one http-functions.js per site. All judgement is in backend/wix-saml.js.

import { response } from 'wix-http-functions';
import { answerSamlSession, answerSamlSessionCheck } from 'backend/wix-saml';

/** `POST /_functions/samlSession`: a signed assertion in, a member's session token out. */
export async function post_samlSession(request) {
  return response(await answerSamlSession(request));
}

/** `POST /_functions/samlSessionCheck`: tells the service provider's operator how this site is set up. */
export async function post_samlSessionCheck(request) {
  return response(await answerSamlSessionCheck(request));
}
