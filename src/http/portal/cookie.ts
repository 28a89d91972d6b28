// The cookie of a set-up session. `__Host-` keeps every other host, also a sibling or parent domain, from setting it (RFC
// 6265bis §4.1.3.2); that prefix demands Path=/, so only the routes of the set-up pages read it. SameSite=Strict, because no
// other site ever has a reason to send it: the IdP's answer comes to the ACS, which needs none, and goes on to these pages by
// a page of our own. A session cookie of the link's remaining life; a restart of the browser does not end it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secret } from '../../core/secret';

const HOST_COOKIE = '__Host-wix-saml-setup';
/** Where there is no TLS, which the configuration allows for loopback hosts alone, no browser takes `__Host-`. */
const LOOPBACK_COOKIE = 'wix-saml-setup-INSECURE-LOOPBACK-ONLY';

const isSecure = (baseUrl: string): boolean => baseUrl.startsWith('https:');

/** What the browser brought; a name that comes twice says nothing. @param baseUrl of the service provider */
export function readSetupCookie(baseUrl: string, { headers }: IncomingMessage): string | undefined {
  const name = isSecure(baseUrl) ? HOST_COOKIE : LOOPBACK_COOKIE;
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

/** @param seconds how long the browser keeps it */
export function setSetupCookie(
  baseUrl: string,
  response: ServerResponse,
  { value, seconds }: { readonly value: Secret; readonly seconds: number },
): void {
  const [name, secure] = isSecure(baseUrl) ? [HOST_COOKIE, '; Secure'] : [LOOPBACK_COOKIE, ''];
  const life = `Max-Age=${String(Math.max(0, Math.floor(seconds)))}`;
  response.setHeader(
    'Set-Cookie',
    `${name}=${value.reveal()}; Path=/; ${life}; HttpOnly; SameSite=Strict${secure}`,
  );
}
