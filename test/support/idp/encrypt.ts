/**
 * XML encryption for the local identity provider, by node:crypto alone: the text of an element in, xenc:EncryptedData out.
 * OAEP is padded by hand, because node:crypto cannot set the mask function apart from the digest (RFC 8017 §7.1.1).
 */
import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { NS } from './names';

const XENC = NS.xenc;
const XENC11 = NS.xenc11;

export const CONTENT = {
  aes128gcm: `${XENC11}aes128-gcm`,
  aes192gcm: `${XENC11}aes192-gcm`,
  aes256gcm: `${XENC11}aes256-gcm`,
  aes128cbc: `${XENC}aes128-cbc`,
  aes192cbc: `${XENC}aes192-cbc`,
  aes256cbc: `${XENC}aes256-cbc`,
  tripleDes: `${XENC}tripledes-cbc`,
} as const;

export const TRANSPORT = {
  oaepMgf1p: `${XENC}rsa-oaep-mgf1p`,
  oaep: `${XENC11}rsa-oaep`,
  rsa15: `${XENC}rsa-1_5`,
} as const;

const DIGEST_URI: Record<string, string> = {
  sha1: `${NS.dsig}sha1`,
  sha256: `${XENC}sha256`,
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: `${XENC}sha512`,
};

const CIPHERS: Record<string, readonly [cipher: string, keyBytes: number]> = {
  [CONTENT.aes128gcm]: ['aes-128-gcm', 16],
  [CONTENT.aes192gcm]: ['aes-192-gcm', 24],
  [CONTENT.aes256gcm]: ['aes-256-gcm', 32],
  [CONTENT.aes128cbc]: ['aes-128-cbc', 16],
  [CONTENT.aes192cbc]: ['aes-192-cbc', 24],
  [CONTENT.aes256cbc]: ['aes-256-cbc', 32],
  [CONTENT.tripleDes]: ['des-ede3-cbc', 24],
};

export interface EncryptOptions {
  /** Certificates (PEM) of the recipients: one EncryptedKey each, in this order. */
  readonly recipients: readonly string[];
  readonly content?: string;
  readonly transport?: string;
  /** OAEP digest: sha1 (default of rsa-oaep-mgf1p), sha256, sha384, sha512. Written as DigestMethod unless `omitDigest`. */
  readonly digest?: string;
  readonly omitDigest?: boolean;
  /** Mask function of xmlenc11#rsa-oaep; rsa-oaep-mgf1p always masks with SHA-1 (XML Encryption 1.1 §5.5.2). */
  readonly mgf?: string;
  /** EncryptedKey inside EncryptedData's KeyInfo (default), or beside EncryptedData, found by a RetrievalMethod or not. */
  readonly keyPlacement?: 'inside' | 'beside' | 'beside-without-retrieval';
  readonly omitType?: boolean;
  readonly withCertificate?: boolean;
  readonly prefixes?: { readonly xenc?: string; readonly ds?: string };
  /** Recipient attribute of the EncryptedKey: the SP's entityID in several products. */
  readonly recipientName?: string;
  /** Hooks for hostile messages. */
  readonly mutateCipherText?: (bytes: Buffer) => Buffer;
  readonly mutateKeyCipher?: (bytes: Buffer) => Buffer;
  readonly labelContentAs?: string;
  readonly labelTransportAs?: string;
}

/** EncryptedData, with EncryptedKeys inside or following it: the content of EncryptedAssertion, EncryptedID, EncryptedAttribute. */
export function encryptXml(plain: string, options: EncryptOptions): string {
  const names = {
    x: withColon(options.prefixes?.xenc ?? 'xenc'),
    d: withColon(options.prefixes?.ds ?? 'ds'),
  };
  const content = options.content ?? CONTENT.aes256gcm;
  const [cipher, keyBytes] = CIPHERS[content] ?? fail(`content algorithm ${content}`);
  const key = randomBytes(keyBytes);
  const encrypted = encryptContent(cipher, key, plain);
  const bytes = options.mutateCipherText?.(encrypted) ?? encrypted;
  const beside = options.keyPlacement !== undefined && options.keyPlacement !== 'inside';
  const ids = options.recipients.map(() => `_ek${randomBytes(8).toString('hex')}`);
  const dataId = `_ed${randomBytes(8).toString('hex')}`;
  const keys = options.recipients
    .map((recipient, index) =>
      encryptedKey(key, recipient, options, { names, id: ids[index] ?? '', beside, dataId }),
    )
    .join('');
  const retrieval =
    options.keyPlacement === 'beside'
      ? ids.map((id) => `<${names.d}RetrievalMethod Type="${XENC}EncryptedKey" URI="#${id}"/>`).join('')
      : '';
  const inner = beside ? retrieval : keys;
  const keyInfo =
    inner === '' ? '' : `<${names.d}KeyInfo ${declare(names.d, NS.dsig)}>${inner}</${names.d}KeyInfo>`;
  return (
    `<${names.x}EncryptedData ${declare(names.x, XENC)}${beside ? ` Id="${dataId}"` : ''}` +
    (options.omitType === true ? '' : ` Type="${XENC}Element"`) +
    `><${names.x}EncryptionMethod Algorithm="${options.labelContentAs ?? content}"/>${keyInfo}` +
    `<${names.x}CipherData><${names.x}CipherValue>${bytes.toString('base64')}</${names.x}CipherValue></${names.x}CipherData>` +
    `</${names.x}EncryptedData>${beside ? keys : ''}`
  );
}

