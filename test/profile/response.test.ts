/** Demands of the profiles on what comes in, where no other test has them: one honest message, one freedom each. */
import { parseDateTime } from '../../src/saml/xml/date-time';
import { resolveEmail } from '../../src/policy/member';
import {
  C14N,
  NAME_ID as FORMAT,
  makeIdpKeys,
  type AttributeOptions,
  type ResponseOptions,
} from '../support/idp';
import { judge, makeWorld, NOW, toField, verificationKey, type Outcome } from '../properties/gate';

const world = makeWorld();
const skewMs = 180_000;
const at = (offsetMs: number): string => new Date(NOW + offsetMs).toISOString();
const judged = (options: Partial<ResponseOptions>, now = NOW): Outcome =>
  judge(toField(world.honest(options)), world.parties, now);
const values = ({ accepted }: Outcome, name: string): readonly string[] | undefined =>
  accepted?.data.attributes.get(name)?.values;

describe('string values (IIP-G02)', () => {
  const long = 'ä𝒜漢'.repeat(86).slice(0, 256);

  it('#message.values/long of 256 characters and more are read whole, in every place', () => {
    expect(long).toHaveLength(256);
    const outcome = judged({
      nameId: { value: long, format: FORMAT.persistent, nameQualifier: long },
      attributes: [{ name: long, values: [long, long.repeat(40)] }],
      authnStatements: [{ sessionIndex: long, contextClass: long }],
    });
    expect(outcome.accepted?.data).toMatchObject({
      nameId: { value: long, nameQualifier: long },
      authnStatements: [{ sessionIndex: long, authnContextClassRef: long }],
    });
    expect(values(outcome, long)).toEqual([long, long.repeat(40)]);
  });

  // xmldom, with which the local IdP signs, changes U+0085 and U+2028: the benign catalogue has those (B-u2028-u0085).
  it('#message.values/characters hold any characters that XML allows', () => {
    const text = '\t\n !"#&\'<>\u007f\u00a0\ud7ff\ue000\ufdd0\ufffd\u{10000}\u{10ffff}';
    expect(values(judged({ attributes: [{ name: 'x', values: [text] }] }), 'x')).toEqual([text]);
  });
});

