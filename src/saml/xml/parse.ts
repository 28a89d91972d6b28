// Text → tree, by the strict and conformant parser saxes. Everything that is not plain is refused while reading:
// DOCTYPE (IIP-G03), processing instructions, XML 1.1, other encodings, duplicate IDs (SAML Core §1.3.4) and whatever
// exceeds the limits. The first error stops the parse; nothing is repaired, expanded or fetched.

import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from 'saxes';
import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { childElements, namespacesInScope, type XmlElement } from './element';
import {
  addChild,
  checkQualifiedName,
  NOTHING,
  nothing,
  refuse,
  splitAttributes,
  type OpenElement,
  type StartTag,
} from './start-tag';

const isId = (local: string): boolean => local.length === 2 && local.toLowerCase() === 'id';

/** Which attributes are IDs: by the attribute's name and the namespace of its element. */
export type IdTest = (local: string, elementUri: string) => boolean;

/** What is decrypted stands in the document around it, so their IDs must not meet. */
function idsAround(context: XmlElement): string[] {
  let top = context;
  while (top.parent !== undefined) top = top.parent;
  const idsIn = (element: XmlElement): string[] => [
    ...element.attributes.filter(({ local }) => isId(local)).map(({ value }) => value),
    ...childElements(element).flatMap(idsIn),
  ];
  return idsIn(top);
}

/** Collects saxes' events into a tree. One instance per document. */
class TreeBuilder {
  /** Always replaced: saxes refuses a document without a root element. */
  root = nothing;
  private readonly open: OpenElement[] = [];
  private attributes: SaxesAttributeNS[] = [];
  private elements = 0;
  private comments = 0;
  private readonly ids: Set<string>;

  constructor(
    private readonly context: XmlElement | undefined,
    private readonly isId: IdTest,
  ) {
    this.ids = new Set(context && idsAround(context));
  }

  readonly attribute = (attribute: SaxesAttributeNS): void => {
    if (this.attributes.length >= limits.xmlAttributes) refuse('SAML_XML_LIMIT_EXCEEDED', 'attributes');
    this.attributes.push(attribute);
  };

  readonly openTag = (tag: SaxesTagNS): void => {
    if (++this.elements > limits.xmlElements) refuse('SAML_XML_LIMIT_EXCEEDED', 'elements');
    const parent = this.open.at(-1);
    if (this.open.length >= limits.xmlDepth) refuse('SAML_XML_LIMIT_EXCEEDED', 'depth');
    checkQualifiedName(tag.prefix, tag.local);
    const element: OpenElement = {
      name: tag.name,
      prefix: tag.prefix,
      local: tag.local,
      uri: tag.uri,
      attributes: NOTHING,
      namespaces: NOTHING,
      children: NOTHING,
      parent: parent ?? this.context,
      hasComment: false,
    };
    if (this.attributes.length > 0) this.takeAttributes(element);
    if (parent === undefined) this.root = element;
    else addChild(parent, element);
    this.open.push(element);
  };

  readonly closeTag = (): void => {
    this.open.pop();
  };

  readonly text = (text: string): void => {
    const element = this.open.at(-1);
    if (element === undefined) return; // white space around the root
    const { children } = element;
    const last = children.length - 1;
    const previous = children[last];
    // CDATA, character references and comments must not split a value (comment truncation, CVE-2017-11427 class).
    if (typeof previous === 'string') children[last] = previous + text;
    else addChild(element, text);
  };

  readonly comment = (): void => {
    // An honest message has none or a handful; each one costs as much as an element.
    if (++this.comments > limits.xmlElements) refuse('SAML_XML_LIMIT_EXCEEDED', 'comments');
    const element = this.open.at(-1);
    if (element !== undefined) element.hasComment = true;
  };

  private takeAttributes(element: OpenElement): void {
    splitAttributes(element, this.attributes);
    for (const { local, value } of element.attributes) if (this.isId(local, element.uri)) this.claimId(value);
    this.attributes = [];
  }

  /** IDs are unique over all spellings (ID, Id, id, xml:id, x:ID): whoever resolves one must find ours. */
  private claimId(id: string): void {
    if (this.ids.has(id)) refuse('SAML_XML_DUPLICATE_ID', 'two elements share an ID');
    this.ids.add(id);
  }
}

