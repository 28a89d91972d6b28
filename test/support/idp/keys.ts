/**
 * Keys and self-signed certificates made on the spot for the local identity provider.
 * The DER is written by hand (RFC 5280 §4.1): about forty lines, and no package that the product also uses.
 */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';

export type KeyKind = 'rsa-1024' | 'rsa-2048' | 'rsa-3072' | 'ec-p256' | 'ec-p384' | 'ec-p521';

export interface IdpKeys {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly privateKeyPem: string;
  /** PEM with BEGIN CERTIFICATE. */
  readonly certificatePem: string;
  /** The base64 DER of the certificate on one line, as metadata and KeyInfo carry it. */
  readonly certificateBase64: string;
  readonly fingerprint256: string;
}

export interface IdpKeyOptions {
  readonly kind?: KeyKind;
  readonly commonName?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const CURVES: Partial<Record<KeyKind, string>> = {
  'ec-p256': 'P-256',
  'ec-p384': 'P-384',
  'ec-p521': 'P-521',
};

/** Private keys that are taken, each once, before any is made. */
const known: { take: (kind: KeyKind) => KeyObject | undefined } = { take: () => undefined };

/** For tests alone: RSA keys take long to make, and who plays an attacker or an IdP may have keys that anybody knows. */
export function takeKeysFrom(take: (kind: KeyKind) => KeyObject | undefined): void {
  known.take = take;
}

function makePrivateKey(kind: KeyKind): KeyObject {
  const curve = CURVES[kind];
  return curve === undefined
    ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) }).privateKey
    : generateKeyPairSync('ec', { namedCurve: curve }).privateKey;
}

/** Every call answers other keys. */
export function makeIdpKeys(options: IdpKeyOptions = {}): IdpKeys {
  const kind = options.kind ?? 'rsa-2048';
  const privateKey = known.take(kind) ?? makePrivateKey(kind);
  const publicKey = createPublicKey(privateKey);
  const der = selfSign(privateKey, publicKey, options);
  const certificate = new X509Certificate(der);
  return {
    kind,
    privateKey,
    publicKey,
    privateKeyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    certificatePem: certificate.toString(),
    certificateBase64: der.toString('base64'),
    fingerprint256: createHash('sha256').update(der).digest('hex'),
  };
}

function selfSign(privateKey: KeyObject, publicKey: KeyObject, options: IdpKeyOptions): Buffer {
  const rsa = privateKey.asymmetricKeyType === 'rsa';
  // sha256WithRSAEncryption, ecdsa-with-SHA256
  const algorithm = rsa
    ? tlv(0x30, oid('2a864886f70d01010b'), tlv(0x05))
    : tlv(0x30, oid('2a8648ce3d040302'));
  const name = tlv(
    0x30,
    tlv(
      0x31,
      tlv(0x30, oid('550403'), tlv(0x0c, Buffer.from(options.commonName ?? 'Local identity provider'))),
    ),
  );
  const day = 86_400_000;
  const validity = tlv(
    0x30,
    time(options.notBefore ?? new Date(Date.now() - day)),
    time(options.notAfter ?? new Date(Date.now() + 3650 * day)),
  );
  const serial = randomBytes(15);
  const toBeSigned = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), serial])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, tlv(0x30, tlv(0x30, oid('551d13'), tlv(0x04, tlv(0x30))))),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  return tlv(0x30, toBeSigned, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body]);
}

const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  // UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5).
  return date.getUTCFullYear() < 2050
    ? tlv(0x17, Buffer.from(digits.slice(2)))
    : tlv(0x18, Buffer.from(digits));
}
