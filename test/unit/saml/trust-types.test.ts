// What a verified value is: made by one function, frozen, and not to be imitated.

import { readAssertion, Assertion } from '../../../src/saml/login/read';
import { VerifiedAssertion } from '../../../src/saml/login/rules/check';
import { VerifiedXml } from '../../../src/saml/login/verify';
import { CONTENT, DIGEST, encryptXml, makeIdpKeys, SIGNATURE, type ResponseOptions } from '../../support/idp';
import {
  accept,
  EMAIL,
  forgeries,
  idpKeys,
  message,
  outcome,
  parse,
  read,
  refusalOf,
  spKeys,
  trust,
  verificationKey,
  verify,
} from '../../support/makers/valid';

const encrypt = { recipients: [spKeys.certificatePem] };
const thumbprint = verificationKey(idpKeys).thumbprint;

describe('which bytes are trusted', () => {
  const layouts: [string, Partial<ResponseOptions>, string[]][] = [
    ['a signed Assertion', { sign: { assertion: true } }, ['Assertion']],
    ['a signed Response', { sign: { response: true } }, ['Response']],
    ['both signed', { sign: { response: true, assertion: true } }, ['Response', 'Assertion']],
    ['an encrypted signed Assertion', { encrypt }, ['Assertion']],
    ['an encrypted Assertion in a signed Response', { encrypt, sign: { response: true } }, ['Response']],
    [
      'an encrypted signed Assertion in a signed Response',
      { encrypt, sign: { response: true, assertion: true } },
      ['Response', 'Assertion'],
    ],
  ];
  it.each(layouts)('%s is accepted and described', (_title, options, signed) => {
    const accepted = accept(message(options));
    expect(accepted.data.nameId?.value).toBe(EMAIL);
    expect(accepted.facts).toEqual({
      responseSigned: signed.includes('Response'),
      assertionSigned: signed.includes('Assertion'),
      encrypted: options.encrypt !== undefined,
      algorithms: signed.flatMap(() => [SIGNATURE.rsaSha256, DIGEST.sha256]),
      thumbprints: signed.map(() => thumbprint),
      cbc: false,
    });
    expect(accepted.data.response.signed).toBe(signed.includes('Response'));
    expect(accepted.data.response.encrypted).toBe(options.encrypt !== undefined);
  });

  it('are parsed again: the tree that came is thrown away', () => {
    for (const sign of [{ assertion: true }, { response: true }]) {
      const response = parse(message({ sign }));
      const verified = verify(message({ sign }));
      expect(verified.assertion).not.toBe(response.unverified.assertion);
      expect(verified.response === verified.assertion.parent).toBe(sign.response === true);
    }
  });

  it('do not hold the comments that nobody signed', () => {
    const xml = message().replace('alice@', 'ali<!--x-->ce@');
    expect(accept(xml).data.nameId?.value).toBe(EMAIL);
    expect(verify(xml).assertion.children.length).toBeGreaterThan(0);
  });

  it('are none without a signature', () => {
    expect(outcome(() => verify(message({ sign: {} })))).toBe('SAML_SIGNATURE_MISSING');
    expect(outcome(() => verify(message({ sign: {} }), { keys: [] }))).toBe('SAML_SIGNATURE_MISSING');
  });

  it('are none without an Assertion', () => {
    expect(outcome(() => verify(message({ noAssertion: true, sign: { response: true } })))).toBe(
      'SAML_ASSERTION_MISSING',
    );
  });

  const attacker = makeIdpKeys();
  it.each([
    ['Response of a stranger around an Assertion of the IdP', { responseSignature: { keys: attacker } }],
    ['Assertion of a stranger inside a Response of the IdP', { assertionSignature: { keys: attacker } }],
  ])('are none when one of two signatures does not verify: %s', (_title, options) => {
    const xml = message({ sign: { response: true, assertion: true }, ...options });
    expect(outcome(() => verify(xml))).toBe('SAML_SIGNATURE_INVALID');
  });

  it('are none when a signature of two is malformed', () => {
    const xml = message({ sign: { response: true, assertion: true } });
    const broken = xml.replace(/<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>');
    expect(outcome(() => verify(broken))).toBe('SAML_SIGNATURE_MALFORMED');
  });

  it('of a signed Response cover its attributes', () => {
    const xml = message({ sign: { response: true } });
    expect(outcome(() => verify(xml.replace('InResponseTo="_0', 'InResponseTo="_1')))).toBe(
      'SAML_SIGNATURE_INVALID',
    );
  });
});

describe('an encrypted Assertion', () => {
  const inside = (plain: string, sign: ResponseOptions['sign'] = {}): string =>
    message({
      sign,
      encrypt,
      mutateBeforeResponseSignature: (xml) =>
        xml.replace(/<xenc:EncryptedData [^]*<\/xenc:EncryptedData>/, encryptXml(plain, encrypt)),
    });
  const SAML = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
  const signedAssertion = /<saml:Assertion [^]*<\/saml:Assertion>/.exec(message())?.[0] ?? '';

  it('is what stands inside', () => {
    expect(outcome(() => accept(inside(signedAssertion)))).toBe('accepted');
  });

  it('is read from its signed bytes, parsed again, when it is signed itself', () => {
    const { assertion } = verify(message({ encrypt, sign: { response: true, assertion: true } }));
    expect(assertion.children).toHaveLength(4);
    expect(assertion.parent).toBeUndefined();
    const unsigned = verify(message({ encrypt, sign: { response: true } })).assertion;
    expect(unsigned.parent?.local).toBe('EncryptedAssertion');
  });

  it('may use the namespaces of its envelope (XML Encryption §4.3.3)', () => {
    const dependent = signedAssertion.replace(` ${SAML}`, '');
    expect(dependent).not.toBe(signedAssertion);
    expect(outcome(() => accept(inside(dependent)))).toBe('accepted');
  });

  const hostile: [string, string, string][] = [
    ['unsigned', signedAssertion.replace(/<ds:Signature [^]*<\/ds:Signature>/, ''), 'SAML_SIGNATURE_MISSING'],
    ['changed', signedAssertion.replace('alice@', 'mallory@'), 'SAML_SIGNATURE_INVALID'],
    ['not XML', 'x', 'SAML_XML_MALFORMED'],
    ['nothing', '', 'SAML_XML_MALFORMED'],
    ['a DOCTYPE', `<!DOCTYPE x>${signedAssertion}`, 'SAML_XML_DOCTYPE'],
    ['another element', `<saml:Subject ${SAML}/>`, 'SAML_STRUCTURE_INVALID'],
    ['an Assertion of another namespace', '<Assertion/>', 'SAML_STRUCTURE_INVALID'],
    ['two Assertions', signedAssertion.repeat(2), 'SAML_XML_MALFORMED'],
    ['a Response', message(), 'SAML_STRUCTURE_INVALID'],
    [
      'a hidden Signature',
      signedAssertion.replace(
        '<saml:Subject>',
        '<saml:Subject><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
      ),
      'SAML_STRUCTURE_INVALID',
    ],
    [
      'two Signatures',
      signedAssertion.replace(/<ds:Signature [^]*<\/ds:Signature>/, '$&$&'),
      'SAML_STRUCTURE_INVALID',
    ],
  ];
  it.each(hostile)('that is %s inside gives one answer to everybody', (_title, plain) => {
    const refusal = refusalOf(() => verify(inside(plain)));
    expect([refusal.code, refusal.detail, refusal.message]).toEqual([
      'SAML_DECRYPTION_FAILED',
      {},
      'SAML_DECRYPTION_FAILED',
    ]);
  });

  it.each(hostile.slice(1))(
    'that is %s inside gives its reason inside a signed Response',
    (_title, plain, code) => {
      expect(outcome(() => verify(inside(plain, { response: true })))).toBe(code);
    },
  );

  it.each(hostile)('that is %s inside keeps the reason as the cause, for the log', (_title, plain, code) => {
    expect(refusalOf(() => verify(inside(plain))).cause).toMatchObject({ code });
  });

  it('is not decrypted when the signature of the Response is wrong', () => {
    const xml = message({ sign: { response: true }, encrypt }).replace(
      'InResponseTo="_0',
      'InResponseTo="_1',
    );
    expect(outcome(() => verify(xml))).toBe('SAML_SIGNATURE_INVALID');
  });

  it('with an algorithm that is not allowed says so', () => {
    const xml = message({ encrypt: { ...encrypt, labelContentAs: 'x' } });
    const refusal = refusalOf(() => verify(xml));
    expect([refusal.code, refusal.detail]).toEqual([
      'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      { received: 'x' },
    ]);
  });

  it('whose content key is not admitted again says so, whoever signed the Response', () => {
    const cbc = { ...encrypt, content: CONTENT.aes128cbc };
    const decryption = { ...trust.decryption, admitCbc: () => false };
    for (const response of [false, true]) {
      const xml = message({ encrypt: cbc, sign: { assertion: true, response } });
      expect(outcome(() => verify(xml, { decryption }))).toBe('SAML_DECRYPTION_THROTTLED');
    }
  });

  it('names another element in the log, capped', () => {
    const refusal = refusalOf(() => verify(inside(`<${'x'.repeat(300)}/>`, { response: true })));
    expect(refusal.detail).toEqual({ received: 'x'.repeat(200) });
  });

  it('does not swallow a mistake of ours', () => {
    const mistake = new TypeError('a mistake');
    const keys = new Proxy([], {
      get: () => {
        throw mistake;
      },
    });
    const decryption = { ...trust.decryption, keys };
    expect(() => verify(message({ encrypt }), { decryption })).toThrow(mistake);
  });
});

describe('a verified value', () => {
  const xml = verify(message());
  const assertion = read(message());
  const checked = accept(message());

  it('is frozen, with its facts', () => {
    for (const value of [xml, xml.facts, assertion, assertion.data, assertion.facts, checked]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
  });

  it('is known to its class', () => {
    expect(VerifiedXml.isMinted(xml)).toBe(true);
    expect(Assertion.isMinted(assertion)).toBe(true);
    expect(VerifiedAssertion.isMinted(checked)).toBe(true);
  });

  it.each(forgeries)('cannot be had from %s', (_title, forge) => {
    expect(Reflect.apply(VerifiedXml.isMinted, undefined, [forge(xml)])).toBe(false);
    expect(Reflect.apply(Assertion.isMinted, undefined, [forge(assertion)])).toBe(false);
    expect(Reflect.apply(VerifiedAssertion.isMinted, undefined, [forge(checked)])).toBe(false);
  });

  it('of one class is none of another', () => {
    expect(Reflect.apply(VerifiedXml.isMinted, undefined, [assertion])).toBe(false);
    expect(Reflect.apply(Assertion.isMinted, undefined, [xml])).toBe(false);
    expect(Reflect.apply(VerifiedAssertion.isMinted, undefined, [assertion])).toBe(false);
  });

  it.each(forgeries)('is demanded by the reader: %s is a mistake', (_title, forge) => {
    expect(() => {
      Reflect.apply(readAssertion, undefined, [forge(xml), trust.decryption]);
    }).toThrow(new TypeError('readAssertion takes what verifyResponse returned'));
  });
});
