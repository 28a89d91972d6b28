// Tree → canonical bytes: Exclusive XML Canonicalization 1.0 (with InclusiveNamespaces) and Canonical XML 1.0, both
// without comments, of one element and its content. Proven byte for byte against libxml2 (test/properties/c14n.test.ts).
// Clauses: xml-exc-c14n §3, xml-c14n §2.3.

import { namespacesInScope, type NamespaceDeclaration, type XmlAttribute, type XmlElement } from './element';

export interface CanonicalizeOptions {
  /** Left out with its content: the enveloped-signature transform (XML Signature §6.6.4). */
  readonly without?: XmlElement;
  /** InclusiveNamespaces PrefixList, '' for #default. Exclusive only. */
  readonly inclusivePrefixes?: readonly string[];
}

/** Prefix → namespace name as the output has it at this place. A Map: a stranger may declare thousands of prefixes. */
type Rendered = Map<string, string>;

type NamespacesToRender = (element: XmlElement, rendered: Rendered) => NamespaceDeclaration[] | undefined;

interface Writer {
  readonly apex: XmlElement;
  readonly without: XmlElement | undefined;
  readonly namespacesOf: NamespacesToRender;
  /** xml:… attributes that the apex inherits. */
  readonly inherited: readonly XmlAttribute[];
  readonly rendered: Rendered;
}

/** Canonical form by http://www.w3.org/2001/10/xml-exc-c14n#. */
export function canonicalizeExclusive(apex: XmlElement, options: CanonicalizeOptions = {}): string {
  return write(apex, writer(apex, options, whatIsUsed(apex, options.inclusivePrefixes), []));
}

function whatIsUsed(apex: XmlElement, inclusivePrefixes: readonly string[] = []): NamespacesToRender {
  const inclusive = new Set(inclusivePrefixes);
  return (element, rendered) => {
    let found = need(undefined, rendered, element);
    for (const attribute of element.attributes) {
      if (attribute.prefix !== '') found = need(found, rendered, attribute);
    }
    if (inclusive.size === 0) return found;
    // Below the apex, what is in scope changes only where it is declared.
    for (const declaration of element === apex ? declarationsInScope(apex) : element.namespaces) {
      if (inclusive.has(declaration.prefix)) found = need(found, rendered, declaration);
    }
    return found;
  };
}

/** Canonical form by http://www.w3.org/TR/2001/REC-xml-c14n-20010315: the apex carries what its ancestors declare. */
export function canonicalizeInclusive(apex: XmlElement, options: CanonicalizeOptions = {}): string {
  return write(apex, writer(apex, options, whatIsDeclared(apex), inheritedXmlAttributes(apex)));
}

function whatIsDeclared(apex: XmlElement): NamespacesToRender {
  return (element, rendered) => {
    let found: NamespaceDeclaration[] | undefined;
    for (const declaration of element === apex ? declarationsInScope(apex) : element.namespaces) {
      found = need(found, rendered, declaration);
    }
    return found;
  };
}

function writer(
  apex: XmlElement,
  { without }: CanonicalizeOptions,
  namespacesOf: NamespacesToRender,
  inherited: readonly XmlAttribute[],
): Writer {
  return { apex, without, namespacesOf, inherited, rendered: new Map() };
}

function declarationsInScope(element: XmlElement): NamespaceDeclaration[] {
  return [...namespacesInScope(element)].map(([prefix, uri]) => ({ prefix, uri }));
}

/** Adds a declaration unless the output already says the same; xmlns="" only undoes a rendered default namespace. */
function need(
  found: NamespaceDeclaration[] | undefined,
  rendered: Rendered,
  { prefix, uri }: NamespaceDeclaration,
): NamespaceDeclaration[] | undefined {
  if (prefix === 'xml') return found;
  if ((rendered.get(prefix) ?? '') === uri || found?.some((declaration) => declaration.prefix === prefix))
    return found;
  if (found === undefined) return [{ prefix, uri }];
  found.push({ prefix, uri });
  return found;
}

function write(element: XmlElement, to: Writer): string {
  const declarations = toRender(element, to);
  const outer = namesBefore(declarations, to);
  let out = startTag(element, declarations, to);
  for (const child of element.children) {
    if (typeof child === 'string') out += escapeText(child);
    else if (child !== to.without) out += write(child, to);
  }
  for (const [prefix, uri] of outer) to.rendered.set(prefix, uri);
  return `${out}</${element.name}>`;
}

