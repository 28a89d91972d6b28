// The field SAMLResponse in a text: a form body anywhere in it, a list of fields as browsers and logs show it, an object of a
// program; or the bare value.

/** @returns the value of the named field with the escapes of its surroundings undone, or undefined */
export function fieldIn(given: string): string | undefined {
  const text = unwrapped(dechunked(given));
  const part = /name="SAMLResponse"\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]*)/.exec(text)?.[1];
  if (part !== undefined) return part;
  const form = /(?:^|[&?\s'"`])SAMLResponse=(?!['"`[>])([^&\s'"`\\]*)/.exec(text);
  if (form !== null) return percentDecoded(withWrappedLines(text, form, form[1] ?? ''));
  return labelledIn(text);
}

/** The bare value: base64 and nothing else. */
export function bareField(given: string): string | undefined {
  const bare = unwrapped(given).replace(/^data:[^,]*;base64,/, '');
  return isLikeBase64(bare) ? percentDecoded(bare) : undefined;
}

/** `SAMLResponse: …` as browsers, logs and programs show a field: `"SAMLResponse" => "…"`, `SAMLResponse:[…]`, a line below. */
function labelledIn(text: string): string | undefined {
  const label =
    /(?:^|[\s{,(['"])SAML_?Response\b["'\]]*(?:[ \t]*\([^)\n]*\))?\s*(?:=>|[:=]|\t|\n)\s*(?:[>|]-?\s+)?(?:string\(\d+\)\s*)?\[?\s*(?:(["'`])([A-Za-z0-9+/=%\s_-]*)\1|([A-Za-z0-9+/=%_ \t-]+))/i.exec(
      text,
    );
  if (label === null) return undefined;
  const value = label[2] ?? withWrappedLines(text, label, label[3] ?? '');
  return value.trim() === '' ? undefined : percentDecoded(value.trim());
}

/** Names that look like a last line of base64. */
const FIELDS = new Set(['RelayState', 'SAMLRequest', 'SAMLEncoding', 'SigAlg', 'Signature']);
const LEAST_WIDTH = 40;

/** A value that mail or a YAML block broke into lines: each as wide as the first or, if it is the last, shorter. */
function withWrappedLines(text: string, { index, 0: match }: RegExpExecArray, value: string): string {
  const end = index + match.length;
  const width = end - (text.lastIndexOf('\n', end - 1) + 1);
  const [left, ...below] = text.slice(end).split(/\r?\n/);
  if (left?.trim() !== '' || width < LEAST_WIDTH) return value;
  const more: string[] = [];
  for (const line of below) {
    const part = /^\s*([A-Za-z0-9+/=%]+)(?:&.*)?\s*$/.exec(line)?.[1];
    if (part === undefined || FIELDS.has(part) || line.length > width + 2) break;
    more.push(part);
    if (line.includes('&') || line.length < width - 2) break;
  }
  return [value.trimEnd(), ...more].join('');
}

/** A raw request in chunks (RFC 9112 §7.1): the pieces of its body put together, nothing else touched. */
function dechunked(text: string): string {
  const [head, ...rest] = text.split(/\r?\n\r?\n/);
  if (head === undefined || !/^transfer-encoding:\s*chunked\s*$/im.test(head)) return text;
  let body = '';
  for (let left = rest.join('\r\n\r\n'); ;) {
    const [line, size] = /^([0-9a-f]{1,6})[^\r\n]*\r?\n/i.exec(left) ?? [];
    if (line === undefined || size === undefined || parseInt(size, 16) === 0) break;
    body += left.slice(line.length, line.length + parseInt(size, 16));
    left = left.slice(line.length + parseInt(size, 16)).replace(/^\r?\n/, '');
  }
  return `${head}\r\n\r\n${body}`;
}

/** Quotes around a pasted value, the escapes of bash's `$'…'`, and the carets with which Windows' cmd copies a command. */
function unwrapped(text: string): string {
  const unescaped = text.includes("$'") ? text.replace(/\$'((?:[^'\\]|\\.)*)'/g, ansiUnescaped) : text;
  const uncareted = unescaped.includes('^"') ? unescaped.replace(/\^(.)/g, '$1') : unescaped;
  return /^(["'`])[^"'`]*\1[;,]?$/.test(uncareted) ? uncareted.replace(/^.|.[;,]?$/g, '') : uncareted;
}

const CONTROLS = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Bash, “ANSI-C Quoting”: browsers use it as soon as a request holds an exclamation mark or a quote. */
const ansiUnescaped = (_all: string, quoted: string): string =>
  `'${quoted.replace(
    /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gi,
    (_escape, long: string | undefined, short: string | undefined, letter: string | undefined) => {
      if (letter !== undefined) return CONTROLS.get(letter) ?? letter;
      return String.fromCharCode(parseInt(long ?? short ?? '', 16));
    },
  )}'`;

/** Nearly all of it: damage to a message has to reach the gate, which names it. */
function isLikeBase64(text: string): boolean {
  const fitting = text.match(/[A-Za-z0-9+/=\-_%\s]/g)?.length ?? 0;
  return text !== '' && fitting >= text.length * 0.98;
}

/**
 * Form encoding (WHATWG URL §5.1): `+` is a space there, but in base64 that somebody pasted raw it is a plus.
 * @returns undefined when the encoding is broken
 */
export function percentDecoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
