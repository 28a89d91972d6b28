// RSA-OAEP where the label hash and the MGF1 hash differ (rsa-oaep-mgf1p with a SHA-256 digest, xmlenc11#rsa-oaep
// without MGF): node:crypto couples the two, so the RSA step is its, the unmasking ours. RFC 8017 §7.1.2.
// All checks run before the first answer, so that a wrong leading byte looks like a wrong padding (Manger).

import { constants, createHash, privateDecrypt, timingSafeEqual, type KeyObject } from 'node:crypto';

export interface Oaep {
  readonly key: KeyObject;
  readonly oaepHash: string;
  readonly mgfHash: string;
  readonly label: Buffer | undefined;
}

/** The wrapped content key. @throws Error for any mismatch, always the same */
export function decryptOaep({ key, oaepHash, mgfHash, label }: Oaep, cipherValue: Buffer): Buffer {
  if (mgfHash === oaepHash) {
    const oaepLabel = label === undefined ? {} : { oaepLabel: label };
    return privateDecrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash, ...oaepLabel },
      cipherValue,
    );
  }
  const encoded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, cipherValue);
  return unmask(encoded, { oaepHash, mgfHash, label });
}

function unmask(encoded: Buffer, { oaepHash, mgfHash, label }: Omit<Oaep, 'key'>): Buffer {
  const labelHash = createHash(oaepHash)
    .update(label ?? Buffer.alloc(0))
    .digest();
  const hashBytes = labelHash.length;
  if (encoded.length < 2 * hashBytes + 2) throw mismatch();
  const maskedSeed = encoded.subarray(1, 1 + hashBytes);
  const maskedData = encoded.subarray(1 + hashBytes);
  const seed = xor(maskedSeed, mgf1(maskedData, hashBytes, mgfHash));
  const data = xor(maskedData, mgf1(seed, maskedData.length, mgfHash));

  // data = labelHash ‖ 0…0 ‖ 1 ‖ message
  let bad = encoded.readUInt8(0);
  bad |= timingSafeEqual(data.subarray(0, hashBytes), labelHash) ? 0 : 1;
  let separator = 0;
  for (let at = hashBytes; at < data.length; at++) {
    const open = separator === 0 ? 1 : 0;
    const isOne = data[at] === 1 ? 1 : 0;
    const isZero = data[at] === 0 ? 1 : 0;
    separator += open * isOne * at;
    bad |= open * (1 - isOne) * (1 - isZero);
  }
  bad |= separator === 0 ? 1 : 0;
  if (bad !== 0) throw mismatch();
  return data.subarray(separator + 1);
}

/** RFC 8017 §B.2.1. */
function mgf1(seed: Buffer, length: number, hash: string): Buffer {
  const blocks: Buffer[] = [];
  let produced = 0;
  for (let counter = 0; produced < length; counter++) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    const block = createHash(hash).update(seed).update(suffix).digest();
    blocks.push(block);
    produced += block.length;
  }
  return Buffer.concat(blocks, length);
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ b.readUInt8(at)));
}

function mismatch(): Error {
  return new Error('OAEP decoding failed');
}
