// A message of ours → what a browser carries: an address with a signed query, or a form field with a signature inside. Both
// bindings for every message, so that each is signed in one place.

import { deflateRawSync } from 'node:zlib';
import { signBytes, signDocument } from './sign-xml';
import type { Signing } from './signing-methods';

export interface UnsignedMessage {
  readonly name: 'SAMLRequest' | 'SAMLResponse';
  readonly xml: string;
  /** Absent: none is sent. */
  readonly relayState?: string | undefined;
}

/** A message has a kilobyte or less: a window of one finds as much in it as one of 32, for which zlib would set aside 256. */
const DEFLATE = { windowBits: 10, memLevel: 3, chunkSize: 1024 } as const;

/**
 * HTTP-Redirect with DEFLATE (SAML Bindings §3.4.4.1). The signature covers exactly the octets that are sent, in this order;
 * the endpoint's own query stays in front, untouched.
 */
export async function redirectLocation(
  endpoint: string,
  { name, xml, relayState }: UnsignedMessage,
  { keyPair: { privateKey }, method }: Signing,
): Promise<string> {
  const message = deflateRawSync(xml, DEFLATE).toString('base64');
  const signed = [
    `${name}=${encodeURIComponent(message)}`,
    ...(relayState === undefined ? [] : [`RelayState=${encodeURIComponent(relayState)}`]),
    `SigAlg=${encodeURIComponent(method.uri)}`,
  ].join('&');
  const signature = (await signBytes(Buffer.from(signed), privateKey, method)).toString('base64');
  return `${endpoint}${endpoint.includes('?') ? '&' : '?'}${signed}&Signature=${encodeURIComponent(signature)}`;
}

/** The field of HTTP-POST (SAML Bindings §3.5.4): the Signature stands after the Issuer. */
export async function postField(xml: string, signing: Signing): Promise<string> {
  return Buffer.from(await signDocument(xml, signing.keyPair, 'after Issuer', signing)).toString('base64');
}
