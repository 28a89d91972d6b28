// Decryption: what opens, what is refused before any key is used, and that every later failure looks the same.

import { spawnSync } from 'node:child_process';
import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decryptElement, type Decryption } from '../../../../src/saml/encryption/decrypt';
import * as oaep from '../../../../src/saml/encryption/oaep';
import { parseXml } from '../../../../src/saml/xml/parse';
import { CONTENT, encryptXml, makeIdpKeys, TRANSPORT, type EncryptOptions } from '../../../support/idp';
import { itWithXmlsec } from '../../../support/makers/judges';
import { decryptionKey, outcome, refusalOf, spKeys } from '../../../support/makers/valid';

jest.mock('../../../../src/saml/encryption/oaep', () => {
  const actual = jest.requireActual<typeof oaep>('../../../../src/saml/encryption/oaep');
  return { decryptOaep: jest.fn(actual.decryptOaep) };
});
const { decryptOaep } = oaep;
const oaepTries = jest.mocked(decryptOaep);

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const PLAIN = '<a>é𐀀 &amp; more than one block of text</a>';

const trusted: Decryption = { keys: [decryptionKey], allowCbc: true };
const otherKey = createPrivateKey(makeIdpKeys().privateKeyPem);

const envelope = (content: string): string =>
  `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${content}</saml:EncryptedAssertion>`;
const encrypted = (options: Partial<EncryptOptions> = {}, plain = PLAIN): string =>
  envelope(encryptXml(plain, { recipients: [spKeys.certificatePem], ...options }));
const open = (xml: string, decryption: Partial<Decryption> = {}): ReturnType<typeof decryptElement> =>
  decryptElement(parseXml(xml), { ...trusted, ...decryption });
const text = (xml: string, decryption: Partial<Decryption> = {}): string => open(xml, decryption).text;

/** One change; the pattern must be there. */
function changed(pattern: string | RegExp, replacement: string, xml = encrypted()): string {
  const result = xml.replace(pattern, replacement);
  if (result === xml) throw new Error(`nothing to change: ${String(pattern)}`);
  return result;
}

describe('content encryption', () => {
  it.each([CONTENT.aes128gcm, CONTENT.aes192gcm, CONTENT.aes256gcm])('%s opens', (content) => {
    expect(open(encrypted({ content }))).toEqual({ text: PLAIN, cbc: false });
    expect(text(encrypted({ content }), { allowCbc: false })).toBe(PLAIN);
  });

  it.each([CONTENT.aes128cbc, CONTENT.aes192cbc, CONTENT.aes256cbc])(
    '%s opens, unless forbidden',
    (content) => {
      expect(open(encrypted({ content }))).toEqual({ text: PLAIN, cbc: true });
      const refusal = refusalOf(() => open(encrypted({ content }), { allowCbc: false, keys: [] }));
      expect([refusal.code, refusal.detail]).toEqual([
        'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
        { received: content },
      ]);
    },
  );

  it.each([0, 1, 15, 16, 17, 31, 32])('a text of %d bytes opens by GCM and CBC', (length) => {
    const plain = 'x'.repeat(length);
    expect(text(encrypted({ content: CONTENT.aes128gcm }, plain))).toBe(plain);
    expect(text(encrypted({ content: CONTENT.aes128cbc }, plain))).toBe(plain);
  });

  it.each([
    CONTENT.tripleDes,
    '',
    '__proto__',
    'constructor',
    `${XENC}aes128-gcm`,
    `${XENC11}aes128-cbc`,
    `${XENC}kw-aes128`,
  ])('%j does not exist here', (uri) => {
    const refusal = refusalOf(() => open(encrypted({ labelContentAs: uri }), { keys: [] }));
    expect([refusal.code, refusal.detail]).toEqual([
      'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      { received: uri },
    ]);
  });
});

const hashes = ['sha1', 'sha256', 'sha384', 'sha512'] as const;

