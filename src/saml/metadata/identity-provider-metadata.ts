// IdP metadata (SAML Metadata §2.4) → the part of it that a sign-in uses: endpoints, signing keys, a name to show.
// Trusts the text as configuration. Unknown extensions are fine; a key or an address that cannot be right is refused.

import type { X509Certificate } from 'node:crypto';
import { isLoopbackHost } from '../../core/loopback';
import { CertificateError, describeCertificate, readCertificate } from '../signature/certificate';
import type { Binding, Endpoint, IdentityProvider, VerificationKey } from '../identity-provider';
import { md, MetadataError, readMetadataDocument, type WantedEntity } from './metadata-document';
import { ns } from '../names';
import { attributeOf, childElements, isElement, textOf, type XmlElement } from '../xml/element';

export { MetadataError, type WantedEntity } from './metadata-document';

const mdui = 'urn:oasis:names:tc:SAML:metadata:ui';

/** A Map: `constructor` is an unknown binding like any other. */
const bindings: ReadonlyMap<string, Binding> = new Map<string, Binding>([
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'redirect'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'post'],
]);

/** A part of metadata that is of no use, in words for an administrator. */
export interface SkippedPart {
  readonly problem: string;
  readonly hint: string;
}

export interface ReadMetadata {
  readonly identityProvider: IdentityProvider;
  /** Milliseconds since 1970; absent: for as long as we like. */
  readonly validUntil?: number;
  readonly skipped: readonly SkippedPart[];
}

/** The IdP alone. @throws MetadataError */
export const readIdentityProviderMetadata = (xml: string, wanted: WantedEntity): IdentityProvider =>
  readMetadata(xml, wanted).identityProvider;

/**
 * Reads an EntityDescriptor, or the wanted one of an EntitiesDescriptor of any depth.
 *
 * @param xml the document as text; a byte order mark is allowed
 * @throws MetadataError
 */
export function readMetadata(xml: string, wanted: WantedEntity): ReadMetadata {
  const { entity, role, entityId, validUntil } = readMetadataDocument(xml, wanted);
  const identityProvider = identityProviderOf(entityId, entity, role);
  return { identityProvider, ...(validUntil === undefined ? {} : { validUntil }), skipped: [] };
}

function identityProviderOf(entityId: string, entity: XmlElement, role: XmlElement): IdentityProvider {
  const singleSignOnServices = endpointsOf(role, 'SingleSignOnService');
  if (singleSignOnServices.length === 0) {
    throw new MetadataError(
      `The IdP ${entityId} offers no SingleSignOnService for HTTP-Redirect or HTTP-POST.`,
      'Switch one of the two bindings on at the IdP and download its metadata again.',
    );
  }
  const displayName = displayNameOf(role, entity);
  const errorUrl = errorUrlOf(role);
  return Object.freeze({
    entityId,
    singleSignOnServices,
    singleLogoutServices: endpointsOf(role, 'SingleLogoutService'),
    signingKeys: signingKeysOf(role),
    wantAuthnRequestsSigned: booleanOf(role, 'WantAuthnRequestsSigned'),
    ...(displayName === undefined ? {} : { displayName }),
    ...(errorUrl === undefined ? {} : { errorUrl }),
  });
}

function endpointsOf(role: XmlElement, local: string): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const child of childElements(role)) {
    if (!isElement(child, md, local)) continue;
    const binding = bindings.get(attributeOf(child, 'Binding')?.trim() ?? '');
    if (binding === undefined) continue; // SOAP, Artifact, SimpleSign, Shibboleth 1: not used
    const location = attributeOf(child, 'Location')?.trim() ?? '';
    if (!isSafeAddress(location)) {
      if (local === 'SingleLogoutService') continue; // left empty or wrong by some IdPs; no reason to stop signing in
      throw unsafeAddress(location, local);
    }
    endpoints.push(Object.freeze({ binding, location }));
  }
  return Object.freeze(endpoints);
}

/** A page of help; one that cannot be used is no reason to stop signing in. */
function errorUrlOf(role: XmlElement): string | undefined {
  const address = attributeOf(role, 'errorURL')?.trim();
  return address !== undefined && isSafeAddress(address) ? address : undefined;
}

