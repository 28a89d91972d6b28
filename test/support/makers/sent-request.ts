/** The AuthnRequest, and its ID, behind an address that the service sends a browser to (HTTP-Redirect). */
import { inflateRawSync } from 'node:zlib';

/** XML. */
export function requestIn(location: string | null | undefined): string {
  const encoded = new URL(location ?? '').searchParams.get('SAMLRequest') ?? '';
  return inflateRawSync(Buffer.from(encoded, 'base64')).toString('utf8');
}

export function requestIdIn(location: string | null | undefined): string {
  const xml = requestIn(location);
  const id = / ID="([^"]*)"/.exec(xml)?.[1];
  if (id === undefined) throw new Error('no ID in the request');
  return id;
}
