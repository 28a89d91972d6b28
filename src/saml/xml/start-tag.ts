// A start tag → an element whose content is still to come: namespaces and attributes apart, names and numbers checked.

import { SsoError, type ErrorCode } from '../../core/errors';
import { limits } from '../../core/limits';
import type { NamespaceDeclaration, XmlAttribute, XmlElement, XmlNode } from './element';

/** While its content is read. */
export interface OpenElement {
  name: string;
  prefix: string;
  local: string;
  uri: string;
  attributes: XmlAttribute[];
  namespaces: NamespaceDeclaration[];
  children: XmlNode[];
  parent: XmlElement | undefined;
  hasComment: boolean;
}

export const NOTHING: never[] = [];
Object.freeze(NOTHING);

/** Most elements hold one text: an array that was made to grow would have room for seventeen. */
export function addChild(element: OpenElement, child: XmlNode): void {
  if (element.children === NOTHING) element.children = [child];
  else element.children.push(child);
}

export const nothing: OpenElement = {
  ...{ name: '', prefix: '', local: '', uri: '' },
  ...{ attributes: NOTHING, namespaces: NOTHING, children: NOTHING },
  parent: undefined,
  hasComment: false,
};

export function refuse(code: ErrorCode, problem: string): never {
  throw new SsoError(code, { problem });
}

/**
 * Namespaces in XML 1.0 §4: both halves of a qualified name are NCNames. saxes knows that every character is a NameChar and
 * that there is one colon, but not that the second half begins as a name does: `a:1b`, `xmlns:-a`.
 */
const NO_NAME_START = /^[\u0300-\u036F\u00B7\u203F\u2040.0-9-]/;

export function checkQualifiedName(prefix: string, local: string): void {
  if (prefix === '' || !NO_NAME_START.test(local)) return;
  refuse('SAML_XML_MALFORMED', `malformed name: ${prefix}:${local}`.slice(0, 200));
}

/** Declarations of namespaces go to one list, everything else to the other. `all` is used up. */
export function splitAttributes(element: OpenElement, all: XmlAttribute[]): void {
  let kept = 0;
  for (const attribute of all) {
    const { name, prefix, local, value } = attribute;
    checkQualifiedName(prefix, local);
    if (prefix === 'xmlns' || name === 'xmlns') {
      // saxes resolves prefixes with the trimmed name; a name that needs trimming would mean two things.
      if (value !== value.trim()) refuse('SAML_XML_MALFORMED', 'white space around a namespace name');
      const declaration = { prefix: prefix === 'xmlns' ? local : '', uri: value };
      if (element.namespaces === NOTHING) element.namespaces = [declaration];
      else element.namespaces.push(declaration);
      continue;
    }
    all[kept++] = attribute;
  }
  all.length = kept;
  element.attributes = all;
}

/** A start tag that a walk comes by. */
export interface StartTag {
  /** As written. */
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly prefix: string;
  /** By their names as written; declarations of namespaces are among them. */
  readonly attributes: Readonly<Record<string, XmlAttribute>>;
}

/** A start tag as an element without content. @throws SsoError for names and numbers that `parseXml` refuses */
export function elementOf({ name, prefix, local, uri, attributes: all }: StartTag): OpenElement {
  const element: OpenElement = { ...nothing, name, prefix, local, uri, children: [] };
  checkQualifiedName(prefix, local);
  const own = Object.values(all);
  if (own.length > limits.xmlAttributes) refuse('SAML_XML_LIMIT_EXCEEDED', 'attributes');
  splitAttributes(element, own);
  return element;
}
