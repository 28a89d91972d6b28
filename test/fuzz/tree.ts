/** A document as a tree that may be changed at will, and written again without any sense of what XML allows. */
import { parseXml } from '../../src/saml/xml/parse';
import type { XmlElement } from '../../src/saml/xml/element';

export interface Node {
  name: string;
  /** Namespace declarations among them. */
  attributes: [name: string, value: string][];
  children: (Node | Text)[];
}

/** Markup as it will stand in the document. */
export interface Text {
  raw: string;
}

export const isNode = (value: Node | Text): value is Node => 'name' in value;

const escape = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
const escapeText = (text: string): string =>
  text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);

export function toTree(xml: string): Node {
  return convert(parseXml(xml));
}

function convert(element: XmlElement): Node {
  return {
    name: element.name,
    attributes: [
      ...element.namespaces.map(({ prefix, uri }): [string, string] => [
        prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
        uri,
      ]),
      ...element.attributes.map(({ name, value }): [string, string] => [name, value]),
    ],
    children: element.children.map((child) =>
      typeof child === 'string' ? { raw: escapeText(child) } : convert(child),
    ),
  };
}

export function write(node: Node | Text): string {
  if (!isNode(node)) return node.raw;
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
  return `<${node.name}${attributes}>${node.children.map(write).join('')}</${node.name}>`;
}

export function clone(node: Node): Node {
  return {
    name: node.name,
    attributes: node.attributes.map(([name, value]) => [name, value]),
    children: node.children.map((child) => (isNode(child) ? clone(child) : { raw: child.raw })),
  };
}

export interface Place {
  readonly node: Node;
  readonly parent: Node | undefined;
}

/** All elements in document order. */
export function places(root: Node): Place[] {
  const found: Place[] = [];
  const walk = (node: Node, parent: Node | undefined): void => {
    found.push({ node, parent });
    for (const child of node.children) if (isNode(child)) walk(child, node);
  };
  walk(root, undefined);
  return found;
}

export const localName = (node: Node): string => node.name.slice(node.name.indexOf(':') + 1);

export const byLocalName = (root: Node, local: string): Place[] =>
  places(root).filter(({ node }) => localName(node) === local);

/** Gives a detached subtree every declaration that it had in scope, so that it means the same elsewhere. */
export function detached(root: Node, wanted: Node): Node {
  const copy = clone(wanted);
  const known = new Set(copy.attributes.map(([name]) => name));
  for (const ancestor of ancestorsOf(root, wanted)) {
    for (const [name, value] of ancestor.attributes) {
      if ((name === 'xmlns' || name.startsWith('xmlns:')) && !known.has(name)) {
        known.add(name);
        copy.attributes.push([name, value]);
      }
    }
  }
  return copy;
}

/** Nearest first. */
function ancestorsOf(root: Node, wanted: Node): Node[] {
  const parents = new Map(places(root).map(({ node, parent }) => [node, parent]));
  const found: Node[] = [];
  for (let at = parents.get(wanted); at !== undefined; at = parents.get(at)) found.push(at);
  return found;
}
