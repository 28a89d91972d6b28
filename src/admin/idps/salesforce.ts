// Salesforce as an IdP: a connected app with SAML enabled.

import { undated, type IdpProduct } from './product';

export const salesforce: IdpProduct = {
  id: 'salesforce',
  name: 'Salesforce',
  recognise: {
    entityId: /^https:\/\/[^/]+\.my\.salesforce\.com\/?$/,
    singleSignOnService: /\/idp\/endpoint\/Http(Redirect|Post)$/,
  },
  ourValues: {
    entityId: ['Entity Id'],
    acs: ['ACS URL'],
    loginUrl: ['Start URL'],
    nameIdFormat: ['Name ID Format'],
    signing: ['Verify Request Signatures'],
    encryption: ['Encrypt SAML Response'],
    singleLogout: ['Single Logout URL'],
  },
  steps: [
    'In Setup, see under My Domain that the domain is deployed, and under Identity → Identity Provider that the identity provider is enabled.',
    'Under Identity Provider → Service Providers, follow the link that creates one as a connected app.',
    'Enter Connected App Name, API Name and Contact Email.',
    'Under Web App Settings, tick Enable SAML, and enter Entity Id and ACS URL.',
    'Choose as Subject Type a Custom Attribute that holds the mail address, and as Name ID Format the one that ends in emailAddress.',
    'Under Manage Connected Apps → the app → Profiles or Permission Sets, add those who may sign in.',
    'Under SAML Login Information on the same page, click Download Metadata and send us the file.',
  ],
  metadata: {
    file: 'Setup → Manage Connected Apps → the app → SAML Login Information → Download Metadata',
  },
  traps: [
    'Subject Type Username sends the Salesforce user name, which has the form of a mail address and often is none.',
    'Nobody can use the app before a profile or permission set has it.',
    'The issuer is the My Domain address: renaming the domain changes it.',
    'Newer organisations create external client apps instead, with the same SAML fields.',
  ],
  fieldsToChange: {
    audience: 'Connected App → Web App Settings → Entity Id',
    acs: 'Connected App → Web App Settings → ACS URL',
    algorithm: 'Connected App → Web App Settings → Signing Algorithm for SAML Messages: SHA256',
    nameId: 'Connected App → Web App Settings → Subject Type and Name ID Format',
    encryption: 'Connected App → Web App Settings → Encrypt SAML Response',
    assignment: 'Manage Connected Apps → the app → Manage Profiles / Manage Permission Sets',
    metadata: 'Manage Connected Apps → the app → SAML Login Information → Download Metadata',
    attributes: 'Connected App → Custom Attributes',
  },
  mfa: {
    how: 'Unknown: no source read says how Salesforce shows MFA in a response. Require it for the people by the permission “Multi-Factor Authentication for User Interface Logins”; the response does not tell us.',
  },
  checked: '2026-11',
  sources: [
    'https://plugins.miniorange.com/setup-guide-salesforce-idp',
    'https://www.github.com/enreeco/sf-idp-sso-app',
    'https://developer.salesforce.com/docs/atlas.en-us.256.0.api_meta.meta/api_meta/meta_extlclntappsamlconfigurablepolicies.htm',
    'https://cloudsundial.com/taxonomy/term/1',
  ],
  unchecked: [
    undated,
    'The preset signature algorithm, and the name of its field, were not found in a source read.',
    'Whether a metadata address can be read without signing in was not confirmed.',
    'The entityIDs of Experience Cloud sites are not recognised.',
  ],
};