describe('key transport', () => {
  const pairs = hashes.flatMap((digest) => hashes.map((mgf) => [digest, mgf] as const));
  it.each(pairs)('xmlenc11#rsa-oaep with digest %s and MGF1 %s opens', (digest, mgf) => {
    expect(text(encrypted({ transport: TRANSPORT.oaep, digest, mgf }))).toBe(PLAIN);
  });

  it.each(hashes)('rsa-oaep-mgf1p with digest %s opens, and masks with SHA-1', (digest) => {
    expect(text(encrypted({ transport: TRANSPORT.oaepMgf1p, digest }))).toBe(PLAIN);
  });

  it('SHA-384 by its name in XML Encryption 1.1 opens', () => {
    const xml = encrypted({ transport: TRANSPORT.oaep, digest: 'sha384' });
    const more = 'http://www.w3.org/2001/04/xmldsig-more#sha384';
    expect(text(changed(more, `${XENC}sha384`, xml))).toBe(PLAIN);
  });

  it('means SHA-1 where nothing is said', () => {
    expect(text(encrypted({ omitDigest: true }))).toBe(PLAIN);
    expect(text(encrypted({ transport: TRANSPORT.oaep, omitDigest: true }))).toBe(PLAIN);
    expect(text(encrypted({ transport: TRANSPORT.oaep, digest: 'sha256' }))).toBe(PLAIN);
  });

  it('does not take an MGF from the older URI', () => {
    const mgf = `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1sha512"/>`;
    expect(text(changed('</xenc:EncryptionMethod>', `${mgf}</xenc:EncryptionMethod>`))).toBe(PLAIN);
  });

  const notAllowed: [string, string, string][] = [
    ['rsa-1_5', encrypted({ transport: TRANSPORT.rsa15 }), TRANSPORT.rsa15],
    ['rsa-1_5 labelled as such', encrypted({ labelTransportAs: TRANSPORT.rsa15 }), TRANSPORT.rsa15],
    ['kw-aes256', encrypted({ labelTransportAs: `${XENC}kw-aes256` }), `${XENC}kw-aes256`],
    ['nothing', encrypted({ labelTransportAs: '' }), ''],
    [
      'no Algorithm',
      changed(/(<xenc:EncryptedKey [^>]*><xenc:EncryptionMethod) Algorithm="[^"]*"/, '$1'),
      '',
    ],
    [
      'no EncryptionMethod',
      changed(/(<xenc:EncryptedKey [^>]*>)<xenc:EncryptionMethod [^]*?<\/xenc:EncryptionMethod>/, '$1'),
      '',
    ],
    [
      'a digest of MD5',
      changed(`${DS}sha1`, 'http://www.w3.org/2001/04/xmldsig-more#md5'),
      `http://www.w3.org/2001/04/xmldsig-more#md5 ${XENC11}mgf1sha1`,
    ],
    ['a digest without a name', changed(` Algorithm="${DS}sha1"`, ''), ` ${XENC11}mgf1sha1`],
    [
      'an unknown MGF',
      changed(`${XENC11}mgf1sha256`, '__proto__', encrypted({ transport: TRANSPORT.oaep, mgf: 'sha256' })),
      `${DS}sha1 __proto__`,
    ],
    [
      'an MGF without a name',
      changed(
        ` Algorithm="${XENC11}mgf1sha256"`,
        '',
        encrypted({ transport: TRANSPORT.oaep, mgf: 'sha256' }),
      ),
      `${DS}sha1 `,
    ],
  ];
  it.each(notAllowed)('%s is refused before any key is used', (_title, xml, received) => {
    const refusal = refusalOf(() => open(xml, { keys: [] }));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED', { received }]);
  });

  it('stands inside or beside, is led to or not', () => {
    for (const keyPlacement of ['inside', 'beside', 'beside-without-retrieval'] as const) {
      expect(text(encrypted({ keyPlacement }))).toBe(PLAIN);
    }
  });

  it('may be for others too, and for any of our keys', () => {
    const other = makeIdpKeys();
    const recipients = [other.certificatePem, spKeys.certificatePem];
    expect(text(encrypted({ recipients }))).toBe(PLAIN);
    expect(text(encrypted({ recipients }), { keys: [otherKey, decryptionKey] })).toBe(PLAIN);
    expect(text(encrypted(), { keys: [otherKey, decryptionKey] })).toBe(PLAIN);
  });

  it('goes on when a key opens a content key of another length', () => {
    const short = encryptXml('x', { recipients: [spKeys.certificatePem], content: CONTENT.aes128gcm });
    const key = /<xenc:EncryptedKey [^]*<\/xenc:EncryptedKey>/.exec(short)?.[0] ?? '';
    expect(text(changed('<xenc:EncryptedKey', `${key}<xenc:EncryptedKey`))).toBe(PLAIN);
  });

  it('is tried for as many as eight recipients', () => {
    const recipients = (count: number) => Array.from({ length: count }, () => spKeys.certificatePem);
    expect(text(encrypted({ recipients: recipients(8) }))).toBe(PLAIN);
    const refusal = refusalOf(() => open(encrypted({ recipients: recipients(9) })));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_XML_LIMIT_EXCEEDED', { received: 'EncryptedKey' }]);
  });
});

