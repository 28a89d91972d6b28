// Strict base64 (RFC 4648 §4) with XML white space between characters: one text, one value, nothing skipped.

/** The bytes, or undefined when the text is not exactly base64: other alphabets, missing padding, loose bits, nothing. */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[ \t\r\n]+/g, ''); // a run at once: a field of spaces costs no more than a message
  const bytes = Buffer.from(compact, 'base64');
  // Node skips what it does not know; writing the bytes back shows whether the text was their only form.
  return compact !== '' && bytes.toString('base64') === compact ? bytes : undefined;
}
