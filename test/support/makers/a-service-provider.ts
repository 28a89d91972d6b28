// One valid service provider and one valid IdP, for tests that change one thing.

import type { IdentityProvider } from '../../../src/saml/identity-provider';
import { readIdentityProviderMetadata } from '../../../src/saml/metadata/identity-provider-metadata';
import type { KeyPair, ServiceProvider } from '../../../src/saml/service-provider';
import { makeIdpKeys, type KeyKind } from '../idp/keys';
import { idpMetadata, type IdpMetadataOptions } from '../idp/metadata';

export function aKeyPair(kind: KeyKind = 'rsa-2048'): KeyPair {
  const { privateKey, certificatePem } = makeIdpKeys({ kind, commonName: 'service provider' });
  return { privateKey, certificate: certificatePem };
}

const signing = aKeyPair();
const encryption = aKeyPair();

export function aServiceProvider(changes: Partial<ServiceProvider> = {}): ServiceProvider {
  return {
    entityId: 'https://sso.example.com/saml/metadata',
    baseUrl: 'https://sso.example.com',
    assertionConsumerServiceUrl: 'https://sso.example.com/saml/acs',
    signing: [signing],
    decryption: [encryption],
    display: {},
    ...changes,
  };
}

const idpKeys = makeIdpKeys();

export function anIdentityProvider(changes: Partial<IdpMetadataOptions> = {}): IdentityProvider {
  return readIdentityProviderMetadata(
    idpMetadata({
      entityId: 'https://idp.example.org/',
      ssoUrl: 'https://idp.example.org/sso',
      certificates: [idpKeys.certificateBase64],
      ...changes,
    }),
    { now: Date.parse('2026-03-01T12:00:00Z') },
  );
}
