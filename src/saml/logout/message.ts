// What came to our logout address → an unverified LogoutRequest or LogoutResponse whose structure is plain. Binds the text
// to its signature from the start: of a query, what was signed outside; of a form, the Signature inside. Functions named peek…
// read unverified text; they may refuse or route, never accept.

import { SsoError } from '../../core/errors';
import { decodeMessage } from '../login/decode';
import { checkPlaces } from '../login/response';
import { ns } from '../names';
import { attributeOf, childElements, hasStrayText, isElement, textOf, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';
import { readRedirectQuery, type DetachedSignature, type LogoutKind } from './redirect-query';

export type { LogoutKind };

interface MessageParts {
  readonly kind: LogoutKind;
  readonly root: XmlElement;
  /** Of the Redirect binding; absent: a form, whose message holds its Signature. */
  readonly detached: DetachedSignature | undefined;
  readonly relayState: string | undefined;
}

let mint: (parts: MessageParts) => LogoutMessage;

/** A well-formed, plain logout message. Made by readLogoutQuery and readLogoutForm only; nothing in it has been verified. */
export class LogoutMessage {
  readonly #minted = true;
  readonly unverified: MessageParts;

  private constructor(parts: MessageParts) {
    this.unverified = Object.freeze(parts);
    Object.freeze(this);
  }

  static isMinted(value: LogoutMessage): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (parts) => new LogoutMessage(parts);
  }
}

/**
 * Reads a message of the Redirect binding.
 *
 * @param query without the question mark, undecoded
 * @param maxBytes of the message when it is unpacked
 * @throws SsoError as readRedirectQuery; SAML_XML_…, SAML_ROOT_INVALID, SAML_STRUCTURE_INVALID
 */
export function readLogoutQuery(query: string, maxBytes: number): LogoutMessage {
  const { kind, xml, relayState, signature } = readRedirectQuery(query, maxBytes);
  const root = messageElement(parseXml(xml), kind);
  // Bindings §3.4.4.1: the sender has to remove it. Nobody may wonder which of two signatures counts.
  if (signatureIn(root) !== undefined) misplaced('Signature in a message of the Redirect binding');
  return mint({ kind, root, detached: signature, relayState });
}

export interface LogoutForm {
  readonly kind: LogoutKind;
  /** The form field; as octets, when it comes straight from a form. */
  readonly field: string | Uint8Array;
  readonly relayState: string | undefined;
}

/** Reads a message of the POST binding. @throws SsoError as decodeMessage; SAML_XML_…, SAML_ROOT_INVALID, SAML_STRUCTURE_INVALID */
export function readLogoutForm({ kind, field, relayState }: LogoutForm, maxBytes: number): LogoutMessage {
  const root = messageElement(parseXml(decodeMessage(field, maxBytes)), kind);
  return mint({ kind, root, detached: undefined, relayState });
}

const roots: Readonly<Record<LogoutKind, string>> = { request: 'LogoutRequest', response: 'LogoutResponse' };

/** What may stand in each, by namespace (SAML Core §3.7.1, §3.7.2). */
const children: Readonly<Record<LogoutKind, ReadonlyMap<string, readonly string[]>>> = {
  request: new Map([
    [ns.saml, ['Issuer', 'BaseID', 'NameID', 'EncryptedID']],
    [ns.samlp, ['Extensions', 'SessionIndex']],
    [ns.ds, ['Signature']],
  ]),
  response: new Map([
    [ns.saml, ['Issuer']],
    [ns.samlp, ['Extensions', 'Status']],
    [ns.ds, ['Signature']],
  ]),
};

const PROTOCOL_ELEMENTS = new Set([
  'Extensions',
  'SessionIndex',
  'Status',
  'StatusCode',
  'StatusMessage',
  'StatusDetail',
]);

/** Checks the structure; also run on the verified bytes. @throws SsoError SAML_ROOT_INVALID, SAML_STRUCTURE_INVALID */
export function messageElement(root: XmlElement, kind: LogoutKind): XmlElement {
  if (!isElement(root, ns.samlp, roots[kind])) {
    throw new SsoError('SAML_ROOT_INVALID', {
      expected: roots[kind],
      received: `{${root.uri}}${root.local}`,
    });
  }
  if (hasStrayText(root)) misplaced(`text in ${root.local}`);
  const seen = new Set<string>();
  for (const { uri, local, name } of childElements(root)) {
    if (children[kind].get(uri)?.includes(local) !== true) misplaced(name);
    if (seen.has(local) && local !== 'SessionIndex') misplaced(`several ${local}`);
    seen.add(local);
  }
  checkPlaces(root, undefined, PROTOCOL_ELEMENTS);
  return root;
}

/** The Signature directly inside the message. */
export function signatureIn(root: XmlElement): XmlElement | undefined {
  return childElements(root).find((child) => isElement(child, ns.ds, 'Signature'));
}

/** Whose message it says it is: finds the connections whose keys may fit. */
export function peekLogoutIssuer({ unverified: { root } }: LogoutMessage): string | undefined {
  const issuer = childElements(root).find((child) => isElement(child, ns.saml, 'Issuer'));
  return issuer && textOf(issuer);
}

/** Which request of ours a LogoutResponse says it answers: finds the connection that asked. */
export function peekAnsweredRequest({ unverified: { root } }: LogoutMessage): string | undefined {
  return attributeOf(root, 'InResponseTo');
}

function misplaced(received: string): never {
  throw new SsoError('SAML_STRUCTURE_INVALID', { received });
}
