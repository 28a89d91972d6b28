// The field SAMLResponse in a text: a form body anywhere in it, a list of fields as browsers show it, an object of a program,
// or the bare value.

/** @returns its value with the escapes of its surroundings undone, or undefined */
export function fieldIn(given: string): string | undefined {
  const text = unwrapped(dechunked(given));
  const part = /name="SAMLResponse"\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]*)/.exec(text)?.[1];
  if (part !== undefined) return part;
  const form = /(?:^|[&?\s'"`])SAMLResponse=([^&\s'"`\\]*)/.exec(text)?.[1];
  if (form !== undefined) return unescape(form);
  const listed =
    /(?:^|[\s{,(])(["']?)SAMLResponse\1[ \t]*[:=\t][ \t]*(["']?)([A-Za-z0-9+/=%\s-]*?)\2(?:[ \t]*[,}\r\n)]|$)/;
  const shown = listed.exec(text)?.[3];
  if (shown !== undefined && shown !== '') return percentDecoded(shown);
  const bare = text.replace(/^data:[^,]*;base64,/, '');
  return isLikeBase64(bare) ? percentDecoded(bare) : undefined;
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

const percentDecoded = (value: string): string | undefined => (value.includes('%') ? unescape(value) : value);

/** Form encoding (WHATWG URL §5.1): `+` is a space there, but in base64 that somebody pasted raw it is a plus. */
function unescape(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
