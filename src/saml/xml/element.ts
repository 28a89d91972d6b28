// The small tree that the strict parser builds: elements, attributes, text. Comments are not in it (exclusive and
// inclusive C14N without comments drop them); documents with anything else that is not plain are refused while reading.

export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  /** '' for an unprefixed attribute: the default namespace does not apply to attributes. */
  readonly uri: string;
  readonly value: string;
}

export interface NamespaceDeclaration {
  /** '' for the default namespace. */
  readonly prefix: string;
  /** '' undeclares the default namespace. */
  readonly uri: string;
}

export interface XmlElement {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  /** Declarations on this element only. */
  readonly namespaces: readonly NamespaceDeclaration[];
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | undefined;
  /** A comment stood directly inside: harmless for C14N, refused where a value must be one plain text. */
  readonly hasComment: boolean;
}

export type XmlNode = XmlElement | string;

/** The child elements; text between them is dropped. */
export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** Value of an attribute without a namespace. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  for (const attribute of element.attributes) {
    if (attribute.local === name && attribute.uri === '') return attribute.value;
  }
  return undefined;
}

/** White space collapsed as XML Schema 2 §4.3.6 says of every type but xs:string: xs:anyURI, xs:dateTime, xs:NCName. */
function collapsed(text: string): string {
  return SPACED.test(text) ? text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '') : text;
}

const SPACED = /[ \t\r\n]/;

/** Value of an attribute without a namespace whose type collapses white space. */
export function tokenOf(element: XmlElement, name: string): string | undefined {
  const value = attributeOf(element, name);
  return value === undefined ? undefined : collapsed(value);
}

/** Namespace-aware name test: never compare names without their namespace (namespace confusion, security catalogue 2.2). */
export function isElement(element: XmlElement, uri: string, local: string): boolean {
  return element.local === local && element.uri === uri;
}

/** The whole text of an element that holds nothing but text; undefined when there is a child element. */
export function textOf(element: XmlElement): string | undefined {
  const { children } = element;
  if (children.length === 0) return '';
  const [first] = children;
  if (children.length === 1 && typeof first === 'string') return first;
  return undefined;
}

/** The same for a type that collapses white space. */
export function tokenTextOf(element: XmlElement): string | undefined {
  const text = textOf(element);
  return text === undefined ? undefined : collapsed(text);
}

/** True when text other than XML white space stands directly inside. */
export function hasStrayText(element: XmlElement): boolean {
  return element.children.some((child) => typeof child === 'string' && /[^ \t\r\n]/.test(child));
}

/** Prefix → namespace name at this element; the nearest declaration wins. `xml` is not listed. */
export function namespacesInScope(element: XmlElement): Map<string, string> {
  const scope = new Map<string, string>();
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    for (const { prefix, uri } of at.namespaces) {
      if (prefix !== 'xml' && !scope.has(prefix)) scope.set(prefix, uri);
    }
  }
  return scope;
}
