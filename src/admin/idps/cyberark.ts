// CyberArk Identity, formerly Idaptive and Centrify: a custom web app of the type SAML.

import { undated, type IdpProduct } from './product';

export const cyberark: IdpProduct = {
  id: 'cyberark',
  name: 'CyberArk Identity',
  recognise: {
    entityId: /^https:\/\/[^/]+\.(id\.cyberark\.cloud|my\.idaptive\.app|my\.centrify\.com)\//,
  },
  ourValues: {
    entityId: ['SP Entity ID / Issuer / Audience'],
    acs: ['Assertion Consumer Service (ACS) URL', 'Recipient'],
    relayState: ['Relay State'],
    metadataUrl: ['Service Provider Configuration → Metadata'],
    nameIdFormat: ['NameID Format'],
    encryption: ['Encrypt SAML Response Assertion'],
    singleLogout: ['Single Logout URL'],
  },
  steps: [
    'In the Identity Administration portal, open Apps & Widgets → Web Apps → Add Web Apps → Custom, and add SAML.',
    'On the page Trust, section Service Provider Configuration, choose Metadata and load our address or file, or choose Manual Configuration.',
    'By hand, enter SP Entity ID / Issuer / Audience and Assertion Consumer Service (ACS) URL; Recipient is the same as the ACS URL.',
    'Set NameID Format to emailAddress, and leave Relay State empty.',
    'On the page Account Mapping, use the directory field mail.',
    'On the page Permissions, add the people or roles and grant Run.',
    'On the page Trust, section Identity Provider Configuration, choose Metadata, copy its address or download the file, and send it to us.',
  ],
  metadata: {
    file: 'the app → Trust → Identity Provider Configuration → Metadata',
  },
  traps: [
    'Account Mapping is preset to userprincipalname, which often is no mail address.',
    'The NameID format is preset to unspecified.',
    'Nobody can use the app before Run is granted on the page Permissions.',
  ],
  fieldsToChange: {
    audience: 'Trust → Service Provider Configuration → SP Entity ID / Issuer / Audience',
    acs: 'Trust → Service Provider Configuration → Assertion Consumer Service (ACS) URL, Recipient',
    signing: 'Trust → Service Provider Configuration → Sign Response or Assertion',
    nameId: 'Account Mapping → directory field: mail; Trust → NameID Format: emailAddress',
    encryption: 'Trust → Service Provider Configuration → Encrypt SAML Response Assertion',
    assignment: 'Permissions → add the person’s role and grant Run',
    metadata: 'Trust → Identity Provider Configuration → Metadata',
    mfa: 'Policy → an authentication profile with two challenges',
    attributes: 'SAML Response → Attributes',
  },
  mfa: {
    how: 'Unknown: the page Trust sends one fixed Authentication context class, whatever the person did. Require two challenges by an authentication profile on the page Policy; a custom SAML script could send a class of its own.',
  },
  checked: '2026-11',
  sources: [
    'https://docs.cyberark.com/identity/latest/en/content/applications/appscustom/customsaml.htm',
    'https://academy.insiderone.com/docs/sso-configuration-for-cyberark',
    'https://workos.com/docs/integrations/cyberark-saml',
    'https://docs.cyberark.com/Product-Doc/OnlineHelp/Idaptive/Latest/en/Content/Applications/AppsScriptRef/SAMLAppScripting.htm',
  ],
  unchecked: [
    undated,
    'The host names in the entityID were not found in a source read.',
    'The path from the page Policy to an authentication profile was not compared with a screen.',
  ],
};
