// Bytes that are no text: were they compressed? An IdP that deflates by POST as it would by Redirect (SAML Bindings §3.5.4
// against §3.4.4.1) is told so. Looks at the beginning only, and unpacks no more than a beginning.

import { constants, inflateRawSync } from 'node:zlib';

const LOOKED_AT_BYTES = 1024;
const UNPACKED_BYTES = 64 * 1024;

/** Undefined when the bytes do not look compressed. */
export function compressionOf(bytes: Buffer): 'gzip' | 'zlib' | 'deflate' | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'; // RFC 1952 §2.3.1
  // RFC 1950 §2.2: method 8, and the first two bytes divide by 31.
  if (bytes.length > 1 && (bytes.readUInt8() & 0x0f) === 8 && bytes.readUInt16BE() % 31 === 0) return 'zlib';
  try {
    const text = inflateRawSync(bytes.subarray(0, LOOKED_AT_BYTES), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: UNPACKED_BYTES,
    });
    return text.toString('latin1').trimStart().startsWith('<') ? 'deflate' : undefined;
  } catch {
    return undefined;
  }
}
