// xenc:EncryptedData and our private keys → plaintext. AES-GCM and AES-CBC content, RSA-OAEP key transport (SAML Core
// §6.1, XML Encryption 1.1 §5). rsa-1_5 (Bleichenbacher) and 3DES do not exist here. Nothing is fetched or looked up by
// reference: keys and ciphertext stand in the element itself. What comes out is not authentic by itself.

import { createDecipheriv, randomBytes, type CipherGCMTypes, type KeyObject } from 'node:crypto';
import { SsoError } from '../../core/errors';
import { decryptOaep } from './oaep';
import { readEncryptedElement, type EncryptedKey } from './read-encrypted';

export interface Decryption {
  /** Tried in order, each against the first two EncryptedKeys that could be for it. */
  readonly keys: readonly KeyObject[];
  readonly allowCbc: boolean;
  /**
   * Asked before AES-CBC is opened with a content key that somebody wrapped for us: false when this key has failed too
   * often. Absent where nobody can ask twice.
   */
  readonly admitCbc?: (contentKey: Buffer) => boolean;
  /** Told when what was opened could not be verified and read, for whatever reason. Rules that fail later do not count. */
  readonly onFailure?: () => void;
}

/**
 * Decrypts an EncryptedAssertion or EncryptedID.
 *
 * @throws SsoError SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED before any key is used; SAML_DECRYPTION_THROTTLED when the content
 *   key is not admitted again; SAML_DECRYPTION_FAILED for everything else
 */
export function decryptElement(
  envelope: Parameters<typeof readEncryptedElement>[0],
  { keys, allowCbc, admitCbc }: Decryption,
): { readonly text: string; readonly cbc: boolean } {
  const { algorithm, cipherValue, encryptedKeys } = readEncryptedElement(envelope, allowCbc);
  const unwrapped = unwrap(encryptedKeys, keys, algorithm.keyBytes);
  if (algorithm.mode === 'cbc' && unwrapped !== undefined && admitCbc?.(unwrapped) === false) {
    throw new SsoError('SAML_DECRYPTION_THROTTLED');
  }
  // A content key that does not unwrap is replaced by a random one: the work, and so the time, stays the same.
  const contentKey = unwrapped ?? randomBytes(algorithm.keyBytes);
  return algorithm.mode === 'cbc'
    ? { text: openCbc(algorithm.cipher, contentKey, cipherValue), cbc: true }
    : { text: textOf(openGcm(algorithm.cipher, contentKey, cipherValue)), cbc: false };
}

function textOf(plaintext: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch {
    throw failed();
  }
}

/**
 * Private-key operations by each key of ours for one element. Anybody can send us EncryptedKeys, and each try costs as much
 * as a hundred verifications; a message to several recipients has one of the right length for us, or a neighbour's and ours.
 */
const TRIES_PER_KEY = 2;

function unwrap(
  encryptedKeys: readonly EncryptedKey[],
  keys: readonly KeyObject[],
  keyBytes: number,
): Buffer | undefined {
  for (const key of keys) {
    // RFC 8017 §7.1.2: a ciphertext is as long as the modulus. What is not, no private key need look at.
    const octets = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
    const fitting = encryptedKeys.filter(({ cipherValue }) => cipherValue.length === octets);
    for (const { cipherValue, oaepHash, mgfHash, label } of fitting.slice(0, TRIES_PER_KEY)) {
      try {
        const contentKey = decryptOaep({ key, oaepHash, mgfHash, label }, cipherValue);
        if (contentKey.length === keyBytes) return contentKey;
      } catch {
        // encrypted to somebody else, or damaged: the next key decides
      }
    }
  }
  return undefined;
}

function openGcm(cipher: CipherGCMTypes, key: Buffer, value: Buffer): Buffer {
  const nonce = value.subarray(0, 12);
  const tag = value.subarray(-16);
  if (value.length < 28) throw failed();
  try {
    const decipher = createDecipheriv(cipher, key, nonce, { authTagLength: 16 });
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(value.subarray(12, -16)), decipher.final()]);
  } catch {
    throw failed();
  }
}

/**
 * XML Encryption §5.2.1: the last octet is the length of the padding, the others are arbitrary. A wrong one is refused only
 * after the same work as wrong text, so that time does not tell them apart (padding oracle).
 */
function openCbc(cipher: string, key: Buffer, value: Buffer): string {
  if (value.length < 32 || value.length % 16 !== 0) throw failed();
  const decipher = createDecipheriv(cipher, key, value.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(value.subarray(16)), decipher.final()]);
  const padding = padded.readUInt8(padded.length - 1);
  const isPadding = padding >= 1 && padding <= 16;
  const text = textOf(padded.subarray(0, padded.length - (isPadding ? padding : 1)));
  if (!isPadding) throw failed();
  return text;
}

function failed(): SsoError {
  return new SsoError('SAML_DECRYPTION_FAILED');
}
