// Strict base64 (RFC 4648 §4) with XML white space between characters: one text, one value, nothing skipped. Reads each octet
// once, by a table: a stranger may send hundreds of kilobytes, and white space must cost no more than a message does.

/** What a text is, octet by octet. `bytes` is undefined when it is not exactly base64; the rest is evidence of why. */
export interface Base64Reading {
  readonly bytes: Buffer | undefined;
  /** Blanks and tabs. */
  readonly blanks: number;
  /** Carriage returns and line feeds. */
  readonly breaks: number;
  /** The first octet that is neither of the alphabet nor white space. */
  readonly foreign: number | undefined;
}

/** The bytes, or undefined when the text is not exactly base64: other alphabets, missing padding, loose bits, nothing. */
export function decodeBase64(text: string): Buffer | undefined {
  // UTF-8: a character beyond ASCII must not come down to one of the alphabet, as it may in Latin-1.
  return readBase64(Buffer.from(text, 'utf8')).bytes;
}

const PAD = 64;
const BLANK = 65;
const BREAK = 66;
const FOREIGN = 67;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const others: readonly (readonly [character: string, meaning: number])[] = [
  ['=', PAD],
  [' ', BLANK],
  ['\t', BLANK],
  ['\r', BREAK],
  ['\n', BREAK],
];
/** What each octet means: a sextet, or one of the above. */
const meanings = Uint8Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  const sextet = ALPHABET.indexOf(character);
  if (sextet >= 0) return sextet;
  return others.find(([other]) => other === character)?.[1] ?? FOREIGN;
});

/** Looked up once: in a context of node:vm, such as a test's, each look at a global costs more than the octet. */
const toNumber = Number;

/** Never throws. */
export function readBase64(octets: Buffer): Base64Reading {
  const bytes = readUnbroken(octets);
  return bytes === undefined ? readByTable(octets) : { bytes, blanks: 0, breaks: 0, foreign: undefined };
}

/**
 * What most IdPs send: no white space. The system's reader is lenient, so what it read is written again: only the one text
 * that stands for these bytes is the same.
 */
function readUnbroken(octets: Buffer): Buffer | undefined {
  if (octets.length === 0 || (octets.length & 3) !== 0) return undefined;
  const text = octets.toString('latin1');
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function readByTable(octets: Buffer): Base64Reading {
  const out = Buffer.allocUnsafe(Math.ceil((octets.length * 3) / 4));
  const { length } = octets;
  let written = 0;
  let bits = 0;
  let sextets = 0;
  let pads = 0;
  let blanks = 0;
  let breaks = 0;
  for (let at = 0; at < length; at++) {
    const octet = toNumber(octets[at]);
    const meaning = toNumber(meanings[octet]);
    if (meaning < PAD && pads === 0) {
      bits = ((bits << 6) | meaning) & 0xffffff;
      if ((++sextets & 3) === 0) {
        out[written] = bits >> 16;
        out[written + 1] = bits >> 8;
        out[written + 2] = bits;
        written += 3;
      }
    } else if (meaning === BLANK) blanks++;
    else if (meaning === BREAK) breaks++;
    else if (meaning === PAD) pads++;
    else return { bytes: undefined, blanks, breaks, foreign: octet };
  }
  // One character alone holds no byte; two need two pads and three need one, and the bits that are left over are zero.
  const rest = sextets & 3;
  const loose = rest === 2 ? bits & 0xf : bits & 0x3;
  const whole = rest === 0 ? pads === 0 && sextets > 0 : rest > 1 && pads === 4 - rest && loose === 0;
  if (!whole) return { bytes: undefined, blanks, breaks, foreign: undefined };
  if (rest > 1) out[written++] = rest === 2 ? bits >> 4 : bits >> 10;
  if (rest === 3) out[written++] = bits >> 2;
  return { bytes: out.subarray(0, written), blanks, breaks, foreign: undefined };
}