/** People are sent there with a signed request: TLS, except on this very machine. */
function isSafeAddress(location: string): boolean {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  return (
    url !== undefined &&
    // eslint-disable-next-line no-control-regex -- a control character splits headers and confuses parsers
    !/[\u0000-\u0020\u007F]/.test(location) &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)))
  );
}

function unsafeAddress(location: string, local: string): MetadataError {
  return new MetadataError(
    `The ${local} address ${JSON.stringify(location.slice(0, 200))} is not usable.`,
    'It must be an https address (http only on this machine), without a user name or fragment.',
  );
}

/** Any stranger's message is tried with every key; a rollover needs two or three, Entra ID publishes fewer than ten. */
const mostSigningKeys = 20;

/** Every key that may sign: use="signing" or no use at all (Metadata §2.4.1.1, IIP-MD07, IIP-MD11). */
function signingKeysOf(role: XmlElement): readonly VerificationKey[] {
  const keys = new Map<string, VerificationKey>();
  for (const descriptor of childElements(role)) {
    if (!isElement(descriptor, md, 'KeyDescriptor')) continue;
    if ((attributeOf(descriptor, 'use') ?? 'signing') !== 'signing') continue;
    for (const certificate of certificatesOf(descriptor)) {
      const described = describeCertificate(certificate);
      keys.set(described.thumbprint, described);
    }
  }
  if (keys.size > mostSigningKeys) {
    throw new MetadataError(
      `There are ${keys.size} signing certificates in it.`,
      `Every answer is tried with each of them: keep those in use, at most ${mostSigningKeys}.`,
    );
  }
  if (keys.size > 0) return Object.freeze([...keys.values()]);
  throw new MetadataError(
    'There is no signing certificate in it.',
    'The IDPSSODescriptor needs a KeyDescriptor for signing with an X509Certificate.',
  );
}

function certificatesOf(descriptor: XmlElement): X509Certificate[] {
  return childrenNamed(descriptor, 'KeyInfo')
    .flatMap((keyInfo) => childrenNamed(keyInfo, 'X509Data'))
    .flatMap((data) => withoutIssuers(childrenNamed(data, 'X509Certificate').map(readOne)));
}

function childrenNamed(element: XmlElement, local: string): XmlElement[] {
  return childElements(element).filter((child) => isElement(child, ns.ds, local));
}

function readOne(element: XmlElement): X509Certificate {
  try {
    return readCertificate(textOf(element) ?? '');
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw new MetadataError(
      `A signing certificate is not usable: ${error.problem}`,
      `At the IdP, renew the signing certificate or download the metadata anew. ${error.hint}`,
      error,
    );
  }
}

/** X509Data may hold a chain (XML Signature §4.4.4): an authority that issued another certificate does not sign assertions. */
function withoutIssuers(certificates: readonly X509Certificate[]): X509Certificate[] {
  return certificates.filter(
    (candidate) =>
      !certificates.some(
        (other) =>
          !other.publicKey.equals(candidate.publicKey) &&
          other.checkIssued(candidate) &&
          other.verify(candidate.publicKey),
      ),
  );
}

function booleanOf(element: XmlElement, name: string): boolean {
  const value = attributeOf(element, name)?.trim();
  return value === 'true' || value === '1';
}

function displayNameOf(role: XmlElement, entity: XmlElement): string | undefined {
  const inRole = find(find(childElements(role), md, 'Extensions'), mdui, 'UIInfo');
  const names = inRole.filter((child) => isElement(child, mdui, 'DisplayName'));
  const organization = find([...childElements(role), ...childElements(entity)], md, 'Organization');
  names.push(...organization.filter((child) => isElement(child, md, 'OrganizationDisplayName')));
  const texts = names.map((name) => ({ lang: langOf(name), text: plain(textOf(name) ?? '') }));
  return (
    texts.find(({ lang, text }) => lang === 'en' && text !== '') ?? texts.find(({ text }) => text !== '')
  )?.text;
}

function find(elements: readonly XmlElement[], uri: string, local: string): XmlElement[] {
  return elements.filter((element) => isElement(element, uri, local)).flatMap(childElements);
}

function langOf(element: XmlElement): string {
  const lang = element.attributes.find(({ prefix, local }) => prefix === 'xml' && local === 'lang');
  return lang?.value.toLowerCase().split('-')[0] ?? '';
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
