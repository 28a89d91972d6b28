// Rippling: a custom app (custom integration) with single sign-on by SAML.

import { undated, type IdpProduct } from './product';

export const rippling: IdpProduct = {
  id: 'rippling',
  name: 'Rippling',
  recognise: {
    entityId: /^https:\/\/(app|www)\.rippling\.com\//,
    singleSignOnService: /^https:\/\/(app|www)\.rippling\.com\/api\/platform\/sso\//,
  },
  ourValues: {
    entityId: ['Service Provider Entity ID'],
    acs: ['Assertion Consumer Service URL', 'ACS URL'],
    metadataUrl: ['Metadata URL'],
  },
  steps: [
    'Open IT → Third-Party Access → Add integration → Create a new custom integration; older consoles call it IT Management → Custom App → Create New App.',
    'Name the app, choose its category and logo, and choose the type Single Sign-On (SAML).',
    'Copy the IdP Metadata URL that the next screen shows, and send it to us.',
    'Put our ACS URL into Assertion Consumer Service URL and our entity ID into Service Provider Entity ID, then click Move to Next Step.',
    'Choose who gets the app, and when.',
    'Under Settings → Advanced SAML Settings, tick Disable InResponseTo field in assertions for IdP initiated SSO.',
  ],
  metadata: {
    address: 'https://app.rippling.com/api/platform/sso/idp-metadata/APPLICATION',
    file: 'the app → Settings → IdP Metadata URL (or IdP Metadata XML)',
  },
  traps: [
    'From the Rippling tile it sends an InResponseTo that answers no request, and we refuse that: start at our login URL.',
    'The app has no users before access was chosen in the wizard.',
  ],
  fieldsToChange: {
    audience: 'Settings → Service Provider Entity ID',
    acs: 'Settings → Assertion Consumer Service URL',
    assignment: 'Settings → Access: who gets the app',
    metadata: 'Settings → IdP Metadata URL',
    attributes: 'Settings → SAML Attributes → Create New',
  },
  mfa: {
    how: 'Unknown: no source read says how Rippling shows MFA in a response. Require it for the app or the company in Rippling itself; the response does not tell us.',
  },
  checked: '2026-11',
  sources: [
    'https://frontegg-docs.redocly.app/guides/authentication/sso/self-service/rippling',
    'https://www.ory.sh/docs/polis/sso-providers/rippling',
    'https://docs.strongdm.com/admin/principals/sso/rippling-saml',
  ],
  unchecked: [
    undated,
    'The form of the entityID is that of one published sample of its metadata.',
    'Fields for NameID format, signature and encryption were not found in a source read.',
    'The places of our fields below Settings after the wizard were not compared with a screen.',
  ],
};