describe('OAEP parameters', () => {
  const label = Buffer.from('a label');
  const withLabel = (params: string): string => {
    const contentKey = randomBytes(16);
    const wrapped = publicEncrypt(
      {
        key: spKeys.certificatePem,
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha1',
        oaepLabel: label,
      },
      contentKey,
    );
    const nonce = randomBytes(12);
    const gcm = createCipheriv('aes-128-gcm', contentKey, nonce);
    const content = Buffer.concat([nonce, gcm.update(PLAIN), gcm.final(), gcm.getAuthTag()]);
    return encrypted({
      content: CONTENT.aes128gcm,
      mutateKeyCipher: () => wrapped,
      mutateCipherText: () => content,
    }).replace('</xenc:EncryptionMethod>', `${params}</xenc:EncryptionMethod>`);
  };

  it('are the label', () => {
    expect(text(withLabel(`<xenc:OAEPparams>${label.toString('base64')}</xenc:OAEPparams>`))).toBe(PLAIN);
  });

  it.each(['', `<xenc:OAEPparams>${Buffer.from('other').toString('base64')}</xenc:OAEPparams>`])(
    'decide whether the key opens: %j',
    (params) => {
      expect(outcome(() => open(withLabel(params)))).toBe('SAML_DECRYPTION_FAILED');
    },
  );

  it.each([
    '<xenc:OAEPparams/>',
    '<xenc:OAEPparams>!</xenc:OAEPparams>',
    '<xenc:OAEPparams>YQ==<x/></xenc:OAEPparams>',
    '<xenc:OAEPparams><!---->YQ==</xenc:OAEPparams>',
  ])('must be base64: %s', (params) => {
    const refusal = refusalOf(() => open(withLabel(params)));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_STRUCTURE_INVALID', { received: 'OAEPparams' }]);
  });
});

