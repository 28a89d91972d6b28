// What an administrator captured → the SAMLResponse form field: base64 as it stands, the XML itself, a form, a request
// copied from a browser (cURL, fetch, PowerShell, raw HTTP), a view of its fields, a HAR file, an export of SAML-tracer or
// Burp. Only unpacks; judging is the gate's work.

import { postedForms } from './json-forms';
import { fromMarkup, unescapedMarkup } from './markup-forms';
import { captureText } from './capture-text';
import { fieldIn } from './text-forms';

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
  if (text.startsWith('<')) {
    const found = fromMarkup(text);
    if (found === undefined) return octets().toString('base64');
    return found.kind === 'field' ? found.value : found.texts.map(inner).findLast(isFound);
  }
  if (/^[{[]|^"\s*(?:<|\{|\\u003c)/i.test(text))
    return postedForms(text)
      .map((form) => (form.trimStart().startsWith('<') ? inner(form) : (fieldIn(form) ?? inner(form))))
      .findLast(isFound);
  if (/^&(?:lt|#60|#x3c);/i.test(text)) return inner(unescapedMarkup(text));
  return fieldIn(text);
}

const isFound = (message: string | undefined): message is string => message !== undefined;
