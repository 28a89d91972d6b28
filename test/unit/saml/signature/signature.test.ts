// Signatures: their shape (SAML Core §5.4), the algorithms, and whose keys count.

import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { VerificationKey } from '../../../../src/saml/identity-provider';
import {
  advertisedAlgorithms,
  canonicalization,
  digestAlgorithm,
  signatureAlgorithm,
} from '../../../../src/saml/signature/algorithms';
import { createKeyMemory } from '../../../../src/saml/signature/key-memory';
import { readSignature } from '../../../../src/saml/signature/read-signature';
import { signatureOf } from '../../../../src/saml/login/response';
import {
  C14N,
  DIGEST,
  makeIdpKeys,
  SIGNATURE,
  signBytes,
  type IdpKeys,
  type KeyKind,
  type SignOptions,
} from '../../../support/idp';
import {
  accept,
  idpKeys,
  message,
  NOW,
  outcome,
  parse,
  refusalOf,
  verificationKey,
  verify,
} from '../../../support/makers/valid';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const DIGEST_VALUE = /<ds:DigestValue>[^<]*<\/ds:DigestValue>/;
const signed = message();

/** Applies one change to a signed message; the pattern must be there. */
function changed(pattern: string | RegExp, replacement: string, xml = signed): string {
  const result = xml.replace(pattern, replacement);
  if (result === xml) throw new Error(`nothing to change: ${String(pattern)}`);
  return result;
}

/** Signs SignedInfo again as it stands (exclusive C14N: its own declaration, no empty-element tags). */
function resigned(xml: string): string {
  const signedInfo = /<ds:SignedInfo>[^]*<\/ds:SignedInfo>/.exec(xml)?.[0] ?? '';
  const canonical = signedInfo
    .replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${DS}">`)
    .replace(/<([\w:]+)( [^<>]*)?\/>/g, '<$1$2></$1>');
  const value = signBytes(canonical, idpKeys);
  return xml.replace(/(<ds:SignatureValue>)[^<]*/, `$1${value}`);
}

const kinds = new Map<KeyKind, IdpKeys>([['rsa-2048', idpKeys]]);
function keysOf(kind: KeyKind): IdpKeys {
  const keys = kinds.get(kind) ?? makeIdpKeys({ kind });
  kinds.set(kind, keys);
  return keys;
}

const signedBy = (kind: KeyKind, signature: Partial<SignOptions>): string =>
  message({ keys: keysOf(kind), signature });
const trusting = (kind: KeyKind) => ({ keys: [verificationKey(keysOf(kind))] });

