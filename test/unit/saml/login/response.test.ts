// The structure of a Response: every element that carries trust stands in its place and nowhere else (XSW 1–8).

import { decodeSamlResponse } from '../../../../src/saml/login/decode';
import {
  parseResponse,
  peekFailureStatus,
  peekInResponseTo,
  peekIssuer,
  peekUnsolicited,
  statusCodesOf,
} from '../../../../src/saml/login/response';
import { statusNoPassive } from '../../../../src/saml/names';
import { STATUS } from '../../../support/idp';
import {
  encode,
  forgeries,
  IDP,
  message,
  parse,
  refusalOf,
  REQUEST,
  verify,
  outcome,
} from '../../../support/makers/valid';

const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

const signed = message();
const assertion = /<saml:Assertion [^]*<\/saml:Assertion>/.exec(signed)?.[0] ?? '';
const signature = /<ds:Signature [^]*<\/ds:Signature>/.exec(signed)?.[0] ?? '';
const evil = assertion
  .replace(/ID="[^"]*"/, 'ID="_evil"')
  .replace(signature, '')
  .replace('alice@example.com', 'mallory@example.com');
const root = (children: string, attributes = ''): string =>
  `<samlp:Response xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" xmlns:ds="${DS}" ID="_r"${attributes}>${children}</samlp:Response>`;

const said = (xml: string): unknown[] => {
  const { code, detail } = refusalOf(() => parse(xml));
  return [code, detail.received];
};

describe('the document element', () => {
  it.each([
    ['another element', `<samlp:LogoutResponse xmlns:samlp="${SAMLP}"/>`, `{${SAMLP}}LogoutResponse`],
    ['another namespace', '<Response xmlns="urn:x"/>', '{urn:x}Response'],
    ['no namespace', '<Response/>', '{}Response'],
    ['another case', `<response xmlns="${SAMLP}"/>`, `{${SAMLP}}response`],
    [
      'SAML 1.1',
      '<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol"/>',
      '{urn:oasis:names:tc:SAML:1.0:protocol}Response',
    ],
    ['an envelope', `<Envelope xmlns="urn:soap">${root('')}</Envelope>`, '{urn:soap}Envelope'],
    ['an Assertion', assertion, `{${SAML}}Assertion`],
    ['a long name', `<${'x'.repeat(300)}/>`, `{}${'x'.repeat(198)}`],
  ])('that is %s is refused', (_title, xml, received) => {
    expect(said(xml)).toEqual(['SAML_ROOT_INVALID', received]);
  });
});

describe('the text', () => {
  it.each(forgeries)('must come from the decoder: %s is a mistake', (_title, forge) => {
    const forged = forge(decodeSamlResponse(encode(signed), 10_000));
    expect(() => {
      Reflect.apply(parseResponse, undefined, [forged]);
    }).toThrow(new TypeError('parseResponse takes what decodeSamlResponse returned'));
  });
});

describe('the children of a Response', () => {
  it('may be its parts, with white space and comments between them', () => {
    const xml = root(
      ` <saml:Issuer/>\n<ds:Signature/><!-- x --><samlp:Extensions/><samlp:Status/><saml:Assertion/> `,
    );
    const { unverified } = parse(xml);
    expect(Object.isFrozen(unverified)).toBe(true);
    expect(
      [unverified.root, unverified.issuer, unverified.signature, unverified.status, unverified.assertion].map(
        (element) => element?.name,
      ),
    ).toEqual(['samlp:Response', 'saml:Issuer', 'ds:Signature', 'samlp:Status', 'saml:Assertion']);
    expect(unverified.encryptedAssertion).toBeUndefined();
    expect(parse(root('<saml:EncryptedAssertion/>')).unverified.encryptedAssertion?.name).toBe(
      'saml:EncryptedAssertion',
    );
    expect(Object.isFrozen(parse(xml))).toBe(true);
  });

  it.each([
    ['text', 'x', 'text in Response'],
    ['an unknown element', '<x/>', 'x'],
    ['an unknown element of the protocol', '<samlp:Response/>', 'samlp:Response'],
    ['an unknown element of the assertion namespace', '<saml:Subject/>', 'saml:Subject'],
    ['an unknown element of the signature namespace', '<ds:Object/>', 'ds:Object'],
    ['an Assertion of another namespace', '<Assertion xmlns="urn:x"/>', 'Assertion'],
    ['an Assertion of the protocol namespace', '<samlp:Assertion/>', 'samlp:Assertion'],
    ['a Status of the assertion namespace', '<saml:Status/>', 'saml:Status'],
    ['a Signature of no namespace', '<Signature/>', 'Signature'],
    ['two Issuers', '<saml:Issuer/><saml:Issuer/>', 'Issuer'],
    ['two Signatures', '<ds:Signature/><ds:Signature/>', 'Signature'],
    ['two Status', '<samlp:Status/><samlp:Status/>', 'Status'],
    ['two Extensions', '<samlp:Extensions/><samlp:Extensions/>', 'Extensions'],
  ])('may not be %s', (_title, children, received) => {
    expect(said(root(children))).toEqual(['SAML_STRUCTURE_INVALID', received]);
  });

  it('are quoted in the log, capped', () => {
    expect(said(root(`<${'x'.repeat(300)}/>`))).toEqual(['SAML_STRUCTURE_INVALID', 'x'.repeat(200)]);
  });

  it.each([
    ['two Assertions', '<saml:Assertion/><saml:Assertion/>', 'Assertion'],
    ['two EncryptedAssertions', '<saml:EncryptedAssertion/><saml:EncryptedAssertion/>', 'EncryptedAssertion'],
    ['one of each', '<saml:EncryptedAssertion/><saml:Assertion/>', 'both kinds'],
  ])('may not be %s', (_title, children, received) => {
    expect(said(root(children))).toEqual(['SAML_ASSERTION_MULTIPLE', received]);
  });
});

