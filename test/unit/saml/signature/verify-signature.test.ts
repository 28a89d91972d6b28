// What the signature value proves is all that counts: a first reading that says something else is never believed. No text
// brings such a tree about as long as parser and canonicaliser agree; here they are made to disagree by hand.

import { createHash } from 'node:crypto';
import { signatureOf } from '../../../../src/saml/login/response';
import { signatureAlgorithm } from '../../../../src/saml/signature/algorithms';
import { createKeyMemory } from '../../../../src/saml/signature/key-memory';
import {
  readSignature,
  type SignatureParts,
  type SignedInfo,
} from '../../../../src/saml/signature/read-signature';
import {
  parseSigned,
  verifySignature,
  type SignedBytes,
} from '../../../../src/saml/signature/verify-signature';
import { canonicalizeExclusive } from '../../../../src/saml/xml/canonicalize';
import { childElements, type XmlElement } from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';
import { C14N, DIGEST, makeIdpKeys, SIGNATURE } from '../../../support/idp';
import { idpKeys, message, parse, refusalOf, verificationKey } from '../../../support/makers/valid';

const key = verificationKey(idpKeys);
const trust = { keys: [key], allowSha1: false };

interface Signed {
  readonly assertion: XmlElement;
  readonly parts: SignatureParts;
}

function signedAssertion(options: Parameters<typeof message>[0] = {}): Signed {
  const { assertion } = parse(message(options)).unverified;
  const signature = assertion && signatureOf(assertion);
  if (assertion === undefined || signature === undefined) throw new Error('no signed Assertion');
  return { assertion, parts: readSignature(signature, assertion, false) };
}

const honest = signedAssertion();
const verify = (
  parts: SignatureParts,
  assertion: XmlElement = honest.assertion,
  allowSha1 = false,
): SignedBytes => verifySignature(parts, assertion, { ...trust, allowSha1 });
const claiming = (changes: Partial<SignedInfo>, parts = honest.parts): SignatureParts => ({
  ...parts,
  claimed: { ...parts.claimed, ...changes },
});
const refusal = (run: () => unknown): [string, unknown] => {
  const { code, detail } = refusalOf(run);
  return [code, detail.problem ?? detail.received];
};
const DIGEST_WRONG = ['SAML_SIGNATURE_INVALID', 'digest: the content was changed after signing'];
const METHOD_WRONG = ['SAML_SIGNATURE_INVALID', 'the signature was made by another method'];

/** The same Assertion for somebody else, unsigned. */
const forged = parseXml(
  canonicalizeExclusive(honest.assertion, { without: honest.parts.element }).replace('alice@', 'mallory@'),
);
const digestOfForged = createHash('sha256').update(canonicalizeExclusive(forged)).digest();

describe('the SignedInfo that was signed', () => {
  it('says what was digested, and by what', () => {
    const { canonical, id, algorithmUris, key: verifiedBy } = verify(honest.parts);
    expect(canonical).toBe(canonicalizeExclusive(honest.assertion, { without: honest.parts.element }));
    expect(id).toBe(honest.parts.claimed.id);
    expect(algorithmUris).toEqual([SIGNATURE.rsaSha256, DIGEST.sha256]);
    expect(verifiedBy).toBe(key);
  });

  it('has the DigestValue that counts, not the first reading', () => {
    expect(refusal(() => verify(claiming({ digestValue: digestOfForged }), forged))).toEqual(DIGEST_WRONG);
    expect(verify(claiming({ digestValue: digestOfForged })).canonical).toContain('alice@');
  });

  it('has the DigestMethod that counts', () => {
    const canonical = canonicalizeExclusive(forged);
    const claimed = {
      digestHash: 'sha512',
      digestValue: createHash('sha512').update(canonical).digest(),
    } as const;
    expect(refusal(() => verify(claiming(claimed), forged))).toEqual(DIGEST_WRONG);
    expect(verify(claiming(claimed)).algorithmUris[1]).toBe(DIGEST.sha256);
  });

  it('has the Transforms that count', () => {
    const claimed = { transform: { method: 'exclusive', inclusivePrefixes: ['samlp'] } } as const;
    expect(verify(claiming(claimed)).canonical).toBe(verify(honest.parts).canonical);
  });

  it('has the Reference that counts', () => {
    expect(verify(claiming({ id: '_another' })).id).toBe(honest.parts.claimed.id);
  });

  it('names the algorithms that are told', () => {
    const algorithmUris = ['urn:one', 'urn:two'] as const;
    expect(verify(claiming({ algorithmUris })).algorithmUris).toEqual([SIGNATURE.rsaSha256, DIGEST.sha256]);
  });

  it('is held to the same list of algorithms', () => {
    const { assertion } = parse(message({ signature: { digestAlgorithm: DIGEST.sha1 } })).unverified;
    const signature = assertion && signatureOf(assertion);
    if (assertion === undefined || signature === undefined) throw new Error('no signed Assertion');
    const parts = readSignature(signature, assertion, true);
    expect(verify(parts, assertion, true).algorithmUris[1]).toBe(DIGEST.sha1);
    expect(refusal(() => verify(parts, assertion, false))).toEqual([
      'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED',
      DIGEST.sha1,
    ]);
  });

  it('is an element of that name', () => {
    const [manifest] = childElements(parseXml('<r><Manifest/></r>'));
    const parts = { ...honest.parts, signedInfo: manifest ?? honest.parts.signedInfo };
    const always = { keyType: 'rsa', hash: 'sha256', verify: () => true } as const;
    expect(refusal(() => verify(claiming({ algorithm: always }, parts)))).toEqual([
      'SAML_SIGNATURE_MALFORMED',
      'SignedInfo',
    ]);
  });
});

