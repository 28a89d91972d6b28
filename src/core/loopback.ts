// Is a host this very machine? The one place that says so: plain http is allowed there and nowhere else, because nobody
// stands on the way.

import { isIP } from 'node:net';

/** Where this machine listens to itself. */
export const loopbackAddress = '127.0.0.1';

/**
 * `localhost`, 127.0.0.0/8 (RFC 1122 §3.2.1.3) and `::1` (RFC 4291 §2.5.3), as a URL's `hostname` or bare.
 * Not `*.localhost`: RFC 6761 §6.3 only asks resolvers to keep such names here, and the system's may ask the DNS. Not the
 * IPv4-mapped form either: nobody writes it by accident.
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  if (host === 'localhost' || host === '::1' || host === '[::1]') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
