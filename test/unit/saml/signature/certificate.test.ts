import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import {
  CertificateError,
  checkKeyStrength,
  describeCertificate,
  readCertificate,
} from '../../../../src/saml/signature/certificate';
import { makeIdpKeys } from '../../../support/idp/keys';

const keys = makeIdpKeys({ commonName: 'idp.example' });
const der = Buffer.from(keys.certificateBase64, 'base64');
const { certificatePem: pem, certificateBase64: base64 } = keys;

function refusal(run: () => unknown): CertificateError {
  try {
    run();
  } catch (error) {
    if (error instanceof CertificateError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('readCertificate', () => {
  it.each<[string, string | Uint8Array]>([
    ['PEM', pem],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM with CR', pem.replaceAll('\n', '\r')],
    ['PEM on one line', pem.replaceAll('\n', '')],
    ['PEM with text around it', `Bag Attributes\n  friendlyName: idp\n${pem}\ntrailing`],
    ['two PEM blocks, the first counts', pem + makeIdpKeys().certificatePem],
    [
      'PEM as bytes with a byte order mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(pem)]),
    ],
    ['base64', base64],
    ['base64 in lines with spaces', base64.replace(/(.{60})/g, '$1 \r\n\t')],
    ['DER', der],
  ])('reads %s', (_name, input) => {
    expect(readCertificate(input).raw.equals(der)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a private key', keys.privateKeyPem],
    ['a public key', String(keys.publicKey.export({ type: 'spki', format: 'pem' }))],
    ['text', 'certificate'],
    ['broken DER', der.subarray(0, 300)],
    ['base64 of something else', Buffer.from('hello world').toString('base64')],
  ])('refuses %s without quoting it', (_name, input) => {
    const error = refusal(() => readCertificate(input));
    expect(error.hint).not.toBe('');
    expect(error.message).not.toContain(base64.slice(0, 20));
    expect(error.message).not.toContain(keys.privateKeyPem.slice(40, 60));
  });

  it('refuses a private key by its name', () => {
    expect(refusal(() => readCertificate(keys.privateKeyPem)).problem).toContain('private key');
  });

  it('#keys/weak-certificate refuses a weak certificate', () => {
    const weak = makeIdpKeys({ kind: 'rsa-1024' });
    expect(refusal(() => readCertificate(weak.certificatePem)).problem).toBe('The RSA key has 1024 bits.');
  });
});

describe('describeCertificate', () => {
  it('gives what an administrator compares with the IdP’s screen', () => {
    const described = describeCertificate(new X509Certificate(pem));
    expect(described).toMatchObject({
      type: 'rsa',
      subject: 'CN=idp.example',
      thumbprint: keys.fingerprint256,
      certificate: pem,
    });
    expect(described.thumbprintSha1).toMatch(/^[0-9a-f]{40}$/);
    expect(described.notAfter).toBeGreaterThan(described.notBefore);
  });
});

describe('checkKeyStrength', () => {
  it('#keys/curves refuses other kinds of keys and curves', () => {
    const { publicKey: ed25519 } = generateKeyPairSync('ed25519');
    const { publicKey: koblitz } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    expect(refusal(() => checkKeyStrength(ed25519)).problem).toContain('ed25519');
    expect(refusal(() => checkKeyStrength(koblitz)).problem).toContain('secp256k1');
  });

  it('refuses an exponent with which anybody could sign', () => {
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), e: 'AQ' };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(refusal(() => checkKeyStrength(key)).problem).toContain('public exponent 1');
  });
});