describe('the methods that were used', () => {
  it('are those that the signed SignedInfo names: SignatureMethod', () => {
    const sha512 = signatureAlgorithm(SIGNATURE.rsaSha512, false);
    if (sha512 === undefined) throw new Error('no such algorithm');
    const always = { ...sha512, verify: () => true };
    expect(refusal(() => verify(claiming({ algorithm: always })))).toEqual(METHOD_WRONG);
  });

  it.each([
    ['CanonicalizationMethod', { method: 'inclusive', inclusivePrefixes: [] }],
    ['PrefixList', { method: 'exclusive', inclusivePrefixes: ['ds'] }],
  ] as const)('are those that the signed SignedInfo names: %s', (_, canonicalizationMethod) => {
    // Both give the same bytes here: the signature value verifies, and the claim is still no longer true.
    const signedInfo = parseXml(canonicalizeExclusive(honest.parts.signedInfo));
    const parts = { ...honest.parts, signedInfo };
    expect(verify(parts).id).toBe(honest.parts.claimed.id);
    expect(refusal(() => verify(claiming({ canonicalizationMethod }, parts)))).toEqual(METHOD_WRONG);
  });

  it('may be inclusive C14N, whose bytes carry the namespaces around', () => {
    const { assertion, parts } = signedAssertion({ signature: { canonicalization: C14N.inclusive } });
    expect(parts.claimed.canonicalizationMethod.method).toBe('inclusive');
    expect(verify(parts, assertion).id).toBe(parts.claimed.id);
  });
});

describe('the signed bytes, parsed', () => {
  const signed = verify(honest.parts);

  it('are the element that the Reference names', () => {
    expect(parseSigned(signed)).toMatchObject({ local: 'Assertion', parent: undefined });
  });

  it.each([
    ['another ID', { ...signed, id: '_another' }],
    ['no ID', { ...signed, canonical: signed.canonical.replace(/ ID="[^"]*"/, '') }],
  ])('are refused with %s', (_, bytes) => {
    expect(refusal(() => parseSigned(bytes))).toEqual([
      'SAML_SIGNATURE_MALFORMED',
      'Reference to another element',
    ]);
  });
});

describe('the memory of keys', () => {
  const others = [makeIdpKeys(), makeIdpKeys()].map(verificationKey);
  const keys = [...others, key];

  it('puts the key that verified last in front, and keeps all others', () => {
    const keyMemory = createKeyMemory();
    expect(keyMemory.inLikelyOrder(keys)).toEqual(keys);
    verifySignature(honest.parts, honest.assertion, { keys, allowSha1: false, keyMemory });
    expect(keyMemory.inLikelyOrder(keys)).toEqual([key, ...others]);
  });

  it('spares the others the work', () => {
    const keyMemory = createKeyMemory();
    const asked = (): number => {
      let count = 0;
      const algorithm = honest.parts.claimed.algorithm;
      const spy = jest.spyOn(algorithm, 'verify').mockImplementation((_, candidate) => {
        count++;
        return candidate === key.key;
      });
      verifySignature(honest.parts, honest.assertion, { keys, allowSha1: false, keyMemory });
      spy.mockRestore();
      return count;
    };
    expect([asked(), asked()]).toEqual([3, 1]);
  });

  it('knows nothing of another list, another memory, or a message whose digest is wrong', () => {
    const keyMemory = createKeyMemory();
    expect(
      refusal(() => verifySignature(honest.parts, forged, { keys, allowSha1: false, keyMemory })),
    ).toEqual(DIGEST_WRONG);
    expect(keyMemory.inLikelyOrder(keys)).toEqual(keys);
    keyMemory.remember(keys, key);
    expect(keyMemory.inLikelyOrder([...keys])).toEqual(keys);
    expect(createKeyMemory().inLikelyOrder(keys)).toEqual(keys);
  });

  it('brings no key in that the list does not have', () => {
    const keyMemory = createKeyMemory();
    keyMemory.remember(others, key);
    expect(keyMemory.inLikelyOrder(others)).toEqual(others);
    expect(
      refusal(() =>
        verifySignature(honest.parts, honest.assertion, { keys: others, allowSha1: false, keyMemory }),
      ),
    ).toEqual(['SAML_SIGNATURE_INVALID', 'signature value']);
  });
});
