// Metadata document (SAML Metadata §2.3) → the one role of the one entity that is wanted. Trusts the text as configuration,
// its signature is not looked at here. Never guesses: what is expired, doubled, ambiguous or not an IdP for SAML 2.0 is
// refused with a sentence for the administrator.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { VerificationKey } from '../identity-provider';
import { ns } from '../names';
import { attributeOf, childElements, isElement, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';
import { MetadataError } from './metadata-error';
import { md } from './names';
import { EntityPicker, notAnIdp, NotMetadataError, tooLarge } from './pick-entity';
import { SignedDocument } from './signed-document';
import { lifetimeOf, type Lifetime } from './lifetime';

export interface WantedEntity {
  /** Milliseconds since 1970, for `validUntil`. */
  readonly now: number;
  /** Which entity, when the document is an aggregate. */
  readonly entityId?: string | undefined;
}

/** The entity and its IDPSSODescriptor for SAML 2.0, not expired. */
export interface ChosenEntity extends Lifetime {
  readonly entityId: string;
  readonly entity: XmlElement;
  readonly role: XmlElement;
}

/** @throws MetadataError */
export function readMetadataDocument(xml: string, { now, entityId }: WantedEntity): ChosenEntity {
  if (Buffer.byteLength(xml) > limits.metadataBytes) throw tooLarge();
  const entity = entityIn(parse(plainText(xml), entityId));
  const role = chooseRole(entity);
  return { entityId: entityIdOf(entity), entity, role, ...lifetimeOf(role, now) };
}

/** What is looked for in a document that comes in pieces. */
export interface Picking {
  /** Which entity; absent: the only IdP. */
  readonly entityId?: string | undefined;
  /** Any of these has to have signed the whole document; absent: its source is trusted. */
  readonly signers?: readonly VerificationKey[] | undefined;
}

/**
 * The wanted entity of a document, as the text of a document of its own: of a signed one the very text that was signed.
 * For what is larger than what is kept, and for what has to be signed.
 *
 * @param beginning of the document, so much that the root element is in it; a byte order mark is allowed
 * @param rest of it, in pieces
 * @throws MetadataError (rejects)
 */
export async function pickEntity(
  beginning: string,
  rest: AsyncIterable<string>,
  { entityId, signers }: Picking,
): Promise<string> {
  const picker = new EntityPicker(entityId);
  const into = signers === undefined ? picker : new SignedDocument(signers, (text) => picker.write(text));
  let piece = beginning;
  let size = beginning.length;
  try {
    into.write(plainText(beginning));
    if (into === picker && !picker.hasBegun) throw tooLarge();
    for await (piece of rest) {
      size += piece.length;
      if (size > limits.aggregateBytes) throw tooLarge(limits.aggregateBytes);
      refuseBinary(piece);
      into.write(piece);
    }
    if (into !== picker) into.end();
    return picker.end();
  } catch (error) {
    throw metadataErrorOf(error, piece);
  }
}

/** Everything of the document that counts. */
function parse(text: string, entityId: string | undefined): XmlElement {
  try {
    return parseXml(pick(text, entityId), undefined, isId);
  } catch (error) {
    throw metadataErrorOf(error, text);
  }
}

/** IDs of metadata itself; extensions call many things `id`, and nothing here depends on them. */
const isId = (local: string, uri: string): boolean => local === 'ID' && uri === md;

function pick(text: string, entityId: string | undefined): string {
  const picker = new EntityPicker(entityId);
  try {
    picker.write(text);
  } catch (error) {
    if (error instanceof NotMetadataError) parseXml(text); // What is wrong as XML is said first.
    throw error;
  }
  return picker.end();
}

/** Anything else is a mistake of ours. */
function metadataErrorOf(error: unknown, text: string): unknown {
  if (!(error instanceof SsoError)) return error;
  if (/^\s*<(?:!doctype\s+html|html)/i.test(text)) {
    return new MetadataError(
      'This is a web page, not metadata.',
      'Download the metadata file itself; the address may need a signed-in administrator.',
      error,
    );
  }
  return bareAmpersand(text, error) ?? notPlainXml(error);
}

function notPlainXml(error: SsoError): MetadataError {
  return new MetadataError(
    `The metadata is not plain XML: ${String(error.detail.problem).replace(/\.$/, '')}.`,
    parseHints[error.code] ?? 'Download it again, and do not edit it.',
    error,
  );
}

/** Written by hand into an address, most often; the parser only knows that something ends too early after it. */
function bareAmpersand(text: string, error: SsoError): MetadataError | undefined {
  if (error.code !== 'SAML_XML_MALFORMED') return undefined;
  const place = /[^\s"'<>&]{0,60}&(?!#?\w+;)[^\s"'<>&]{0,40}/.exec(
    text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, ''),
  );
  if (place === null) return undefined;
  const problem = `The metadata is not plain XML: an "&" stands by itself, in ${JSON.stringify(place[0])}.`;
  return new MetadataError(problem, 'Write &amp; in its place.', error);
}

