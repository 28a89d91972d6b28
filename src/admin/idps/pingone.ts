// PingOne (PingOne for Workforce): an application of the type SAML.

import { undated, type IdpProduct } from './product';

export const pingone: IdpProduct = {
  id: 'pingone',
  name: 'PingOne',
  recognise: { entityId: /^https:\/\/auth\.pingone\.[a-z.]+\// },
  ourValues: {
    entityId: ['Entity ID'],
    acs: ['ACS URLs'],
    relayState: ['Target Application URL'],
    metadataUrl: ['Import From URL', 'Import Metadata'],
    nameIdFormat: ['Subject NameID Format'],
    signing: ['Verification Certificate'],
    encryption: ['Encryption Certificate'],
    singleLogout: ['SLO Endpoint'],
  },
  steps: [
    'Open Applications → Applications, click +, name the application, and choose SAML Application → Configure.',
    'Import our metadata by file or address, or enter ACS URLs and Entity ID by hand, and save.',
    'On the tab Attribute Mappings, map saml_subject to Email Address.',
    'On the tab Access, choose the groups that may sign in.',
    'Switch the application on with the toggle beside its name.',
    'On the tab Configuration, copy IdP Metadata URL and send it to us.',
  ],
  metadata: {
    address: 'https://auth.pingone.REGION/ENVIRONMENT/saml20/metadata/APPLICATION',
    file: 'the application → Configuration → IdP Metadata URL (or Download Metadata)',
  },
  traps: [
    'A new application is switched off.',
    'saml_subject is preset to User ID.',
    'When Policy Selection based on RequestedAuthnContext is on, only the first class counts, and it must equal the name of a policy of the application; else PingOne answers with an error.',
  ],
  fieldsToChange: {
    audience: 'Configuration → Entity ID',
    acs: 'Configuration → ACS URLs',
    signing: 'Configuration → Sign Assertion / Sign Response',
    algorithm: 'Configuration → Signing algorithm: RSA_SHA256',
    nameId: 'Attribute Mappings → saml_subject: Email Address',
    encryption: 'Configuration → Enable Encryption',
    assignment: 'Access → groups, and the toggle that enables the application',
    metadata: 'Configuration → IdP Metadata URL',
    clock: 'Configuration → Assertion Validity Duration',
    mfa: 'Policies → an authentication policy with an MFA step',
    attributes: 'Attribute Mappings',
  },
  mfa: {
    how: 'Give the application an authentication policy with an MFA step. To demand it from here as well, switch on Policy Selection based on RequestedAuthnContext and put the policy’s exact name first into requestedAuthnContext. Unknown: which class the answer carries, so try it before you rely on it.',
  },
  checked: '2026-11',
  sources: [
    'https://docs.pingidentity.com/pingone/applications/p1_requestedauthncontext.html',
    'https://developer.pingidentity.com/pingone-api/auth/saml-2.0/read-saml-metadata.html',
    'https://github.com/ory/docs/blob/master/docs/polis/sso-providers/pingone.mdx',
  ],
  unchecked: [
    undated,
    'The exact names of the fields for import, certificates and assertion lifetime were not found in a source read.',
  ],
};
