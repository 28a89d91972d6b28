// The form field SAMLResponse → text. Bytes only: strict base64, size, well-formed UTF-8. Trusts nothing, decides nothing.

import { SsoError } from '../../core/errors';
import { decodeBase64 } from '../xml/base64';

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

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes the form field of the HTTP-POST binding (SAML Bindings §3.5.4).
 *
 * @param maxBytes limit of the decoded message
 * @throws SsoError SAML_MESSAGE_TOO_LARGE, SAML_BASE64_INVALID, SAML_ENCODING_INVALID
 */
export function decodeSamlResponse(field: string, maxBytes: number): RawSamlResponse {
  // Size first: white space and a third of the characters are the most that base64 adds.
  if (field.length > maxBytes * 2) throw tooLarge(maxBytes);
  const bytes = decodeBase64(field);
  if (bytes === undefined) throw new SsoError('SAML_BASE64_INVALID');
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  try {
    return mint(utf8.decode(bytes));
  } catch (cause) {
    throw new SsoError('SAML_ENCODING_INVALID', { problem: 'not UTF-8' }, cause);
  }
}

function tooLarge(maxBytes: number): SsoError {
  return new SsoError('SAML_MESSAGE_TOO_LARGE', { maxBytes });
}
