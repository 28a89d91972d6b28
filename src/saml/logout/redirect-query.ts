// The raw query of the Redirect binding → message, signature and the octets that were signed (SAML Bindings §3.4.4.1). The
// signature covers the text as the sender encoded it, so it is cut out of the query and never written anew: IdPs differ in
// which letters they escape, and how. One of each parameter, by its plain name: whatever two parsers could read in two ways
// is refused.

import { inflateRawSync } from 'node:zlib';
import { SsoError } from '../../core/errors';
import { decodeBase64 } from '../xml/base64';

export type LogoutKind = 'request' | 'response';

/** What a query says about its signature. Nothing has been verified. */
export interface DetachedSignature {
  /** `SAMLRequest=…&RelayState=…&SigAlg=…`, as received. */
  readonly octets: Buffer;
  /** SigAlg. */
  readonly algorithm: string;
  readonly value: Buffer;
}

export interface RedirectQuery {
  readonly kind: LogoutKind;
  readonly xml: string;
  readonly relayState: string | undefined;
  readonly signature: DetachedSignature;
}

const NAMES = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;
type Name = (typeof NAMES)[number];

/** The only one that Bindings §3.4.4 defines. */
const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
/** As many as every other path reads. */
const MOST_PARAMETERS = 32;

/**
 * Reads the query of a logout message.
 *
 * @param query without the question mark, undecoded
 * @param maxBytes of the message when it is unpacked
 * @throws SsoError HTTP_FIELD_…, HTTP_BODY_MALFORMED, SAML_SIGNATURE_MISSING, SAML_BASE64_INVALID, SAML_ENCODING_INVALID,
 *   SAML_MESSAGE_TOO_LARGE
 */
export function readRedirectQuery(query: string, maxBytes: number): RedirectQuery {
  const raw = parametersOf(query);
  const { name, message } = messageOf(raw);
  const [algorithm, signature] = [raw.get('SigAlg'), raw.get('Signature')];
  if (algorithm === undefined || signature === undefined || signature === '') {
    throw new SsoError('SAML_SIGNATURE_MISSING', {
      expected: 'SigAlg and Signature in the query',
      received: 'a logout message without a signature',
    });
  }
  const encoding = raw.get('SAMLEncoding');
  if (encoding !== undefined && decode(encoding) !== DEFLATE) {
    throw new SsoError('SAML_ENCODING_INVALID', { expected: DEFLATE, received: encoding });
  }
  const relayState = raw.get('RelayState');
  const signed = [
    `${name}=${message}`,
    ...(relayState === undefined ? [] : [`RelayState=${relayState}`]),
    `SigAlg=${algorithm}`,
  ].join('&');
  return Object.freeze({
    kind: name === 'SAMLRequest' ? 'request' : 'response',
    xml: inflate(base64Of(message, name), maxBytes),
    relayState: relayState === undefined ? undefined : decode(relayState),
    signature: Object.freeze({
      octets: Buffer.from(signed, 'utf8'),
      algorithm: decode(algorithm),
      value: base64Of(signature, 'Signature'),
    }),
  });
}

/** Name to the value as it stands. */
function parametersOf(query: string): ReadonlyMap<Name, string> {
  const pairs = query.split('&', MOST_PARAMETERS + 1);
  if (pairs.length > MOST_PARAMETERS) malformed('too many parameters');
  const found = new Map<Name, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const written = equals === -1 ? pair : pair.slice(0, equals);
    const spelled = decode(written);
    const name = NAMES.find((known) => known === spelled.split('[', 1)[0]);
    if (name === undefined) continue;
    // `SAML%52equest` is the same name to one parser and another to the next; `SAMLRequest[]` likewise.
    if (written !== name || found.has(name)) throw new SsoError('HTTP_FIELD_DUPLICATE', { field: name });
    found.set(name, equals === -1 ? '' : pair.slice(equals + 1));
  }
  return found;
}

interface NamedMessage {
  readonly name: 'SAMLRequest' | 'SAMLResponse';
  readonly message: string;
}

function messageOf(raw: ReadonlyMap<Name, string>): NamedMessage {
  const [request, response] = [raw.get('SAMLRequest'), raw.get('SAMLResponse')];
  if (request !== undefined && response !== undefined)
    throw new SsoError('HTTP_FIELD_DUPLICATE', { field: 'SAMLRequest' });
  if (request !== undefined) return { name: 'SAMLRequest', message: request };
  if (response !== undefined) return { name: 'SAMLResponse', message: response };
  throw new SsoError('HTTP_FIELD_MISSING', { field: 'SAMLRequest' });
}

function base64Of(raw: string, name: Name): Buffer {
  const bytes = decodeBase64(decode(raw));
  if (bytes === undefined) throw new SsoError('SAML_BASE64_INVALID', { problem: `${name} in the query` });
  return bytes;
}

/** Unpacks no more than the budget: a bomb costs what an honest message of that size costs. */
function inflate(bytes: Buffer, maxBytes: number): string {
  try {
    const unpacked = inflateRawSync(bytes, { maxOutputLength: maxBytes });
    return new TextDecoder('utf-8', { fatal: true }).decode(unpacked);
  } catch (error) {
    if (isTooLarge(error)) throw new SsoError('SAML_MESSAGE_TOO_LARGE', { maxBytes });
    throw new SsoError('SAML_ENCODING_INVALID', { problem: 'not UTF-8 text packed by DEFLATE' }, error);
  }
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return malformed('invalid percent-encoding');
  }
}

function malformed(problem: string): never {
  throw new SsoError('HTTP_BODY_MALFORMED', { problem });
}
