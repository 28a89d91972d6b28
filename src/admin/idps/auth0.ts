// Auth0 as an IdP: the addon "SAML2 Web App" of an application.

import { REFEDS_MFA } from './mfa-classes';
import { undated, type IdpProduct } from './product';

export const auth0: IdpProduct = {
  id: 'auth0',
  name: 'Auth0',
  recognise: {
    entityId: /^urn:[^:]+\.auth0\.com$/,
    // With a custom domain the issuer is urn: and that domain.
    singleSignOnService: /^https:\/\/[^/]+\/samlp\/[A-Za-z0-9_-]+$/,
  },
  ourValues: {
    entityId: ['"audience"'],
    acs: ['Application Callback URL', '"recipient"', '"destination"'],
    nameIdFormat: ['"nameIdentifierFormat"'],
    signing: ['"signingCert"'],
    singleLogout: ['"logout": { "callback" }'],
  },
  steps: [
    'Open Applications → Applications → Create Application, and choose Regular Web Applications.',
    'On the tab Addons, switch on SAML2 Web App, and open its Settings.',
    'Put our ACS URL into Application Callback URL.',
    'In the JSON, set "audience" to our entity ID, and "recipient" and "destination" to our ACS URL.',
    'In the JSON, set "signatureAlgorithm" to "rsa-sha256" and "digestAlgorithm" to "sha256".',
    'In the JSON, set "nameIdentifierFormat" to the emailAddress format, and the e-mail claim first in "nameIdentifierProbes".',
    'On the application’s tab Connections, leave only those on whose people may sign in.',
    'On the addon’s tab Usage, copy the address of Identity Provider Metadata and send it to us.',
  ],
  metadata: {
    address: 'https://TENANT/samlp/metadata/CLIENT',
    file: 'Addons → SAML2 Web App → Usage → Identity Provider Metadata',
  },
  traps: [
    'SHA-1 is preset for signature and digest, and refused by us.',
    'The Name ID is preset to the user ID, in the format unspecified.',
    'Either the assertion or the response is signed, never both, which is enough.',
    'Database connections with open sign-up let anybody claim an address: connect only directories that verify it.',
  ],
  fieldsToChange: {
    audience: 'Addons → SAML2 Web App → "audience"',
    acs: 'Addons → SAML2 Web App → Application Callback URL, "recipient", "destination"',
    signing: 'Addons → SAML2 Web App → "signResponse"',
    algorithm: 'Addons → SAML2 Web App → "signatureAlgorithm": "rsa-sha256", "digestAlgorithm": "sha256"',
    nameId: 'Addons → SAML2 Web App → "nameIdentifierProbes" with the email claim first',
    metadata: 'Addons → SAML2 Web App → Usage → Identity Provider Metadata',
    clock: 'Addons → SAML2 Web App → "lifetimeInSeconds"',
    mfa: 'Actions → a post-login Action that sets the AuthnContextClassRef',
    attributes: 'Addons → SAML2 Web App → "mappings"',
  },
  mfa: {
    requestedAuthnContext: [REFEDS_MFA],
    authnContextClassRef: [REFEDS_MFA],
    how: 'The class must be set by a post-login Action: let it do so only when event.authentication.methods holds mfa and the application is ours. Require MFA under Security → Multi-factor Auth, or in the same Action.',
  },
  checked: '2026-11',
  sources: [
    'https://auth0.com/docs/authenticate/protocols/saml/saml-sso-integrations/enable-saml2-web-app-addon',
    'https://support.auth0.com/center/s/article/salesforce-changes-to-device-activation-for-sso',
    'https://knowledge.broadcom.com/external/article/230250/2-factor-authentictaion-function-in-auto.html',
    'https://support.introw.io/en/articles/10820542-setup-single-sign-on-sso-via-auth0',
  ],
  unchecked: [
    undated,
    'That the addon leaves a class wished for in a request alone, so that the Action decides, was not tried.',
    'Encrypted assertions need settings outside the addon’s documented JSON; they were not looked up.',
  ],
};
