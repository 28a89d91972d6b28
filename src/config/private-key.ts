// Bytes of a file or variable → a private key. What is a key is accepted in every form that needs no password: PKCS#8,
// PKCS#1 and SEC1, as PEM, base64 or DER. What is something else is refused by its name, with the command that makes a key
// of it. Never quotes a byte of what it read.

import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isJavaKeystore, openEnvelope, type PemBlock } from './key-envelope';

/** Why something is no private key for us, and what to do about it. */
export interface WrongForm {
  readonly problem: string;
  readonly hint: string;
}

export type PrivateKeyReading = { readonly key: KeyObject } | WrongForm;

/** @param name of the file, for the command in the hint; `FILE` when it came from the environment */
export function decodePrivateKey(bytes: Buffer, name: string): PrivateKeyReading {
  const file = inShell(name);
  const envelope = openEnvelope(bytes);
  if (envelope.kind === 'pem') return fromBlocks(envelope.blocks, file);
  if (envelope.kind === 'der') return fromDer(envelope.der, file);
  return envelope.kind === 'empty' ? notAKey('it is empty') : fromText(envelope.text, file);
}

/** A file's name as a shell takes it. */
export const inShell = (name: string): string =>
  /^[\w./@%+=:,-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;

const AFTERWARDS = 'then `chmod 600 new.key`, and write that file’s name here.';

const notAKey = (because: string): WrongForm => ({
  problem: `is not a private key in PEM or DER form: ${because}`,
  hint: 'A key in PEM form begins with a line that says BEGIN PRIVATE KEY. `wix-saml keys` makes keys.',
});

const publicHalf = (what: string): WrongForm => ({
  problem: `is not a private key but its public half: ${what}`,
  hint: 'Write the name of the private key’s file here. It cannot be made from the public half.',
});

/** One form of base64 in PEM or DER; PKCS#8 is asked first, because it is what everything writes today. */
const forms = ['pkcs8', 'pkcs1', 'sec1'] as const;

function keyIn(der: Buffer): KeyObject | undefined {
  for (const type of forms) {
    try {
      return createPrivateKey({ key: der, format: 'der', type });
    } catch {
      // Another form, or none of them.
    }
  }
  return undefined;
}

function fromBlocks(blocks: readonly PemBlock[], file: string): PrivateKeyReading {
  const readable = blocks.filter(
    ({ label, encrypted }) => /^(RSA |EC )?PRIVATE KEY$/.test(label) && !encrypted,
  );
  const keys = readable.map(({ der }) => keyIn(der));
  const [first, ...others] = keys.filter((key) => key !== undefined);
  if (first !== undefined) {
    return others.every((other) => other.equals(first))
      ? { key: first }
      : {
          problem: `holds ${others.length + 1} different private keys`,
          hint: 'Keep one key in a file, so that it is plain which one is used.',
        };
  }
  if (readable.length > 0) {
    return {
      problem: 'begins like a private key in PEM form, but is damaged or cut off',
      hint: `Copy the whole file again; \`openssl pkey -in ${file} -noout -check\` tells when it is right.`,
    };
  }
  const [foreign] = blocks
    .map(({ label, encrypted }) => foreignBlock(label, encrypted, file))
    .filter(Boolean);
  return foreign ?? notAKey(`it holds a PEM block “${blocks[0]?.label ?? ''}”`);
}

function foreignBlock(label: string, encrypted: boolean, file: string): WrongForm | undefined {
  if (encrypted) return withPassphrase(`openssl pkey -in ${file} -out new.key`);
  if (label === 'OPENSSH PRIVATE KEY') {
    return {
      problem: 'is a private key in OpenSSH’s own form',
      hint: `Convert a copy: \`cp ${file} new.key && ssh-keygen -p -N "" -m PKCS8 -f new.key\`, ${AFTERWARDS}`,
    };
  }
  if (label.endsWith('CERTIFICATE')) return publicHalf('a certificate');
  if (label.endsWith('PUBLIC KEY')) return publicHalf('a public key');
  if (label.endsWith('CERTIFICATE REQUEST')) return publicHalf('a certificate request');
  return label === 'PKCS7' ? publicHalf('certificates in a PKCS#7 file (.p7b)') : undefined;
}

const withPassphrase = (command: string): WrongForm => ({
  problem: 'is protected by a passphrase',
  hint: `Write it without one: \`${command}\`, ${AFTERWARDS}`,
});

/** ContentInfo of PKCS#12 begins with version 3; EncryptedPrivateKeyInfo names PBES2, or a scheme of PKCS#5 or PKCS#12. */
const pfxStart = /^30(80|8[123]([0-9a-f]{2}){1,3}|[0-7][0-9a-f])02010330/;
const encryptedStart =
  /^30(8[123]([0-9a-f]{2}){1,3}|[0-7][0-9a-f])30(81)?[0-9a-f]{2}06(092a864886f70d0105|0a2a864886f70d010c01)/;

export const isPfx = (der: Buffer): boolean => pfxStart.test(der.subarray(0, 12).toString('hex'));

function fromDer(der: Buffer, file: string): PrivateKeyReading {
  if (isPfx(der)) {
    return {
      problem: 'is a PKCS#12 file (.pfx, .p12), which holds key and certificate under a password',
      hint: `Take the key out: \`openssl pkcs12 -in ${file} -nocerts -nodes -out new.key\`, ${AFTERWARDS} The certificate: \`openssl pkcs12 -in ${file} -clcerts -nokeys -out new.crt\`.`,
    };
  }
  if (isJavaKeystore(der)) {
    return {
      problem: 'is a Java keystore (.jks)',
      hint: `Make a PKCS#12 file of it, and a key of that: \`keytool -importkeystore -srckeystore ${file} -destkeystore new.p12 -deststoretype PKCS12\`, \`openssl pkcs12 -in new.p12 -nocerts -nodes -out new.key\`, ${AFTERWARDS}`,
    };
  }
  const key = keyIn(der);
  if (key !== undefined) return { key };
  if (encryptedStart.test(der.subarray(0, 24).toString('hex')))
    return withPassphrase(`openssl pkcs8 -inform DER -in ${file} -out new.key`);
  if (parses(() => new X509Certificate(der))) return publicHalf('a certificate');
  if (parses(() => createPublicKey({ key: der, format: 'der', type: 'spki' })))
    return publicHalf('a public key');
  return notAKey('its bytes are another structure');
}

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function fromText(text: string, file: string): WrongForm {
  if (text.includes('-----BEGIN')) {
    return {
      problem: 'begins like PEM, but its -----END line is missing or differs',
      hint: `Copy the whole file again; \`openssl pkey -in ${file} -noout -check\` tells when it is right.`,
    };
  }
  if (/^(ssh|ecdsa)-\S+ AAAA/.test(text.trimStart())) return publicHalf('a public key for OpenSSH');
  if (text.startsWith('PuTTY-User-Key-File')) {
    return {
      problem: 'is a private key in PuTTY’s own form (.ppk)',
      hint: `Convert it: \`puttygen ${file} -O private-openssh-new -o new.key && ssh-keygen -p -N "" -m PKCS8 -f new.key\`, ${AFTERWARDS}`,
    };
  }
  return notAKey('it is other text');
}
