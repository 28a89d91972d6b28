// What a capture without a message seems to be, so that nobody judges it as one. Quotes nothing of it: it may hold cookies.

import { captureText } from './capture-text';
import { parsed } from './json-forms';
import { isPage } from './markup-forms';

/** First octets in hexadecimal → what such a file is; what people send when they are asked for “a capture”. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['504b0304', 'it is a ZIP archive, such as Fiddler’s .saz; unpack it and name the file with the request'],
  ['1f8b', 'it is compressed with gzip; unpack it first'],
  ['89504e47', 'it is a picture; copy the text of the request instead'],
  ['ffd8ff', 'it is a picture; copy the text of the request instead'],
  ['25504446', 'it is a PDF; copy the text of the request instead'],
  ['0a0d0d0a', 'it is a packet capture, in which HTTPS is encrypted; record in the browser instead'],
  ['d4c3b2a1', 'it is a packet capture, in which HTTPS is encrypted; record in the browser instead'],
]);

/** In words that go on after "no SAMLResponse in there:". */
export function describeCapture(captured: Buffer): string {
  const kind = [...kinds].find(([magic]) => captured.subarray(0, magic.length / 2).toString('hex') === magic);
  if (kind !== undefined) return kind[1];
  const { text } = captureText(captured);
  if (text === '') return 'it is empty';
  if (/SAMLRequest(?:=|")/.test(text)) {
    return 'it holds a SAMLRequest, which is our own message to the IdP; capture the POST to /saml/acs that comes afterwards';
  }
  if (isPage(text))
    return 'it is a web page without the form field SAMLResponse; capture the POST to /saml/acs, or the page before it';
  if (text.startsWith('{') || text.startsWith('[')) return describeJson(parsed(text));
  if (text.includes('SAMLResponse'))
    return 'the form around SAMLResponse cannot be read: its percent-encoding is broken';
  return 'it is neither base64, XML, a form, a copied request, a HAR file nor an export of SAML-tracer';
}

function describeJson(value: unknown): string {
  if (value === undefined) return 'it begins like JSON and is none: was the file cut off?';
  const entries = entriesOf(value);
  return entries === undefined
    ? 'it is JSON, but neither a HAR file nor an export of SAML-tracer'
    : `it is a HAR file with ${String(entries)} requests, none of which posts a SAMLResponse; record again with “Preserve log” on`;
}

function entriesOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('log' in value)) return undefined;
  const { log } = value;
  if (typeof log !== 'object' || log === null || !('entries' in log)) return undefined;
  return Array.isArray(log.entries) ? log.entries.length : undefined;
}
