// Metadata document (SAML Metadata §2.3) → the one role of the one entity that is wanted. Trusts the text as configuration,
// its signature is not looked at here. Never guesses: what is expired, doubled, ambiguous or not an IdP for SAML 2.0 is
// refused with a sentence for the administrator.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { ns } from '../names';
import { attributeOf, childElements, isElement, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';

export const md = 'urn:oasis:names:tc:SAML:2.0:metadata';

/** What is wrong with a metadata document and what to do, in words for an administrator. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
  readonly problem: string;
  readonly hint: string;

  constructor(problem: string, hint: string, cause?: unknown) {
    super(`${problem} ${hint}`, cause === undefined ? undefined : { cause });
    this.problem = problem;
    this.hint = hint;
  }
}

export interface WantedEntity {
  /** Milliseconds since 1970, for `validUntil`. */
  readonly now: number;
  /** Which entity, when the document is an aggregate. */
  readonly entityId?: string | undefined;
}

/** The entity and its IDPSSODescriptor for SAML 2.0, not expired. */
export interface ChosenEntity {
  readonly entityId: string;
  readonly entity: XmlElement;
  readonly role: XmlElement;
  /** Milliseconds since 1970. */
  readonly validUntil?: number;
}

/** @throws MetadataError */
export function readMetadataDocument(xml: string, wanted: WantedEntity): ChosenEntity {
  const entity = chooseEntity(parse(xml), wanted.entityId);
  const role = chooseRole(entity);
  const validUntil = validUntilOf(role, wanted.now);
  const entityId = entityIdOf(entity);
  return { entityId, entity, role, ...(validUntil === undefined ? {} : { validUntil }) };
}

function parse(xml: string): XmlElement {
  if (Buffer.byteLength(xml) > limits.metadataBytes) {
    throw new MetadataError(
      `The metadata is larger than ${limits.metadataBytes / 1024 / 1024} MB.`,
      'Download the metadata of this one IdP instead of a whole federation.',
    );
  }
  const text = plainText(xml);
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    const isPage = /^\s*<(?:!doctype\s+html|html)/i.test(text);
    throw new MetadataError(
      isPage
        ? 'This is a web page, not metadata.'
        : `The metadata is not plain XML: ${String(error.detail.problem).replace(/\.$/, '')}.`,
      isPage
        ? 'Download the metadata file itself; the address may need a signed-in administrator.'
        : (parseHints[error.code] ?? 'Download it again, and do not edit it.'),
      error,
    );
  }
}

/**
 * The characters were UTF-8, whatever the declaration says: .NET writes utf-16 into text that is none any more. Entra ID and
 * AD FS write a byte order mark; a copied text begins with an empty line.
 */
