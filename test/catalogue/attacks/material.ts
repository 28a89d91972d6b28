/**
 * Messages to start from, and the scalpel: cuts Response, Assertion and Signature out of the text of an honest message and
 * sews them together again. All of it works on text, so that nothing is repaired on the way.
 */
import { createHash } from 'node:crypto';
import { buildResponse, NAME_ID, signBytes, type IdpKeys, type ResponseOptions } from '../../support/idp';
import type { AttackContext } from './catalogue';

export const SIGNED = {
  assertion: { assertion: true },
  response: { response: true },
  both: { response: true, assertion: true },
  none: {},
} as const;
export type Signed = keyof typeof SIGNED;

/** An honest message for the attacker's own account. */
export function honest(
  c: AttackContext,
  signed: Signed = 'assertion',
  options: Partial<ResponseOptions> = {},
): string {
  return buildResponse({
    keys: c.idp.keys,
    issuer: c.idp.entityId,
    acsUrl: c.acsUrl,
    audience: c.spEntityId,
    inResponseTo: c.requestId,
    now: c.now,
    nameId: { value: c.attacker, format: NAME_ID.email },
    sign: SIGNED[signed],
    ...options,
  });
}

/** The first Assertion with everything inside. */
export function assertionOf(xml: string): string {
  const open = xml.indexOf('<saml:Assertion');
  const close = '</saml:Assertion>';
  return xml.slice(open, xml.lastIndexOf(close) + close.length);
}

const SIGNATURE = /<ds:Signature[\s>][^]*?<\/ds:Signature>/;

/** The first Signature of the text. */
export function signatureOf(xml: string): string {
  return SIGNATURE.exec(xml)?.[0] ?? missing('Signature');
}

export const withoutSignature = (xml: string): string => xml.replace(SIGNATURE, '');

/** The Response with its Assertion replaced. */
export function withAssertion(xml: string, replacement: string): string {
  return replaceOnce(xml, assertionOf(xml), replacement);
}

/** `String.replace` that fails when there is nothing to replace: a case that changes nothing proves nothing. */
export function replaceOnce(text: string, search: string | RegExp, replacement: string): string {
  const found = typeof search === 'string' ? text.includes(search) : search.test(text);
  if (!found) missing(String(search));
  return text.replace(search, () => replacement);
}

export function replaceAll(text: string, search: string, replacement: string): string {
  if (!text.includes(search)) missing(search);
  return text.replaceAll(search, replacement);
}

/** The attacker's assertion turned into one for the victim: no signature, an ID of its own. */
export function evilAssertion(c: AttackContext, xml: string, id: string | null = '_evil'): string {
  const plain = withoutSignature(assertionOf(xml));
  const renamed = replaceOnce(plain, / ID="[^"]*"/, id === null ? '' : ` ID="${id}"`);
  return replaceAll(renamed, c.attacker, c.victim);
}

export const idOf = (fragment: string): string => / ID="([^"]*)"/.exec(fragment)?.[1] ?? missing('ID');

/** The start tag of the Response, its Issuer, its own Signature (if any), its Status and the rest. */
export function responseParts(xml: string): {
  start: string;
  issuer: string;
  signature: string;
  status: string;
} {
  const start = /^<samlp:Response[^>]*>/.exec(xml)?.[0] ?? missing('Response');
  const head = xml.slice(0, xml.indexOf('<saml:Assertion'));
  return {
    start,
    issuer: /<saml:Issuer.*?<\/saml:Issuer>/.exec(head)?.[0] ?? missing('Issuer'),
    signature: SIGNATURE.exec(head)?.[0] ?? '',
    status: /<samlp:Status>.*?<\/samlp:Status>/.exec(xml)?.[0] ?? missing('Status'),
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64');

/** Canonical form of a SignedInfo whose elements are prefixed ds and carry one attribute at most. */
export function canonicalSignedInfo(signedInfo: string): string {
  return signedInfo
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<([\w:]+)((?:\s[^<>]*?)?)\/>/g, '<$1$2></$1>')
    .replace(
      /^<ds:SignedInfo(?![^>]*xmlns:ds)/,
      '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"',
    );
}

export interface ResignOptions {
  readonly keys?: IdpKeys;
  readonly algorithm?: string;
  /** What is signed, when it is not the plain canonical form. */
  readonly canonical?: (signedInfo: string) => string;
  /** Signs by other means: bytes in, base64 out. */
  readonly signer?: (bytes: string) => string;
}

/** Changes the SignedInfo of the first Signature and signs it anew, as an identity provider that means it would. */
export function resign(
  c: AttackContext,
  xml: string,
  change: (signedInfo: string) => string,
  options: ResignOptions = {},
): string {
  const signature = signatureOf(xml);
  const original = /<ds:SignedInfo>[^]*<\/ds:SignedInfo>/.exec(signature)?.[0] ?? missing('SignedInfo');
  const changed = change(original);
  if (changed === original && options.keys === undefined && options.signer === undefined) missing('a change');
  const bytes = (options.canonical ?? canonicalSignedInfo)(changed);
  const value =
    options.signer?.(bytes) ??
    signBytes(
      bytes,
      options.keys ?? c.idp.keys,
      ...(options.algorithm === undefined ? [] : [options.algorithm]),
    );
  const replaced = signature
    .replace(original, () => changed)
    .replace(/<ds:SignatureValue>[^<]*</, `<ds:SignatureValue>${value}<`);
  return replaceOnce(xml, signature, replaced);
}

function missing(what: string): never {
  throw new TypeError(`the message to attack has no ${what}`);
}