type Declarations = readonly NamespaceDeclaration[];

function toRender(element: XmlElement, to: Writer): Declarations {
  const declarations = to.namespacesOf(element, to.rendered) ?? [];
  return declarations.length > 1
    ? declarations.sort((a, b) => compareCodePoints(a.prefix, b.prefix))
    : declarations;
}

/** What has to be put back when the element ends. */
const namesBefore = (declarations: Declarations, { rendered }: Writer) =>
  declarations.map(({ prefix }) => [prefix, rendered.get(prefix) ?? ''] as const);

function startTag(element: XmlElement, declarations: Declarations, to: Writer): string {
  let out = `<${element.name}`;
  for (const { prefix, uri } of declarations) {
    to.rendered.set(prefix, uri);
    out += prefix === '' ? ` xmlns="${escapeAttribute(uri)}"` : ` xmlns:${prefix}="${escapeAttribute(uri)}"`;
  }
  for (const attribute of inOrder(element.attributes, element === to.apex ? to.inherited : [])) {
    out += ` ${attribute.name}="${escapeAttribute(attribute.value)}"`;
  }
  return `${out}>`;
}

/** Writes the same piece by piece, for a document of which no more than the open elements is ever held. */
export interface CanonicalPieces {
  /** @returns its start tag; the content of the element is not looked at */
  start(element: XmlElement): string;
  text(text: string): string;
  /** @returns the end tag of the element that was started last */
  end(): string;
}

/** @param root without its content */
export function canonicalPieces(
  root: XmlElement,
  { method, inclusivePrefixes }: { method: 'exclusive' | 'inclusive'; inclusivePrefixes: readonly string[] },
): CanonicalPieces {
  const namespacesOf = method === 'exclusive' ? whatIsUsed(root, inclusivePrefixes) : whatIsDeclared(root);
  const to = writer(root, {}, namespacesOf, []);
  const open: { readonly name: string; readonly outer: ReturnType<typeof namesBefore> }[] = [];
  return {
    start: (element) => {
      const declarations = toRender(element, to);
      open.push({ name: element.name, outer: namesBefore(declarations, to) });
      return startTag(element, declarations, to);
    },
    text: escapeText,
    end: () =>
      open
        .splice(-1)
        .map(({ name, outer }) => {
          for (const [prefix, uri] of outer) to.rendered.set(prefix, uri);
          return `</${name}>`;
        })
        .join(''),
  };
}

/** Attributes by namespace name, then local name; without a namespace first (xml-c14n §2.2). */
function inOrder(own: readonly XmlAttribute[], extra: readonly XmlAttribute[]): readonly XmlAttribute[] {
  const all = extra.length === 0 ? own : [...own, ...extra];
  return areInOrder(all) ? all : [...all].sort(byName);
}

const byName = (a: XmlAttribute, b: XmlAttribute): number =>
  compareCodePoints(a.uri, b.uri) || compareCodePoints(a.local, b.local);

function areInOrder(all: readonly XmlAttribute[]): boolean {
  let before: XmlAttribute | undefined;
  for (const attribute of all) {
    if (before !== undefined && byName(before, attribute) > 0) return false;
    before = attribute;
  }
  return true;
}

/** xml:lang, xml:space … of the ancestors, nearest first, unless the apex says otherwise (xml-c14n §2.4). */
function inheritedXmlAttributes(apex: XmlElement): XmlAttribute[] {
  const inherited: XmlAttribute[] = [];
  const seen = new Set(apex.attributes.map(({ name }) => name));
  for (let at = apex.parent; at !== undefined; at = at.parent) {
    for (const attribute of at.attributes) {
      if (attribute.prefix !== 'xml' || seen.has(attribute.name)) continue;
      seen.add(attribute.name);
      inherited.push(attribute);
    }
  }
  return inherited;
}

/** UTF-8 order: surrogates sort after U+E000–U+FFFF, unlike JavaScript's `<`. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

function codePointRank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

const TEXT_SPECIAL = /[&<>\r]/;
const ATTRIBUTE_SPECIAL = /[&<"\t\n\r]/;

function escapeText(text: string): string {
  if (!TEXT_SPECIAL.test(text)) return text;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
}

function escapeAttribute(value: string): string {
  if (!ATTRIBUTE_SPECIAL.test(value)) return value;
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;')
    .replace(/\t/g, '&#x9;')
    .replace(/\n/g, '&#xA;')
    .replace(/\r/g, '&#xD;');
}