describe('a signature by an allowed algorithm', () => {
  const algorithms: [keyof typeof SIGNATURE, KeyKind][] = [
    ['rsaSha256', 'rsa-2048'],
    ['rsaSha384', 'rsa-2048'],
    ['rsaSha512', 'rsa-2048'],
    ['pssSha256', 'rsa-2048'],
    ['pssSha384', 'rsa-2048'],
    ['pssSha512', 'rsa-2048'],
    ['ecdsaSha256', 'ec-p256'],
    ['ecdsaSha384', 'ec-p384'],
    ['ecdsaSha512', 'ec-p521'],
    ['ecdsaSha512', 'ec-p256'],
    ['ecdsaSha256', 'ec-p521'],
  ];
  it.each(algorithms)('%s on %s is verified, and spoiled by one changed character', (name, kind) => {
    const xml = signedBy(kind, { signatureAlgorithm: SIGNATURE[name] });
    expect(verify(xml, trusting(kind)).facts).toEqual({
      responseSigned: false,
      assertionSigned: true,
      encrypted: false,
      algorithms: [SIGNATURE[name], DIGEST.sha256],
      thumbprints: [verificationKey(keysOf(kind)).thumbprint],
      cbc: false,
    });
    expect(outcome(() => verify(changed('alice@', 'alicf@', xml), trusting(kind)))).toBe(
      'SAML_SIGNATURE_INVALID',
    );
  });

  it('ECDSA values without the leading zeros that r and s share are verified (Apache Santuario)', () => {
    const keys = keysOf('ec-p521');
    const algorithm = signatureAlgorithm(SIGNATURE.ecdsaSha512, false);
    const judge = (data: string, value: Buffer): boolean | undefined =>
      algorithm?.verify(Buffer.from(data), createPublicKey(keys.privateKey), value);
    const halves = (data: string): readonly [r: Buffer, s: Buffer] => {
      const value = Buffer.from(signBytes(data, keys, SIGNATURE.ecdsaSha512), 'base64');
      return [value.subarray(0, 66), value.subarray(66)];
    };
    // One number in two has a zero in front: the first eight bits of 528 say 521.
    for (let at = 0; at < 1000; at++) {
      const data = `data ${at}`;
      const [r, s] = halves(data);
      if (r[0] !== 0 || s[0] !== 0) continue;
      expect(judge(data, Buffer.concat([r, s]))).toBe(true);
      expect(judge(data, Buffer.concat([r.subarray(1), s.subarray(1)]))).toBe(true);
      expect(judge(data, Buffer.concat([r.subarray(1), s]))).toBe(false);
      expect(judge(data, Buffer.concat([r, s.subarray(1)]))).toBe(false);
      expect(judge(data, Buffer.concat([s.subarray(1), r.subarray(1)]))).toBe(false);
      expect(judge(data, Buffer.concat([Buffer.alloc(1), r, Buffer.alloc(1), s]))).toBe(false);
      expect(judge(data, Buffer.alloc(0))).toBe(false);
      return;
    }
    throw new Error('no such signature in a thousand');
  });

  it('an ECDSA value is nothing to an RSA key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const algorithm = signatureAlgorithm(SIGNATURE.ecdsaSha256, false);
    expect(algorithm?.verify(Buffer.from('data'), publicKey, Buffer.alloc(64))).toBe(false);
  });

  it('SHA-384 by its name in XML Encryption 1.1 is verified, and not advertised', () => {
    const name = 'http://www.w3.org/2001/04/xmlenc#sha384';
    const xml = signedBy('rsa-2048', { digestAlgorithm: DIGEST.sha384 });
    const renamed = resigned(changed(DIGEST.sha384, name, xml));
    expect(verify(renamed).facts.algorithms).toEqual([SIGNATURE.rsaSha256, name]);
    expect(advertisedAlgorithms.digest).not.toContain(name);
  });

  const digests = [DIGEST.sha256, DIGEST.sha384, DIGEST.sha512];
  const mixed = digests.flatMap((digest) =>
    [SIGNATURE.rsaSha256, SIGNATURE.rsaSha384, SIGNATURE.rsaSha512].map((signature) => [signature, digest]),
  );
  it.each(mixed)('%s with digest %s is verified', (signatureAlgorithm = '', digestAlgorithm = '') => {
    const { facts } = verify(signedBy('rsa-2048', { signatureAlgorithm, digestAlgorithm }));
    expect(facts.algorithms).toEqual([signatureAlgorithm, digestAlgorithm]);
  });

  it('is not verified under another algorithm of the same key', () => {
    const xml = changed(SIGNATURE.rsaSha256, SIGNATURE.rsaSha512);
    expect(outcome(() => verify(xml))).toBe('SAML_SIGNATURE_INVALID');
    const pss = changed(SIGNATURE.rsaSha256, SIGNATURE.pssSha256);
    expect(outcome(() => verify(pss))).toBe('SAML_SIGNATURE_INVALID');
  });
});

describe('SHA-1', () => {
  const cases: [string, KeyKind, Partial<SignOptions>, string[]][] = [
    ['rsa-sha1', 'rsa-2048', { signatureAlgorithm: SIGNATURE.rsaSha1 }, [SIGNATURE.rsaSha1, DIGEST.sha256]],
    ['a SHA-1 digest', 'rsa-2048', { digestAlgorithm: DIGEST.sha1 }, [SIGNATURE.rsaSha256, DIGEST.sha1]],
    [
      'ecdsa-sha1',
      'ec-p256',
      { signatureAlgorithm: SIGNATURE.ecdsaSha1 },
      [SIGNATURE.ecdsaSha1, DIGEST.sha256],
    ],
  ];
  it.each(cases)(
    '#signature/sha1 as %s is refused, and verified only where the connection allows it',
    (_t, kind, options, uris) => {
      const xml = signedBy(kind, options);
      const refusal = refusalOf(() => verify(xml, trusting(kind)));
      expect(refusal.code).toBe('SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED');
      expect(refusal.detail).toEqual({ received: uris.find((uri) => uri.endsWith('sha1')) });
      expect(verify(xml, { ...trusting(kind), allowSha1: true }).facts.algorithms).toEqual(uris);
    },
  );
});

