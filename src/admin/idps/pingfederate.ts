// PingFederate, the server of Ping Identity that customers run: an SP connection.

import { REFEDS_MFA } from './mfa-classes';
import { undated, type IdpProduct } from './product';

export const pingfederate: IdpProduct = {
  id: 'pingfederate',
  name: 'PingFederate',
  // Its entityID is whatever the customer entered under Federation Info.
  recognise: { singleSignOnService: /\/idp\/SSO\.saml2$/ },
  ourValues: {
    entityId: ['Partner’s Entity ID (Connection ID)'],
    acs: ['Assertion Consumer Service URL'],
    relayState: ['Default Target URL'],
    metadataUrl: ['Import Metadata'],
    signing: ['Signature Verification Certificate'],
    encryption: ['Select XML Encryption Certificate'],
    singleLogout: ['SLO Service URLs'],
  },
  steps: [
    'In the administrative console, open Applications → Integration → SP Connections → Create Connection, without a template.',
    'Under Connection Type, tick Browser SSO Profiles with the protocol SAML 2.0.',
    'Under Import Metadata, give our metadata by URL or file, and see that Metadata Summary shows our entity ID.',
    'Under Browser SSO → SAML Profiles, tick SP-Initiated SSO only.',
    'Under Assertion Creation, map SAML_SUBJECT to the person’s mail address.',
    'Under Protocol Settings → Assertion Consumer Service URL, keep our address with the binding POST; Signature Policy may stay.',
    'Under Credentials → Digital Signature Settings, choose the signing certificate and RSA SHA256.',
    'Activate the connection, and send us the metadata that Export Metadata or the address below gives.',
  ],
  metadata: {
    address: 'https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=OUR_ENTITY_ID',
    file: 'SP Connections → the connection → Select Action → Export Metadata',
    note: 'Take the metadata of this connection: a virtual server ID gives it another issuer than the server has.',
  },
  traps: [
    'A virtual server ID on General Info changes the issuer of this connection.',
    'SAML_SUBJECT is the user name until it is mapped to the mail address.',
    'A connection that is not active answers nobody.',
    'Exported connections carry settings of old servers, such as RSA SHA1, along.',
  ],
  fieldsToChange: {
    audience: 'SP Connection → General Info → Partner’s Entity ID (Connection ID)',
    acs: 'SP Connection → Browser SSO → Protocol Settings → Assertion Consumer Service URL',
    signing: 'SP Connection → Browser SSO → Protocol Settings → Signature Policy',
    algorithm: 'SP Connection → Credentials → Digital Signature Settings → Signing Algorithm: RSA SHA256',
    nameId: 'SP Connection → Browser SSO → Assertion Creation → SAML_SUBJECT: the mail attribute',
    encryption: 'SP Connection → Browser SSO → Protocol Settings → Encryption Policy',
    assignment: 'SP Connection → Browser SSO → Assertion Creation → Issuance Criteria',
    metadata: 'SP Connection → Select Action → Export Metadata',
    clock: 'SP Connection → Browser SSO → Assertion Lifetime',
    mfa: 'Authentication → Policies → Selectors → Requested AuthN Context Authentication Selector',
    attributes: 'SP Connection → Browser SSO → Assertion Creation → Attribute Contract',
  },
  mfa: {
    requestedAuthnContext: [REFEDS_MFA],
    authnContextClassRef: [REFEDS_MFA],
    how: 'Any class that both sides agree on works: create a Requested AuthN Context Authentication Selector with this result value, leave Add or Update AuthN Context Attribute ticked, and lead its path through an MFA adapter in the authentication policy.',
  },
  checked: '2026-11',
  sources: [
    'https://docs.pingidentity.com/r/en-us/solution-guides/qmm1623783679200',
    'https://docs.pingidentity.com/pingfederate/latest/administrators_reference_guide/help_spprotocolsettingstasklet_assertionconsumerservicestate.html',
    'https://docs.pingidentity.com/pingfederate/11.2/administrators_reference_guide/pf_config_request_authn_context_auth_selector.html',
    'https://docs.pingidentity.com/r/en-us/pingfederate-112/pf_special_attr_names_contracts',
  ],
  unchecked: [
    undated,
    'The port of the metadata address is the preset one of the server.',
    'The names of the certificate fields and of Export Metadata were not compared with a screen.',
  ],
};
