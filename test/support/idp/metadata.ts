/** Metadata: writes the local identity provider's own, and reads from a service provider's the few things that it needs. */
import { SaxesParser } from 'saxes';
import { BINDING, NAME_ID, NS } from './names';
import { element, writeXml } from './xml';

export interface IdpMetadataOptions {
  readonly entityId: string;
  /** Redirect endpoint, also offered by POST unless `postUrl` says otherwise. */
  readonly ssoUrl: string;
  readonly postUrl?: string | null;
  readonly sloUrl?: string;
  /** Base64 DER, one KeyDescriptor use="signing" each. */
  readonly certificates: readonly string[];
  readonly wantAuthnRequestsSigned?: boolean;
  readonly validUntil?: string;
  readonly cacheDuration?: string;
  readonly id?: string;
}

export function idpMetadata(options: IdpMetadataOptions): string {
  const keyDescriptor = (certificate: string) =>
    element('md:KeyDescriptor', { use: 'signing' }, [
      element('ds:KeyInfo', { 'xmlns:ds': NS.dsig }, [
        element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [certificate])]),
      ]),
    ]);
  const endpoint = (name: string, binding: string, location: string) =>
    element(`md:${name}`, { Binding: binding, Location: location });
  const postUrl = options.postUrl === undefined ? options.ssoUrl : options.postUrl;
  return writeXml(
    element(
      'md:EntityDescriptor',
      {
        'xmlns:md': NS.metadata,
        entityID: options.entityId,
        ID: options.id,
        validUntil: options.validUntil,
        cacheDuration: options.cacheDuration,
      },
      [
        element(
          'md:IDPSSODescriptor',
          {
            WantAuthnRequestsSigned: options.wantAuthnRequestsSigned === true ? 'true' : 'false',
            protocolSupportEnumeration: NS.protocol,
          },
          [
            ...options.certificates.map(keyDescriptor),
            options.sloUrl !== undefined && endpoint('SingleLogoutService', BINDING.redirect, options.sloUrl),
            element('md:NameIDFormat', {}, [NAME_ID.email]),
            endpoint('SingleSignOnService', BINDING.redirect, options.ssoUrl),
            postUrl !== null && endpoint('SingleSignOnService', BINDING.post, postUrl),
          ],
        ),
      ],
    ),
  );
}

export interface ServiceProviderInfo {
  readonly entityId: string;
  readonly acsUrls: readonly string[];
  /** PEM. */
  readonly signingCertificates: readonly string[];
  readonly encryptionCertificates: readonly string[];
  readonly authnRequestsSigned: boolean;
}

/** Reads a service provider's metadata (one EntityDescriptor). */
export function readSpMetadata(xml: string): ServiceProviderInfo {
  const info = {
    entityId: '',
    acsUrls: [] as string[],
    signingCertificates: [] as string[],
    encryptionCertificates: [] as string[],
    authnRequestsSigned: false,
  };
  let use = '';
  let inKeyDescriptor = false;
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    const attribute = (name: string): string => tag.attributes[name]?.value ?? '';
    text = '';
    if (tag.local === 'EntityDescriptor') info.entityId = attribute('entityID');
    if (tag.local === 'SPSSODescriptor')
      info.authnRequestsSigned = attribute('AuthnRequestsSigned') === 'true';
    if (tag.local === 'AssertionConsumerService' && attribute('Binding') === BINDING.post) {
      info.acsUrls.push(attribute('Location'));
    }
    if (tag.local === 'KeyDescriptor') {
      inKeyDescriptor = true;
      use = attribute('use');
    }
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', (tag) => {
    if (tag.local === 'KeyDescriptor') inKeyDescriptor = false;
    if (tag.local !== 'X509Certificate' || !inKeyDescriptor) return;
    const pem = toPem(text);
    if (use !== 'encryption') info.signingCertificates.push(pem);
    if (use !== 'signing') info.encryptionCertificates.push(pem);
  });
  parser.write(xml).close();
  return info;
}

function toPem(base64: string): string {
  const lines = base64.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