describe('#signature/unknown-algorithms algorithms that do not exist here', () => {
  const names = [
    `${DS}hmac-sha1`,
    'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-md5',
    `${DS}dsa-sha1`,
    'http://www.w3.org/2009/xmldsig11#dsa-sha256',
    '__proto__',
    'constructor',
    'toString',
    '',
    `${SIGNATURE.rsaSha256} `,
    SIGNATURE.rsaSha256.toUpperCase(),
    'x'.repeat(300),
  ];
  it.each(names)('SignatureMethod %j', (name) => {
    const refusal = refusalOf(() => verify(changed(SIGNATURE.rsaSha256, name), { allowSha1: true }));
    expect(refusal.code).toBe('SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED');
    expect(refusal.detail).toEqual({ received: name.slice(0, 200) });
  });

  it.each(['http://www.w3.org/2001/04/xmldsig-more#md5', 'constructor', '__proto__', '', 'sha256'])(
    'DigestMethod %j',
    (name) => {
      const refusal = refusalOf(() => verify(changed(DIGEST.sha256, name), { allowSha1: true }));
      expect([refusal.code, refusal.detail.received]).toEqual(['SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED', name]);
    },
  );

  it.each([
    'http://www.w3.org/TR/1999/REC-xslt-19991116',
    'http://www.w3.org/TR/1999/REC-xpath-19991116',
    'http://www.w3.org/2002/06/xmldsig-filter2',
    `${DS}base64`,
    `${DS}enveloped-signature`,
    '',
  ])('%j as second Transform', (name) => {
    const xml = changed(`<ds:Transform Algorithm="${EXC}"/>`, `<ds:Transform Algorithm="${name}"/>`);
    expect(outcome(() => verify(xml))).toBe('SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED');
  });

  it.each([EXC, '', `${DS}enveloped-signature2`])('%j as first Transform', (name) => {
    const refusal = refusalOf(() => verify(changed(`${DS}enveloped-signature`, name)));
    expect([refusal.code, refusal.detail.received]).toEqual(['SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED', name]);
  });

  it('any other CanonicalizationMethod', () => {
    const xml = changed(
      `<ds:CanonicalizationMethod Algorithm="${EXC}"`,
      '<ds:CanonicalizationMethod Algorithm="x"',
    );
    const refusal = refusalOf(() => verify(xml));
    expect([refusal.code, refusal.detail.received]).toEqual(['SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED', 'x']);
  });
});

describe('the lists of algorithms', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', ''])('do not know %j', (name) => {
    expect(signatureAlgorithm(name, true)).toBeUndefined();
    expect(digestAlgorithm(name, true)).toBeUndefined();
    expect(canonicalization(name)).toBeUndefined();
  });

  it('#signature/advertised advertise what is verified, without SHA-1', () => {
    expect(advertisedAlgorithms).toEqual({
      signing: [
        SIGNATURE.rsaSha256,
        SIGNATURE.rsaSha384,
        SIGNATURE.rsaSha512,
        SIGNATURE.pssSha256,
        SIGNATURE.pssSha384,
        SIGNATURE.pssSha512,
        SIGNATURE.ecdsaSha256,
        SIGNATURE.ecdsaSha384,
        SIGNATURE.ecdsaSha512,
      ],
      digest: [DIGEST.sha256, DIGEST.sha384, DIGEST.sha512],
    });
  });

  it('name every canonicalisation', () => {
    const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
    expect(
      [
        EXC,
        `${EXC}WithComments`,
        inclusive,
        `${inclusive}#WithComments`,
        'http://www.w3.org/2006/12/xml-c14n11',
      ].map(canonicalization),
    ).toEqual(['exclusive', 'exclusive', 'inclusive', 'inclusive', 'inclusive']);
  });
});

