// The cookies of a request (RFC 6265bis §5.7), and the names that they may have. `__Host-` keeps every other host, also a
// sibling or parent domain, from setting one (§4.1.3.2); it demands Secure and Path=/.

import type { IncomingMessage } from 'node:http';

/** A name that comes twice says nothing. */
export function readCookie({ headers }: IncomingMessage, name: string): string | undefined {
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

/** Where there is no TLS, which the configuration allows for loopback hosts alone, no browser takes `__Host-`. */
export const cookieName = (baseUrl: string, name: string): string =>
  isSecure(baseUrl) ? `__Host-${name}` : `${name}-INSECURE-LOOPBACK-ONLY`;

const isSecure = (baseUrl: string): boolean => baseUrl.startsWith('https:');

export interface CookieRules {
  readonly seconds: number;
  /** Lax: sent also by a link that somebody follows from elsewhere. */
  readonly sameSite: 'Strict' | 'Lax';
}

/** No script reads it. */
export function cookieLine(
  baseUrl: string,
  name: string,
  value: string,
  { seconds, sameSite }: CookieRules,
): string {
  const life = `Max-Age=${String(Math.max(0, Math.floor(seconds)))}`;
  const secure = isSecure(baseUrl) ? '; Secure' : '';
  return `${cookieName(baseUrl, name)}=${value}; Path=/; ${life}; HttpOnly; SameSite=${sameSite}${secure}`;
}
