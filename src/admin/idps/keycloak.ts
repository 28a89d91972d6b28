// Keycloak and Red Hat build of Keycloak: a client of the type SAML.

import { REFEDS_MFA } from './mfa-classes';
import type { IdpProduct } from './product';

export const keycloak: IdpProduct = {
  id: 'keycloak',
  name: 'Keycloak',
  recognise: {
    entityId: /^https?:\/\/.+\/realms\/[^/]+$/,
    singleSignOnService: /\/realms\/[^/]+\/protocol\/saml$/,
  },
  ourValues: {
    entityId: ['Client ID'],
    acs: ['Valid redirect URIs', 'Master SAML Processing URL', 'Assertion Consumer Service POST Binding URL'],
    loginUrl: ['Home URL'],
    relayState: ['IDP Initiated SSO Relay State'],
    metadataUrl: ['Import client → Resource file'],
    nameIdFormat: ['Name ID format'],
    signing: ['Keys → Signing keys config'],
    encryption: ['Keys → Encryption keys config'],
    singleLogout: ['Logout Service Redirect Binding URL', 'Logout Service POST Binding URL'],
  },
  steps: [
    'In the admin console, choose the realm, open Clients → Import client, and give our metadata as Resource file.',
    'On the tab Settings, set Name ID format to email and switch Force name ID format on.',
    'Leave Keys → Client signature required on: our requests are signed.',
    'See under Users that everybody who may sign in has an e-mail address.',
    'Copy the address of Realm settings → SAML 2.0 Identity Provider Metadata and send it to us.',
  ],
  metadata: {
    address: 'https://HOST/realms/REALM/protocol/saml/descriptor',
    file: 'Realm settings → General → Endpoints → SAML 2.0 Identity Provider Metadata',
  },
  traps: [
    'The Name ID is preset to the user name.',
    'Without Force name ID format, a format wished for in a request wins.',
    'The whole response is signed and the assertion is not, which is enough.',
    '“Invalid requester” means that Client signature required is on and the certificate under Keys is not ours.',
    '“Invalid redirect uri” means that our ACS URL is not among Valid redirect URIs.',
    'Versions before 17 have /auth before /realms in every address.',
    'An address that the person may edit proves nothing: see that Verify email is on in the realm.',
  ],
  fieldsToChange: {
    audience: 'Client → Client ID',
    acs: 'Client → Valid redirect URIs and Master SAML Processing URL',
    signing: 'Client → Signature and Encryption → Sign documents / Sign assertions',
    algorithm: 'Client → Signature and Encryption → Signature algorithm: RSA_SHA256',
    nameId: 'Client → Name ID format: email, with Force name ID format on',
    encryption: 'Client → Keys → Encrypt assertions',
    metadata: 'Realm settings → SAML 2.0 Identity Provider Metadata',
    clock: 'Client → Advanced → Assertion Lifespan',
    mfa: 'Realm settings → General → ACR to LoA Mapping, and the AuthnContextClassRef mapper of the client',
    attributes: 'Client → Client scopes → the dedicated scope → Mappers',
  },
  mfa: {
    requestedAuthnContext: [REFEDS_MFA],
    authnContextClassRef: [REFEDS_MFA],
    how: 'From version 26.6, with the preview feature step-up-authentication-saml: map the class to a level under ACR to LoA Mapping, put that level into the browser flow, and give the client the AuthnContextClassRef mapper. Older versions ignore the wish and always send “unspecified”: require the second factor in the browser flow, which the answer does not show.',
  },
  checked: '2026-06',
  sources: [
    'https://www.keycloak.org/docs/latest/server_admin/',
    'https://github.com/keycloak/keycloak/issues/10155',
    'https://github.com/keycloak/keycloak/issues/50464',
    'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/saml/mappers/AuthnContextClassRefMapper.java',
  ],
  unchecked: [
    'The dated sources speak of MFA; the field names of the client are those of the console of version 26 as known.',
    'The menu path to Assertion Lifespan was not compared with a source.',
  ],
};
