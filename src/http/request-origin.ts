// The headers by which a browser says where a navigation comes from. They are only ever a reason to be more careful.

import type { IncomingHttpHeaders } from 'node:http';
import type { RequestOrigin } from '../sso/origin-of-request';

export function requestOrigin(headers: IncomingHttpHeaders): RequestOrigin {
  const byHand = headers['sec-fetch-site'] === 'none';
  const stated = headers.origin ?? headers.referer;
  return { byHand, ...(stated === undefined || stated === '' ? {} : { origin: originOf(stated) }) };
}

/** null for `Origin: null` and for what is no address. */
function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { origin } = new URL(address);
  return origin === 'null' ? null : origin;
}