describe('the shape', () => {
  const data = /<xenc:EncryptedData [^]*<\/xenc:EncryptedData>/;
  const method = /(<xenc:EncryptedData [^>]*>)(<xenc:EncryptionMethod [^>]*\/>)/;
  const contentCipher = /<\/ds:KeyInfo><xenc:CipherData>[^]*<\/xenc:CipherData>/;
  const keyCipher = /<xenc:CipherData>[^]*?<\/xenc:CipherData>(<\/xenc:EncryptedKey>)/;
  const cases: [string, string, string][] = [
    ['nothing inside', envelope(''), 'EncryptedData'],
    ['two EncryptedData', changed(data, '$&$&', encrypted().replace(/ Id="[^"]*"/, '')), 'EncryptedData'],
    ['something beside', changed(data, '$&<x/>'), 'EncryptedData'],
    ['EncryptedData of another namespace', envelope('<EncryptedData/>'), 'EncryptedData'],
    ['two EncryptionMethods', changed(method, '$1$2$2'), 'EncryptionMethod'],
    ['two KeyInfos', changed('<ds:KeyInfo', `<ds:KeyInfo xmlns:ds="${DS}"/><ds:KeyInfo`), 'KeyInfo'],
    ['no KeyInfo', changed(/<ds:KeyInfo [^]*<\/ds:KeyInfo>/, ''), 'no EncryptedKey'],
    ['an empty KeyInfo', changed(/(<ds:KeyInfo [^>]*>)[^]*(<\/ds:KeyInfo>)/, '$1$2'), 'no EncryptedKey'],
    [
      'a RetrievalMethod only',
      changed(
        /(<ds:KeyInfo [^>]*>)[^]*(<\/ds:KeyInfo>)/,
        '$1<ds:RetrievalMethod URI="https://evil.example/"/>$2',
      ),
      'no EncryptedKey',
    ],
    ['no CipherData', changed(contentCipher, '</ds:KeyInfo>'), 'CipherValue'],
    ['empty CipherData', changed(contentCipher, '</ds:KeyInfo><xenc:CipherData/>'), 'CipherValue'],
    ['two CipherData', changed(contentCipher, '$&<xenc:CipherData/>'), 'CipherData'],
    [
      'a CipherReference',
      changed(
        contentCipher,
        '</ds:KeyInfo><xenc:CipherData><xenc:CipherReference URI="https://evil.example/"/></xenc:CipherData>',
      ),
      'CipherValue',
    ],
    [
      'a CipherReference beside a CipherValue',
      changed(
        '</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>',
        '</xenc:CipherValue><xenc:CipherReference/></xenc:CipherData></xenc:EncryptedData>',
      ),
      'CipherValue',
    ],
    [
      'an empty CipherValue',
      changed(contentCipher, '</ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData>'),
      'CipherValue',
    ],
    [
      'a CipherValue that is no base64',
      changed(
        contentCipher,
        '</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>!</xenc:CipherValue></xenc:CipherData>',
      ),
      'CipherValue',
    ],
    ['a comment in a CipherValue', changed('<xenc:CipherValue>', '<xenc:CipherValue><!---->'), 'CipherValue'],
    ['an element in a CipherValue', changed('<xenc:CipherValue>', '<xenc:CipherValue><x/>'), 'CipherValue'],
    ['no CipherData in a key', changed(keyCipher, '$1'), 'CipherValue'],
    [
      'two DigestMethods in a key',
      changed('<ds:DigestMethod', `<ds:DigestMethod xmlns:ds="${DS}"/><ds:DigestMethod`),
      'DigestMethod',
    ],
    [
      'two MGFs in a key',
      changed('<ds:DigestMethod', `${`<MGF xmlns="${XENC11}"/>`.repeat(2)}<ds:DigestMethod`),
      'MGF',
    ],
    [
      'two OAEPparams in a key',
      changed('<ds:DigestMethod', `${'<xenc:OAEPparams>YQ==</xenc:OAEPparams>'.repeat(2)}<ds:DigestMethod`),
      'OAEPparams',
    ],
    [
      'two EncryptionMethods in a key',
      changed('</xenc:EncryptionMethod>', `</xenc:EncryptionMethod><xenc:EncryptionMethod/>`),
      'EncryptionMethod',
    ],
  ];
  it.each(cases)('with %s is refused', (_title, xml, received) => {
    const refusal = refusalOf(() => open(xml));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_STRUCTURE_INVALID', { received }]);
  });

  it('without EncryptionMethod has no algorithm', () => {
    for (const xml of [
      changed(method, '$1'),
      changed(method, '$1<xenc:EncryptionMethod/>'),
      changed(method, '$1<EncryptionMethod/>'),
    ]) {
      const refusal = refusalOf(() => open(xml));
      expect([refusal.code, refusal.detail]).toEqual([
        'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
        { received: '' },
      ]);
    }
  });

  it('caps what it quotes', () => {
    const refusal = refusalOf(() => open(encrypted({ labelContentAs: 'x'.repeat(300) })));
    expect(refusal.detail).toEqual({ received: 'x'.repeat(200) });
  });

  it('ignores other keys and hints in KeyInfo', () => {
    const hints = `<ds:KeyName>x</ds:KeyName><ds:X509Data/><EncryptedKey/>`;
    expect(text(changed(/<ds:KeyInfo [^>]*>/, `$&${hints}`))).toBe(PLAIN);
  });
});

describe('every failure after the shape', () => {
  const flip = (at: number) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    const index = at < 0 ? copy.length + at : at;
    copy.writeUInt8(copy.readUInt8(index) ^ 1, index);
    return copy;
  };
  /** CBC content whose last plaintext byte is `count`, under the right key. */
  const cbcPadded = (count: number): string => {
    const contentKey = randomBytes(16);
    const iv = randomBytes(16);
    const cbc = createCipheriv('aes-128-cbc', contentKey, iv).setAutoPadding(false);
    const block = Buffer.concat([Buffer.alloc(15, 0x61), Buffer.from([count])]);
    const content = Buffer.concat([iv, cbc.update(block), cbc.final()]);
    const wrapped = publicEncrypt(
      { key: spKeys.certificatePem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      contentKey,
    );
    return encrypted({
      content: CONTENT.aes128cbc,
      mutateKeyCipher: () => wrapped,
      mutateCipherText: () => content,
    });
  };
  const cbc = { content: CONTENT.aes128cbc };
  const plus = (xml: string): string => xml;

  const failures: [string, string, Partial<Decryption>?][] = [
    ['no key of ours', encrypted(), { keys: [] }],
    ['another key of ours', encrypted(), { keys: [otherKey] }],
    ['another key of ours, CBC', encrypted(cbc), { keys: [otherKey] }],
    [
      'a key of another kind',
      encrypted(),
      { keys: [createPrivateKey(makeIdpKeys({ kind: 'ec-p256' }).privateKeyPem)] },
    ],
    ['a damaged wrapped key', encrypted({ mutateKeyCipher: flip(100) })],
    ['a short wrapped key', encrypted({ mutateKeyCipher: (bytes) => bytes.subarray(0, -1) })],
    ['a damaged wrapped key, CBC', encrypted({ ...cbc, mutateKeyCipher: flip(100) })],
    ['another digest', changed(`${DS}sha1`, `${XENC}sha256`)],
    [
      'a wrapped key of another length',
      encrypted({ content: CONTENT.aes128gcm, labelContentAs: CONTENT.aes256gcm }),
    ],
    ['GCM read as CBC', encrypted({ content: CONTENT.aes128gcm, labelContentAs: CONTENT.aes128cbc })],
    ['CBC read as GCM', encrypted({ content: CONTENT.aes128cbc, labelContentAs: CONTENT.aes128gcm })],
    ['a damaged GCM nonce', encrypted({ mutateCipherText: flip(0) })],
    ['a damaged GCM text', encrypted({ mutateCipherText: flip(20) })],
    ['a damaged GCM tag', encrypted({ mutateCipherText: flip(-1) })],
    ['a truncated GCM tag', encrypted({ mutateCipherText: (bytes) => bytes.subarray(0, -4) })],
    ['GCM without a tag', encrypted({ mutateCipherText: (bytes) => bytes.subarray(0, 12) })],
    ['GCM of 27 bytes', encrypted({ mutateCipherText: (bytes) => bytes.subarray(0, 27) })],
    ['one byte of GCM', encrypted({ mutateCipherText: () => Buffer.from([1]) })],
    ['CBC padding of zero', cbcPadded(0)],
    ['CBC padding of 17', cbcPadded(17)],
    ['CBC padding of 255', cbcPadded(255)],
    ['CBC that is only an IV', encrypted({ ...cbc, mutateCipherText: (bytes) => bytes.subarray(0, 16) })],
    ['CBC of a broken block', encrypted({ ...cbc, mutateCipherText: (bytes) => bytes.subarray(0, 40) })],
    ['CBC of 31 bytes', encrypted({ ...cbc, mutateCipherText: (bytes) => bytes.subarray(0, 31) })],
    ['CBC of one byte', encrypted({ ...cbc, mutateCipherText: () => Buffer.from([1]) })],
    ['GCM of what is not UTF-8', plus(gcmOf(Buffer.from([0x3c, 0xff])))],
  ];

  function gcmOf(plain: Buffer): string {
    const contentKey = randomBytes(16);
    const nonce = randomBytes(12);
    const gcm = createCipheriv('aes-128-gcm', contentKey, nonce);
    const content = Buffer.concat([nonce, gcm.update(plain), gcm.final(), gcm.getAuthTag()]);
    const wrapped = publicEncrypt(
      { key: spKeys.certificatePem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      contentKey,
    );
    return encrypted({
      content: CONTENT.aes128gcm,
      mutateKeyCipher: () => wrapped,
      mutateCipherText: () => content,
    });
  }

  it.each(failures)('is one and the same: %s', (_title, xml, decryption = {}) => {
    const refusal = refusalOf(() => open(xml, decryption));
    expect([refusal.code, refusal.detail, refusal.message, refusal.cause]).toEqual([
      'SAML_DECRYPTION_FAILED',
      {},
      'SAML_DECRYPTION_FAILED',
      undefined,
    ]);
  });

  it.each([
    ['a right padding', cbcPadded(1), {}],
    ['no padding', cbcPadded(0), {}],
    ['a long padding', cbcPadded(255), {}],
    ['another key', cbcPadded(1), { keys: [otherKey] }],
  ])('comes after the same reading of the text: CBC with %s', (_title, xml, decryption) => {
    const decode = jest.spyOn(TextDecoder.prototype, 'decode');
    outcome(() => open(xml, decryption));
    expect(decode).toHaveBeenCalledTimes(1);
    decode.mockRestore();
  });

  it.each([1, 15, 16])('is none for a CBC padding of %d', (count) => {
    expect(text(cbcPadded(count))).toBe('a'.repeat(16 - count));
  });

  it('drops the byte order mark in front of the text', () => {
    expect(text(gcmOf(Buffer.from([0xef, 0xbb, 0xbf, 0x3c])))).toBe('<');
  });
});

describe('admitting the content key of CBC', () => {
  const cbc = { content: CONTENT.aes128cbc };

  it('is asked with the key that was unwrapped, and can say no before anything is opened', () => {
    const admitCbc = jest.fn(() => true);
    expect(text(encrypted(cbc), { admitCbc })).toBe(PLAIN);
    expect(admitCbc.mock.calls).toEqual([[expect.objectContaining({ length: 16 })]]);
    const refusal = refusalOf(() => open(encrypted(cbc), { admitCbc: () => false }));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_DECRYPTION_THROTTLED', {}]);
  });

  it('is not asked about GCM, nor about a key that does not unwrap', () => {
    const admitCbc = jest.fn(() => false);
    expect(text(encrypted(), { admitCbc })).toBe(PLAIN);
    expect(outcome(() => open(encrypted(cbc), { admitCbc, keys: [otherKey] }))).toBe(
      'SAML_DECRYPTION_FAILED',
    );
    expect(admitCbc).not.toHaveBeenCalled();
  });
});

describe('OAEP decoding (RFC 8017 §7.1.2)', () => {
  const message = Buffer.from('0123456789abcdef');
  const modulusBytes = 256;
  const mgf1 = (seed: Buffer, length: number, hash: string): Buffer => {
    const blocks: Buffer[] = [];
    for (let counter = 0; Buffer.concat(blocks).length < length; counter++) {
      blocks.push(
        createHash(hash)
          .update(seed)
          .update(Buffer.from([0, 0, 0, counter]))
          .digest(),
      );
    }
    return Buffer.concat(blocks, length);
  };
  const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, at) => byte ^ b.readUInt8(at)));
  /** Wraps whatever stands in the data block, right or wrong. */
  const wrap = (data: Buffer, first = 0, digest = 'sha256', mgf = 'sha1'): Buffer => {
    const seed = randomBytes(createHash(digest).digest().length);
    const maskedData = xor(data, mgf1(seed, data.length, mgf));
    const maskedSeed = xor(seed, mgf1(maskedData, seed.length, mgf));
    const block = Buffer.concat([Buffer.from([first]), maskedSeed, maskedData]);
    return publicEncrypt({ key: spKeys.certificatePem, padding: constants.RSA_NO_PADDING }, block);
  };
  const dataOf = (labelHash: Buffer, filling: Buffer, rest: Buffer): Buffer => {
    const length = modulusBytes - 1 - 32;
    const zeros = Buffer.alloc(length - labelHash.length - filling.length - rest.length);
    return Buffer.concat([labelHash, zeros, filling, rest]);
  };
  const empty = createHash('sha256').digest();
  const one = Buffer.from([1]);
  const decode = (cipherValue: Buffer, key: KeyObject = decryptionKey, label?: Buffer): Buffer =>
    decryptOaep({ key, oaepHash: 'sha256', mgfHash: 'sha1', label }, cipherValue);

  it('gives the message', () => {
    expect(decode(wrap(dataOf(empty, one, message)))).toEqual(message);
    expect(decode(wrap(dataOf(empty, one, Buffer.alloc(0))))).toEqual(Buffer.alloc(0));
    const full = randomBytes(modulusBytes - 2 - 64);
    expect(decode(wrap(dataOf(empty, one, full)))).toEqual(full);
  });

  it('ends the filling at the first one', () => {
    const rest = Buffer.from([0, 1, 2, 1, 0]);
    expect(decode(wrap(dataOf(empty, one, rest)))).toEqual(rest);
  });

  it.each([
    ['a first byte that is not zero', wrap(dataOf(empty, one, message), 1).subarray(0)],
    ['another label', wrap(dataOf(createHash('sha256').update('x').digest(), one, message))],
    ['no one after the zeros', wrap(dataOf(empty, Buffer.alloc(1), Buffer.alloc(16)))],
    ['something else before the one', wrap(dataOf(empty, Buffer.from([2, 1]), message))],
    ['something else at once, no one', wrap(dataOf(empty, Buffer.from([2]), Buffer.alloc(3, 2)))],
    ['something else at the very end', wrap(dataOf(empty, Buffer.alloc(0), Buffer.from([3])))],
  ])('refuses %s', (_title, cipherValue) => {
    expect(() => decode(cipherValue)).toThrow(new Error('OAEP decoding failed'));
  });

  it('refuses a modulus that is too short for the digest', () => {
    const small = makeIdpKeys({ kind: 'rsa-1024' });
    const cipherValue = publicEncrypt(
      { key: small.certificatePem, padding: constants.RSA_NO_PADDING },
      Buffer.alloc(128),
    );
    const key = createPrivateKey(small.privateKeyPem);
    expect(() =>
      decryptOaep({ key, oaepHash: 'sha512', mgfHash: 'sha1', label: undefined }, cipherValue),
    ).toThrow(new Error('OAEP decoding failed'));
  });
});

