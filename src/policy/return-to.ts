// `return_to` → a path on the site, or a refusal. Trusts nothing: a value that any reader could take for another host, or
// for another path than it shows, is refused. It is never put into an address of ours except as a query value.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';

/** Printable ASCII without a backslash; one slash in front. */
const PLAIN_PATH = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;
const DUMMY_ORIGIN = 'https://site.invalid';
/** An encoded slash or backslash is a separator to some readers only; an encoded control character is a line end to some. */
const ENCODED_TRAP = /%(2f|5c|7f|[01][0-9a-f])/i;
/** Where the leading slash gets lost, these continue a host name. */
const HOST_TAIL = /^\/[@.:]/;

/**
 * @param value as it came; absent or empty means the home page
 * @returns a path with its query and fragment, starting with exactly one `/`
 * @throws LOGIN_RETURN_TO_INVALID
 */
export function checkReturnTo(value: string | undefined): string {
  if (value === undefined || value === '') return '/';
  const problem = problemOf(value);
  if (problem !== undefined) throw new SsoError('LOGIN_RETURN_TO_INVALID', { problem });
  return value;
}

function problemOf(value: string): string | undefined {
  if (value.length > limits.returnToChars) return 'too long';
  if (!PLAIN_PATH.test(value)) return 'not a path that starts with one slash, in printable ASCII';
  const path = value.replace(/[?#].*$/, '');
  if (path.includes('//')) return 'empty path segment';
  if (ENCODED_TRAP.test(path)) return 'encoded separator or control character';
  if (HOST_TAIL.test(path)) return 'begins like the rest of a host name';
  // Dot segments, encoded or not, and whatever else the URL standard would read differently.
  const url = new URL(value, DUMMY_ORIGIN);
  return url.origin === DUMMY_ORIGIN && url.pathname === path ? undefined : 'reads as another address';
}
