// JumpCloud: a custom application with single sign-on by SAML.

import { undated, type IdpProduct } from './product';

export const jumpcloud: IdpProduct = {
  id: 'jumpcloud',
  name: 'JumpCloud',
  // The administrator invents the IdP Entity ID; many keep the name of the product in it.
  recognise: {
    entityId: /jumpcloud/i,
    singleSignOnService: /^https:\/\/sso\.jumpcloud\.com\/saml2\//,
  },
  ourValues: {
    entityId: ['SP Entity ID'],
    acs: ['ACS URLs'],
    loginUrl: ['Login URL'],
    relayState: ['Default RelayState'],
    metadataUrl: ['Upload Metadata'],
    nameIdFormat: ['SAMLSubject NameID Format'],
    signing: ['SP Certificate'],
  },
  steps: [
    'Open SSO Applications → Add New Application → Custom Application, and choose Manage Single Sign-On (SSO) → Configure SSO with SAML.',
    'On the tab SSO, upload our metadata, or enter SP Entity ID and ACS URLs.',
    'Invent an IdP Entity ID that no other application of yours has, and choose the IdP URL with care.',
    'Set SAMLSubject NameID to email and its format to emailAddress, and Signature Algorithm to RSA-SHA256.',
    'Tick Declare Redirect Endpoint, and leave Default RelayState empty.',
    'On the tab User Groups, tick the groups that may sign in, and save.',
    'On the tab SSO, click Copy Metadata URL and send it to us.',
  ],
  metadata: {
    file: 'SSO Applications → the application → SSO → Copy Metadata URL (or Export Metadata)',
    note: 'Without Declare Redirect Endpoint the metadata has no address for the binding that we use by default.',
  },
  traps: [
    'The IdP URL cannot be changed once the application was activated.',
    'The IdP Entity ID is invented by you: the metadata of two applications must not have the same.',
    'The format of the NameID is preset to unspecified.',
    'Nobody has the application before a user group is bound to it.',
  ],
  fieldsToChange: {
    audience: 'SSO → SP Entity ID',
    acs: 'SSO → ACS URLs',
    signing: 'SSO → Sign Assertion / Sign Response',
    algorithm: 'SSO → Signature Algorithm: RSA-SHA256',
    nameId: 'SSO → SAMLSubject NameID: email, Format: emailAddress',
    assignment: 'User Groups → bind a group',
    metadata: 'SSO → Copy Metadata URL',
    mfa: 'Security Management → Conditional Policies → a policy for this application that requires MFA',
    attributes: 'SSO → Attributes',
  },
  mfa: {
    how: 'Unknown: no source read names a class or an attribute that shows MFA. Require it by a conditional access policy for the application; the response does not tell us.',
  },
  checked: '2026-11',
  sources: [
    'https://developers.frontegg.com/ciam/guides/authentication/sso/self-service/jumpcloud',
    'https://gospel.asteri.as/docs/tutorials/sso/jumpcloud/idp-setup',
    'https://workos.com/docs/integrations/jumpcloud-saml',
    'https://github.com/ory/docs/blob/master/docs/polis/sso-providers/jumpcloud.mdx',
  ],
  unchecked: [
    undated,
    'Whether assertions are encrypted to the SP Certificate was not found in a source read.',
    'The menu path to conditional access policies was not compared with a source.',
  ],
};
