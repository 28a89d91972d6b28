// A capture's octets → its text. Editors and PowerShell's `>` save UTF-16; everything else that is captured is UTF-8.

export interface CaptureText {
  /** Without a byte order mark and white space around it. */
  readonly text: string;
  /** The octets of that text: those of the capture, or UTF-8 where it was UTF-16. */
  readonly octets: Buffer;
}

export function captureText(captured: Buffer): CaptureText {
  const octets = fromUtf16(captured) ?? captured;
  const text = octets
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  return { text, octets };
}

/** By its byte order mark (RFC 2781 §3.2), or by the zero octet of its first character. */
function fromUtf16(captured: Buffer): Buffer | undefined {
  const [first = 0, second = 0] = captured;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && captured.length > 1 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  if (!little && !big) return undefined;
  const whole = captured.subarray(0, captured.length - (captured.length % 2));
  return Buffer.from((big ? Buffer.from(whole).swap16() : whole).toString('utf16le'));
}
