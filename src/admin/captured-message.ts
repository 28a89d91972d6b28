// What an administrator captured → the SAMLResponse form field: base64 as it stands, the XML itself, a form, a request
// copied from a browser (cURL, fetch, PowerShell, raw HTTP), a HAR file or an export of SAML-tracer. Only unpacks; judging
// is the gate's work. What cannot be unpacked is described, so that nobody judges it as a message.

/** @returns the base64 text, or undefined when nothing like a SAMLResponse is in there */
export function capturedMessage(captured: Buffer): string | undefined {
  const text = plain(captured);
  // The bytes as they are: a decoder would mend what the gate must see.
  if (text.startsWith('<'))
    return fromHtml(text) ?? captured.subarray(captured.indexOf('<')).toString('base64');
  return fromText(text);
}

/** What the capture seems to be, in words, when no message was found in it. Quotes nothing of it: it may hold cookies. */
export function describeCapture(captured: Buffer): string {
  const text = plain(captured);
  if (text === '') return 'it is empty';
  if (/SAMLRequest(?:=|")/.test(text)) {
    return 'it holds a SAMLRequest, which is our own message to the IdP; capture the POST to /saml/acs that comes afterwards';
  }
  if (text.startsWith('{') || text.startsWith('[')) {
    const value = parsed(text);
    if (value === undefined) return 'it begins like JSON and is none: was the file cut off?';
    const entries = entriesOf(value);
    return entries === undefined
      ? 'it is JSON, but neither a HAR file nor an export of SAML-tracer'
      : `it is a HAR file with ${String(entries)} requests, none of which posts a SAMLResponse; record again with “Preserve log” on`;
  }
  if (text.includes('SAMLResponse'))
    return 'the form around SAMLResponse cannot be read: its percent-encoding is broken';
  return 'it is neither base64, XML, a form, a copied request, a HAR file nor an export of SAML-tracer';
}

const plain = (captured: Buffer): string =>
  captured
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();

function fromText(given: string): string | undefined {
  if (given === '') return undefined;
  if (given.startsWith('{') || given.startsWith('[')) return fromJson(given);
  const text = unwrapped(given);
  const part = /name="SAMLResponse"\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]*)/.exec(text)?.[1];
  if (part !== undefined) return part;
  const fromForm = /(?:^|[&?\s'"`])SAMLResponse=([^&\s'"`\\]*)/.exec(text)?.[1];
  if (fromForm !== undefined) return unescape(fromForm);
  const bare = text.replace(/^data:[^,]*;base64,/, '');
  if (!isLikeBase64(bare)) return undefined;
  return bare.includes('%') ? unescape(bare) : bare;
}

/** Quotes around a pasted value, and the carets with which Windows' cmd escapes a copied cURL command. */
function unwrapped(text: string): string {
  const uncareted = text.includes('^"') ? text.replace(/\^(.)/g, '$1') : text;
  return /^(["'`])[^"'`]*\1[;,]?$/.test(uncareted) ? uncareted.replace(/^.|.[;,]?$/g, '') : uncareted;
}

/** Nearly all of it: damage to a message has to reach the gate, which names it. */
function isLikeBase64(text: string): boolean {
  const fitting = text.match(/[A-Za-z0-9+/=\-_%\s]/g)?.length ?? 0;
  return fitting >= text.length * 0.98;
}

/** Form encoding (WHATWG URL §5.1): `+` is a space there, but in base64 that somebody pasted raw it is a plus. */
function unescape(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** The page with which an IdP posts, saved: an input of a form. */
function fromHtml(text: string): string | undefined {
  const input = /<input\b[^>]*\bname=["']SAMLResponse["'][^>]*>/i.exec(text)?.[0];
  const value = input && /\bvalue=["']([^"']*)["']/i.exec(input)?.[1];
  return value?.replace(/&#(?:43|x2b);/gi, '+').replace(/&#(?:61|x3d);/gi, '=');
}

/**
 * The last posted SAMLResponse in a HAR file (HAR 1.2 `log.entries[].request.postData`) or an export of SAML-tracer
 * (`requests[].post`, a list of pairs).
 */
function fromJson(text: string): string | undefined {
  const found = postedForms(parsed(text), 0)
    .map(fromText)
    .filter((message) => message !== undefined);
  return found.at(-1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A capture is flat; what nests deeper was made to be deep. */
const MOST_LEVELS = 50;

function postedForms(value: unknown, level: number): string[] {
  if (level > MOST_LEVELS) return [];
  if (Array.isArray(value)) {
    const [name, posted] = value as unknown[];
    if (name === 'SAMLResponse' && typeof posted === 'string') return [`SAMLResponse=${posted}`];
    return value.flatMap((item) => postedForms(item, level + 1));
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = new Map<string, unknown>(Object.entries(value));
  return [...ownForm(entries), ...[...entries.values()].flatMap((item) => postedForms(item, level + 1))];
}

function ownForm(entries: ReadonlyMap<string, unknown>): string[] {
  const [text, value, named] = ['text', 'value', 'SAMLResponse'].map((name) => entries.get(name));
  if (typeof named === 'string') return [`SAMLResponse=${named}`];
  if (entries.get('name') === 'SAMLResponse' && typeof value === 'string') return [`SAMLResponse=${value}`];
  return typeof text === 'string' && text.includes('SAMLResponse=') ? [text] : [];
}

function entriesOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('log' in value)) return undefined;
  const { log } = value;
  if (typeof log !== 'object' || log === null || !('entries' in log)) return undefined;
  return Array.isArray(log.entries) ? log.entries.length : undefined;
}
