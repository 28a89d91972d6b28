// A form with a file (RFC 7578), read strictly: few parts, each named once, no nesting, no encoding. Everything that a
// browser sends passes; what a parser would have to interpret is refused.

import { SsoError } from '../../core/errors';

const MOST_PARTS = 16;
const HEADER_BYTES = 2048;

/** @param contentType with its boundary. @returns octets of the named parts that are not empty. @throws HTTP_BODY_MALFORMED, HTTP_FIELD_DUPLICATE */
export function readMultipart<Name extends string>(
  body: Buffer,
  contentType: string,
  names: readonly Name[],
): Readonly<Partial<Record<Name, Buffer>>> {
  const boundary = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*$/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) throw malformed('no boundary');
  const values: Partial<Record<Name, Buffer>> = {};
  for (const { head, content } of partsOf(body, text)) {
    const written = /^content-disposition:[ \t]*form-data;[ \t]*name="([^"\r\n]*)"/im.exec(head)?.[1];
    const name = names.find((known) => known === written);
    if (name === undefined) continue;
    if (/^content-transfer-encoding:/im.test(head)) throw malformed('an encoded part');
    if (Object.hasOwn(values, name)) throw new SsoError('HTTP_FIELD_DUPLICATE', { field: name });
    if (content.length > 0) values[name] = content;
  }
  return Object.freeze(values);
}

interface Part {
  readonly head: string;
  readonly content: Buffer;
}

function* partsOf(body: Buffer, boundary: string): Generator<Part> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter has no line break before it.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let at = whole.indexOf(delimiter);
  for (let parts = 0; at !== -1; parts += 1) {
    at += delimiter.length;
    if (whole.subarray(at, at + 2).toString('latin1') === '--') return;
    if (parts === MOST_PARTS) throw malformed('too many parts');
    const end = whole.indexOf(delimiter, at);
    if (end === -1) break;
    const part = whole.subarray(at, end);
    const blank = part.indexOf('\r\n\r\n');
    if (blank === -1 || blank > HEADER_BYTES) throw malformed('a part without a head');
    yield { head: part.subarray(0, blank).toString('utf8'), content: part.subarray(blank + 4) };
    at = end;
  }
  throw malformed('no end');
}

const malformed = (problem: string): SsoError => new SsoError('HTTP_BODY_MALFORMED', { problem });
