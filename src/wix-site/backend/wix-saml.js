// What the other files of the site may import: the two HTTP functions, what the web module needs, and the clean-up.

import { response } from 'wix-http-functions';
import { answerSamlSession, answerSamlSessionCheck } from 'backend/wix-saml-session';

export { redeemAtServiceProvider } from 'backend/wix-saml-session';
export { sha256Base64url } from 'backend/wix-saml-jws';
export { answerSelfCheck } from 'backend/wix-saml-self-check';
export { removeExpiredAssertions } from 'backend/wix-saml-platform';

/** `POST /_functions/samlSession`: a signed assertion in, a member's session token out. */
export async function samlSession(request) {
  return response(await answerSamlSession(request));
}

/** `POST /_functions/samlSessionCheck`: tells the service provider's operator how this site is set up. */
export async function samlSessionCheck(request) {
  return response(await answerSamlSessionCheck(request));
}