describe('vectors by OpenSSL and xmlsec1', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wix-saml-decrypt-'));
    writeFileSync(join(folder, 'certificate.pem'), spKeys.certificatePem);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (command: string, args: readonly string[], input?: Buffer): Buffer => {
    const result = spawnSync(command, args, { cwd: folder, ...(input === undefined ? {} : { input }) });
    if (result.status !== 0) throw new Error(`${command}: ${result.stderr.toString()}`);
    return result.stdout;
  };

  const transports = hashes.flatMap((digest) =>
    hashes.flatMap((mgf) => ['', '6c6162656c'].map((label) => [digest, mgf, label] as const)),
  );
  itWithXmlsec.each(transports)(
    'OpenSSL’s OAEP with %s, MGF1 %s and the label "%s" opens',
    (digest, mgf, label) => {
      const wrapped = run(
        'openssl',
        [
          ...['pkeyutl', '-encrypt', '-certin', '-inkey', 'certificate.pem'],
          ...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', `rsa_oaep_md:${digest}`],
          ...['-pkeyopt', `rsa_mgf1_md:${mgf}`],
          ...(label === '' ? [] : ['-pkeyopt', `rsa_oaep_label:${label}`]),
        ],
        Buffer.from('content key'),
      );
      const oaep = {
        key: decryptionKey,
        oaepHash: digest,
        mgfHash: mgf,
        label: label === '' ? undefined : Buffer.from(label, 'hex'),
      };
      expect(decryptOaep(oaep, wrapped).toString()).toBe('content key');
      expect(() => decryptOaep({ ...oaep, label: Buffer.from('other') }, wrapped)).toThrow(/oaep decoding/i);
    },
  );

  const template = (content: string, method: string): string =>
    `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${content}"/>` +
    `<ds:KeyInfo xmlns:ds="${DS}"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${TRANSPORT.oaepMgf1p}">${method}</xenc:EncryptionMethod>` +
    '<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>' +
    '<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>';
  const sha1 = `<ds:DigestMethod Algorithm="${DS}sha1"/>`;
  const contents = [
    [CONTENT.aes128gcm, 'aes-128', ''],
    [CONTENT.aes192gcm, 'aes-192', sha1],
    [CONTENT.aes256gcm, 'aes-256', sha1],
    [CONTENT.aes128cbc, 'aes-128', ''],
    [CONTENT.aes192cbc, 'aes-192', sha1],
    [CONTENT.aes256cbc, 'aes-256', sha1],
    [CONTENT.aes256gcm, 'aes-256', '<xenc:OAEPparams>bGFiZWw=</xenc:OAEPparams>'],
  ] as const;
  itWithXmlsec.each(contents)(
    'xmlsec1’s %s by a session key of %s and %j opens',
    (content, sessionKey, method) => {
      writeFileSync(join(folder, 'plain.xml'), PLAIN);
      writeFileSync(join(folder, 'template.xml'), template(content, method));
      const xml = run('xmlsec1', [
        ...['--encrypt', '--pubkey-cert-pem', 'certificate.pem', '--session-key', sessionKey],
        ...['--xml-data', 'plain.xml', 'template.xml'],
      ]).toString('utf8');
      expect(text(envelope(xml.replace(/^<\?xml[^>]*>\s*/, '')))).toContain(PLAIN);
    },
  );
});

