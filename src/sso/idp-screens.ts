// Which field on which IdP's screen mends a refusal. Names are those of the products' own administration pages; an IdP is
// recognised by its entityID, and an unknown one gets the general remedy alone.

import type { ErrorCode } from '../core/errors';

type Topic =
  'audience' | 'acs' | 'signing' | 'algorithm' | 'nameId' | 'encryption' | 'assignment' | 'metadata';

interface Product {
  readonly name: string;
  readonly entityId: RegExp;
  readonly fields: Readonly<Partial<Record<Topic, string>>>;
}

const products: readonly Product[] = [
  {
    name: 'Microsoft Entra ID',
    entityId: /^https:\/\/sts\.windows\.net\//,
    fields: {
      audience: 'Single sign-on → Basic SAML Configuration → Identifier (Entity ID)',
      acs: 'Single sign-on → Basic SAML Configuration → Reply URL (Assertion Consumer Service URL)',
      signing: 'SAML Certificates → Signing Option',
      algorithm: 'SAML Certificates → Signing Algorithm: SHA-256',
      nameId: 'Attributes & Claims → Unique User Identifier: user.mail, format Email address',
      encryption: 'Token encryption → import and activate the encryption certificate',
      assignment: 'Users and groups → assign the person',
      metadata: 'SAML Certificates → Federation Metadata XML',
    },
  },
  {
    name: 'Okta',
    entityId: /^http:\/\/www\.okta\.com\//,
    fields: {
      audience: 'General → SAML Settings → Audience URI (SP Entity ID)',
      acs: 'General → SAML Settings → Single sign-on URL (also for Recipient and Destination)',
      signing: 'SAML Settings → Advanced → Response / Assertion Signature',
      algorithm: 'SAML Settings → Advanced → Signature Algorithm and Digest Algorithm: SHA256',
      nameId: 'SAML Settings → Name ID format: EmailAddress, Application username: Email',
      encryption: 'SAML Settings → Advanced → Assertion Encryption and Encryption Certificate',
      assignment: 'Assignments → assign the person',
      metadata: 'Sign On → Metadata URL',
    },
  },
  {
    name: 'Google Workspace',
    entityId: /^https:\/\/accounts\.google\.com\/o\/saml2/,
    fields: {
      audience: 'Service provider details → Entity ID (case-sensitive)',
      acs: 'Service provider details → ACS URL',
      signing: 'Service provider details → Signed response',
      nameId: 'Service provider details → Name ID format: EMAIL, Name ID: Basic Information > Primary email',
      assignment: 'User access → switch the service on for the person’s organisational unit',
      metadata: 'Download metadata',
    },
  },
  {
    name: 'AD FS',
    entityId: /^https?:\/\/[^/]+\/adfs\/services\/trust$/,
    fields: {
      audience: 'Relying Party Trust → Identifiers',
      acs: 'Relying Party Trust → Endpoints → SAML Assertion Consumer, POST',
      signing: 'Set-AdfsRelyingPartyTrust -SamlResponseSignature',
      algorithm: 'Relying Party Trust → Advanced → Secure hash algorithm: SHA-256',
      nameId: 'Edit Claim Issuance Policy → E-Mail Address to Name ID, format Email',
      encryption: 'Relying Party Trust → Encryption (taken from our metadata)',
      assignment: 'Relying Party Trust → Access control policy',
      metadata: '/FederationMetadata/2007-06/FederationMetadata.xml',
    },
  },
  {
    name: 'Keycloak',
    entityId: /^https?:\/\/.+\/realms\/[^/]+$/,
    fields: {
      audience: 'Client → Client ID',
      acs: 'Client → Valid redirect URIs and Master SAML Processing URL',
      signing: 'Client → Signature and Encryption → Sign documents / Sign assertions',
      algorithm: 'Client → Signature and Encryption → Signature algorithm: RSA_SHA256',
      nameId: 'Client → Name ID format: email, with Force name ID format on',
      encryption: 'Client → Keys → Encrypt assertions',
      metadata: 'Realm settings → SAML 2.0 Identity Provider Metadata',
    },
  },
  {
    name: 'OneLogin',
    entityId: /^https:\/\/app\.onelogin\.com\/saml\/metadata\//,
    fields: {
      audience: 'Configuration → Audience (EntityID)',
      acs: 'Configuration → ACS (Consumer) URL, its Validator, and Recipient',
      signing: 'Configuration → SAML signature element',
      algorithm: 'SSO → SAML Signature Algorithm: SHA-256',
      nameId: 'Configuration → SAML nameID format: Email',
      encryption: 'Configuration → Encrypt assertion',
      assignment: 'Users → add the application',
      metadata: 'More Actions → SAML Metadata',
    },
  },
  {
    name: 'PingOne',
    entityId: /^https:\/\/auth\.pingone\.[a-z.]+\//,
    fields: {
      audience: 'Configuration → Entity ID',
      acs: 'Configuration → ACS URLs',
      signing: 'Configuration → Sign Assertion / Sign Response',
      algorithm: 'Configuration → Signing algorithm: RSA_SHA256',
      nameId: 'Attribute Mappings → saml_subject: Email Address',
      assignment: 'Access → groups, and the toggle that enables the application',
      metadata: 'Configuration → IdP Metadata URL',
    },
  },
  {
    name: 'JumpCloud',
    entityId: /jumpcloud/i,
    fields: {
      audience: 'SSO → SP Entity ID',
      acs: 'SSO → ACS URLs',
      signing: 'SSO → Sign Assertion / Sign Response',
      algorithm: 'SSO → Signature Algorithm: RSA-SHA256',
      nameId: 'SSO → SAMLSubject NameID: email, Format: emailAddress',
      assignment: 'User Groups → bind a group',
      metadata: 'SSO → Copy Metadata URL',
    },
  },
  {
    name: 'Auth0',
    entityId: /^urn:[^:]+\.auth0\.com$/,
    fields: {
      audience: 'Addons → SAML2 Web App → "audience"',
      acs: 'Addons → SAML2 Web App → Application Callback URL, "recipient", "destination"',
      signing: 'Addons → SAML2 Web App → "signResponse"',
      algorithm: 'Addons → SAML2 Web App → "signatureAlgorithm": "rsa-sha256", "digestAlgorithm": "sha256"',
      nameId: 'Addons → SAML2 Web App → "nameIdentifierProbes" with the email claim first',
    },
  },
  {
    name: 'Duo',
    entityId: /duosecurity\.com/,
    fields: {
      audience: 'Service Provider → Entity ID',
      acs: 'Service Provider → Assertion Consumer Service (ACS) URL',
      signing: 'SAML Response → Signing options',
      algorithm: 'SAML Response → Signature algorithm: SHA256',
      nameId: 'SAML Response → NameID format: emailAddress, NameID attribute: <Email Address>',
    },
  },
];

