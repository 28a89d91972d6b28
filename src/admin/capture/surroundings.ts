// What mail, chat and shells put around a text or between its lines, taken off: quoted-printable (RFC 2045 §6.7), the `> ` of
// a quoted mail, code fences, armour lines, a shell's continuation, typographic quotes. Nothing inside a message is touched.

/** @returns the text without its surroundings; the same text when it has none */
export function withoutSurroundings(text: string): string {
  return [
    unquotedPrintable,
    unquotedMail,
    withoutFences,
    withoutArmour,
    withoutContinuations,
    straightQuotes,
  ].reduce((left, takeOff) => takeOff(left).trim(), text);
}

/** Several lines of at most 76 characters that all end in a soft break, or an equals sign that is escaped where one must stand. */
function unquotedPrintable(text: string): string {
  const lines = text.split(/\r?\n/).slice(0, -1);
  const isSoft = lines.length > 1 && lines.every((line) => /^.{20,75}=$/.test(line));
  if (!isSoft && !/SAMLResponse=3D|<[^>]*=3D["']/.test(text)) return text;
  const octets = text
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}

const unquotedMail = (text: string): string =>
  /^(?:> ?[^\n]*(?:\n|$))+$/.test(text) ? text.replace(/^> ?/gm, '') : text;

const withoutFences = (text: string): string =>
  /^(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n\1\s*$/.exec(text)?.[2] ?? text;

const withoutArmour = (text: string): string =>
  /^-----BEGIN [^\n]*-----\r?\n([\s\S]*?)\r?\n-----END [^\n]*-----$/.exec(text)?.[1] ?? text;

const withoutContinuations = (text: string): string => text.replace(/[\\`^]\r?\n/g, '');

/** Word processors and chats make them of straight ones. */
const straightQuotes = (text: string): string =>
  text.includes('"') ? text : text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