function plainText(xml: string): string {
  if (xml.includes('\u0000') || xml.includes('\uFFFD')) {
    throw new MetadataError(
      'The metadata is not text in UTF-8.',
      'Save the file again, with the encoding UTF-8.',
    );
  }
  return xml
    .replace(/^\uFEFF?[ \t\r\n]*/, '')
    .replace(/^(<\?xml[ \t\r\n][^<>]*?)[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*(?:"[\w.-]*"|'[\w.-]*')/, '$1');
}

const parseHints: Readonly<Record<string, string>> = {
  SAML_XML_DOCTYPE: 'Metadata has no DOCTYPE; download it again from the IdP.',
  SAML_XML_PROCESSING_INSTRUCTION:
    'Remove the lines that start with <? from the file; only <?xml …?> may be there, as its beginning.',
  SAML_XML_LIMIT_EXCEEDED: 'Download the metadata of this one IdP instead of a whole federation.',
};

function chooseEntity(root: XmlElement, entityId: string | undefined): XmlElement {
  if (!isElement(root, md, 'EntityDescriptor') && !isElement(root, md, 'EntitiesDescriptor')) {
    throw new MetadataError(
      `The document is a ${root.local}, not SAML metadata.`,
      'Metadata starts with EntityDescriptor or EntitiesDescriptor.',
    );
  }
  const all = entitiesOf(root);
  const fitting =
    entityId === undefined
      ? all.filter((entity) => rolesOf(entity).length > 0)
      : all.filter((entity) => entityIdOf(entity) === entityId);
  const [chosen] = fitting;
  if (chosen === undefined) {
    throw entityId === undefined
      ? new MetadataError('There is no IDPSSODescriptor in it.', notAnIdp(all))
      : new MetadataError(`There is no entity ${entityId} in it.`, `It holds ${listed(all)}.`);
  }
  if (fitting.length > 1) {
    throw entityId === undefined
      ? new MetadataError(
          `There are ${fitting.length} IdPs in it.`,
          `Set idpEntityId to one of ${listed(fitting)}.`,
        )
      : new MetadataError(
          `The entity ${entityId} is in it ${fitting.length} times.`,
          'Which one is right? Keep it alone.',
        );
  }
  return chosen;
}

function notAnIdp(entities: readonly XmlElement[]): string {
  const isOurs = entities.some((entity) =>
    childElements(entity).some((child) => isElement(child, md, 'SPSSODescriptor')),
  );
  return isOurs
    ? 'It describes a service provider. Download the metadata of the identity provider.'
    : 'Download the SAML metadata of the identity provider.';
}

function listed(entities: readonly XmlElement[]): string {
  const names = entities.slice(0, 5).map(entityIdOf);
  return `${names.join(', ')}${entities.length > names.length ? ` and ${entities.length - names.length} more` : ''}`;
}

function entitiesOf(element: XmlElement): XmlElement[] {
  if (isElement(element, md, 'EntityDescriptor')) return [element];
  if (!isElement(element, md, 'EntitiesDescriptor')) return [];
  return childElements(element).flatMap(entitiesOf);
}

/** An entityID is compared character for character ever after (Metadata §2.2.1: at most 1024). */
function entityIdOf(entity: XmlElement): string {
  const entityId = attributeOf(entity, 'entityID') ?? '';
  if (entityId !== '' && entityId === entityId.trim() && entityId.length <= 1024) return entityId;
  throw new MetadataError('An EntityDescriptor has no usable entityID.', 'Download the metadata again.');
}

function rolesOf(entity: XmlElement): XmlElement[] {
  return childElements(entity).filter((child) => isElement(child, md, 'IDPSSODescriptor'));
}

function chooseRole(entity: XmlElement): XmlElement {
  const roles = rolesOf(entity);
  if (roles.length === 0) {
    throw new MetadataError(`The entity ${entityIdOf(entity)} has no IDPSSODescriptor.`, notAnIdp([entity]));
  }
  const forSaml2 = roles.filter((role) =>
    (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(ns.samlp),
  );
  const [role] = forSaml2;
  if (role === undefined) {
    throw new MetadataError(
      `The IdP ${entityIdOf(entity)} does not speak SAML 2.0.`,
      'Its IDPSSODescriptor must list urn:oasis:names:tc:SAML:2.0:protocol.',
    );
  }
  if (forSaml2.length > 1) {
    throw new MetadataError(
      `The IdP ${entityIdOf(entity)} has ${forSaml2.length} IDPSSODescriptors for SAML 2.0.`,
      'Which one is right? Keep it alone.',
    );
  }
  return role;
}

/** validUntil binds at every level, and the earliest wins (Metadata §2.3.1–2.4.1), with the usual skew (IIP-G01). */
function validUntilOf(role: XmlElement, now: number): number | undefined {
  let earliest: number | undefined;
  for (let at: XmlElement | undefined = role; at !== undefined; at = at.parent) {
    const validUntil = attributeOf(at, 'validUntil')?.trim();
    if (validUntil === undefined) continue;
    const until = /^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(validUntil)
      ? Date.parse(utc(validUntil))
      : Number.NaN;
    if (Number.isNaN(until)) {
      throw new MetadataError(`validUntil of the ${at.local} is not a time.`, 'Download the metadata again.');
    }
    if (until + limits.clockSkewMs <= now) {
      throw new MetadataError(
        `The metadata was valid until ${new Date(until).toISOString()}.`,
        'Download the current metadata from the IdP.',
      );
    }
    earliest = Math.min(until, earliest ?? until);
  }
  return earliest;
}

/** SAML times without a zone are UTC (SAML Core §1.3.3); JavaScript would take them as local time. */
function utc(time: string): string {
  return /(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`;
}
