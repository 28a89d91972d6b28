// What no real key shows, or only an odd one: a runtime that does not say how strong a key is must not be believed.

import { createSecretKey } from 'node:crypto';
import { CertificateError, checkKeyStrength, readCertificate } from '../../src/saml/certificate';
import { idpKeys } from './valid';

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

describe('a certificate', () => {
  it('whose kind of key OpenSSL does not know is refused', () => {
    const rsaEncryption = Buffer.from('2a864886f70d010101', 'hex');
    const der = Buffer.from(idpKeys.certificateBase64, 'base64');
    const at = der.indexOf(rsaEncryption);
    Buffer.from('2a864886f70d01017f', 'hex').copy(der, at);
    expect(() => readCertificate(der)).toThrow('The certificate holds a kind of key that is not supported.');
  });
});