describe('D3: private-key operations', () => {
  const keys = [decryptionKey, otherKey];
  const counted = (xml: string, decryption: Partial<Decryption> = {}): number => {
    oaepTries.mockClear();
    outcome(() => open(xml, { keys, ...decryption }));
    return oaepTries.mock.calls.length;
  };
  const manyKeys = (count: number, spoil = true): string =>
    encrypted().replace(/<xenc:EncryptedKey[^]*<\/xenc:EncryptedKey>/, (key) =>
      (spoil ? key.replace(/(<xenc:CipherValue>)..../, '$1AAAA') : key)
        .replace(/ Id="[^"]*"/, '')
        .repeat(count),
    );

  it('are at most two by each key, however many EncryptedKeys there are', () => {
    expect(counted(manyKeys(8))).toBe(4);
    expect(counted(manyKeys(1))).toBe(2);
    expect(counted(manyKeys(8, false))).toBe(1);
  });

  it('are none for what is not as long as the modulus', () => {
    const short = encrypted().replace(/(<xenc:CipherValue>)[^<]*/, '$1AAAA');
    expect(counted(short)).toBe(0);
    expect(outcome(() => text(short))).toBe('SAML_DECRYPTION_FAILED');
  });

  it('find our key behind a neighbour’s', () => {
    const neighbour = makeIdpKeys();
    const recipients = [neighbour.certificatePem, spKeys.certificatePem];
    expect(text(encrypted({ recipients }))).toBe(PLAIN);
  });
});
