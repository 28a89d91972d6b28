// Microsoft Entra ID, formerly Azure Active Directory: a non-gallery enterprise application.

import { MULTIPLE_AUTHN } from './mfa-classes';
import type { IdpProduct } from './product';

export const entra: IdpProduct = {
  id: 'entra',
  name: 'Microsoft Entra ID',
  recognise: {
    entityId: /^https:\/\/sts\.windows\.net\//,
    singleSignOnService:
      /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\/[^/]+\/saml2$/,
  },
  ourValues: {
    entityId: ['Identifier (Entity ID)'],
    acs: ['Reply URL (Assertion Consumer Service URL)'],
    loginUrl: ['Sign on URL'],
    relayState: ['Relay State'],
    metadataUrl: ['Upload metadata file'],
    nameIdFormat: ['Name identifier format'],
    signing: ['Verification certificates'],
    encryption: ['Token encryption → Import Certificate'],
    singleLogout: ['Logout Url'],
  },
  steps: [
    'In the Entra admin center, open Enterprise applications → New application → Create your own application, and choose “Integrate any other application you don’t find in the gallery (Non-gallery)”.',
    'Open Single sign-on → SAML and choose Upload metadata file, or fill in Basic SAML Configuration → Identifier (Entity ID) and Reply URL (Assertion Consumer Service URL).',
    'Leave Basic SAML Configuration → Relay State empty; put our login URL into Sign on URL if the tile in My Apps shall work.',
    'Under Attributes & Claims → Unique User Identifier (Name ID), choose the format Email address and the source user.mail.',
    'Under Users and groups → Add user/group, assign the people who may sign in.',
    'Copy SAML Certificates → App Federation Metadata Url and send it to us.',
  ],
  metadata: {
    address:
      'https://login.microsoftonline.com/TENANT/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION',
    file: 'Single sign-on → SAML Certificates → App Federation Metadata Url (or Federation Metadata XML)',
    note: 'Take the address with the tenant and the appid in it: the one with “common” names no issuer that could be trusted.',
  },
  traps: [
    'The Name ID is preset to user.userprincipalname, which often is no mail address or lies in another domain.',
    'Only the assertion is signed by default, which is enough.',
    'An inactive certificate takes over by itself when the active one ends, so name the metadata address, not a file.',
    'A person who is not assigned sees AADSTS50105, and nothing reaches us.',
    'AADSTS700016 means that Entra knows no application with our entity ID in this tenant, AADSTS50011 that our ACS URL is not registered.',
    'AADSTS75011 means that the person was signed in by another method than requestedAuthnContext demands.',
    'Entra sets NotBefore to the second of issue, so our clock must not be behind.',
    'Above 150 groups, a link comes instead of the groups.',
    'Token encryption needs a P1 or P2 licence.',
  ],
  fieldsToChange: {
    audience: 'Single sign-on → Basic SAML Configuration → Identifier (Entity ID)',
    acs: 'Single sign-on → Basic SAML Configuration → Reply URL (Assertion Consumer Service URL)',
    signing: 'SAML Certificates → Signing Option',
    algorithm: 'SAML Certificates → Signing Algorithm: SHA-256',
    nameId: 'Attributes & Claims → Unique User Identifier: user.mail, format Email address',
    encryption: 'Token encryption → import and activate the encryption certificate',
    assignment: 'Users and groups → assign the person',
    metadata: 'SAML Certificates → Federation Metadata XML',
    mfa: 'Conditional Access → a policy for this application, Grant → Require multifactor authentication',
    attributes: 'Attributes & Claims → Additional claims',
  },
  mfa: {
    attribute: {
      name: 'http://schemas.microsoft.com/claims/authnmethodsreferences',
      values: [MULTIPLE_AUTHN],
    },
    how: 'Demand MFA by a Conditional Access policy for the application; the attribute is sent without further settings. Leave requestedAuthnContext empty: Entra compares classes exactly and refuses the person with AADSTS75011 otherwise.',
  },
  checked: '2025-10',
  sources: [
    'https://learn.microsoft.com/entra/identity-platform/single-sign-on-saml-protocol',
    'https://learn.microsoft.com/entra/identity/enterprise-apps/howto-saml-token-encryption',
    'https://github.com/aziontech/docs/pull/1942',
    'https://sysosx.com/index.php/2025/03/01/how-to-verify-mfa-claims-in-security-tokens-with-entra-id',
  ],
  unchecked: [
    'The issuer and sign-in addresses of the national clouds were not compared with their documentation.',
    'The names of the fields Verification certificates and Name identifier format were not found in a source read.',
  ],
};