describe('hiding places', () => {
  const places: [string, (hidden: string) => string][] = [
    ['Extensions', (x) => root(`<samlp:Extensions>${x}</samlp:Extensions>`)],
    ['Extensions, deep', (x) => root(`<samlp:Extensions><a><b>${x}</b></a></samlp:Extensions>`)],
    [
      'StatusDetail',
      (x) => root(`<samlp:Status><samlp:StatusDetail>${x}</samlp:StatusDetail></samlp:Status>`),
    ],
    ['Issuer', (x) => root(`<saml:Issuer>${x}</saml:Issuer>`)],
    [
      'the Signature of the Response',
      (x) => root(`<ds:Signature><ds:Object>${x}</ds:Object></ds:Signature>`),
    ],
    ['KeyInfo', (x) => root(`<ds:Signature><ds:KeyInfo>${x}</ds:KeyInfo></ds:Signature>`)],
    ['EncryptedAssertion', (x) => root(`<saml:EncryptedAssertion>${x}</saml:EncryptedAssertion>`)],
    ['Advice', (x) => root(`<saml:Assertion><saml:Advice>${x}</saml:Advice></saml:Assertion>`)],
    [
      'AttributeValue',
      (x) => root(`<saml:Assertion><saml:AttributeValue>${x}</saml:AttributeValue></saml:Assertion>`),
    ],
    [
      'SubjectConfirmationData',
      (x) =>
        root(
          `<saml:Assertion><saml:Subject><saml:SubjectConfirmationData>${x}</saml:SubjectConfirmationData></saml:Subject></saml:Assertion>`,
        ),
    ],
    [
      'the Signature of the Assertion',
      (x) =>
        root(`<saml:Assertion><ds:Signature><ds:Object>${x}</ds:Object></ds:Signature></saml:Assertion>`),
    ],
  ];
  const hidden: [string, string, string][] = [
    ['an Assertion', evil, 'Assertion'],
    ['an EncryptedAssertion', '<saml:EncryptedAssertion/>', 'EncryptedAssertion'],
    ['a Signature', '<ds:Signature/>', 'Signature'],
    ['a SignedInfo', '<ds:SignedInfo/>', 'SignedInfo'],
    ['a SignatureValue', '<ds:SignatureValue/>', 'SignatureValue'],
    ['a Response', root('').replace('_r', '_r2'), 'Response'],
    ['a request', '<samlp:AuthnRequest/>', 'AuthnRequest'],
  ];
  const cases = places.flatMap(([place, put]) =>
    hidden.map(([what, xml, received]) => [what, place, put(xml), received] as const),
  );
  it.each(cases)('%s in %s is refused', (_what, place, xml, received) => {
    // E5: the schema allows it in Advice, so the place is what the remedy speaks of.
    const inAdvice = place === 'Advice' && received.endsWith('Assertion');
    expect(said(xml)).toEqual(['SAML_STRUCTURE_INVALID', inAdvice ? `${received} in Advice` : received]);
  });

  it('may hold extensions of other namespaces, and elements of ours that carry no trust', () => {
    const harmless =
      '<x:Signature xmlns:x="urn:x"><x:SignedInfo/><saml:NameID/></x:Signature><x:Assertion xmlns:x="urn:x"/>' +
      '<saml:NameID/><ds:KeyInfo><saml:NameID/></ds:KeyInfo>text';
    for (const [place, put] of places) {
      if (/Signature|KeyInfo/.test(place)) continue;
      expect(outcome(() => parse(put(harmless)))).toBe('accepted');
    }
  });

  it('may hold nothing of SAML where nothing is signed: inside a Signature', () => {
    for (const [place, put] of places) {
      if (!/Signature|KeyInfo/.test(place)) continue;
      expect(said(put('<saml:NameID/>'))).toEqual(['SAML_STRUCTURE_INVALID', 'NameID']);
      expect(said(put('<a><samlp:Status/></a>'))).toEqual(['SAML_STRUCTURE_INVALID', 'Status']);
      const foreign = '<x:Signature xmlns:x="urn:x"/><x:Assertion xmlns:x="urn:x"/><ds:KeyInfo/>text';
      expect(outcome(() => parse(put(foreign)))).toBe('accepted');
    }
    expect(outcome(() => parse(root('<ds:Signature/><saml:Issuer/>')))).toBe('accepted');
  });

  it.each(['Extensions', 'Status', 'StatusCode', 'StatusMessage', 'StatusDetail'])(
    'does not mistake samlp:%s for a message',
    (name) => {
      expect(outcome(() => parse(root(`<samlp:Status><samlp:${name}/></samlp:Status>`)))).toBe('accepted');
    },
  );

  it('are none for a signed Assertion inside a signed Response', () => {
    expect(outcome(() => parse(message({ sign: { response: true, assertion: true } })))).toBe('accepted');
  });
});

