// The form field SAMLResponse → text. Bytes only: strict base64, size, well-formed UTF-8. Trusts nothing, decides nothing; what
// is damaged is named by what the octets show, because guesses send administrators to the wrong product.

import { isAscii, isUtf8 } from 'node:buffer';
import { SsoError } from '../../core/errors';
import { readBase64, type Base64Reading } from '../xml/base64';
import { compressionOf } from './compression';

let mint: (xml: string) => RawSamlResponse;

/** The decoded characters of a SAMLResponse. Made by decodeSamlResponse only; says nothing about its content. */
export class RawSamlResponse {
  readonly #minted = true;
  readonly xml: string;

  private constructor(xml: string) {
    this.xml = xml;
    Object.freeze(this);
  }

  /** True for values that decodeSamlResponse made; copies and look-alikes fail. */
  static isMinted(value: RawSamlResponse): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (xml) => new RawSamlResponse(xml);
  }
}

/** White space beside base64: lines of 64 or 76 characters need 2 for each (RFC 2045 §6.8); this is four times as much. */
const CHARS_PER_WHITE_SPACE = 8;
const WHITE_SPACE_ANYWAY = 256;

/**
 * Decodes the form field of the HTTP-POST binding (SAML Bindings §3.5.4).
 *
 * @param field its value; as octets, when it comes straight from a form
 * @param maxBytes limit of the decoded message
 * @throws SsoError SAML_MESSAGE_TOO_LARGE, SAML_BASE64_INVALID, SAML_ENCODING_INVALID; `problem` says what is damaged
 */
export function decodeSamlResponse(field: string | Uint8Array, maxBytes: number): RawSamlResponse {
  return mint(decodeMessage(field, maxBytes));
}

/** The same for any message of this binding: its text, which says nothing about its content. */
export function decodeMessage(field: string | Uint8Array, maxBytes: number): string {
  // Size first: white space and a third of the characters are the most that base64 adds.
  if (field.length > maxBytes * 2) throw tooLarge(maxBytes);
  const octets =
    typeof field === 'string'
      ? Buffer.from(field, 'utf8')
      : Buffer.from(field.buffer, field.byteOffset, field.length);
  const reading = readBase64(octets);
  const { bytes } = reading;
  if (bytes === undefined) throw new SsoError('SAML_BASE64_INVALID', { problem: damageOf(octets, reading) });
  const whiteSpace = reading.blanks + reading.breaks;
  if (whiteSpace > WHITE_SPACE_ANYWAY + octets.length / CHARS_PER_WHITE_SPACE)
    throw new SsoError('SAML_BASE64_INVALID', {
      problem: 'more white space than lines need',
    });
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return textOf(bytes, reading);
}

function textOf(bytes: Buffer, reading: Base64Reading): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) throw notUtf8(bytes, reading);
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Blanks inside the text are plus signs that a form lost: an IdP breaks lines with line breaks or not at all. */
const LOST_PLUS = 'blanks where plus signs should be';
const LESS_THAN = 0x3c;

/** In the order in which one kind of damage explains away another. */
function damageOf(octets: Uint8Array, { blanks, foreign }: Base64Reading): string {
  if (octets.length === 0) return 'empty';
  if (foreign === LESS_THAN) return 'XML that is not encoded';
  if (foreign === 0x25) return 'percent-encoded twice';
  if (foreign === 0x2d || foreign === 0x5f) return 'the URL alphabet of base64';
  if (foreign !== undefined) return `the octet 0x${foreign.toString(16).padStart(2, '0')}`;
  return blanks > 0 ? LOST_PLUS : 'cut off, or without its padding';
}

/** Every plus sign that was lost moves what comes after it, so the bytes are noise although the length may fit. */
function notUtf8(bytes: Buffer, { blanks }: Base64Reading): SsoError {
  if (blanks > 0) return new SsoError('SAML_BASE64_INVALID', { problem: LOST_PLUS });
  const compression = compressionOf(bytes);
  const problem = compression === undefined ? 'not UTF-8' : `compressed (${compression})`;
  return new SsoError('SAML_ENCODING_INVALID', { problem }, decodingError(bytes));
}

/** The platform's own words. */
function decodingError(bytes: Buffer): unknown {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return error;
  }
}

function tooLarge(maxBytes: number): SsoError {
  return new SsoError('SAML_MESSAGE_TOO_LARGE', { maxBytes });
}
