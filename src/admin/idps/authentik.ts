// authentik: an application with a SAML provider.

import { MOBILE_TWO_FACTOR_CONTRACT } from './mfa-classes';
import type { IdpProduct } from './product';

export const authentik: IdpProduct = {
  id: 'authentik',
  name: 'authentik',
  recognise: {
    // The preset issuer was the bare word; newer versions take the metadata address.
    entityId: /^authentik$|\/application\/saml\/[^/]+\/metadata\/$/,
    singleSignOnService: /\/application\/saml\/[^/]+\/(sso\/binding\/(redirect|post)\/)?$/,
  },
  ourValues: {
    entityId: ['Audience'],
    acs: ['ACS URL'],
    metadataUrl: ['SAML Provider from Metadata → Metadata'],
    nameIdFormat: ['NameID Property Mapping'],
    signing: ['Verification Certificate'],
    encryption: ['Encryption Certificate'],
    singleLogout: ['SLS URL'],
  },
  steps: [
    'In the Admin interface, open Applications → Applications → New Application, enter name and slug, and choose the SAML Provider.',
    'Put our ACS URL into ACS URL, our entity ID into Audience, and set Service Provider Binding to Post.',
    'Under Advanced protocol settings, choose a Signing Certificate, and leave Sign assertions on.',
    'Set NameID Property Mapping to the default mapping for Email, and the signature and digest algorithm to SHA256.',
    'Leave Default relay state empty, and create the application.',
    'Under the application’s Policy / Group / User Bindings, say who may sign in.',
    'Under Applications → Providers → the provider → Related objects → Metadata, copy the download address and send it to us.',
  ],
  metadata: {
    address: 'https://HOST/application/saml/SLUG/metadata/',
    file: 'Applications → Providers → the provider → Metadata → Download',
    note: 'Without a Signing Certificate the metadata has no key, and we refuse it.',
  },
  traps: [
    'An empty Audience leaves the audience out of the assertion, and we refuse that.',
    'Without a Signing Certificate nothing is signed.',
    'An empty NameID Property Mapping follows the request; we wish for no format, and then get an ID that is no mail address.',
    'People may change their own mail address by default: forbid it, or anybody can become anybody at the site.',
    'Assertions are encrypted with AES-128-CBC: leave allowCbc on.',
    'AuthnInstant is the beginning of validity, five minutes before the sign-in, so maxAuthnAgeSeconds and ForceAuthn see it as older than it is.',
    'Several providers with the preset issuer “authentik” cannot be told apart: give each one its own Issuer.',
  ],
  fieldsToChange: {
    audience: 'Provider → Protocol settings → Audience',
    acs: 'Provider → Protocol settings → ACS URL',
    signing: 'Provider → Advanced protocol settings → Signing Certificate, Sign assertions, Sign responses',
    algorithm: 'Provider → Advanced protocol settings → Digest algorithm, Signature algorithm: SHA256',
    nameId: 'Provider → Advanced protocol settings → NameID Property Mapping: Email',
    encryption: 'Provider → Advanced protocol settings → Encryption Certificate',
    assignment: 'Application → Policy / Group / User Bindings',
    metadata: 'Provider → Metadata → Download, and Protocol settings → Issuer',
    clock: 'Provider → Advanced protocol settings → Assertion valid not before / not on or after',
    mfa: 'Flows and Stages → an authenticator validation stage; Provider → AuthnContextClassRef Property Mapping',
    attributes: 'Provider → Advanced protocol settings → Property mappings',
  },
  mfa: {
    requestedAuthnContext: [MOBILE_TWO_FACTOR_CONTRACT],
    authnContextClassRef: [MOBILE_TWO_FACTOR_CONTRACT],
    how: 'authentik sends this class by itself when the person used an MFA device, as long as AuthnContextClassRef Property Mapping is empty; that the flow demands a device is a matter of its authenticator validation stage. A mapping can send another class, such as that of REFEDS.',
  },
  checked: '2026-05',
  sources: [
    'https://docs.goauthentik.io/providers/saml',
    'https://docs.goauthentik.io/add-secure-apps/providers/saml/create-saml-provider',
    'https://github.com/goauthentik/authentik/blob/main/web/src/admin/providers/saml/SAMLProviderFormForm.ts',
    'https://github.com/goauthentik/authentik/blob/main/authentik/providers/saml/processors/assertion.py',
    'https://github.com/goauthentik/authentik/pull/13566',
  ],
  unchecked: [
    'The class after MFA, AuthnInstant and the encryption algorithm were read in one stored version of the source, not in the newest.',
    'How a passwordless sign-in with a passkey is classed in newer versions was not looked up.',
  ],
};