/**
 * Parses one XML document.
 *
 * @param text decoded characters, without a byte order mark
 * @param context the element around the text, whose namespaces are in scope: a decrypted element stands inside its
 *   envelope (XML Encryption §4.3.3)
 * @param ids what has to be unique; by default every spelling, because an answer is signed by reference
 * @throws SsoError SAML_XML_MALFORMED, SAML_XML_DOCTYPE, SAML_XML_PROCESSING_INSTRUCTION, SAML_XML_LIMIT_EXCEEDED,
 *   SAML_XML_DUPLICATE_ID, SAML_ENCODING_INVALID
 */
export function parseXml(text: string, context?: XmlElement, ids: IdTest = isId): XmlElement {
  scanMarkup(text);
  const builder = new TreeBuilder(context, ids);
  const parser = new SaxesParser<{ xmlns: true; position: false }>({
    xmlns: true,
    position: false,
    ...(context === undefined
      ? {}
      : { additionalNamespaces: Object.fromEntries(namespacesInScope(context)) }),
  });
  // Six handlers and no more: with a seventh V8 keeps the parser's properties in a dictionary, and every character costs
  // four times as much. DOCTYPE and processing instructions are found in the text instead.
  parser.on('attribute', builder.attribute);
  parser.on('opentag', builder.openTag);
  parser.on('closetag', builder.closeTag);
  parser.on('text', builder.text);
  parser.on('cdata', builder.text);
  parser.on('comment', builder.comment);
  refusingMalformed(() => {
    parser.write(text);
    checkDeclaration(parser.xmlDecl);
    parser.close();
  });
  return builder.root;
}

function refusingMalformed(read: () => void): void {
  try {
    read();
  } catch (error) {
    // saxes throws plain errors; a class of its own is somebody else's.
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    throw new SsoError('SAML_XML_MALFORMED', { problem: error.message });
  }
}

/** Hears of tags; `end` is the number of characters up to and including the tag. */
export interface Walker {
  start(tag: StartTag, end: number): void;
  close(end: number): void;
  /** Also of the content of CDATA sections. */
  text?(text: string): void;
}

/** A document in pieces. Throws SsoError as `parseXml` does. */
export interface Walk {
  write(piece: string): void;
  end(): void;
}

/**
 * Reads a document without keeping any of it, for one that is larger than what is wanted of it. Refuses what `parseXml`
 * refuses but a processing instruction outside the root element; limits are those of nesting alone, and what is kept has
 * to be parsed again.
 */
export function walkXml(walker: Walker): Walk {
  const parser = new SaxesParser<{ xmlns: true; position: false }>({ xmlns: true, position: false });
  let depth = 0;
  let written = false;
  parser.on('doctype', () => refuse('SAML_XML_DOCTYPE', 'document type declaration'));
  parser.on('processinginstruction', () => {
    if (depth > 0) refuse('SAML_XML_PROCESSING_INSTRUCTION', 'processing instruction');
  });
  parser.on('opentag', (tag) => {
    if (++depth > limits.xmlDepth) refuse('SAML_XML_LIMIT_EXCEEDED', 'depth');
    walker.start(tag, parser.position);
  });
  parser.on('closetag', () => {
    depth -= 1;
    walker.close(parser.position);
  });
  if (walker.text !== undefined) {
    const text = walker.text.bind(walker);
    parser.on('text', text);
    parser.on('cdata', text);
  }
  return {
    write: (piece) => {
      if (!written && piece.startsWith('\uFEFF')) refuse('SAML_XML_MALFORMED', 'byte order mark');
      written = true;
      refusingMalformed(() => void parser.write(piece));
    },
    end: () =>
      refusingMalformed(() => {
        checkDeclaration(parser.xmlDecl);
        parser.close();
      }),
  };
}

/** Neither may occur anywhere, not even inside CDATA or a comment: no honest message has them, and no reading differs. */
function scanMarkup(text: string): void {
  // saxes would skip it; the one that may stand in front of a text is gone when the text is decoded.
  if (text.startsWith('\uFEFF')) refuse('SAML_XML_MALFORMED', 'byte order mark');
  if (text.includes('<!') && /<!(?:DOCTYPE|ENTITY)/.test(text))
    refuse('SAML_XML_DOCTYPE', 'document type declaration');
  const declaration = /^<\?xml[ \t\r\n]/.test(text);
  if (text.includes('<?', declaration ? 2 : 0))
    refuse('SAML_XML_PROCESSING_INSTRUCTION', 'processing instruction');
}

function checkDeclaration({ version, encoding }: SaxesParser['xmlDecl']): void {
  if (version !== undefined && version !== '1.0') refuse('SAML_XML_MALFORMED', 'XML version is not 1.0');
  if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') {
    refuse('SAML_ENCODING_INVALID', 'declared encoding is not UTF-8');
  }
}
