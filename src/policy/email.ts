// Text → one normalised address, or nothing. One conservative ASCII pattern: Wix signs in whoever owns the address, so
// a text that two systems could read differently (quoted parts, comments, lists, percent hacks, look-alike letters,
// white space) is no address here. No trimming: what the IdP signed is what is judged.

import { limits } from '../core/limits';

const LOCAL_PART = /^[A-Za-z0-9_+'&=~-]+(?:\.[A-Za-z0-9_+'&=~-]+)*$/;
const DOMAIN =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const MAX_LOCAL_PART = 64; // RFC 5321 §4.5.3.1.1

export interface EmailAddress {
  /** Lower-case, as it is handed to Wix. */
  readonly address: string;
  readonly domain: string;
}

/** A dot-atom address (RFC 5321 §4.1.2) with a dotted host name, lower-cased (A–Z only); undefined for anything else. */
export function parseEmail(text: string): EmailAddress | undefined {
  if (text.length > limits.emailChars) return undefined;
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (at < 0 || local.length > MAX_LOCAL_PART || !LOCAL_PART.test(local) || !DOMAIN.test(domain))
    return undefined;
  return Object.freeze({ address: text.toLowerCase(), domain: domain.toLowerCase() });
}
