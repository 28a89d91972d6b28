// What a site's http-functions.js may import: the four HTTP functions and the clean-up.

import { response } from 'wix-http-functions';
import { answerPage } from 'backend/wix-saml-page';
import { answerSamlMember, answerSamlSession, answerSamlSessionCheck } from 'backend/wix-saml-session';

export { removeExpiredAssertions } from 'backend/wix-saml-platform';

/** `POST /_functions/samlSession`: a signed assertion in, a member's session token out. */
export async function samlSession(request) {
  return response(await answerSamlSession(request));
}

/** `POST /_functions/samlSessionCheck`: tells the service provider's operator how this site is set up. */
export async function samlSessionCheck(request) {
  return response(await answerSamlSessionCheck(request));
}

/** `POST /_functions/samlMember`: blocks a member whom the company has disabled, or takes that back. */
export async function samlMember(request) {
  return response(await answerSamlMember(request));
}

/** `POST /_functions/samlPage`: what the site's own pages ask. */
export async function samlPage(request) {
  return response(await answerPage(request));
}
