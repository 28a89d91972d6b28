// What an administrator captured → the SAMLResponse form field: base64 as it stands, the XML itself, a form, a request
// copied from a browser (cURL, fetch, PowerShell, raw HTTP), a view of its fields, a HAR file, an export of SAML-tracer or
// Burp. Only unpacks; judging is the gate's work.

import { captureText } from './capture-text';
import { parsed, postedForms } from './json-forms';
import { fromMarkup, pageField, unescapedMarkup, xmlWithin } from './markup-forms';
import { withoutSurroundings } from './surroundings';
import { bareField, fieldIn, percentDecoded } from './text-forms';

/** A capture in a capture (a JSON text in JSON, a request in Burp's export); what nests deeper was made to be deep. */
const MOST_WRAPPINGS = 4;

/** @returns the base64 text, or undefined when nothing like a SAMLResponse is in there */
export function capturedMessage(captured: Buffer): string | undefined {
  const { text, octets } = captureText(captured);
  // The octets as they are: a decoder would mend what the gate must see.
  return messageIn(text, () => octets.subarray(octets.indexOf('<')), 0);
}

function messageIn(text: string, octets: () => Buffer, wrappings: number): string | undefined {
  if (text === '' || wrappings > MOST_WRAPPINGS) return undefined;
  const inner = (found: string): string | undefined =>
    messageIn(found.trim(), () => Buffer.from(found.trim()), wrappings + 1);
  const bare = withoutSurroundings(text);
  if (bare !== text) return inner(bare);
  if (text.startsWith('<')) {
    const found = fromMarkup(text);
    if (found === undefined) return octets().toString('base64');
    return found.kind === 'field' ? found.value : found.texts.map(inner).findLast(isFound);
  }
  if (/^[{[]|^"\s*(?:<|\{|\\u003c)/i.test(text)) {
    const documents = parsed(text) === undefined ? text.split('\n') : [text]; // one JSON text in each line of a log
    const found = documents.flatMap(postedForms).map((form) => fieldIn(form) ?? inner(form));
    if (found.some(isFound)) return found.findLast(isFound);
  }
  return inText(text, inner);
}

/** A text that is no JSON and does not begin with a tag. */
function inText(text: string, inner: (found: string) => string | undefined): string | undefined {
  if (/^&(?:lt|#60|#x3c);/i.test(text)) return inner(unescapedMarkup(text));
  if (/^[\w.%-]*SAMLResponse%3D[\w.%-]*$/i.test(text)) return inner(percentDecoded(text) ?? '');
  const field = fieldIn(text) ?? pageField(text);
  if (field !== undefined) return field;
  const xml = xmlWithin(text);
  if (xml !== undefined) return inner(xml);
  // A whole form in base64, as AWS Lambda gets it.
  return text.startsWith('U0FNTFJlc3BvbnNl')
    ? inner(Buffer.from(text, 'base64').toString('utf8'))
    : bareField(text);
}

const isFound = (message: string | undefined): message is string => message !== undefined;
