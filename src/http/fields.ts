// Query or form text → the few fields that a path knows, each at most once. Strict where parsers differ: a name that comes
// twice, or dressed as an array (`a[]`, `a[b]`), is refused and not interpreted. Unknown names are ignored.

import { SsoError } from '../core/errors';

export type Fields<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** More parameters than any path has, with room for what trackers add to links. */
export const MOST_PARAMETERS = 32;

/**
 * @param text application/x-www-form-urlencoded, undecoded
 * @returns values of the names that are there and not empty
 * @throws HTTP_FIELD_DUPLICATE, HTTP_BODY_MALFORMED
 */
export function readFields<Name extends string>(text: string, names: readonly Name[]): Fields<Name> {
  const known = new Map<string, Name>(names.map((name) => [name, name]));
  const fields = new Map<Name, string>();
  const pairs = text === '' ? [] : text.split('&', MOST_PARAMETERS + 1);
  if (pairs.length > MOST_PARAMETERS)
    throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'too many parameters' });
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const raw = decode(equals === -1 ? pair : pair.slice(0, equals));
    const name = known.get(raw.split('[', 1)[0] ?? '');
    if (name === undefined) continue;
    if (raw !== name || fields.has(name)) throw new SsoError('HTTP_FIELD_DUPLICATE', { field: name });
    fields.set(name, equals === -1 ? '' : decode(pair.slice(equals + 1)));
  }
  return collect(fields);
}

/** The same for a body that the host application has parsed before us. */
export function readParsedFields<Name extends string>(parsed: object, names: readonly Name[]): Fields<Name> {
  const values = new Map<string, unknown>(Object.entries(parsed));
  const fields = new Map<Name, string>();
  for (const name of names) {
    const value = values.get(name);
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new SsoError('HTTP_FIELD_DUPLICATE', { field: name });
    fields.set(name, value);
  }
  return collect(fields);
}

/** A field that is there but empty says nothing: a form sends its empty inputs too. */
function collect<Name extends string>(fields: ReadonlyMap<Name, string>): Fields<Name> {
  const result: Partial<Record<Name, string>> = {};
  for (const [name, value] of fields) if (value !== '') result[name] = value;
  return Object.freeze(result);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'invalid percent-encoding' });
  }
}