/**
 * The characters were UTF-8, whatever the declaration says: .NET writes utf-16 into text that is none any more. Entra ID and
 * AD FS write a byte order mark; a copied text begins with an empty line.
 */
function plainText(xml: string): string {
  refuseBinary(xml);
  return xml
    .replace(/^\uFEFF?[ \t\r\n]*/, '')
    .replace(/^(<\?xml[ \t\r\n][^<>]*?)[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*(?:"[\w.-]*"|'[\w.-]*')/, '$1');
}

function refuseBinary(text: string): void {
  if (!text.includes('\u0000') && !text.includes('\uFFFD')) return;
  throw new MetadataError(
    'The metadata is not text in UTF-8.',
    'Save the file again, with the encoding UTF-8.',
  );
}

const parseHints: Readonly<Record<string, string>> = {
  SAML_XML_DOCTYPE: 'Metadata has no DOCTYPE; download it again from the IdP.',
  SAML_XML_PROCESSING_INSTRUCTION:
    'Remove the lines that start with <? from the file; only <?xml …?> may be there, as its beginning.',
  SAML_XML_LIMIT_EXCEEDED: 'Download the metadata of this one IdP instead of a whole federation.',
};

/** What was picked holds one entity, inside what binds it. */
function entityIn(root: XmlElement): XmlElement {
  const [only] = childElements(root);
  return isElement(root, md, 'EntityDescriptor') || only === undefined ? root : entityIn(only);
}

/** An entityID is compared character for character ever after (Metadata §2.2.1: at most 1024). */
function entityIdOf(entity: XmlElement): string {
  const entityId = attributeOf(entity, 'entityID') ?? '';
  if (entityId === '' || entityId !== entityId.trim() || entityId.length > 1024)
    throw new MetadataError('An EntityDescriptor has no usable entityID.', 'Download the metadata again.');
  refuseTemplate(entityId);
  return entityId;
}

/** Entra ID's metadata for all tenants (`common`, `organizations`) has a hole where every answer has a tenant. */
function refuseTemplate(entityId: string): void {
  if (!/\{tenant_?id\}/i.test(entityId)) return;
  throw new MetadataError(
    `The entityID ${entityId} is a template for all tenants of Entra ID: no response will ever come from it.`,
    'Take the metadata of your own tenant: https://login.microsoftonline.com/TENANT-ID/federationmetadata/2007-06/federationmetadata.xml, or better the “App Federation Metadata Url” of the application.',
  );
}

function chooseRole(entity: XmlElement): XmlElement {
  const children = childElements(entity);
  const roles = children.filter((child) => isElement(child, md, 'IDPSSODescriptor'));
  const entityId = entityIdOf(entity);
  if (roles.length === 0) {
    const isServiceProvider = children.some((child) => isElement(child, md, 'SPSSODescriptor'));
    throw new MetadataError(`The entity ${entityId} has no IDPSSODescriptor.`, notAnIdp(isServiceProvider));
  }
  const forSaml2 = roles.filter((role) =>
    (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(ns.samlp),
  );
  const [role] = forSaml2;
  if (role === undefined) {
    throw new MetadataError(
      `The IdP ${entityId} does not speak SAML 2.0.`,
      'Its IDPSSODescriptor must list urn:oasis:names:tc:SAML:2.0:protocol.',
    );
  }
  if (forSaml2.length > 1) {
    throw new MetadataError(
      `The IdP ${entityId} has ${forSaml2.length} IDPSSODescriptors for SAML 2.0.`,
      'Which one is right? Keep it alone.',
    );
  }
  return role;
}
