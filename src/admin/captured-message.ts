// What an administrator captured → the SAMLResponse form field: base64 as it stands, the XML itself, a form body, or a
// HAR file from a browser's network tab. Only unpacks; judging is the gate's work.

/** @returns the base64 text, or undefined when nothing like a SAMLResponse is in there */
export function capturedMessage(captured: Buffer): string | undefined {
  const text = captured
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  // The bytes as they are: a decoder would mend what the gate must see.
  if (text.startsWith('<')) return captured.subarray(captured.indexOf('<')).toString('base64');
  return fromText(text);
}

function fromText(text: string): string | undefined {
  if (text === '') return undefined;
  if (text.startsWith('{')) return fromHar(text);
  const fromForm = /(?:^|[&?\s])SAMLResponse=([^&\s]*)/.exec(text)?.[1];
  if (fromForm !== undefined) return unescape(fromForm);
  return text.includes('%') ? unescape(text) : text;
}

/** Form encoding (WHATWG URL §5.1): `+` is a space there, but in base64 that somebody pasted raw it is a plus. */
function unescape(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** The last posted SAMLResponse of a HAR file (HAR 1.2 `log.entries[].request.postData`). */
function fromHar(text: string): string | undefined {
  let har: unknown;
  try {
    har = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = postedForms(har)
    .map(fromText)
    .filter((message) => message !== undefined);
  return found.at(-1);
}

function postedForms(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(postedForms);
  if (typeof value !== 'object' || value === null) return [];
  const entries = new Map<string, unknown>(Object.entries(value));
  const text = entries.get('text');
  const own: string[] = [];
  if (entries.get('name') === 'SAMLResponse' && typeof entries.get('value') === 'string') {
    own.push(`SAMLResponse=${String(entries.get('value'))}`);
  } else if (typeof text === 'string' && text.includes('SAMLResponse=')) {
    own.push(text);
  }
  return [...own, ...[...entries.values()].flatMap(postedForms)];
}
