// A form body's octets → the values of the few names that a path knows, each at most once and as octets. Every octet is read
// once and no text is made of it: a field of hundreds of kilobytes costs a stranger's request no more than its reading.
// The rules are those of fields.ts; what differs is only what is made of the value.

import { SsoError } from '../core/errors';
import { MOST_PARAMETERS } from './fields';

/** Values with escapes undone and plus signs turned into blanks (URL Standard, application/x-www-form-urlencoded). */
export type FormValues<Name extends string> = Readonly<Partial<Record<Name, Buffer>>>;

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const BLANK = 0x20;
/** A longer name is none of ours, however it goes on; its beginning is enough to know. */
const NAME_OCTETS = 1024;

/**
 * Undoes escapes in place: `body` is used up.
 *
 * @throws HTTP_FIELD_DUPLICATE, HTTP_BODY_MALFORMED
 */
export function readForm<Name extends string>(body: Buffer, names: readonly Name[]): FormValues<Name> {
  const values: Partial<Record<Name, Buffer>> = {};
  const seen = new Set<Name>();
  let parameters = 0;
  for (let at = 0; at < body.length;) {
    const next = body.indexOf(AMPERSAND, at);
    const end = next === -1 ? body.length : next;
    if (++parameters > MOST_PARAMETERS) throw malformed('too many parameters');
    const pair = body.subarray(at, end);
    at = end + 1;
    const equals = pair.indexOf(EQUALS);
    const written = equals === -1 ? pair : pair.subarray(0, equals);
    const spelled = unescape(Buffer.from(beginningOf(written))).toString('utf8');
    const name = names.find((known) => known === spelled.split('[', 1)[0]);
    if (name === undefined) continue;
    if (spelled !== name || seen.has(name)) throw new SsoError('HTTP_FIELD_DUPLICATE', { field: name });
    seen.add(name);
    const value = equals === -1 ? undefined : unescape(pair.subarray(equals + 1));
    // A field that is there but empty says nothing: a form sends its empty inputs too.
    if (value !== undefined && value.length > 0) values[name] = value;
  }
  return Object.freeze(values);
}

/** Never with half an escape at its end. */
function beginningOf(name: Buffer): Buffer {
  if (name.length <= NAME_OCTETS) return name;
  const cut = name.subarray(0, NAME_OCTETS);
  const percent = cut.lastIndexOf(PERCENT);
  return percent >= NAME_OCTETS - 2 ? cut.subarray(0, percent) : cut;
}

/** Base64 in lines needs an escape for every 17 characters; of some texts, every fourth character is a plus sign. */
const OCTETS_PER_ESCAPE = 5;
const ESCAPES_ANYWAY = 16_384;

/** @throws HTTP_BODY_MALFORMED */
function unescape(octets: Buffer): Buffer {
  if (!octets.includes(PERCENT) && !octets.includes(PLUS)) return octets;
  const { length } = octets;
  let escapes = ESCAPES_ANYWAY + length / OCTETS_PER_ESCAPE;
  let written = 0;
  for (let at = 0; at < length; at++) {
    let octet = octets[at] ?? 0;
    if (octet === PLUS) octet = BLANK;
    else if (octet === PERCENT) {
      octet = (hexValue(octets[at + 1]) << 4) | hexValue(octets[at + 2]);
      if (octet < 0) throw malformed('invalid percent-encoding');
      if (--escapes < 0) throw malformed('more escapes than a message needs');
      at += 2;
    }
    octets[written++] = octet;
  }
  return octets.subarray(0, written);
}

/** Negative when it is none. */
function hexValue(octet = 0): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function malformed(problem: string): SsoError {
  return new SsoError('HTTP_BODY_MALFORMED', { problem });
}
