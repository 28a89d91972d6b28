// What surrounds a key or certificate on its way from a file or a variable: PEM as people paste it (line breaks lost, written
// out as \n, or of another system; quotes; a byte order mark), base64 of any of it, or plain DER. Takes the envelope off and
// says which form lies inside; whether that is a usable key is decided by whoever asked. Quotes nothing of what it reads.

/** One block of PEM: `-----BEGIN label-----`. */
export interface PemBlock {
  readonly label: string;
  /** What the base64 says; empty when it is none. */
  readonly der: Buffer;
  /** Header lines such as `Proc-Type: 4,ENCRYPTED` stand in it. */
  readonly encrypted: boolean;
}

export type Envelope =
  | { readonly kind: 'pem'; readonly blocks: readonly PemBlock[] }
  | { readonly kind: 'der'; readonly der: Buffer }
  | { readonly kind: 'empty' }
  | { readonly kind: 'other'; readonly text: string };

/** The first byte of a DER SEQUENCE, and of a Java keystore. Text may begin with the former, "0", but not go on like DER. */
const SEQUENCE = 0x30;
const JAVA_KEYSTORE = Buffer.from('feedfeed', 'hex');

export function openEnvelope(bytes: Buffer): Envelope {
  if (isDer(bytes)) return { kind: 'der', der: bytes };
  const text = textOf(bytes);
  const blocks = blocksIn(text);
  if (blocks.length > 0) return { kind: 'pem', blocks };
  const bare = withoutQuotes(text).replaceAll(/\s/g, '');
  if (bare === '') return { kind: 'empty' };
  const inside = looksLikeBase64(bare) ? Buffer.from(bare, 'base64') : undefined;
  if (inside !== undefined) {
    if (isDer(inside)) return { kind: 'der', der: inside };
    const wrapped = blocksIn(textOf(inside));
    if (wrapped.length > 0) return { kind: 'pem', blocks: wrapped };
  }
  return { kind: 'other', text };
}

/** True for text that holds a key or certificate itself, and is no file's name. */
export function holdsKeyMaterial(text: string): boolean {
  if (text.includes('-----BEGIN') || text.includes('\n')) return true;
  const bare = withoutQuotes(text).replaceAll(/\s/g, '');
  return bare.length >= 120 && looksLikeBase64(bare);
}

export const isJavaKeystore = (der: Buffer): boolean => der.subarray(0, 4).equals(JAVA_KEYSTORE);

/** A SEQUENCE whose length fits: definite in one to three bytes, or indefinite as some exporters of PKCS#12 write it. */
function isDer(bytes: Buffer): boolean {
  if (isJavaKeystore(bytes)) return true;
  if (bytes[0] !== SEQUENCE || bytes.length < 8) return false;
  const first = bytes[1] ?? 0;
  if (first === 0x80) return true;
  if (first < 0x80) return bytes.length === first + 2;
  const size = first & 0x7f;
  return size <= 3 && bytes.length === 2 + size + bytes.readUIntBE(2, size);
}

/** Windows PowerShell writes UTF-16 with a byte order mark; variables hold `\n` where a file has line breaks. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = isUtf16
    ? bytes.subarray(2).toString('utf16le')
    : bytes.toString('utf8').replace(/^\uFEFF/, '');
  return text.replaceAll(/\\+[nr]/g, '\n');
}

function withoutQuotes(text: string): string {
  return text.trim().replace(/^(["'`])([^]*)\1$/, '$2');
}

const looksLikeBase64 = (text: string): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

function blocksIn(text: string): PemBlock[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----/g)].map(
    ([, label = '', body = '']) => {
      const base64 = body.replaceAll(/\s/g, '');
      const encrypted = label.startsWith('ENCRYPTED') || /Proc-Type:\s*4,\s*ENCRYPTED/.test(body);
      return { label, der: Buffer.from(looksLikeBase64(base64) ? base64 : '', 'base64'), encrypted };
    },
  );
}
