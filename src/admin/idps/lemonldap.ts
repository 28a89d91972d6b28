// LemonLDAP::NG as an IdP, in its Manager.

import { undated, type IdpProduct } from './product';

export const lemonldap: IdpProduct = {
  id: 'lemonldap',
  name: 'LemonLDAP::NG',
  // Its entityID, PORTAL/saml/metadata, looks like that of many others (ours too), so the sign-on address decides.
  recognise: { singleSignOnService: /\/saml\/singleSignOn$/ },
  ourValues: {
    entityId: ['entityID in our metadata'],
    acs: ['AssertionConsumerService in our metadata'],
    metadataUrl: ['Metadata → Upload', 'Metadata → Load from URL'],
    nameIdFormat: ['Default NameID format'],
    signing: ['KeyDescriptor in our metadata'],
    encryption: ['Encryption mode'],
    singleLogout: ['SingleLogoutService in our metadata'],
  },
  steps: [
    'In the Manager, switch on General Parameters → Issuer modules → SAML → Activation.',
    'Open SAML service providers → Add SAML SP, and name it.',
    'Under Metadata, upload our file, or load it from our address.',
    'Under Options → Authentication response, leave Default NameID format on Email, and keep Not on or after duration at a day or less.',
    'Under Options → Signature, leave Check SSO message signature on: our requests are signed.',
    'Save, and send us the address of your metadata.',
  ],
  metadata: {
    address: 'https://PORTAL/saml/metadata/idp',
    file: 'PORTAL/saml/metadata',
    note: 'The entityID is PORTAL/saml/metadata in both.',
  },
  traps: [
    'Encryption mode “assertion” is AES-128-CBC: leave allowCbc on.',
    'A notOnOrAfter duration above a day is refused by us.',
    'The NameID takes the session key mail; a person without one gets an error there.',
  ],
  fieldsToChange: {
    audience: 'SAML service providers → Metadata: the current copy of ours',
    acs: 'SAML service providers → Metadata: the current copy of ours',
    signing: 'SAML service providers → Options → Signature → Sign SSO message',
    algorithm: 'SAML Service → Security parameters → Signature method: RSA SHA256',
    nameId: 'SAML service providers → Options → Authentication response → Default NameID format: Email',
    encryption: 'SAML service providers → Options → Security → Encryption mode',
    assignment: 'SAML service providers → Options → Security → Access rule',
    metadata: '/saml/metadata/idp',
    clock: 'SAML service providers → Options → Authentication response → notOnOrAfter duration',
    mfa: 'SAML service providers → Options → Security → Access rule, such as $authenticationLevel > 2',
    attributes: 'SAML service providers → Exported attributes',
  },
  mfa: {
    how: 'Unknown: no source read says which class it sends after a second factor. Let the access rule demand a level that only a second factor reaches, such as $authenticationLevel > 2; then nobody else gets an answer.',
  },
  checked: '2026-11',
  sources: [
    'https://lemonldap-ng.org/documentation/2.0/idpsaml.html',
    'https://lemonldap-ng.org/documentation/3.0/idpsaml.html',
  ],
  unchecked: [
    undated,
    'The address that shows the metadata of the IdP role alone was not compared with a source.',
    'The names of the fields for signature method and access rule were not compared with a screen.',
  ],
};
