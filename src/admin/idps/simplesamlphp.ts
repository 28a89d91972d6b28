// SimpleSAMLphp as an IdP: files in metadata/ and config/.

import { REFEDS_MFA } from './mfa-classes';
import { undated, type IdpProduct } from './product';

export const simplesamlphp: IdpProduct = {
  id: 'simplesamlphp',
  name: 'SimpleSAMLphp',
  recognise: {
    entityId: /(\/saml2\/idp\/metadata\.php|\/module\.php\/saml\/idp\/metadata|^urn:x-simplesamlphp:.+)$/,
    singleSignOnService: /(\/saml2\/idp\/SSOService\.php|\/module\.php\/saml\/idp\/singleSignOnService)$/,
  },
  ourValues: {
    entityId: ['the key of the entry in saml20-sp-remote.php'],
    acs: ['AssertionConsumerService'],
    metadataUrl: ['XML to SimpleSAMLphp metadata converter', 'metarefresh'],
    nameIdFormat: ['NameIDFormat'],
    signing: ['keys → signing'],
    encryption: ['keys → encryption'],
    singleLogout: ['SingleLogoutService'],
  },
  steps: [
    'Open the admin page → Federation → Tools → XML to SimpleSAMLphp metadata converter, and parse our metadata.',
    'Put the result into metadata/saml20-sp-remote.php, or let the module metarefresh read our address.',
    'In that entry, add an authproc filter saml:AttributeNameID with the attribute mail and the emailAddress format.',
    'In the same entry, set NameIDFormat to the emailAddress format.',
    'Send us the address of your IdP’s metadata.',
  ],
  metadata: {
    address: 'https://HOST/simplesaml/module.php/saml/idp/metadata',
    file: 'admin page → Federation → the hosted IdP',
    note: 'Before version 2.0 the address ended in /saml2/idp/metadata.php.',
  },
  traps: [
    'The Name ID is transient by default.',
    'It signs no logout messages until sign.logout is true in saml20-idp-hosted.php; unsigned ones are refused.',
    'With validate.authnrequest it checks our signature, so its copy of our metadata must be current.',
    'From version 2.3 on, an IdP may have a name of its own instead of an address as entityID.',
  ],
  fieldsToChange: {
    audience: 'saml20-sp-remote.php → the key of our entry',
    acs: 'saml20-sp-remote.php → AssertionConsumerService',
    signing: 'saml20-idp-hosted.php → saml20.sign.response / saml20.sign.assertion',
    algorithm: 'saml20-idp-hosted.php → signature.algorithm: …rsa-sha256',
    nameId: 'saml20-sp-remote.php → authproc saml:AttributeNameID with mail',
    encryption: 'saml20-sp-remote.php → assertion.encryption and keys',
    metadata: 'admin page → Federation → the hosted IdP',
    clock: 'saml20-sp-remote.php → assertion.lifetime',
    mfa: 'config.php → authproc.idp: an MFA module and saml:AuthnContextClassRef',
    attributes: 'saml20-sp-remote.php → attributes',
  },
  mfa: {
    requestedAuthnContext: [REFEDS_MFA],
    authnContextClassRef: [REFEDS_MFA],
    how: 'Demand the class of the REFEDS MFA Profile. SimpleSAMLphp has no MFA of its own: a module such as privacyIDEA asks for the second factor, and the filter saml:AuthnContextClassRef sets the class only after it.',
  },
  checked: '2026-11',
  sources: [
    'https://simplesamlphp.org/docs/stable/simplesamlphp-reference-sp-remote.html',
    'https://simplesamlphp.org/docs/stable/saml/authproc_authncontextclassref.html',
    'https://community.privacyidea.org/t/help-with-refeds-assurance-framework-and-simplesamlphp-idp-privacyidea/2813',
  ],
  unchecked: [
    undated,
    'That names of the form urn:x-simplesamlphp: begin with version 2.3 was not confirmed.',
  ],
};
