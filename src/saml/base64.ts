// Strict base64 (RFC 4648 §4) with XML white space between characters: one text, one value, nothing skipped.

/** The bytes, or undefined when the text is not exactly base64: other alphabets, missing padding, loose bits. */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = /[ \t\r\n]/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  if (compact === '' || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  // Unused bits of the last group must be zero, else several texts would mean the same bytes.
  const lastGroup = compact.slice(-4);
  if (Buffer.from(lastGroup, 'base64').toString('base64') !== lastGroup) return undefined;
  return Buffer.from(compact, 'base64');
}
