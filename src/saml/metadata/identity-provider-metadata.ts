// IdP metadata (SAML Metadata §2.4) → the part of it that a sign-in uses: endpoints, signing keys, a name to show.
// Trusts the text as configuration. Unknown extensions are fine. A part that is of no use is skipped and named; it is refused
// only where nothing is left.

import { isLoopbackHost } from '../../core/loopback';
import type { Binding, DeclaredAlgorithms, Endpoint, IdentityProvider } from '../identity-provider';
import { readMetadataDocument, type WantedEntity } from './metadata-document';
import { MetadataError } from './metadata-error';
import { alg, md, mdui } from './names';
import { signingKeysOf } from './signing-keys';
import type { SkippedPart } from './skipped-part';
import { attributeOf, childElements, isElement, textOf, type XmlElement } from '../xml/element';

export { pickEntity, type Picking, type WantedEntity } from './metadata-document';
export { MetadataError } from './metadata-error';

/** A Map: `constructor` is an unknown binding like any other. */
const bindings: ReadonlyMap<string, Binding> = new Map<string, Binding>([
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'redirect'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'post'],
]);

export interface ReadMetadata {
  readonly identityProvider: IdentityProvider;
  /** Milliseconds since 1970; absent: for as long as we like. */
  readonly validUntil?: number;
  /** Milliseconds after which to ask again; absent: nobody said. */
  readonly cacheDurationMs?: number;
  readonly skipped: readonly SkippedPart[];
}

/** The IdP alone. @throws MetadataError */
export const readIdentityProviderMetadata = (xml: string, wanted: WantedEntity): IdentityProvider =>
  readMetadata(xml, wanted).identityProvider;

/**
 * Reads an EntityDescriptor, or the wanted one of an EntitiesDescriptor of any depth.
 *
 * @param xml the document as text, at most `limits.metadataBytes`; a byte order mark is allowed
 * @throws MetadataError
 */
export function readMetadata(xml: string, wanted: WantedEntity): ReadMetadata {
  const { entity, role, entityId, ...lifetime } = readMetadataDocument(xml, wanted);
  const skipped: SkippedPart[] = [];
  const displayName = displayNameOf(role, entity);
  const errorUrl = errorUrlOf(role);
  const algorithms = declaredAlgorithmsOf(role, entity);
  const identityProvider = Object.freeze({
    entityId,
    singleSignOnServices: signOnEndpointsOf(role, entityId, skipped),
    // Left empty or wrong by some IdPs: then a sign-out ends here.
    singleLogoutServices: endpointsOf(role, 'SingleLogoutService').usable,
    signingKeys: signingKeysOf(role, skipped),
    wantAuthnRequestsSigned: booleanOf(role, 'WantAuthnRequestsSigned'),
    ...(algorithms === undefined ? {} : { algorithms }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(errorUrl === undefined ? {} : { errorUrl }),
  });
  return { identityProvider, ...lifetime, skipped };
}

function signOnEndpointsOf(role: XmlElement, entityId: string, skipped: SkippedPart[]): readonly Endpoint[] {
  const { usable, unusable } = endpointsOf(role, 'SingleSignOnService');
  const [first] = unusable;
  if (usable.length > 0) skipped.push(...unusable);
  else {
    throw first === undefined
      ? new MetadataError(
          `The IdP ${entityId} offers no SingleSignOnService for HTTP-Redirect or HTTP-POST.`,
          'Switch one of the two bindings on at the IdP and download its metadata again.',
        )
      : new MetadataError(first.problem, first.hint);
  }
  return usable;
}

interface Endpoints {
  readonly usable: readonly Endpoint[];
  readonly unusable: readonly SkippedPart[];
}

function endpointsOf(role: XmlElement, local: string): Endpoints {
  const usable: Endpoint[] = [];
  const unusable: SkippedPart[] = [];
  for (const child of childElements(role)) {
    if (!isElement(child, md, local)) continue;
    const binding = bindings.get(attributeOf(child, 'Binding')?.trim() ?? '');
    if (binding === undefined) continue; // SOAP, Artifact, SimpleSign, Shibboleth 1: not used
    const location = attributeOf(child, 'Location')?.trim() ?? '';
    // Metadata §2.2.2: empty or absent, answers go to the same address.
    const responseLocation = attributeOf(child, 'ResponseLocation')?.trim() ?? '';
    const wrong = [location, ...(responseLocation === '' ? [] : [responseLocation])].find(
      (address) => !isSafeAddress(address),
    );
    if (wrong !== undefined) unusable.push(unsafeAddress(wrong, local));
    else
      usable.push(
        Object.freeze({ binding, location, ...(responseLocation === '' ? {} : { responseLocation }) }),
      );
  }
  return { usable: Object.freeze(usable), unusable };
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

const unsafeAddress = (location: string, local: string): SkippedPart => ({
  problem: `The ${local} address ${JSON.stringify(location.slice(0, 200))} is not usable.`,
  hint: 'It must be an https address (http only on this machine), without a user name or fragment.',
});

function booleanOf(element: XmlElement, name: string): boolean {
  const value = attributeOf(element, name)?.trim();
  return value === 'true' || value === '1';
}

/** What the IdP says that it can verify; what the role says counts before what the entity says (algsupport §2.4). */
function declaredAlgorithmsOf(role: XmlElement, entity: XmlElement): DeclaredAlgorithms | undefined {
  const namedBy = (element: XmlElement, local: string): readonly string[] =>
    find(childElements(element), md, 'Extensions')
      .filter((child) => isElement(child, alg, local))
      .map((child) => attributeOf(child, 'Algorithm')?.trim())
      .filter((uri) => uri !== undefined);
  const named = (local: string): readonly string[] => {
    const inRole = namedBy(role, local);
    return inRole.length > 0 ? inRole : namedBy(entity, local);
  };
  const algorithms = { signing: named('SigningMethod'), digest: named('DigestMethod') };
  return algorithms.signing.length + algorithms.digest.length === 0 ? undefined : Object.freeze(algorithms);
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
