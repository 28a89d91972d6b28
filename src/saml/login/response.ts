// Text → an unverified Response whose structure is plain: every element that carries trust stands exactly where the
// profile puts it, and nowhere else. That alone ends signature wrapping (XSW 1–8): there is no second place to hide an
// Assertion or a Signature. Functions named peek… read unverified text; they may refuse or route, never accept.

import { SsoError, type ErrorCode } from '../../core/errors';
import { RawSamlResponse } from './decode';
import { ns, statusSuccess } from '../names';
import { attributeOf, childElements, hasStrayText, isElement, textOf, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';

export interface ResponseElements {
  readonly root: XmlElement;
  readonly issuer: XmlElement | undefined;
  readonly signature: XmlElement | undefined;
  readonly status: XmlElement | undefined;
  /** Exactly one of the next two for a message that can be accepted. */
  readonly assertion: XmlElement | undefined;
  readonly encryptedAssertion: XmlElement | undefined;
}

/** A well-formed, plain samlp:Response. Nothing in it has been verified. */
export interface UnverifiedResponse {
  readonly unverified: ResponseElements;
}

/**
 * Parses and checks the structure.
 *
 * @throws SsoError SAML_XML_…, SAML_ROOT_INVALID, SAML_STRUCTURE_INVALID, SAML_ASSERTION_MULTIPLE
 */
export function parseResponse(raw: RawSamlResponse): UnverifiedResponse {
  if (!RawSamlResponse.isMinted(raw))
    throw new TypeError('parseResponse takes what decodeSamlResponse returned');
  return Object.freeze({ unverified: responseElements(parseXml(raw.xml)) });
}

/** The parts of a samlp:Response (SAML Core §3.2.2, §3.3.3); also run on the verified bytes. */
export function responseElements(root: XmlElement): ResponseElements {
  if (!isElement(root, ns.samlp, 'Response')) {
    throw new SsoError('SAML_ROOT_INVALID', { received: `{${root.uri}}${root.local}` });
  }
  if (hasStrayText(root)) misplaced('text in Response');
  const found = new Map<string, XmlElement>();
  for (const child of childElements(root)) {
    const key = RESPONSE_CHILDREN.get(child.uri)?.find((local) => local === child.local);
    if (key === undefined) misplaced(child.name);
    if (found.has(key))
      refuse(key.endsWith('Assertion') ? 'SAML_ASSERTION_MULTIPLE' : 'SAML_STRUCTURE_INVALID', key);
    found.set(key, child);
  }
  const assertion = found.get('Assertion');
  const encryptedAssertion = found.get('EncryptedAssertion');
  if (assertion !== undefined && encryptedAssertion !== undefined)
    refuse('SAML_ASSERTION_MULTIPLE', 'both kinds');
  checkPlaces(root, assertion);
  return Object.freeze({
    root,
    issuer: found.get('Issuer'),
    signature: found.get('Signature'),
    status: found.get('Status'),
    assertion,
    encryptedAssertion,
  });
}

const RESPONSE_CHILDREN: ReadonlyMap<string, readonly string[]> = new Map([
  [ns.saml, ['Issuer', 'Assertion', 'EncryptedAssertion']],
  [ns.samlp, ['Extensions', 'Status']],
  [ns.ds, ['Signature']],
]);

/** What a careless verifier would take from anywhere below the Signature (CVE-2025-29774). */
const SIGNATURE_PARTS = new Set(['SignedInfo', 'SignatureValue']);

const STATUS_ELEMENTS = new Set(['Extensions', 'Status', 'StatusCode', 'StatusMessage', 'StatusDetail']);

/**
 * Walks everything below `top` and refuses whatever could be taken for a message, an assertion or a signature in a
 * place where nobody may look for one: Extensions, Advice, StatusDetail, AttributeValue, KeyInfo, Object … What stands
 * inside a Signature is not signed, so nothing of SAML may stand there at all.
 *
 * @param protocolElements local names of the protocol's elements that may stand below `top`
 */
export function checkPlaces(
  top: XmlElement,
  assertion: XmlElement | undefined,
  protocolElements: ReadonlySet<string> = STATUS_ELEMENTS,
): void {
  const isTrustBearer = (element: XmlElement): boolean => element === top || element === assertion;
  const walk = (element: XmlElement, inSignature: boolean): void => {
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      const { uri, local } = child;
      if (uri === ns.ds && local === 'Signature' && !isTrustBearer(element)) misplaced('Signature');
      if (uri === ns.ds && SIGNATURE_PARTS.has(local) && !isElement(element, ns.ds, 'Signature'))
        misplaced(local);
      if (uri === ns.saml && (inSignature || (local.endsWith('Assertion') && element !== top)))
        misplaced(isElement(element, ns.saml, 'Advice') ? `${local} in Advice` : local);
      if (uri === ns.samlp && (inSignature || !protocolElements.has(local))) misplaced(local);
      walk(child, inSignature || (uri === ns.ds && local === 'Signature'));
    }
  };
  walk(top, false);
}

