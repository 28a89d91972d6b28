// Okta Workforce Identity: an app integration of the sign-in method SAML 2.0.

import type { IdpProduct } from './product';

export const okta: IdpProduct = {
  id: 'okta',
  name: 'Okta',
  recognise: {
    entityId: /^http:\/\/www\.okta\.com\//,
    singleSignOnService: /^https:\/\/[^/]+\.(okta|oktapreview|okta-emea)\.com\/app\/.+\/sso\/saml$/,
  },
  ourValues: {
    entityId: ['Audience URI (SP Entity ID)'],
    acs: ['Single sign-on URL'],
    relayState: ['Default RelayState'],
    nameIdFormat: ['Name ID format'],
    signing: ['Signature Certificate'],
    encryption: ['Encryption Certificate'],
    singleLogout: ['Single Logout URL'],
  },
  steps: [
    'In the Admin Console, open Applications → Applications → Create App Integration, and choose SAML 2.0.',
    'Under Configure SAML, put our ACS URL into Single sign-on URL and keep “Use this for Recipient URL and Destination URL” ticked.',
    'Put our entity ID into Audience URI (SP Entity ID), and leave Default RelayState empty.',
    'Set Name ID format to EmailAddress and Application username to Email.',
    'Finish the wizard, open the tab Assignments, and assign the people or groups who may sign in.',
    'Open the tab Sign On, copy Metadata URL, and send it to us.',
  ],
  metadata: {
    address: 'https://ORGANISATION.okta.com/app/APPLICATION/sso/saml/metadata',
    file: 'Applications → the application → Sign On → Metadata URL',
  },
  traps: [
    'Okta imports no metadata: every value is typed.',
    'Name ID format is preset to Unspecified and Application username to Okta username, which need not be a mail address.',
    'The Single sign-on URL must not contain an underscore.',
    'A NameIDPolicy in a request must equal the configured Name ID format; we send none.',
    'The tile in the dashboard starts at Okta; a bookmark app with our login URL starts properly.',
    'Whoever is not assigned gets an error page at Okta, and nothing reaches us.',
    'Another SAML Issuer ID than the preset one changes the entityID: fetch the metadata again afterwards.',
    'Okta reports single logout only for requests that we sign.',
  ],
  fieldsToChange: {
    audience: 'General → SAML Settings → Audience URI (SP Entity ID)',
    acs: 'General → SAML Settings → Single sign-on URL (also for Recipient and Destination)',
    signing: 'SAML Settings → Advanced → Response / Assertion Signature',
    algorithm: 'SAML Settings → Advanced → Signature Algorithm and Digest Algorithm: SHA256',
    nameId: 'SAML Settings → Name ID format: EmailAddress, Application username: Email',
    encryption: 'SAML Settings → Advanced → Assertion Encryption and Encryption Certificate',
    assignment: 'Assignments → assign the person',
    metadata: 'Sign On → Metadata URL',
    mfa: 'Sign On → the application’s sign-in policy, and SAML Settings → Attribute Statements: amr = session.amr',
    attributes: 'SAML Settings → Attribute Statements',
  },
  mfa: {
    attribute: { name: 'amr', values: ['mfa'] },
    how: 'Demand two factors in the application’s sign-in policy, and add an attribute statement with the name amr, the format Unspecified and the value session.amr. The class that Okta sends is the one under Advanced → Authentication context class, whatever the person did.',
  },
  checked: '2026-04',
  sources: [
    'https://help.okta.com/oie/en-us/Content/Topics/apps/aiw-saml-reference.htm',
    'https://help.okta.com/en/prod/Content/Topics/Apps/pass-authN-context.htm',
    'https://support.okta.com/help/s/article/customization-of-session-amr-dynamic-authentication-context-to-send-only-one-value',
    'https://hexdocs.pm/relyra/okta.html',
  ],
  unchecked: [
    'That Okta sends the configured class whatever the person did is inferred from its being a fixed setting.',
    'The label of the policy on the tab Sign On differs between Classic Engine and Identity Engine.',
  ],
};