describe('attributes', () => {
  it.each([
    ['of no NameFormat', {}],
    ['of the basic NameFormat', { nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic' }],
    ['of the URI NameFormat', { nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri' }],
    ['of a NameFormat that nobody knows', { nameFormat: 'urn:example:format' }],
    ['of an empty NameFormat', { nameFormat: '' }],
  ] as const)(
    '#message.values/attribute-name %s are read by their Name (IIP-SP01)',
    (_title, attribute: Partial<AttributeOptions>) => {
      expect(
        values(judged({ attributes: [{ name: 'any name!', values: ['v'], ...attribute }] }), 'any name!'),
      ).toEqual(['v']);
    },
  );

  it.each(['none', 'value', 'assertion', 'response'] as const)(
    '#message.values/xsi-type are read with xsi:type declared on: %s (IIP-SP02)',
    (xsiType) => {
      expect(values(judged({ attributes: [{ name: 'x', values: ['v'] }], style: { xsiType } }), 'x')).toEqual(
        ['v'],
      );
    },
  );

  it('#message.values/friendly-name are never recognised by FriendlyName (IIP-SP11)', () => {
    const { accepted } = judged({
      nameId: { value: 'opaque', format: FORMAT.persistent },
      attributes: [
        { name: 'urn:x', friendlyName: 'email', values: ['alice@example.com'] },
        { name: 'urn:y', friendlyName: 'urn:oid:0.9.2342.19200300.100.1.3', values: ['alice@example.com'] },
      ],
    });
    expect(() => resolveEmail(accepted!.data, { emailDomains: '*' })).toThrow('POLICY_EMAIL_MISSING');
  });

  it('#message.values/unknown-attributes that nobody asked for change nothing (IIP-SP10)', () => {
    const unknown = ['urn:oid:1.3.6.1.4.1.5923.1.1.1.9', 'x', '', ' '].map((name) => ({
      name,
      values: ['a', ''],
    }));
    expect(judged({ attributes: unknown }).accepted?.data.nameId?.value).toBe('alice@example.com');
  });
});

describe('extensions (IIP-EXT01)', () => {
  const foreign = '<x:a xmlns:x="urn:example:x" x:b="c">t<x:d><x:e/></x:d></x:a>';

  it.each<[string, Partial<ResponseOptions>]>([
    ['samlp:Extensions', { extensions: foreign.repeat(3) }],
    ['saml:Advice', { advice: foreign }],
    [
      'samlp:StatusDetail',
      { status: { code: 'urn:oasis:names:tc:SAML:2.0:status:Success', detail: foreign } },
    ],
    [
      'saml:AuthnContext',
      { authnStatements: [{ extra: `<saml:AuthnContextDecl>${foreign}</saml:AuthnContextDecl>` }] },
    ],
    ['saml:AttributeValue', { attributes: [{ name: 'x', values: [{ raw: foreign }] }] }],
    [
      'attributes of samlp:Response',
      { style: { responseAttributes: { 'xmlns:x': 'urn:example:x', 'x:y': 'z' } } },
    ],
  ])('#message.structure/extensions in %s are read over', (_place, options) => {
    for (const sign of [{ assertion: true }, { response: true }]) {
      expect(judged({ ...options, sign }).accepted?.data.nameId?.value).toBe('alice@example.com');
    }
  });

  it('in attributes of SubjectConfirmationData and Attribute are read over', () => {
    const mutateUnsigned = (xml: string): string =>
      xml.replace(/<saml:(SubjectConfirmationData|Attribute) /g, '<saml:$1 xmlns:x="urn:example:x" x:y="z" ');
    const options = { attributes: [{ name: 'x', values: ['v'] }], mutateUnsigned };
    expect(world.honest(options).match(/x:y="z"/g)).toHaveLength(2);
    expect(values(judged(options), 'x')).toEqual(['v']);
  });
});

describe('name identifiers', () => {
  it.each([
    ...Object.values(FORMAT),
    'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
    'urn:example:own',
    null,
  ])(
    '#message.values/nameid-format of the format %s are read as they stand (IIP-SSO05, IIP-SP12)',
    (format) => {
      expect(judged({ nameId: { value: 'Opaque/Value=1', format } }).accepted?.data.nameId?.value).toBe(
        'Opaque/Value=1',
      );
    },
  );

  it('#policy.email/persistent of a persistent format are not taken for an address when an attribute has one (IIP-SP12)', () => {
    const { accepted } = judged({
      nameId: { value: 'bob@example.com', format: FORMAT.persistent },
      attributes: [{ name: 'mail', values: ['alice@example.com'] }],
    });
    expect(resolveEmail(accepted!.data, { emailDomains: '*' })).toBe('alice@example.com');
  });
});

describe('the allowed skew, to the millisecond (IIP-G01, SDP-G01)', () => {
  const edges: [string, Partial<ResponseOptions>, number, string][] = [
    ['Conditions/@NotOnOrAfter', { conditions: { notOnOrAfter: at(0) } }, skewMs, 'SAML_ASSERTION_EXPIRED'],
    [
      'SubjectConfirmationData/@NotOnOrAfter',
      { confirmations: [{ notOnOrAfter: at(0) }] },
      skewMs,
      'SAML_SUBJECT_CONFIRMATION_EXPIRED',
    ],
    [
      'SessionNotOnOrAfter',
      { authnStatements: [{ sessionNotOnOrAfter: at(0) }] },
      skewMs,
      'SAML_SESSION_EXPIRED',
    ],
  ];

  it.each(edges)('#conditions.window/skew-exclusive %s is exclusive', (_name, options, skew, code) => {
    expect(judged(options, NOW + skew - 1).code).toBeUndefined();
    expect(judged(options, NOW + skew).code).toBe(code);
  });

  it.each<[string, Partial<ResponseOptions>]>([
    ['Conditions/@NotBefore', { conditions: { notBefore: at(skewMs) } }],
    ['IssueInstant of the Assertion', { assertionIssueInstant: at(skewMs) }],
    ['IssueInstant of the Response', { issueInstant: at(skewMs) }],
    ['AuthnInstant', { authnStatements: [{ authnInstant: at(skewMs) }] }],
  ])('#conditions.window/skew-inclusive %s is inclusive', (_name, options) => {
    expect(judged(options).code).toBeUndefined();
    expect(judged(options, NOW - 1).code).toBe('SAML_ASSERTION_NOT_YET_VALID');
  });

  it('counts from times with any number of decimals (Core §1.3.3)', () => {
    expect(parseDateTime('2026-01-15T12:00:00.1239999Z')).toBe(NOW + 123);
    expect(judged({ issueInstant: '2026-01-15T12:00:00.1234567Z' }).code).toBeUndefined();
  });
});

describe('signatures and keys', () => {
  it('#signature/many-keys are verified with whichever of many keys signed (IIP-MD07, SDP-SP37)', () => {
    const many = [...Array.from({ length: 4 }, () => makeIdpKeys()), world.idp];
    const parties = {
      ...world.parties,
      keys: many.map(({ certificatePem }) => verificationKey(certificatePem)),
    };
    expect(judge(toField(world.honest()), parties, NOW).code).toBeUndefined();
    expect(judge(toField(world.honest()), { ...parties, keys: parties.keys.slice(0, 4) }, NOW).code).toBe(
      'SAML_SIGNATURE_INVALID',
    );
  });

  it.each(Object.values(C14N))('by %s are verified', (canonicalization) => {
    expect(
      judged({ sign: { response: true, assertion: true }, signature: { canonicalization } }).code,
    ).toBeUndefined();
  });
});