interface KeyContext {
  readonly names: { readonly x: string; readonly d: string };
  readonly id: string;
  readonly beside: boolean;
  readonly dataId: string;
}

function encryptedKey(
  key: Buffer,
  recipientPem: string,
  options: EncryptOptions,
  context: KeyContext,
): string {
  const { x, d } = context.names;
  const transport = options.transport ?? TRANSPORT.oaepMgf1p;
  const encrypted = transportKey(key, recipientPem, transport, options);
  const bytes = options.mutateKeyCipher?.(encrypted) ?? encrypted;
  const digest = options.digest ?? 'sha1';
  const digestMethod =
    transport === TRANSPORT.rsa15 || options.omitDigest === true
      ? ''
      : `<${d}DigestMethod ${declare(d, NS.dsig)} Algorithm="${DIGEST_URI[digest] ?? digest}"/>`;
  const mgf =
    transport === TRANSPORT.oaep && options.mgf !== undefined
      ? `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1${options.mgf}"/>`
      : '';
  const certificate =
    options.withCertificate === true
      ? `<${d}KeyInfo ${declare(d, NS.dsig)}><${d}X509Data><${d}X509Certificate>${new X509Certificate(recipientPem).raw.toString('base64')}</${d}X509Certificate></${d}X509Data></${d}KeyInfo>`
      : '';
  const reference = context.beside
    ? `<${x}ReferenceList><${x}DataReference URI="#${context.dataId}"/></${x}ReferenceList>`
    : '';
  return (
    `<${x}EncryptedKey ${declare(x, XENC)} Id="${context.id}"` +
    (options.recipientName === undefined ? '' : ` Recipient="${options.recipientName}"`) +
    `><${x}EncryptionMethod Algorithm="${options.labelTransportAs ?? transport}">${digestMethod}${mgf}</${x}EncryptionMethod>${certificate}` +
    `<${x}CipherData><${x}CipherValue>${bytes.toString('base64')}</${x}CipherValue></${x}CipherData>${reference}</${x}EncryptedKey>`
  );
}

function encryptContent(cipher: string, key: Buffer, plain: string): Buffer {
  const text = Buffer.from(plain, 'utf8');
  if (cipher.endsWith('gcm')) {
    const iv = randomBytes(12);
    const gcm = createCipheriv(cipher as 'aes-128-gcm', key, iv);
    return Buffer.concat([iv, gcm.update(text), gcm.final(), gcm.getAuthTag()]);
  }
  const block = cipher.startsWith('des') ? 8 : 16;
  const iv = randomBytes(block);
  const cbc = createCipheriv(cipher, key, iv).setAutoPadding(false);
  // ISO 10126 as XML Encryption §5.2 has it: random filling, the last byte is the count.
  const count = block - (text.length % block);
  const padding = randomBytes(count);
  padding[count - 1] = count;
  return Buffer.concat([iv, cbc.update(Buffer.concat([text, padding])), cbc.final()]);
}

function transportKey(key: Buffer, recipientPem: string, transport: string, options: EncryptOptions): Buffer {
  const publicKey = createPublicKey(recipientPem);
  if (transport === TRANSPORT.rsa15)
    return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
  const modulusBytes = (publicKey.asymmetricKeyDetails?.modulusLength ?? fail('RSA key')) / 8;
  const mask = transport === TRANSPORT.oaep ? (options.mgf ?? 'sha1') : 'sha1';
  const block = oaepPad(key, modulusBytes, options.digest ?? 'sha1', mask);
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block);
}

function oaepPad(message: Buffer, modulusBytes: number, digest: string, maskHash: string): Buffer {
  const labelHash = createHash(digest).digest();
  const size = labelHash.length;
  const filling = Buffer.alloc(modulusBytes - message.length - 2 * size - 2);
  const data = Buffer.concat([labelHash, filling, Buffer.from([1]), message]);
  const seed = randomBytes(size);
  const maskedData = xor(data, mgf1(seed, data.length, maskHash));
  const maskedSeed = xor(seed, mgf1(maskedData, size, maskHash));
  return Buffer.concat([Buffer.from([0]), maskedSeed, maskedData]);
}

function mgf1(seed: Buffer, length: number, hash: string): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter += 1) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    const block = createHash(hash).update(seed).update(suffix).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const xor = (left: Buffer, right: Buffer): Buffer =>
  Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
const withColon = (prefix: string): string => (prefix === '' ? '' : `${prefix}:`);
const declare = (prefix: string, uri: string): string =>
  prefix === '' ? `xmlns="${uri}"` : `xmlns:${prefix.slice(0, -1)}="${uri}"`;

function fail(what: string): never {
  throw new TypeError(`cannot encrypt: unknown ${what}`);
}