/** The Signature directly inside an Assertion; more than one is refused. */
export function signatureOf(element: XmlElement): XmlElement | undefined {
  const [signature, second] = childElements(element).filter((child) => isElement(child, ns.ds, 'Signature'));
  if (second !== undefined) misplaced('second Signature');
  return signature;
}

/** Top-level status code first, then the nested ones; one per level, by the schema (SAML Core §3.2.2.2). */
export function statusCodesOf(status: XmlElement | undefined): string[] {
  const codes: string[] = [];
  let at = status;
  while (at !== undefined) {
    const [code, second] = childElements(at).filter((child) => isElement(child, ns.samlp, 'StatusCode'));
    if (second !== undefined) misplaced('second StatusCode');
    at = code;
    if (at !== undefined) codes.push(attributeOf(at, 'Value') ?? '');
  }
  return codes;
}

/** Why the IdP says no, when it does. Unverified text: for the log and the administrator, escaped and capped there. */
export function peekFailureStatus(
  response: UnverifiedResponse,
): { readonly codes: readonly string[]; readonly message?: string } | undefined {
  const { status } = response.unverified;
  const codes = statusCodesOf(status);
  if (status === undefined || codes[0] === undefined || codes[0] === statusSuccess) return undefined;
  const element = childElements(status).find((child) => isElement(child, ns.samlp, 'StatusMessage'));
  const message = element === undefined ? undefined : textOf(element);
  return { codes, ...(message === undefined ? {} : { message }) };
}

/** Response/@InResponseTo: routes to the connection that asked. */
export function peekInResponseTo(response: UnverifiedResponse): string | undefined {
  return attributeOf(response.unverified.root, 'InResponseTo');
}

/** Issuer of the Response, else of the Assertion: routes an unsolicited message to a connection. */
export function peekIssuer(response: UnverifiedResponse): string | undefined {
  const { issuer, assertion } = response.unverified;
  const element =
    issuer ?? (assertion && childElements(assertion).find((child) => isElement(child, ns.saml, 'Issuer')));
  return element && textOf(element);
}

/** True when neither the Response nor a visible confirmation answers a request (SAML Profiles §4.1.5). */
export function peekUnsolicited(response: UnverifiedResponse): boolean {
  const { root, assertion } = response.unverified;
  if (attributeOf(root, 'InResponseTo') !== undefined) return false;
  const answers = (element: XmlElement): boolean =>
    childElements(element).some(
      (child) =>
        (isElement(child, ns.saml, 'SubjectConfirmationData') &&
          attributeOf(child, 'InResponseTo') !== undefined) ||
        answers(child),
    );
  return assertion === undefined || !answers(assertion);
}

function misplaced(what: string): never {
  return refuse('SAML_STRUCTURE_INVALID', what);
}

function refuse(code: ErrorCode, received: string): never {
  throw new SsoError(code, { received });
}
