// pysaml2, the Python library, as an IdP: its configuration, and the code around it.

import { undated, type IdpProduct } from './product';

export const pysaml2: IdpProduct = {
  id: 'pysaml2',
  name: 'pysaml2',
  // A library has no addresses of its own; this is the entityID of its example IdP, which many began with.
  recognise: { entityId: /^https?:\/\/[^/]+\/idp\.xml$/ },
  ourValues: {
    entityId: ['entityID in our metadata'],
    acs: ['AssertionConsumerService in our metadata'],
    metadataUrl: ['metadata → local', 'metadata → remote'],
    nameIdFormat: ['service → idp → name_id_format'],
    signing: ['KeyDescriptor in our metadata'],
    encryption: ['KeyDescriptor in our metadata'],
    singleLogout: ['SingleLogoutService in our metadata'],
  },
  steps: [
    'Put our metadata file into the configuration under metadata → local, or our address under metadata → remote.',
    'Give create_authn_response a NameID of the emailAddress format with the mail address as its text.',
    'Set signing_algorithm and digest_algorithm to SHA-256.',
    'Send us what entity_descriptor makes of the configuration.',
  ],
  metadata: {
    file: 'saml2.metadata.entity_descriptor, or the script make_metadata.py',
  },
  traps: [
    'SHA-1 is preset for signature and digest, and refused by us.',
    'Its own choice of Name ID is transient: then release mail as an attribute.',
    'Leave encryption off: version 7.0.1 knows only 3DES, which we refuse.',
    'With want_authn_requests_signed it reads signed requests by POST only: set requestBinding to post at the connection.',
  ],
  fieldsToChange: {
    audience: 'metadata → the current copy of ours',
    acs: 'metadata → the current copy of ours',
    signing: 'service → idp → sign_response / sign_assertion',
    algorithm: 'signing_algorithm and digest_algorithm: SHA-256',
    nameId: 'create_authn_response → name_id of the emailAddress format',
    encryption: 'service → idp → encrypt_assertion: off',
    metadata: 'entity_descriptor of the configuration',
    clock: 'service → idp → policy → lifetime',
    mfa: 'create_authn_response → authn: class_ref',
    attributes: 'service → idp → policy → attribute_restrictions',
  },
  mfa: {
    how: 'Unknown: the program around the library chooses the class that it hands to create_authn_response. Ask its makers which one stands for MFA, and put that into requestedAuthnContext.',
  },
  checked: '2026-11',
  sources: [
    'https://pysaml2.readthedocs.io/en/latest/howto/config.html',
    'https://github.com/IdentityPython/pysaml2',
  ],
  unchecked: [
    undated,
    'The documentation was not compared anew; signatures, encryption and bindings are what version 7.0.1 did in a test.',
  ],
};
