// Zitadel: an application of the type SAML in a project.

import { undated, type IdpProduct } from './product';

export const zitadel: IdpProduct = {
  id: 'zitadel',
  name: 'Zitadel',
  recognise: {
    entityId: /^https?:\/\/[^/]+\/saml\/v2\/metadata$/,
    singleSignOnService: /^https?:\/\/[^/]+\/saml\/v2\/SSO$/,
  },
  ourValues: {
    entityId: ['Entity ID'],
    acs: ['ACS endpoint'],
    metadataUrl: ['Metadata URL', 'Metadata XML'],
    signing: ['KeyDescriptor in our metadata'],
    singleLogout: ['SingleLogoutService in our metadata'],
  },
  steps: [
    'In the console, open Projects → the project → Applications → New, name the application, and choose SAML.',
    'Upload our metadata as a file, or give its address; the fields Entity ID and ACS endpoint make a minimal one instead.',
    'Create the application, and grant the project’s roles to the people who may sign in when the project checks them.',
    'Tell us the domain of your instance; its metadata has a fixed address there, and we set emailAttribute to Email.',
  ],
  metadata: {
    address: 'https://DOMAIN/saml/v2/metadata',
    note: 'The certificate alone is at /saml/v2/certificate.',
  },
  traps: [
    'The Name ID is the user name, although its format says emailAddress; the address itself comes in the attribute Email, so set emailAttribute to Email.',
    'The response says PasswordProtectedTransport and the time of issue, whatever the person did and whenever.',
    'Versions before the end of 2023 put a NotBefore into SubjectConfirmationData, which the profile forbids and we refuse: update.',
  ],
  fieldsToChange: {
    audience: 'Project → Application → Entity ID, or the metadata uploaded there',
    acs: 'Project → Application → ACS endpoint, or the metadata uploaded there',
    nameId: 'no field: the Name ID is the user name; set emailAttribute: Email at the connection',
    assignment: 'Project → Authorizations → grant a role to the person',
    metadata: '/saml/v2/metadata',
    mfa: 'Settings → Login Behavior and Security → Force MFA',
    attributes: 'Actions → Complement SAMLResponse → Pre SAMLResponse creation',
  },
  mfa: {
    how: 'The response cannot show it: the class is always PasswordProtectedTransport, so requestedAuthnContext with an MFA class refuses everybody. Switch on Force MFA in the login settings of the organisation instead.',
  },
  checked: '2026-11',
  sources: [
    'https://zitadel.com/docs/guides/integrate/services/auth0-saml',
    'https://zitadel.com/docs/apis/saml/endpoints',
    'https://github.com/zitadel/saml/blob/main/pkg/provider/response.go',
    'https://github.com/zitadel/saml/blob/main/pkg/provider/attributes.go',
    'https://github.com/zitadel/saml/issues/57',
  ],
  unchecked: [
    undated,
    'The class and the Name ID were read in one stored version of the source, not in the newest.',
    'The names of the fields beside the upload, and the menu paths to Force MFA and Actions, were not compared with a screen.',
  ],
};
