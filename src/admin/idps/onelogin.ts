// OneLogin: the application "SAML Custom Connector (Advanced)".

import { undated, type IdpProduct } from './product';

export const onelogin: IdpProduct = {
  id: 'onelogin',
  name: 'OneLogin',
  recognise: {
    entityId: /^https:\/\/app\.onelogin\.com\/saml\/metadata\//,
    singleSignOnService: /^https:\/\/[^/]+\.onelogin\.com\/trust\/saml2\//,
  },
  ourValues: {
    entityId: ['Audience (EntityID)'],
    acs: ['ACS (Consumer) URL', 'Recipient'],
    acsValidator: ['ACS (Consumer) URL Validator'],
    loginUrl: ['Login URL'],
    relayState: ['RelayState'],
    nameIdFormat: ['SAML nameID format'],
    encryption: ['SAML Encryption → Public key'],
    singleLogout: ['Single Logout URL'],
  },
  steps: [
    'Open Applications → Add App, search for SAML Custom Connector (Advanced), name it and save.',
    'On the tab Configuration, put our entity ID into Audience (EntityID) and our ACS URL into Recipient and ACS (Consumer) URL.',
    'Put the escaped ACS URL into ACS (Consumer) URL Validator: it is a regular expression, and required.',
    'Put our login URL into Login URL, set SAML initiator to Service Provider, and leave RelayState empty.',
    'Keep SAML nameID format on Email, and choose what SAML signature element shall sign.',
    'On the tab SSO, set SAML Signature Algorithm to SHA-256.',
    'Under Users, or by a role, give the application to the people who may sign in.',
    'Under More Actions → SAML Metadata, download the file and send it to us.',
  ],
  metadata: {
    address: 'https://SUBDOMAIN.onelogin.com/saml/metadata/APPLICATION',
    file: 'the application → More Actions → SAML Metadata',
    note: 'The Issuer URL on the tab SSO serves the same metadata.',
  },
  traps: [
    'SHA-1 is preset on the tab SSO, and refused by us.',
    'OneLogin imports no metadata: every value is typed.',
    'A validator that does not match the ACS URL stops the sign-in at OneLogin.',
    'SAML initiator OneLogin ignores our request; it must be Service Provider.',
  ],
  fieldsToChange: {
    audience: 'Configuration → Audience (EntityID)',
    acs: 'Configuration → ACS (Consumer) URL, its Validator, and Recipient',
    signing: 'Configuration → SAML signature element',
    algorithm: 'SSO → SAML Signature Algorithm: SHA-256',
    nameId: 'Configuration → SAML nameID format: Email',
    encryption: 'Configuration → Encrypt assertion',
    assignment: 'Users → add the application',
    metadata: 'More Actions → SAML Metadata',
    mfa: 'Access → Policy: an application policy that requires MFA',
    attributes: 'Parameters → the fields with Include in SAML assertion',
  },
  mfa: {
    how: 'Unknown: no source read names a class or an attribute that shows MFA. Give the application a policy that requires it on the tab Access; the response does not tell us.',
  },
  checked: '2026-11',
  sources: [
    'https://support.workiva.com/hc/en-us/articles/4416672149396-OneLogin-for-OneCloud',
    'https://support.workstars.com/hc/en-gb/articles/8166534041873',
    'https://community.bridgeapp.com/hc/en-us/articles/8223410091155',
    'https://onelogin.service-now.com/kb_view_customer.do?sysparm_article=KB0010463',
  ],
  unchecked: [
    undated,
    'That SAML initiator OneLogin ignores our request is experience, not a statement of a source read.',
    'The place of the public key for encryption was not compared with a source.',
  ],
};