describe('signature wrapping, as published (On Breaking SAML, 2012)', () => {
  const forged = evil.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
  const original = assertion.replace(signature, '');
  const insert = (xml: string): string => signed.replace(assertion, xml);
  const inSignature = (xml: string): string =>
    signature.replace('</ds:Signature>', `<ds:Object>${xml}</ds:Object></ds:Signature>`);
  const wrapped: [string, string][] = [
    ['XSW3', insert(evil + assertion)],
    ['XSW3, the other way round', insert(assertion + evil)],
    ['XSW4', insert(evil.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`))],
    ['XSW5', insert(forged + original)],
    ['XSW6', insert(evil.replace('</saml:Issuer>', `</saml:Issuer>${inSignature(original)}`))],
    ['XSW7', insert(`<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`)],
    ['XSW8', insert(evil.replace('</saml:Issuer>', `</saml:Issuer>${inSignature(original)}`))],
  ];
  it.each(wrapped)('%s is refused by its structure', (_title, xml) => {
    expect(['SAML_STRUCTURE_INVALID', 'SAML_ASSERTION_MULTIPLE']).toContain(outcome(() => parse(xml)));
  });

  const both = message({ sign: { response: true, assertion: false } });
  const inner = both.replace(/<ds:Signature [^]*<\/ds:Signature>/, '');
  const outerSignature = /<ds:Signature [^]*<\/ds:Signature>/.exec(both)?.[0] ?? '';
  const wrappedResponses: [string, string][] = [
    [
      'XSW1',
      both
        .replace(/ID="_[^"]*"/, 'ID="_evil"')
        .replace('</ds:Signature>', `<ds:Object>${inner}</ds:Object></ds:Signature>`),
    ],
    [
      'XSW2',
      inner
        .replace(/ID="_[^"]*"/, 'ID="_evil"')
        .replace('<samlp:Status>', `${inner}${outerSignature}<samlp:Status>`),
    ],
  ];
  it.each(wrappedResponses)('%s is refused', (_title, xml) => {
    expect(['SAML_STRUCTURE_INVALID', 'SAML_XML_DUPLICATE_ID']).toContain(outcome(() => parse(xml)));
  });

  it('a second Signature in the Assertion is refused when it is verified', () => {
    const xml = insert(assertion.replace(signature, signature + signature));
    expect(refusalOf(() => verify(xml)).detail).toEqual({ received: 'second Signature' });
  });
});

describe('peeking', () => {
  const status = (codes: string): string => root(`<samlp:Status>${codes}</samlp:Status>`);
  const code = (value: string, inside = ''): string =>
    `<samlp:StatusCode Value="${value}">${inside}</samlp:StatusCode>`;

  it('at InResponseTo', () => {
    expect(peekInResponseTo(parse(signed))).toBe(REQUEST);
    expect(peekInResponseTo(parse(root('')))).toBeUndefined();
  });

  it.each([
    ['of the Response', signed, IDP],
    [
      'of the Response first',
      root(`<saml:Issuer>a</saml:Issuer><saml:Assertion><saml:Issuer>b</saml:Issuer></saml:Assertion>`),
      'a',
    ],
    ['of the Assertion else', root('<saml:Assertion><x/><saml:Issuer>b</saml:Issuer></saml:Assertion>'), 'b'],
    ['of nobody', root(''), undefined],
    ['of an Assertion without', root('<saml:Assertion><saml:Subject/></saml:Assertion>'), undefined],
    ['that is no text', root('<saml:Issuer><x/></saml:Issuer>'), undefined],
  ])('at the Issuer %s', (_title, xml, issuer) => {
    expect(peekIssuer(parse(xml))).toBe(issuer);
  });

  it('at why the IdP says no', () => {
    const xml = message({
      noAssertion: true,
      sign: {},
      status: { code: STATUS.responder, subCode: STATUS.authnFailed, message: 'no & <no>' },
    });
    expect(peekFailureStatus(parse(xml))).toEqual({
      codes: [STATUS.responder, STATUS.authnFailed],
      message: 'no & <no>',
    });
  });

  it.each([
    ['success', status(code(STATUS.success)), undefined],
    ['success with more', status(code(STATUS.success, code('x'))), undefined],
    ['no Status', root(''), undefined],
    ['an empty Status', status(''), undefined],
    ['no message', status(code('x')), { codes: ['x'] }],
    [
      'a message with elements',
      status(`${code('x')}<samlp:StatusMessage><y/></samlp:StatusMessage>`),
      { codes: ['x'] },
    ],
    ['an empty message', status(`${code('x')}<samlp:StatusMessage/>`), { codes: ['x'], message: '' }],
    ['no Value', status('<samlp:StatusCode/>'), { codes: [''] }],
    ['a code of another namespace', status('<StatusCode Value="x"/>'), undefined],
    ['levels', status(code('a', code('b', code('c')))), { codes: ['a', 'b', 'c'] }],
  ])('at a Status: %s', (_title, xml, failure) => {
    expect(peekFailureStatus(parse(xml))).toStrictEqual(failure);
  });

  it('refuses two codes on one level', () => {
    const response = parse(status(code('a') + code('b')));
    const refusal = refusalOf(() => peekFailureStatus(response));
    expect([refusal.code, refusal.detail]).toEqual([
      'SAML_STRUCTURE_INVALID',
      { received: 'second StatusCode' },
    ]);
    expect(statusCodesOf(undefined)).toEqual([]);
  });

  const confirmed = (data: string, attributes = ''): string =>
    root(
      `<saml:Assertion><saml:Subject><saml:SubjectConfirmation>${data}</saml:SubjectConfirmation></saml:Subject></saml:Assertion>`,
      attributes,
    );
  it.each([
    ['InResponseTo on the Response', confirmed('', ' InResponseTo="x"'), false],
    ['an empty InResponseTo', confirmed('', ' InResponseTo=""'), false],
    ['InResponseTo in a confirmation', confirmed('<saml:SubjectConfirmationData InResponseTo="x"/>'), false],
    ['no InResponseTo', confirmed('<saml:SubjectConfirmationData Recipient="x"/>'), true],
    ['InResponseTo on something else', confirmed('<saml:NameID InResponseTo="x"/>'), true],
    ['InResponseTo in another namespace', confirmed('<SubjectConfirmationData InResponseTo="x"/>'), true],
    ['no Assertion', root(''), true],
    ['an EncryptedAssertion', root('<saml:EncryptedAssertion/>'), true],
  ])('at whether somebody asked: %s', (_title, xml, unsolicited) => {
    expect(peekUnsolicited(parse(xml))).toBe(unsolicited);
  });
});

it('E11: NoPassive is found among the codes of a failure (SAML Core §3.2.2.2)', () => {
  const code = (value: string, inner = ''): string =>
    `<samlp:StatusCode Value="${value}">${inner}</samlp:StatusCode>`;
  const noPassive = code('urn:oasis:names:tc:SAML:2.0:status:NoPassive');
  const status = code('urn:oasis:names:tc:SAML:2.0:status:Responder', noPassive);
  const response = parse(root(`<samlp:Status>${status}</samlp:Status>`));
  expect(peekFailureStatus(response)?.codes).toContain(statusNoPassive);
});
