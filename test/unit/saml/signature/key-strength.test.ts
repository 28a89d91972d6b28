// What no real key shows, or only an odd one: a runtime that does not say how strong a key is must not be believed.

import { createSecretKey } from 'node:crypto';
import {
  CertificateError,
  checkKeyStrength,
  readCertificate,
} from '../../../../src/saml/signature/certificate';
import { idpKeys } from '../../../support/makers/valid';

const problemOf = (asymmetricKeyType: string, asymmetricKeyDetails?: object): string => {
  try {
    Reflect.apply(checkKeyStrength, undefined, [{ asymmetricKeyType, asymmetricKeyDetails }]);
  } catch (error) {
    if (error instanceof CertificateError) return error.problem;
    throw error;
  }
  return 'accepted';
};

describe('the strength of a key', () => {
  const publicExponent = 65537n;
  it.each([
    ['rsa', undefined, 'The RSA key has 0 bits.'],
    ['rsa', { modulusLength: 2047, publicExponent }, 'The RSA key has 2047 bits.'],
    ['rsa', { modulusLength: 2048, publicExponent }, 'accepted'],
    ['rsa', { modulusLength: 16_384, publicExponent }, 'accepted'],
    ['rsa', { modulusLength: 16_385, publicExponent }, 'The RSA key has 16385 bits.'],
    ['rsa', { modulusLength: 2048 }, 'The RSA key has the public exponent 0.'],
    ['rsa', { modulusLength: 2048, publicExponent: 1n }, 'The RSA key has the public exponent 1.'],
    ['rsa', { modulusLength: 2048, publicExponent: 4n }, 'The RSA key has the public exponent 4.'],
    ['rsa', { modulusLength: 2048, publicExponent: 3n }, 'accepted'],
    ['ec', undefined, 'The key is on the curve unknown.'],
    ['ec', { namedCurve: 'secp256k1' }, 'The key is on the curve secp256k1.'],
    ['ec', { namedCurve: 'prime256v1' }, 'accepted'],
    ['ec', { namedCurve: 'secp384r1' }, 'accepted'],
    ['ec', { namedCurve: 'secp521r1' }, 'accepted'],
    ['ed25519', {}, 'The key is of the kind ed25519.'],
    ['rsa-pss', { modulusLength: 2048, publicExponent }, 'The key is of the kind rsa-pss.'],
  ])('%s with %j: %s', (type, details, problem) => {
    expect(problemOf(type, details)).toBe(problem);
  });

  it('is none for a secret', () => {
    expect(() => checkKeyStrength(createSecretKey(Buffer.alloc(64)))).toThrow(
      'The key is of the kind secret.',
    );
  });
});

const told = (input: string | Uint8Array): string[] => {
  try {
    readCertificate(input);
  } catch (error) {
    if (error instanceof CertificateError) {
      expect([error.name, error.message]).toEqual(['CertificateError', `${error.problem} ${error.hint}`]);
      return [error.problem, error.hint];
    }
    throw error;
  }
  return [];
};
const hintOf = (asymmetricKeyType: string, asymmetricKeyDetails: object): string => {
  try {
    Reflect.apply(checkKeyStrength, undefined, [{ asymmetricKeyType, asymmetricKeyDetails }]);
  } catch (error) {
    if (error instanceof CertificateError) return error.hint;
    throw error;
  }
  return '';
};

describe('what the administrator is told', () => {
  it.each([
    ['ec', {}, 'Use P-256, P-384 or P-521.'],
    ['dsa', {}, 'Use an RSA key of at least 2048 bits, or an EC key on P-256, P-384 or P-521.'],
    ['rsa', { modulusLength: 1024 }, 'Use at least 2048 bits; 3072 for a new key.'],
    ['rsa', { modulusLength: 20_000 }, 'Use 3072 or 4096 bits.'],
    ['rsa', { modulusLength: 2048, publicExponent: 1n }, 'Make a new key; its exponent should be 65537.'],
  ])('about a key: %s %j', (type, details, hint) => {
    expect(hintOf(type, details)).toBe(hint);
  });

  const unreadable = ['The certificate cannot be read.', 'Is it complete? Download it again as PEM.'];
  const neither = [
    'The certificate is not PEM, base64 or DER.',
    'Download it again as “Base-64 (.cer)” or PEM.',
  ];
  it.each<[string, string | Uint8Array, string[]]>([
    [
      'a private key',
      idpKeys.privateKeyPem,
      [
        'This is a private key, not a certificate.',
        'Give the certificate here, and keep the key where only this process can read it.',
      ],
    ],
    [
      'a public key',
      '-----BEGIN PUBLIC KEY-----\nYQ==\n-----END PUBLIC KEY-----',
      ['The PEM block is not a certificate.', 'It must start with -----BEGIN CERTIFICATE-----.'],
    ],
    ['text', 'certificate!', neither],
    ['an empty PEM', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', neither],
    ['a byte order mark in the middle', 'YQ==\uFEFF', neither],
    ['bytes that start like DER only at first', Buffer.from([0x30, 0x80, 0x82]), neither],
    ['bytes that start like DER only at second', Buffer.from([0x31, 0x82]), neither],
    ['a text that starts like DER', '0\u0082', neither],
    ['DER of something else', Buffer.from([0x30, 0x82, 0x00, 0x00]), unreadable],
    ['base64 of something else', 'YQ==', unreadable],
  ])('about %s', (_title, input, words) => {
    expect(told(input)).toEqual(words);
  });

  it('does not stop at a byte order mark in front', () => {
    expect(told(`\uFEFF${idpKeys.certificateBase64}`)).toEqual([]);
  });
});

describe('a certificate', () => {
  it('whose kind of key OpenSSL does not know is refused', () => {
    const rsaEncryption = Buffer.from('2a864886f70d010101', 'hex');
    const der = Buffer.from(idpKeys.certificateBase64, 'base64');
    const at = der.indexOf(rsaEncryption);
    Buffer.from('2a864886f70d01017f', 'hex').copy(der, at);
    expect(told(der)).toEqual([
      'The certificate holds a kind of key that is not supported.',
      'Use an RSA key of at least 2048 bits, or an EC key on P-256, P-384 or P-521.',
    ]);
  });
});
