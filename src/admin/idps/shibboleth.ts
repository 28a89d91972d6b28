// Shibboleth IdP 4 and 5: files in conf/ and metadata/.

import { REFEDS_MFA } from './mfa-classes';
import { undated, type IdpProduct } from './product';

export const shibboleth: IdpProduct = {
  id: 'shibboleth',
  name: 'Shibboleth',
  recognise: {
    entityId: /\/idp\/shibboleth$/,
    singleSignOnService: /\/idp\/profile\/SAML2\/(Redirect|POST|POST-SimpleSign)\/SSO$/,
  },
  ourValues: {
    entityId: ['entityID in our metadata'],
    acs: ['AssertionConsumerService in our metadata'],
    metadataUrl: ['metadata-providers.xml → metadataURL', 'metadata-providers.xml → metadataFile'],
    nameIdFormat: ['saml-nameid.xml → p:format'],
    signing: ['KeyDescriptor use="signing" in our metadata'],
    encryption: ['KeyDescriptor use="encryption" in our metadata'],
    singleLogout: ['SingleLogoutService in our metadata'],
  },
  steps: [
    'Add a MetadataProvider for our address or file to conf/metadata-providers.xml.',
    'Enable the generator for the emailAddress format in conf/saml-nameid.xml, with mail as p:attributeSourceIds.',
    'Release mail to our entity ID in conf/attribute-filter.xml.',
    'Prefer the emailAddress format for us by p:nameIDFormatPrecedence in conf/relying-party.xml, or release the attribute mail alone.',
    'Reload the services of metadata, NameID and attribute filter, and send us the address of your metadata.',
  ],
  metadata: {
    address: 'https://HOST/idp/shibboleth',
    file: 'metadata/idp-metadata.xml',
    note: 'The file is static: it must be edited by hand when keys change, so a federation’s copy may be the better one.',
  },
  traps: [
    'It encrypts by itself and fails without our encryption key: keep decryption configured.',
    'The Name ID is transient by default, and then mail must be released as an attribute.',
    'The response is signed and the assertion inside is encrypted without a signature, which is enough.',
    'Attribute release is a decision of the institution: ask for mail with the reason why.',
    'An institution that reads only its federation’s metadata needs ours to be registered there.',
  ],
  fieldsToChange: {
    audience: 'metadata-providers.xml → the current copy of our metadata',
    acs: 'metadata-providers.xml → the current copy of our metadata',
    signing: 'relying-party.xml → p:signResponses / p:signAssertions',
    algorithm: 'relying-party.xml → p:securityConfiguration-ref: one with SHA-256',
    nameId: 'saml-nameid.xml → emailAddress from mail, or attribute-filter.xml → release mail',
    encryption: 'metadata-providers.xml → the current copy of our metadata, with its encryption key',
    metadata: '/idp/shibboleth',
    mfa: 'authn/authn.properties → supportedPrincipals of the MFA flow',
    attributes: 'attribute-filter.xml → what is released to our entity ID',
  },
  mfa: {
    requestedAuthnContext: [REFEDS_MFA],
    authnContextClassRef: [REFEDS_MFA],
    how: 'Demand the class of the REFEDS MFA Profile: an IdP whose MFA flow supports it runs that flow, others answer NoAuthnContext. The administrator adds the class to the supported principals of the flow authn/MFA.',
  },
  checked: '2026-11',
  sources: [
    'https://shibboleth.atlassian.net/wiki/spaces/IDP5/overview',
    'https://shibboleth.atlassian.net/wiki/spaces/IDP4/pages/1265631672',
    'https://refeds.org/profile/mfa',
    'https://wiki.refeds.org/plugins/viewsource/viewpagesrc.action?pageId=50626906',
  ],
  unchecked: [
    undated,
    'The property that holds the supported principals was not compared with the documentation of version 5.',
  ],
};