const topicOf: Readonly<Partial<Record<ErrorCode, Topic>>> = {
  SAML_AUDIENCE_MISMATCH: 'audience',
  SAML_CONDITIONS_MISSING: 'audience',
  SAML_RECIPIENT_MISMATCH: 'acs',
  SAML_DESTINATION_MISMATCH: 'acs',
  SAML_SIGNATURE_MISSING: 'signing',
  SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED: 'algorithm',
  SAML_SIGNATURE_INVALID: 'metadata',
  SAML_ISSUER_MISMATCH: 'metadata',
  SAML_DECRYPTION_FAILED: 'encryption',
  SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED: 'encryption',
  SAML_STATUS_NOT_SUCCESS: 'assignment',
  POLICY_EMAIL_MISSING: 'nameId',
  POLICY_EMAIL_INVALID: 'nameId',
  POLICY_EMAIL_DOMAIN_NOT_ALLOWED: 'nameId',
  POLICY_NAMEID_TRANSIENT: 'nameId',
};

/** "Okta: General → SAML Settings → Audience URI (SP Entity ID)", when we know the product's screens. */
export function fieldToChange(code: ErrorCode, identityProvider: string): string | undefined {
  const topic = topicOf[code];
  const product = products.find(({ entityId }) => entityId.test(identityProvider));
  const field = topic && product?.fields[topic];
  return product && field && `${product.name}: ${field}`;
}
