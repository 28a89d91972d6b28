/** A small XML writer for the local identity provider: trees in, text out. It shares nothing with the product's own writer. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly XmlNode[];
}

/** Text is escaped; `raw` is written as it stands (for foreign fragments and for hostile ones). */
export type XmlNode = XmlElement | string | { readonly raw: string };

type AttributeInput = Record<string, string | null | undefined>;

export function element(
  name: string,
  attributes: AttributeInput = {},
  children: readonly (XmlNode | null | undefined | false)[] = [],
): XmlElement {
  return {
    name,
    attributes: Object.entries(attributes).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
    children: children.filter(
      (child): child is XmlNode => child !== null && child !== undefined && child !== false,
    ),
  };
}

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
}

export function escapeAttribute(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;')
    .replace(/\t/g, '&#x9;')
    .replace(/\n/g, '&#xA;')
    .replace(/\r/g, '&#xD;');
}

const isElement = (node: XmlNode): node is XmlElement => typeof node === 'object' && 'name' in node;

/** `indent` (for example two spaces) pretty-prints element-only content; text content stays on its line. */
export function writeXml(node: XmlNode, indent = '', depth = 0): string {
  if (typeof node === 'string') return escapeText(node);
  if (!isElement(node)) return node.raw;
  const start = `<${node.name}${node.attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')}`;
  if (node.children.length === 0) return `${start}/>`;
  const inner = node.children.map((child) => writeXml(child, indent, depth + 1));
  const elementOnly = node.children.every((child) => typeof child !== 'string');
  if (indent === '' || !elementOnly) return `${start}>${inner.join('')}</${node.name}>`;
  const line = (level: number): string => `\n${indent.repeat(level)}`;
  return `${start}>${inner.map((text) => line(depth + 1) + text).join('')}${line(depth)}</${node.name}>`;
}