describe('canonicalisation', () => {
  const cases: [string, Partial<SignOptions>][] = [
    ['exclusive', { canonicalization: C14N.exclusive }],
    ['exclusive with comments', { canonicalization: C14N.exclusiveWithComments }],
    ['inclusive', { canonicalization: C14N.inclusive }],
    ['exclusive with a PrefixList', { prefixList: ['xs', 'saml', '#default'] }],
  ];
  it.each(cases)('%s, in a document with comments, declarations and indentation', (_title, signature) => {
    const xml = message({
      signature,
      style: { declareOn: 'root', indent: '  ', xsiType: 'response' },
      attributes: [{ name: 'a', values: ['<é𐀀> & "text"'] }],
      sign: { response: true, assertion: true },
    });
    expect(accept(xml).data.attributes.get('a')?.values).toEqual(['<é𐀀> & "text"']);
    expect(outcome(() => verify(changed('𐀀', '', xml)))).toBe('SAML_SIGNATURE_INVALID');
  });

  it('is Canonical XML 1.0 when only the enveloped-signature transform is there (XML Signature §4.4.3.2)', () => {
    // With everything declared on the Response, the two canonical forms of the Assertion differ.
    const style = { declareOn: 'root' } as const;
    const implied = message({ style, signature: { transforms: [`${DS}enveloped-signature`] } });
    const inclusive = message({
      style,
      signature: { transforms: [`${DS}enveloped-signature`, C14N.inclusive] },
    });
    expect(outcome(() => accept(implied))).toBe('accepted');
    expect(
      outcome(() =>
        accept(resigned(changed(`<ds:Transform Algorithm="${C14N.inclusive}"/>`, '', inclusive))),
      ),
    ).toBe('accepted');
    expect(
      outcome(() => accept(resigned(changed(`<ds:Transform Algorithm="${EXC}"/>`, '', message({ style }))))),
    ).toBe('SAML_SIGNATURE_INVALID');
  });

  it('of SignedInfo and of the content are two things', () => {
    const xml = message({
      signature: { canonicalization: C14N.inclusive, transforms: [`${DS}enveloped-signature`, EXC] },
    });
    expect(outcome(() => accept(xml))).toBe('accepted');
  });
});

