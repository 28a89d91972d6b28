// Active Directory Federation Services on Windows Server: a relying party trust.

import { MULTIPLE_AUTHN } from './mfa-classes';
import { undated, type IdpProduct } from './product';

export const adfs: IdpProduct = {
  id: 'adfs',
  name: 'AD FS',
  recognise: {
    entityId: /^https?:\/\/[^/]+\/adfs\/services\/trust$/,
    singleSignOnService: /^https:\/\/[^/]+\/adfs\/ls\/?$/,
  },
  ourValues: {
    entityId: ['Relying party trust identifier'],
    acs: ['Relying party SAML 2.0 SSO service URL'],
    metadataUrl: ['Federation metadata address (host name or URL)', 'Federation metadata file location'],
    nameIdFormat: ['Outgoing name ID format'],
    signing: ['Signature'],
    encryption: ['Encryption'],
    singleLogout: ['SAML Logout Endpoints'],
  },
  steps: [
    'In AD FS Management, open Relying Party Trusts → Add Relying Party Trust, and choose Claims aware.',
    'Under Select Data Source, give the address of our metadata, or the file.',
    'Under Choose Access Control Policy, choose who may sign in.',
    'Under Edit Claim Issuance Policy, add a rule of the template Send LDAP Attributes as Claims: E-Mail-Addresses to E-Mail Address.',
    'Add a second rule of the template Transform an Incoming Claim: E-Mail Address to Name ID, outgoing format Email.',
    'Send us the host name of AD FS; its metadata has a fixed address there.',
  ],
  metadata: {
    address: 'https://HOST/FederationMetadata/2007-06/FederationMetadata.xml',
    file: 'AD FS Management → Service → Endpoints → Metadata',
  },
  traps: [
    'No Name ID is sent before the second claim rule exists.',
    'AD FS encrypts as soon as it sees our encryption certificate, and with AES-CBC: leave allowCbc on.',
    'Its signing certificate changes every year by itself, so name the metadata address.',
    'In a closed network the revocation check of our certificates fails: Set-AdfsRelyingPartyTrust -SigningCertificateRevocationCheck None and -EncryptionCertificateRevocationCheck None.',
    'MSIS7070 speaks of a NameIDPolicy that the claim rules do not fulfil; we send none.',
    'MSIS7042 stops a browser that asks six times within 20 seconds.',
    'It refuses endpoints without https.',
  ],
  fieldsToChange: {
    audience: 'Relying Party Trust → Identifiers',
    acs: 'Relying Party Trust → Endpoints → SAML Assertion Consumer, POST',
    signing: 'Set-AdfsRelyingPartyTrust -SamlResponseSignature',
    algorithm: 'Relying Party Trust → Advanced → Secure hash algorithm: SHA-256',
    nameId: 'Edit Claim Issuance Policy → E-Mail Address to Name ID, format Email',
    encryption: 'Relying Party Trust → Encryption (taken from our metadata)',
    assignment: 'Relying Party Trust → Access control policy',
    metadata: '/FederationMetadata/2007-06/FederationMetadata.xml',
    clock: 'Set-AdfsRelyingPartyTrust -NotBeforeSkew',
    mfa: 'Relying Party Trust → Access control policy: one that requires MFA',
    attributes: 'Edit Claim Issuance Policy → the rules that issue addresses',
  },
  mfa: {
    requestedAuthnContext: [MULTIPLE_AUTHN],
    attribute: {
      name: 'http://schemas.microsoft.com/claims/authnmethodsreferences',
      values: [MULTIPLE_AUTHN],
    },
    authnContextClassRef: [MULTIPLE_AUTHN],
    how: 'Choose an access control policy that requires MFA, such as “Permit everyone and require MFA”, and demand the class. The attribute comes only when a claim rule passes it on.',
  },
  checked: '2026-11',
  sources: [
    'https://learn.microsoft.com/powershell/module/adfs/set-adfsrelyingpartytrust',
    'https://learn.microsoft.com/windows-server/identity/ad-fs/operations/create-a-relying-party-trust',
    'https://github.com/ory/docs/blob/master/docs/polis/sso-providers/microsoft-adfs.mdx',
    'https://safire.ac.za/technical/attributes/authnmethodsreferences/',
  ],
  unchecked: [
    undated,
    'That AD FS takes the class multipleauthn in a request was not tried.',
    'The names of the fields in the manual wizard were not compared with a source.',
  ],
};
