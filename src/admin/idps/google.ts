// Google Workspace and Cloud Identity: a custom SAML app.

import type { IdpProduct } from './product';

export const google: IdpProduct = {
  id: 'google',
  name: 'Google Workspace',
  recognise: {
    entityId: /^https:\/\/accounts\.google\.com\/o\/saml2/,
    singleSignOnService: /^https:\/\/accounts\.google\.com\/o\/saml2\/idp\?/,
  },
  ourValues: {
    entityId: ['Entity ID'],
    acs: ['ACS URL'],
    relayState: ['Start URL'],
    nameIdFormat: ['Name ID format'],
  },
  steps: [
    'In the Admin console, open Apps → Web and mobile apps → Add app → Add custom SAML app, and name the app.',
    'On Google Identity Provider details, click Download metadata and send us the file.',
    'On Service provider details, put our ACS URL into ACS URL and our entity ID into Entity ID, and leave Start URL empty.',
    'Set Name ID format to EMAIL and Name ID to Basic Information > Primary email.',
    'Finish, open User access, and switch the service ON for the organisational units that may sign in.',
  ],
  metadata: {
    file: 'Apps → Web and mobile apps → the app → Download metadata',
    note: 'There is no address to read: note the day on which the certificate ends, and send the new file before.',
  },
  traps: [
    'The app is OFF for everyone at first, and a change can take up to 24 hours.',
    'Without the box Signed response, Google signs the assertion; with it, the response only; both are enough.',
    'Name ID format is preset to UNSPECIFIED.',
    'The entity ID is compared with upper and lower case.',
    'app_not_configured_for_user means that the browser is signed in to another Google account, or that the app is off for this person.',
    'Start URL is sent as RelayState with every sign-in that starts at Google.',
    'Google knows neither single logout nor encrypted assertions.',
  ],
  fieldsToChange: {
    audience: 'Service provider details → Entity ID (case-sensitive)',
    acs: 'Service provider details → ACS URL',
    signing: 'Service provider details → Signed response',
    nameId: 'Service provider details → Name ID format: EMAIL, Name ID: Basic Information > Primary email',
    assignment: 'User access → switch the service on for the person’s organisational unit',
    metadata: 'Download metadata',
    attributes: 'SAML attribute mapping',
  },
  mfa: {
    how: 'Unknown: no source read names a class or an attribute that shows MFA. Enforce it for the organisational unit under Security → Authentication → 2-step verification.',
  },
  checked: '2026-04',
  sources: [
    'https://support.google.com/a/answer/6087519',
    'https://hex.pm/packages/relyra/1.1.0/files/guides/recipes/google_workspace.md',
    'https://kb.neowit.io/google-workspace-gsuite',
  ],
  unchecked: [
    'The algorithm of the signature cannot be chosen on any screen described; that it is SHA-256 was not confirmed.',
    'The menu path to 2-step verification was not compared with a source.',
  ],
};
