// Duo Single Sign-On (Cisco): the application "Generic SAML Service Provider".

import { undated, type IdpProduct } from './product';

export const duo: IdpProduct = {
  id: 'duo',
  name: 'Duo',
  recognise: { entityId: /duosecurity\.com/ },
  ourValues: {
    entityId: ['Entity ID'],
    acs: ['Assertion Consumer Service (ACS) URL'],
    loginUrl: ['Service Provider Login URL'],
    relayState: ['Default Relay State'],
    metadataUrl: ['Metadata Discovery'],
    nameIdFormat: ['NameID format'],
    encryption: ['Assertion encryption'],
    singleLogout: ['Single Logout URL'],
  },
  steps: [
    'In the Duo Admin Panel, see under Single Sign-On that an authentication source is set up and enabled.',
    'Open Applications → Protect an Application, and choose Generic SAML Service Provider with SSO hosted by Duo.',
    'Under Service Provider → Metadata Discovery, give the address or the file of our metadata, or enter Entity ID and Assertion Consumer Service (ACS) URL.',
    'Leave Default Relay State empty.',
    'Under SAML Response, set NameID format to emailAddress and NameID attribute to <Email Address>.',
    'Enable the application for the people who may sign in, and save.',
    'Copy the address under Metadata → Metadata URL and send it to us.',
  ],
  metadata: {
    address: 'https://sso-TENANT.sso.duosecurity.com/saml2/sp/APPLICATION/metadata',
    file: 'the application’s page → Metadata → Metadata URL (or SAML Metadata → Download XML)',
  },
  traps: [
    'Nothing can be protected before an authentication source is configured.',
    'The NameID format is preset to unspecified.',
    'Newer consoles leave a new application disabled for everybody.',
    'Response and assertion are both signed by default, which is fine.',
  ],
  fieldsToChange: {
    audience: 'Service Provider → Entity ID',
    acs: 'Service Provider → Assertion Consumer Service (ACS) URL',
    signing: 'SAML Response → Signing options',
    algorithm: 'SAML Response → Signature algorithm: SHA256',
    nameId: 'SAML Response → NameID format: emailAddress, NameID attribute: <Email Address>',
    encryption: 'SAML Response → Assertion encryption',
    assignment: 'User access → enable the application for the person’s group',
    metadata: 'Metadata → Metadata URL',
    mfa: 'Policy → the application policy: New User Policy and Authentication Policy',
    attributes: 'SAML Response → Map attributes',
  },
  mfa: {
    how: 'Unknown: no source read names a class or an attribute that shows MFA. Duo asks for a second factor unless the application policy excuses the person, so leave no bypass in that policy.',
  },
  checked: '2026-11',
  sources: [
    'https://duo.com/docs/sso-generic',
    'https://docs.safe.security/safe-4/docs/configure-sso-with-duo',
    'https://securitydocs.cisco.com/docs/csa/olh/119565.dita',
  ],
  unchecked: [
    undated,
    'That newer consoles leave a new application disabled was not confirmed by a source read.',
    'The names of the policies were not compared with a screen.',
  ],
};