describe('the shape of a Signature', () => {
  const malformed = (xml: string): unknown => {
    const refusal = refusalOf(() => verify(xml));
    expect(refusal.code).toBe('SAML_SIGNATURE_MALFORMED');
    return refusal.detail.received;
  };
  const E = (name: string, content = ''): string => `<ds:${name}>${content}</ds:${name}>`;
  const reference = /<ds:Reference [^]*<\/ds:Reference>/;
  const signedInfo = /<ds:SignedInfo>[^]*<\/ds:SignedInfo>/;
  const found = (pattern: RegExp): string => pattern.exec(signed)?.[0] ?? '';
  const transform = (uri: string): string => `<ds:Transform Algorithm="${uri}"/>`;

  const cases: [title: string, xml: string, where: string][] = [
    ['empty', changed(/(<ds:Signature [^>]*>)[^]*(<\/ds:Signature>)/, '$1$2'), 'SignedInfo'],
    ['without SignedInfo', changed(signedInfo, ''), 'SignedInfo'],
    ['with two SignedInfo', changed(signedInfo, '$&$&'), 'SignatureValue'],
    [
      'whose SignedInfo is of another namespace',
      changed(signedInfo, found(signedInfo).replace('<ds:SignedInfo', '<ds:SignedInfo xmlns:ds="urn:x"')),
      'SignedInfo',
    ],
    ['without SignatureValue', changed(/<ds:SignatureValue>[^]*<\/ds:SignatureValue>/, ''), 'SignatureValue'],
    ['with two SignatureValue', changed(/<ds:SignatureValue>[^]*<\/ds:SignatureValue>/, '$&$&'), 'KeyInfo'],
    [
      'with an Object',
      changed('</ds:Signature>', `${E('Object')}</ds:Signature>`),
      'more than SignedInfo, SignatureValue and KeyInfo',
    ],
    ['with an Object instead of KeyInfo', changed(/<ds:KeyInfo>[^]*<\/ds:KeyInfo>/, E('Object')), 'KeyInfo'],
    ['with text', changed('<ds:SignatureValue>', 'x<ds:SignatureValue>'), 'text or comment in Signature'],
    [
      'with a comment',
      changed('<ds:SignatureValue>', '<!--x--><ds:SignatureValue>'),
      'text or comment in Signature',
    ],
    ['with text in SignedInfo', changed('<ds:Reference', 'x<ds:Reference'), 'text or comment in SignedInfo'],
    [
      'with a comment in SignedInfo',
      changed('<ds:Reference', '<!----><ds:Reference'),
      'text or comment in SignedInfo',
    ],
    ['without CanonicalizationMethod', changed(/<ds:CanonicalizationMethod [^>]*\/>/, ''), 'SignatureMethod'],
    ['without SignatureMethod', changed(/<ds:SignatureMethod [^>]*\/>/, ''), 'SignatureMethod'],
    ['without Reference', changed(reference, ''), 'Reference'],
    ['with two References', changed(reference, '$&$&'), 'more than one Reference'],
    [
      'with a Reference in another place',
      changed(reference, found(reference).replaceAll('ds:Reference', 'ds:Manifest')),
      'Reference',
    ],
    [
      'without Algorithm in SignatureMethod',
      changed(/<ds:SignatureMethod [^>]*\/>/, '<ds:SignatureMethod/>'),
      'SignatureMethod',
    ],
    [
      'with Algorithm in a namespace',
      changed('<ds:SignatureMethod Algorithm', '<ds:SignatureMethod xmlns:x="urn:x" x:Algorithm'),
      'SignatureMethod',
    ],
    [
      'with a truncated length in SignatureMethod',
      changed(
        /<ds:SignatureMethod ([^>]*)\/>/,
        `<ds:SignatureMethod $1>${E('HMACOutputLength', '1')}</ds:SignatureMethod>`,
      ),
      'SignatureMethod',
    ],
    ['without Transforms', changed(/<ds:Transforms>[^]*<\/ds:Transforms>/, ''), 'Transforms'],
    ['with empty Transforms', changed(/<ds:Transforms>[^]*<\/ds:Transforms>/, E('Transforms')), 'Transform'],
    ['with three Transforms', changed(transform(EXC), transform(EXC).repeat(2)), 'more than two Transforms'],
    [
      'with something else for the first Transform',
      changed(transform(`${DS}enveloped-signature`), '<ds:X/>'),
      'Transform',
    ],
    ['with something else for the second Transform', changed(transform(EXC), '<ds:X/>'), 'Transform'],
    [
      'without Algorithm in the first Transform',
      changed(transform(`${DS}enveloped-signature`), '<ds:Transform/>'),
      'Transform',
    ],
    ['without Algorithm in the second Transform', changed(transform(EXC), '<ds:Transform/>'), 'Transform'],
    [
      'with something in the first Transform',
      changed(
        transform(`${DS}enveloped-signature`),
        `<ds:Transform Algorithm="${DS}enveloped-signature">${E('XPath', 'true()')}</ds:Transform>`,
      ),
      'Transform',
    ],
    [
      'with something in the second Transform',
      changed(transform(EXC), `<ds:Transform Algorithm="${EXC}">${E('XPath', 'true()')}</ds:Transform>`),
      'Transform',
    ],
    [
      'with something in an inclusive Transform',
      changed(
        transform(EXC),
        `<ds:Transform Algorithm="${C14N.inclusive}"><ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="x"/></ds:Transform>`,
      ),
      'Transform',
    ],
    [
      'with a PrefixList of another namespace',
      changed(
        transform(EXC),
        `<ds:Transform Algorithm="${EXC}"><InclusiveNamespaces PrefixList="x"/></ds:Transform>`,
      ),
      'Transform',
    ],
    [
      'with two PrefixLists',
      changed(
        transform(EXC),
        `<ds:Transform Algorithm="${EXC}">${`<ec:InclusiveNamespaces xmlns:ec="${EXC}"/>`.repeat(2)}</ds:Transform>`,
      ),
      'Transform',
    ],
    [
      'with something in a PrefixList',
      changed(
        transform(EXC),
        `<ds:Transform Algorithm="${EXC}"><ec:InclusiveNamespaces xmlns:ec="${EXC}"><x/></ec:InclusiveNamespaces></ds:Transform>`,
      ),
      'InclusiveNamespaces',
    ],
    [
      'with 65 prefixes',
      changed(
        transform(EXC),
        `<ds:Transform Algorithm="${EXC}"><ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="${'x '.repeat(65)}"/></ds:Transform>`,
      ),
      'PrefixList',
    ],
    ['without DigestMethod', changed(/<ds:DigestMethod [^>]*\/>/, ''), 'DigestMethod'],
    [
      'without Algorithm in DigestMethod',
      changed(/<ds:DigestMethod [^>]*\/>/, '<ds:DigestMethod/>'),
      'DigestMethod',
    ],
    [
      'with something in DigestMethod',
      changed(/<ds:DigestMethod ([^>]*)\/>/, '<ds:DigestMethod $1><x/></ds:DigestMethod>'),
      'DigestMethod',
    ],
    ['without DigestValue', changed(DIGEST_VALUE, ''), 'DigestValue'],
    ['with two DigestValues', changed(DIGEST_VALUE, '$&$&'), 'Reference'],
    ['with an empty DigestValue', changed(DIGEST_VALUE, E('DigestValue')), 'DigestValue'],
    ['with white space for a DigestValue', changed(DIGEST_VALUE, E('DigestValue', ' \n')), 'DigestValue'],
    ['with a comment in DigestValue', changed('<ds:DigestValue>', '<ds:DigestValue><!--x-->'), 'DigestValue'],
    ['with an element in DigestValue', changed('<ds:DigestValue>', '<ds:DigestValue><x/>'), 'DigestValue'],
    [
      'with a DigestValue in another alphabet',
      changed(DIGEST_VALUE, E('DigestValue', '_-_-')),
      'DigestValue',
    ],
    [
      'with a comment in SignatureValue',
      changed('<ds:SignatureValue>', '<ds:SignatureValue><!--x-->'),
      'SignatureValue',
    ],
    [
      'with an element in SignatureValue',
      changed('<ds:SignatureValue>', '<ds:SignatureValue><x/>'),
      'SignatureValue',
    ],
    [
      'with an empty SignatureValue',
      changed(/<ds:SignatureValue>[^]*<\/ds:SignatureValue>/, E('SignatureValue')),
      'SignatureValue',
    ],
    ['with an empty URI', changed(/URI="[^"]*"/, 'URI=""'), 'Reference URI is not the ID of its parent'],
    ['without URI', changed(/ URI="[^"]*"/, ''), 'Reference URI is not the ID of its parent'],
    [
      'with an XPointer',
      changed(/URI="#([^"]*)"/, `URI="#xpointer(id('$1'))"`),
      'Reference URI is not the ID of its parent',
    ],
    [
      'with an external URI',
      changed(/URI="#/, 'URI="https://evil.example/#'),
      'Reference URI is not the ID of its parent',
    ],
    [
      'with the ID of another element',
      changed(/URI="#[^"]*"/, 'URI="#_response"'),
      'Reference URI is not the ID of its parent',
    ],
    ['without the # in front', changed(/URI="#/, 'URI="'), 'Reference URI is not the ID of its parent'],
    [
      'of an element without ID',
      changed(/(<saml:Assertion [^>]*) ID="[^"]*"/, '$1'),
      'signed element without ID',
    ],
    [
      'of an element with an empty ID',
      changed(/(<saml:Assertion [^>]*) ID="[^"]*"/, '$1 ID=""'),
      'signed element without ID',
    ],
    [
      'of an element with an ID in a namespace',
      changed(/(<saml:Assertion [^>]*) ID="/, '$1 xmlns:x="urn:x" x:ID="'),
      'signed element without ID',
    ],
  ];
  it.each(cases)('%s is refused', (_title, xml, where) => {
    expect(malformed(xml)).toBe(where);
  });

  it('caps what it quotes', () => {
    const name = 'x'.repeat(300);
    expect(refusalOf(() => verify(changed(SIGNATURE.rsaSha256, name))).detail).toEqual({
      received: 'x'.repeat(200),
    });
  });

  it('may repeat a PrefixList in the enveloped-signature transform, where it means nothing', () => {
    const list = `<ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="saml"></ec:InclusiveNamespaces>`;
    const xml = changed(
      transform(`${DS}enveloped-signature`),
      `<ds:Transform Algorithm="${DS}enveloped-signature">${list}</ds:Transform>`,
    );
    expect(outcome(() => verify(resigned(xml)))).toBe('accepted');
  });

  it.each([
    ['64 prefixes', 'saml '.repeat(64)],
    ['any white space between them', '\tsaml\r\n xs\n'],
    ['none', ''],
    ['no list', undefined],
  ])('may have a PrefixList with %s', (_title, prefixes) => {
    const attribute = prefixes === undefined ? '' : ` PrefixList="${prefixes.replace(/[\t\r\n]/g, '&#x9;')}"`;
    const xml = changed(
      transform(EXC),
      `<ds:Transform Algorithm="${EXC}"><ec:InclusiveNamespaces xmlns:ec="${EXC}"${attribute}></ec:InclusiveNamespaces></ds:Transform>`,
    );
    expect(outcome(() => verify(resigned(xml)))).toBe('accepted');
  });

  it('#signature/key-info does not need KeyInfo, and never looks into it', () => {
    const attacker = makeIdpKeys();
    const certificate = `<{p}X509Data><{p}X509Certificate>${attacker.certificateBase64}</{p}X509Certificate></{p}X509Data>`;
    expect(outcome(() => verify(message({ signature: { keyInfo: 'none' } })))).toBe('accepted');
    expect(outcome(() => verify(message({ signature: { keyInfo: certificate } })))).toBe('accepted');
    expect(outcome(() => verify(message({ keys: attacker })))).toBe('SAML_SIGNATURE_INVALID');
  });

  it('may have base64 in lines, and any prefix', () => {
    expect(outcome(() => verify(message({ signature: { wrapBase64: true, prefix: '' } })))).toBe('accepted');
  });
});

describe('the parts of a Signature', () => {
  const partsOf = (xml: string) => {
    const { assertion } = parse(xml).unverified;
    const signature = assertion && signatureOf(assertion);
    if (assertion === undefined || signature === undefined) throw new Error('no signed Assertion');
    return readSignature(signature, assertion, false);
  };
  const c14n = (algorithm: string, list?: string): string =>
    `<ds:Transform Algorithm="${algorithm}">${list === undefined ? '' : `<ec:InclusiveNamespaces xmlns:ec="${EXC}"${list}/>`}</ds:Transform>`;
  const withTransform = (xml: string): ReturnType<typeof partsOf> =>
    partsOf(changed(`<ds:Transform Algorithm="${EXC}"/>`, xml));

  it('are read as they stand', () => {
    const parts = partsOf(signed);
    expect(parts.claimed).toMatchObject({
      canonicalizationMethod: { method: 'exclusive', inclusivePrefixes: [] },
      algorithm: { keyType: 'rsa', hash: 'sha256' },
      algorithmUris: [SIGNATURE.rsaSha256, DIGEST.sha256],
      transform: { method: 'exclusive', inclusivePrefixes: [] },
      digestHash: 'sha256',
    });
    expect([parts.element.local, parts.signedInfo.local]).toEqual(['Signature', 'SignedInfo']);
    expect([parts.claimed.digestValue.length, parts.signatureValue.length]).toEqual([32, 256]);
    expect(signed).toContain(` ID="${parts.claimed.id}"`);
    expect([Object.isFrozen(parts), Object.isFrozen(parts.claimed)]).toEqual([true, true]);
  });

  it.each([
    [' PrefixList="xs #default saml"', ['xs', '', 'saml']],
    [' PrefixList="&#x9;xs&#xD;&#xA; &#x20;saml&#xA;"', ['xs', 'saml']],
    [' PrefixList=""', []],
    ['', []],
  ])('hold the PrefixList%s', (list, inclusivePrefixes) => {
    expect(withTransform(c14n(EXC, list)).claimed.transform).toEqual({
      method: 'exclusive',
      inclusivePrefixes,
    });
  });

  it('are inclusive by name or by default', () => {
    const inclusive = { method: 'inclusive', inclusivePrefixes: [] };
    expect(withTransform(c14n(C14N.inclusive)).claimed.transform).toEqual(inclusive);
    expect(withTransform('').claimed.transform).toEqual(inclusive);
  });
});

describe('the keys of the connection', () => {
  const other = keysOf('ec-p256');
  it('are all tried, whatever their kind', () => {
    const keys = [other, makeIdpKeys(), idpKeys].map(verificationKey);
    expect(verify(signed, { keys }).facts.thumbprints).toEqual([verificationKey(idpKeys).thumbprint]);
  });

  it('are named in the refusal', () => {
    const keys = [verificationKey(other), verificationKey(makeIdpKeys())];
    const refusal = refusalOf(() => verify(signed, { keys }));
    expect(refusal.code).toBe('SAML_SIGNATURE_INVALID');
    expect(refusal.detail).toEqual({
      problem: 'signature value',
      expected: keys.map(({ thumbprint }) => `certificate with SHA-256 thumbprint ${thumbprint}`),
    });
  });

  it('never verify when there is none', () => {
    expect(outcome(() => verify(signed, { keys: [] }))).toBe('SAML_SIGNATURE_INVALID');
  });

  it('are not asked for an algorithm of another kind', () => {
    const wrongKind: VerificationKey = { ...verificationKey(idpKeys), type: 'ec' };
    expect(outcome(() => verify(signed, { keys: [wrongKind] }))).toBe('SAML_SIGNATURE_INVALID');
  });

  it('do not verify when they cannot do the algorithm', () => {
    // PSS with SHA-512 and a salt as long needs 1040 bits: this key is too short.
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const small = { ...idpKeys, privateKey };
    const xml = changed(SIGNATURE.rsaSha256, SIGNATURE.pssSha512, message({ keys: small }));
    const key: VerificationKey = { ...verificationKey(idpKeys), key: publicKey };
    expect(outcome(() => verify(xml, { keys: [key] }))).toBe('SAML_SIGNATURE_INVALID');
    const ec: VerificationKey = { ...verificationKey(idpKeys), key: verificationKey(other).key };
    expect(outcome(() => verify(changed(SIGNATURE.rsaSha256, SIGNATURE.pssSha256), { keys: [ec] }))).toBe(
      'SAML_SIGNATURE_INVALID',
    );
  });

  it('that cannot sign at all do not verify', () => {
    const key: VerificationKey = {
      ...verificationKey(idpKeys),
      key: generateKeyPairSync('x25519').publicKey,
    };
    expect(outcome(() => verify(signed, { keys: [key] }))).toBe('SAML_SIGNATURE_INVALID');
    expect(outcome(() => verify(signed, { keys: [key, verificationKey(idpKeys)] }))).toBe('accepted');
  });

  describe('are tried in the likeliest order', () => {
    const asked: string[] = [];
    const keyMemory = createKeyMemory();
    const watched = (name: string, keys: IdpKeys): VerificationKey =>
      Object.defineProperty({ ...verificationKey(keys) }, 'type', {
        get: () => {
          asked.push(name);
          return 'rsa';
        },
      });
    const list = (): VerificationKey[] => [
      watched('first', makeIdpKeys()),
      watched('signer', idpKeys),
      watched('last', makeIdpKeys()),
    ];
    const askedBy = (xml: string, keys: VerificationKey[]): string[] => {
      asked.length = 0;
      outcome(() => verify(xml, { keys, keyMemory }));
      return [...asked];
    };

    it('the one that verified last goes first, then the others', () => {
      const keys = list();
      expect(askedBy(signed, keys)).toEqual(['first', 'signer']);
      expect(askedBy(signed, keys)).toEqual(['signer']);
      expect(askedBy(message({ keys: makeIdpKeys() }), keys)).toEqual(['signer', 'first', 'last']);
      expect(askedBy(signed, keys)).toEqual(['signer']);
    });

    it('a changed message teaches nothing, nor does another connection', () => {
      const keys = list();
      expect(askedBy(changed('alice@', 'mallory@'), keys)).toEqual(['first', 'signer']);
      expect(askedBy(signed, keys)).toEqual(['first', 'signer']);
      expect(askedBy(signed, [...keys])).toEqual(['first', 'signer']);
    });

    it('one that was taken out of the list is not remembered', () => {
      const keys = list();
      expect(outcome(() => verify(signed, { keys, keyMemory }))).toBe('accepted');
      keys.splice(1, 1);
      expect(askedBy(signed, keys)).toEqual(['first', 'last']);
      expect(outcome(() => verify(signed, { keys }))).toBe('SAML_SIGNATURE_INVALID');
    });
  });

  it('#signature/expired-certificate do not make an expired certificate a reason to refuse (IIP-MD12)', () => {
    const keys = makeIdpKeys({ notBefore: new Date(NOW - 2e10), notAfter: new Date(NOW - 1e10) });
    expect(outcome(() => verify(message({ keys }), { keys: [verificationKey(keys)] }))).toBe('accepted');
  });
});

describe('the digest', () => {
  const value = (text: string): string =>
    resigned(changed(DIGEST_VALUE, `<ds:DigestValue>${text}</ds:DigestValue>`));
  const real = DIGEST_VALUE.exec(signed)?.[0].replace(/<[^>]*>/g, '') ?? '';
  const bytes = Buffer.from(real, 'base64');

  it('fits an honest message', () => {
    expect(outcome(() => verify(value(`\n${real}\n`)))).toBe('accepted');
  });

  it.each([
    ['another', Buffer.alloc(32)],
    ['a shorter one', bytes.subarray(0, 31)],
    ['its beginning', bytes.subarray(0, 1)],
    ['a longer one', Buffer.concat([bytes, bytes])],
    ['that of the empty text', createHash('sha256').digest()],
  ])('refuses %s, though the IdP signed it', (_title, digest) => {
    const refusal = refusalOf(() => verify(value(digest.toString('base64'))));
    expect(refusal.code).toBe('SAML_SIGNATURE_INVALID');
    expect(refusal.detail.problem).toBe('digest: the content was changed after signing');
  });

  it('is not computed for a stranger', () => {
    const refusal = refusalOf(() => verify(changed('alice@', 'mallory@'), { keys: [] }));
    expect(refusal.detail).toEqual({ problem: 'signature value', expected: [] });
  });
});
