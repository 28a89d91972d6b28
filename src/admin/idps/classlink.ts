// ClassLink LaunchPad, for schools: an application in the SAML Console.

import type { IdpProduct } from './product';

export const classlink: IdpProduct = {
  id: 'classlink',
  name: 'ClassLink',
  recognise: {
    entityId: /^https:\/\/(idp|launchpad)\.classlink\.com\//,
    singleSignOnService: /^https:\/\/(idp|launchpad)\.classlink\.com\//,
  },
  ourValues: {
    // Both come from our metadata; the override is for what differs from it.
    entityId: ['Metadata Overrides'],
    acs: ['Metadata Overrides'],
    metadataUrl: ['METADATA URL', 'METADATA'],
    nameIdFormat: ['NameId value'],
  },
  steps: [
    'In the ClassLink Management Console, open Single Sign-On → SAML Console, and click ADD NEW.',
    'Copy the IDP Metadata URL of the new application and send it to us.',
    'Click the three dots → Edit, and put the address of our metadata into METADATA URL, or its text into METADATA.',
    'Set the NameId value to email, leave LOGIN URL as it is unless you have a custom login page, and click Update.',
    'Under Add & Assign Apps → New, make the app for the launch pad: Single Sign-On on, type SAML, and our login URL.',
    'Assign the app to the people who may sign in.',
  ],
  metadata: {
    file: 'Single Sign-On → SAML Console → the application → IDP Metadata URL',
    note: 'The address is another for every organisation.',
  },
  traps: [
    'Copy IDP Initiate Login URL gives an address that starts at ClassLink; use our login URL for the app instead.',
    'The NameId value may be the ClassLink login id, which need not be a mail address.',
    'The app in the SAML Console and the app on the launch pad are two things, and both are needed.',
  ],
  fieldsToChange: {
    audience: 'SAML Console → Edit → METADATA URL / METADATA',
    acs: 'SAML Console → Edit → METADATA URL / METADATA',
    nameId: 'SAML Console → Edit → NameId value: email',
    assignment: 'Add & Assign Apps → assign the app to the person’s group',
    metadata: 'SAML Console → IDP Metadata URL',
    attributes: 'SAML Console → Edit → Attribute Mapping',
  },
  mfa: {
    how: 'Unknown: no source read says how ClassLink shows MFA in a response. Require it in the ClassLink Management Console; the response does not tell us.',
  },
  checked: '2019-02',
  sources: [
    'https://classlink.zendesk.com/hc/en-us/articles/360007554874-SAML-Console',
    'https://classlink.zendesk.com/hc/en-us/articles/360037188074-Apex-Learning-SAML',
    'https://help.kuder.com/en/articles/8387144-how-to-integrate-classlink-with-kuder-navigator',
    'https://workos.com/docs/integrations/classlink-saml',
  ],
  unchecked: [
    'The form of the entityID and of the sign-on address was not found in a source read; the host names are those of its public pages.',
    'Which element it signs, by which algorithm, and whether it can encrypt, was not found in a source read.',
    'What Metadata Overrides can replace was not found in a source read.',
  ],
};
