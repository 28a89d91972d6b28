import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import type * as xmlCrypto from 'xml-crypto';
import { signDocument, signingAlgorithmOf } from '../../../../src/saml/signature/sign-xml';
import { spKeys } from '../../../support/makers/valid';

const made: xmlCrypto.SignedXml[] = [];
jest.mock('xml-crypto', () => {
  const actual = jest.requireActual<typeof xmlCrypto>('xml-crypto');
  return {
    ...actual,
    SignedXml: class extends actual.SignedXml {
      constructor(options?: ConstructorParameters<typeof actual.SignedXml>[0]) {
        super(options);
        made.push(this);
      }
    },
  };
});

const key = { privateKey: spKeys.privateKey, certificate: spKeys.certificatePem };

describe('signing', () => {
  it('names the algorithm of a private key', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(signingAlgorithmOf(privateKey)).toBe('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256');
    expect(signingAlgorithmOf(spKeys.privateKey)).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
  });

  it.each([
    ['a public key', spKeys.publicKey, 'a public key of the kind rsa cannot sign'],
    ['a secret', createSecretKey(Buffer.alloc(32)), 'a secret key of the kind none cannot sign'],
    [
      'a key of another kind',
      generateKeyPairSync('ed25519').privateKey,
      'a private key of the kind ed25519 cannot sign',
    ],
  ])('is refused for %s', (_title, other, message) => {
    expect(() => signingAlgorithmOf(other)).toThrow(new TypeError(message));
  });

  it('puts the Signature where the schema wants it', async () => {
    const xml = '<a ID="_1"><Issuer>x</Issuer><b/></a>';
    await expect(signDocument(xml, key, 'after Issuer')).resolves.toMatch(
      /^<a ID="_1"><Issuer>x<\/Issuer><ds:Signature [^]*<\/ds:Signature><b\/><\/a>$/,
    );
    await expect(signDocument(xml, key, 'first')).resolves.toMatch(
      /^<a ID="_1"><ds:Signature [^]*<Issuer>x<\/Issuer><b\/><\/a>$/,
    );
  });

  it('fails where the place for it is missing', async () => {
    await expect(signDocument('<a ID="_1"><b/></a>', key, 'after Issuer')).rejects.toThrow(/./);
  });

  it('gives xml-crypto an algorithm that signs strings with our key, and verifies nothing', async () => {
    await signDocument('<a ID="_1"><Issuer/></a>', key, 'first');
    const signer = made.at(-1);
    const uri = signingAlgorithmOf(spKeys.privateKey);
    const Algorithm = signer?.SignatureAlgorithms[uri];
    if (Algorithm === undefined) throw new Error('no algorithm');
    const algorithm = new Algorithm();
    expect(algorithm.getAlgorithmName()).toBe(uri);
    const get = (...parameters: unknown[]): unknown =>
      Reflect.apply(algorithm.getSignature, algorithm, parameters);
    const value = await new Promise((resolve, reject) =>
      get('x', spKeys.privateKey, (error: Error | null, signature: unknown) =>
        error ? reject(error) : resolve(signature),
      ),
    );
    expect(value).toMatch(/^[\w+/]{342}==$/);
    const failure = await new Promise((resolve) => get('x', spKeys.publicKey, resolve));
    expect(failure).toMatchObject({ code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });
    const done = jest.fn();
    for (const parameters of [
      [1, spKeys.privateKey, done],
      ['x', 'PEM', done],
      ['x', null, done],
      ['x', {}, done],
      ['x', undefined, done],
      ['x', spKeys.privateKey],
    ]) {
      expect(() => get(...parameters)).toThrow(new TypeError('nothing to sign'));
    }
    expect(() => Reflect.apply(algorithm.verifySignature, algorithm, ['x', spKeys.publicKey, 'y'])).toThrow(
      new TypeError('xml-crypto does not verify here'),
    );
  });
});
