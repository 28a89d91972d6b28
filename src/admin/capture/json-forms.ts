// The posted forms in a JSON capture, in their order: a HAR file (HAR 1.2 `log.entries[].request.postData`, and pages that
// an IdP answered with), an export of SAML-tracer (`requests[].post`, pairs or lists), an
// export of Postman, an object of fields, a text.

/** @returns texts with a SAMLResponse in them; [] for what is no JSON */
export function postedForms(json: string): string[] {
  return formsIn(parsed(json), 0);
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A capture is flat; what nests deeper was made to be deep. */
const MOST_LEVELS = 50;

function formsIn(value: unknown, level: number): string[] {
  if (level > MOST_LEVELS) return [];
  if (typeof value === 'string') return level === 0 ? [value] : [];
  if (Array.isArray(value)) {
    const [name, posted] = value as unknown[];
    if (name === 'SAMLResponse' && typeof posted === 'string') return [`SAMLResponse=${posted}`];
    return value.flatMap((item) => formsIn(item, level + 1));
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = new Map<string, unknown>(Object.entries(value));
  return [...ownForm(entries), ...[...entries.values()].flatMap((item) => formsIn(item, level + 1))];
}

function ownForm(entries: ReadonlyMap<string, unknown>): string[] {
  const named = [...entries].find(([name]) => /^saml_?response$/i.test(name))?.[1];
  const posted: unknown = Array.isArray(named) ? named[0] : named;
  if (typeof posted === 'string') return [`SAMLResponse=${posted}`];
  const [value, text] = [entries.get('value'), entries.get('text')];
  const name = entries.get('name') ?? entries.get('key'); // Postman: key
  if (name === 'SAMLResponse' && typeof value === 'string') return [`SAMLResponse=${value}`];
  const isEncoded = entries.get('encoding') === 'base64' && typeof text === 'string'; // HAR: content.encoding
  const texts = isEncoded ? [Buffer.from(text, 'base64').toString('utf8')] : [...entries.values()];
  return texts.filter((found) => typeof found === 'string').filter((found) => isCapture.test(found));
}

/** A form, a page or the message in a field of any name: request bodies in a log, a Lambda event. */
const isCapture =
  /SAMLResponse(?:=|["'])|^(?:U0FNTFJlc3BvbnNl|PHNhbWx|PD94bW|PFJlc3Bv)|<(?:[\w.-]+:)?Response[\s>]/;
