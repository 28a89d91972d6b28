// The reader: verified XML → what the Assertion says. Everything here is signed by the IdP; what the schema does not
// allow is refused, what it leaves open is ignored.

import { peekAssertionData, readAssertion } from '../../../../src/saml/login/read';
import type { AssertionData } from '../../../../src/saml/assertion';
import {
  C14N,
  CONTENT,
  CONTEXT,
  DIGEST,
  encryptXml,
  NAME_ID,
  type ResponseOptions,
} from '../../../support/idp';
import {
  ACS,
  at,
  EMAIL,
  IDP,
  message,
  outcome,
  parse,
  read,
  refusalOf,
  REQUEST,
  SP,
  spKeys,
  trust,
  verify,
} from '../../../support/makers/valid';

const encrypt = { recipients: [spKeys.certificatePem] };

/** What is read from a message that was changed before it was signed. */
const readChanged = (
  pattern: string | RegExp,
  replacement: string,
  options: Partial<ResponseOptions> = {},
): AssertionData =>
  read(
    message({
      ...options,
      mutateUnsigned: (xml) => {
        const changed = xml.replace(pattern, replacement);
        if (changed === xml) throw new Error(`nothing to change: ${String(pattern)}`);
        return changed;
      },
    }),
  ).data;

const refused = (...change: Parameters<typeof readChanged>): unknown[] => {
  const { code, detail } = refusalOf(() => readChanged(...change));
  return [code, detail.received];
};
const invalid = (received: string): string[] => ['SAML_STRUCTURE_INVALID', received];

describe('reading an Assertion', () => {
  it('copies every part as it stands', () => {
    const options: Partial<ResponseOptions> = {
      assertionId: '_a',
      responseId: '_r',
      nameId: { value: ' x ', format: NAME_ID.persistent, nameQualifier: 'q', spNameQualifier: 's' },
      attributes: [
        { name: 'a', values: ['1', ' 2 ', ''] },
        { name: 'b', friendlyName: 'email', values: ['3'] },
        { name: 'a', nameFormat: 'urn:x', values: ['4'] },
        { name: '__proto__', values: ['5'] },
        { name: 'none', values: [] },
      ],
      authnStatements: [
        { sessionIndex: '_s', sessionNotOnOrAfter: at(1), contextClass: CONTEXT.x509, authnInstant: at(0) },
        { sessionIndex: null, contextClass: null, authnInstant: null },
      ],
      confirmations: [
        { notBefore: at(2), notOnOrAfter: at(3) },
        { noData: true, method: 'm' },
      ],
      conditions: { notBefore: at(4), notOnOrAfter: at(5), audiences: [[SP, 'x'], ['y']] },
      status: { code: 'c', subCode: 'd' },
    };
    const { data } = read(message(options));
    expect(data).toEqual({
      response: {
        signed: false,
        encrypted: false,
        id: '_r',
        version: '2.0',
        issueInstant: at(0),
        issuer: { value: IDP },
        destination: ACS,
        inResponseTo: REQUEST,
        statusCodes: ['c', 'd'],
      },
      id: '_a',
      version: '2.0',
      issueInstant: at(0),
      issuer: { value: IDP },
      hasSubject: true,
      nameId: { value: ' x ', format: NAME_ID.persistent, nameQualifier: 'q', spNameQualifier: 's' },
      subjectConfirmations: [
        {
          method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
          recipient: ACS,
          inResponseTo: REQUEST,
          notBefore: at(2),
          notOnOrAfter: at(3),
        },
        { method: 'm' },
      ],
      conditions: {
        notBefore: at(4),
        notOnOrAfter: at(5),
        audienceRestrictions: [[SP, 'x'], ['y']],
        unknown: [],
      },
      authnStatements: [
        {
          authnInstant: at(0),
          sessionIndex: '_s',
          sessionNotOnOrAfter: at(1),
          authnContextClassRef: CONTEXT.x509,
        },
        {},
      ],
      attributes: new Map([
        ['a', { name: 'a', values: ['1', ' 2 ', '', '4'], structured: false }],
        ['b', { name: 'b', values: ['3'], structured: false }],
        ['__proto__', { name: '__proto__', values: ['5'], structured: false }],
        ['none', { name: 'none', values: [], structured: false }],
      ]),
    });
  });

  it('leaves out what is not there', () => {
    const { data } = read(
      message({
        noSubject: true,
        conditions: null,
        destination: null,
        responseIssuer: null,
        responseInResponseTo: null,
        status: null,
        authnStatements: [],
      }),
    );
    expect(Object.keys(data).sort()).toEqual([
      'attributes',
      'authnStatements',
      'hasSubject',
      'id',
      'issueInstant',
      'issuer',
      'response',
      'subjectConfirmations',
      'version',
    ]);
    expect([data.hasSubject, data.subjectConfirmations, data.authnStatements]).toEqual([false, [], []]);
    expect(Object.keys(data.response).sort()).toEqual([
      'encrypted',
      'id',
      'issueInstant',
      'signed',
      'statusCodes',
      'version',
    ]);
    expect(data.response.statusCodes).toEqual([]);
  });

  it.each([
    ['Version', 'version'],
    ['IssueInstant', 'issueInstant'],
  ] as const)('says nothing of an absent %s', (attribute, property) => {
    const data = readChanged(new RegExp(`(<saml:Assertion [^>]*) ${attribute}="[^"]*"`), '$1');
    expect(property in data).toBe(false);
  });

  it('reads the Response from its signed bytes when it is signed', () => {
    expect(read(message({ sign: { response: true } })).data.response).toMatchObject({
      signed: true,
      encrypted: false,
      destination: ACS,
    });
    expect(read(message({ encrypt })).data.response).toMatchObject({ signed: false, encrypted: true });
  });

  it('takes the Format of an Issuer', () => {
    const entity = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';
    expect(read(message({ style: { issuerFormat: true } })).data.issuer).toEqual({
      value: IDP,
      format: entity,
    });
  });

  it('finds the Issuer of the Response by its namespace', () => {
    expect(read(message({ sign: { response: true } })).data.response.issuer).toEqual({ value: IDP });
  });
});

describe('the Assertion', () => {
  it.each([
    ['text', '<saml:Subject>', 'x<saml:Subject>', 'text in Assertion'],
    ['an unknown element', '<saml:Subject>', '<saml:Unknown/><saml:Subject>', 'saml:Unknown in Assertion'],
    ['a foreign element', '<saml:Subject>', '<x/><saml:Subject>', 'x in Assertion'],
    [
      'a Subject of another namespace',
      '<saml:Subject>',
      '<Subject xmlns="urn:x"/><saml:Subject>',
      'Subject in Assertion',
    ],
    [
      'a Signature of our namespace',
      '<saml:Subject>',
      '<saml:Signature/><saml:Subject>',
      'saml:Signature in Assertion',
    ],
    [
      'two Issuers',
      /<saml:Issuer>[^<]*<\/saml:Issuer><saml:Subject>/,
      `<saml:Issuer>x</saml:Issuer>$&`,
      'several Issuer',
    ],
    ['no Issuer', /<saml:Issuer>[^<]*<\/saml:Issuer><saml:Subject>/, '<saml:Subject>', 'no Issuer'],
    [
      'an Issuer with elements',
      /(<saml:Issuer)>[^<]*(<\/saml:Issuer><saml:Subject>)/,
      '$1><x/>$2',
      'elements inside Issuer',
    ],
    ['two Subjects', '<saml:Subject>', '<saml:Subject/><saml:Subject>', 'several Subject'],
    ['two Conditions', '<saml:Conditions', '<saml:Conditions/><saml:Conditions', 'several Conditions'],
    [
      'two Advice',
      '<saml:AuthnStatement',
      '<saml:Advice/><saml:Advice/><saml:AuthnStatement',
      'several Advice',
    ],
  ])('may not hold %s', (_title, pattern, replacement, received) => {
    expect(refused(pattern, replacement)).toEqual(invalid(received));
  });

  it.each([
    '<saml:Advice><x>y</x></saml:Advice>',
    '<saml:Statement/>',
    '<saml:AuthzDecisionStatement/>',
    '<saml:AttributeStatement/>',
    ' \n<!-- x -->',
  ])('may hold %j', (extra) => {
    expect(readChanged('<saml:AuthnStatement', `${extra}<saml:AuthnStatement`).nameId?.value).toBe(EMAIL);
  });
});

describe('the Subject', () => {
  it.each([
    ['text', '<saml:Subject>', '<saml:Subject>x', 'text in Subject'],
    ['an unknown element', '<saml:Subject>', '<saml:Subject><saml:X/>', 'saml:X in Subject'],
    ['a foreign NameID', '<saml:Subject>', '<saml:Subject><NameID xmlns="urn:x"/>', 'NameID in Subject'],
    ['two NameIDs', '<saml:Subject>', '<saml:Subject><saml:NameID/>', 'several identifiers in Subject'],
    [
      'a NameID and a BaseID',
      '<saml:Subject>',
      '<saml:Subject><saml:BaseID/>',
      'several identifiers in Subject',
    ],
    [
      'a NameID and an EncryptedID',
      '<saml:Subject>',
      '<saml:Subject><saml:EncryptedID/>',
      'several identifiers in Subject',
    ],
    ['a NameID with an element', 'alice@', 'alice@<x/>', 'elements inside NameID'],
    [
      'two SubjectConfirmationData',
      '<saml:SubjectConfirmationData',
      '<saml:SubjectConfirmationData/><saml:SubjectConfirmationData',
      'several SubjectConfirmationData',
    ],
  ])('may not hold %s', (_title, pattern, replacement, received) => {
    expect(refused(pattern, replacement)).toEqual(invalid(received));
  });

  it('may have no confirmation', () => {
    expect(read(message({ confirmations: [] })).data.subjectConfirmations).toEqual([]);
  });

  it('may have no identifier, or one that is no NameID', () => {
    expect('nameId' in read(message({ nameId: null })).data).toBe(false);
    expect('nameId' in readChanged(/<saml:NameID [^]*<\/saml:NameID>/, '<saml:BaseID/>')).toBe(false);
  });

  it('is the whole text, in spite of comments and CDATA', () => {
    expect(readChanged('alice@example.com', 'alice@<![CDATA[example]]><!--x-->&#46;com').nameId?.value).toBe(
      EMAIL,
    );
  });

  it('ignores the identifier inside a confirmation, and foreign data', () => {
    const data = readChanged(
      '<saml:SubjectConfirmationData',
      '<saml:NameID>x</saml:NameID><x:SubjectConfirmationData xmlns:x="urn:x"/><saml:SubjectConfirmationData',
    );
    expect(data.nameId?.value).toBe(EMAIL);
    expect(data.subjectConfirmations).toHaveLength(1);
    expect(data.subjectConfirmations[0]?.recipient).toBe(ACS);
  });

  it('does not take attributes with a namespace', () => {
    const data = readChanged('Recipient=', 'xmlns:x="urn:x" x:Recipient=');
    expect(data.subjectConfirmations[0]).not.toHaveProperty('recipient');
  });

  it('gives a confirmation without Method an empty one', () => {
    expect(readChanged(/ Method="[^"]*"/, '').subjectConfirmations[0]?.method).toBe('');
  });
});

describe('an EncryptedID', () => {
  const withId = (plain: string): Parameters<typeof readChanged> => [
    /<saml:NameID [^]*<\/saml:NameID>/,
    `<saml:EncryptedID>${encryptXml(plain, encrypt)}</saml:EncryptedID>`,
  ];

  it('is the NameID inside', () => {
    expect(read(message({ encryptNameId: encrypt })).data.nameId).toEqual({
      value: EMAIL,
      format: NAME_ID.email,
    });
  });

  it.each([
    ['aes256cbc', true],
    ['aes256gcm', false],
  ] as const)('of %s: its weakness shows in the facts (%s)', (content, cbc) => {
    const verified = verify(message({ encryptNameId: { ...encrypt, content: CONTENT[content] } }));
    expect(verified.facts.cbc).toBe(false);
    const { facts } = readAssertion(verified, trust.decryption);
    expect(facts).toEqual({ ...verified.facts, cbc });
    expect(Object.isFrozen(facts)).toBe(true);
  });

  it('does not hide the weakness of the Assertion around it', () => {
    const around = { ...encrypt, content: CONTENT.aes128cbc };
    expect(read(message({ encrypt: around, encryptNameId: encrypt })).facts.cbc).toBe(true);
    expect(read(message({ encrypt: around })).facts.cbc).toBe(true);
  });

  it('may use the namespaces around it', () => {
    expect(readChanged(...withId('<saml:NameID>x</saml:NameID>')).nameId).toEqual({ value: 'x' });
  });

  it.each([
    ['another element', '<saml:BaseID/>', 'EncryptedID without NameID'],
    ['a NameID of another namespace', '<NameID xmlns="urn:x"/>', 'EncryptedID without NameID'],
    ['a NameID with elements', '<saml:NameID><x/></saml:NameID>', 'elements inside NameID'],
  ])('may not be %s', (_title, plain, received) => {
    expect(refused(...withId(plain))).toEqual(invalid(received));
  });

  it('is authentic, so its failures have names', () => {
    expect(refused(...withId('x'))[0]).toBe('SAML_XML_MALFORMED');
    const verified = verify(message({ encryptNameId: encrypt }));
    expect(outcome(() => readAssertion(verified, { ...trust.decryption, keys: [] }))).toBe(
      'SAML_DECRYPTION_FAILED',
    );
  });
});

describe('Conditions', () => {
  const audience = '<saml:AudienceRestriction>';
  it.each([
    ['text', audience, `x${audience}`, 'text in Conditions'],
    ['text in AudienceRestriction', '<saml:Audience>', 'x<saml:Audience>', 'text in AudienceRestriction'],
    [
      'something else in AudienceRestriction',
      '<saml:Audience>',
      '<saml:X/><saml:Audience>',
      'saml:X in AudienceRestriction',
    ],
    ['elements in Audience', '<saml:Audience>', '<saml:Audience><x/>', 'elements inside Audience'],
    ['two OneTimeUse', audience, `<saml:OneTimeUse/><saml:OneTimeUse/>${audience}`, 'several OneTimeUse'],
    [
      'two ProxyRestriction',
      audience,
      `<saml:ProxyRestriction/><saml:ProxyRestriction/>${audience}`,
      'several ProxyRestriction',
    ],
  ])('may not hold %s', (_title, pattern, replacement, received) => {
    expect(refused(pattern, replacement)).toEqual(invalid(received));
  });

  it('may hold the standard’s own', () => {
    const data = readChanged(
      audience,
      `<saml:OneTimeUse/> <saml:ProxyRestriction Count="1"><saml:Audience/></saml:ProxyRestriction>${audience}`,
    );
    expect(data.conditions).toMatchObject({ audienceRestrictions: [[SP]], unknown: [] });
  });

  it('lists what it does not know by name', () => {
    const data = readChanged(
      audience,
      `<x:AudienceRestriction xmlns:x="urn:x"/><OneTimeUse/><saml:Condition/><${'x'.repeat(300)}/>${audience}`,
    );
    expect(data.conditions?.unknown).toEqual([
      'x:AudienceRestriction',
      'OneTimeUse',
      'saml:Condition',
      'x'.repeat(200),
    ]);
  });

  it('may be empty', () => {
    expect(readChanged(/<saml:Conditions [^]*<\/saml:Conditions>/, '<saml:Conditions/>').conditions).toEqual({
      audienceRestrictions: [],
      unknown: [],
    });
  });

  it('may have an empty AudienceRestriction', () => {
    expect(readChanged(/<saml:Audience>[^]*<\/saml:Audience>/, '').conditions?.audienceRestrictions).toEqual([
      [],
    ]);
  });
});

describe('AuthnStatements', () => {
  it('read the class by its namespace', () => {
    const other =
      '<x:AuthnContext xmlns:x="urn:x"><x:AuthnContextClassRef>no</x:AuthnContextClassRef></x:AuthnContext>';
    expect(
      readChanged('<saml:AuthnContext>', `${other}<saml:AuthnContext>`).authnStatements[0]
        ?.authnContextClassRef,
    ).toBe(CONTEXT.passwordProtectedTransport);
    expect(
      readChanged(
        '<saml:AuthnContextClassRef>',
        '<AuthnContextClassRef>no</AuthnContextClassRef><saml:AuthnContextClassRef>',
      ).authnStatements[0]?.authnContextClassRef,
    ).toBe(CONTEXT.passwordProtectedTransport);
  });

  it.each([
    ['no AuthnContext', /<saml:AuthnContext>[^]*<\/saml:AuthnContext>/, ''],
    ['no class', /<saml:AuthnContextClassRef>[^]*<\/saml:AuthnContextClassRef>/, ''],
    ['a class with elements', '<saml:AuthnContextClassRef>', '<saml:AuthnContextClassRef><x/>'],
  ])('with %s have no class', (_title, pattern, replacement) => {
    expect(readChanged(pattern, replacement).authnStatements[0]).not.toHaveProperty('authnContextClassRef');
  });
});

describe('Attributes', () => {
  const statement = (content: string): Parameters<typeof readChanged> => [
    '</saml:AuthnStatement>',
    `</saml:AuthnStatement><saml:AttributeStatement>${content}</saml:AttributeStatement>`,
  ];
  const value = (content: string): string => `<saml:AttributeValue>${content}</saml:AttributeValue>`;
  const attribute = (name: string, content: string): string =>
    `<saml:Attribute Name="${name}">${content}</saml:Attribute>`;

  it('are merged over statements', () => {
    const [pattern, one] = statement(attribute('a', value('1')));
    const data = readChanged(
      pattern,
      `${one}<saml:AttributeStatement>${attribute('a', value('2'))}</saml:AttributeStatement>`,
    );
    expect(data.attributes.get('a')?.values).toEqual(['1', '2']);
  });

  it('say when a value has elements inside', () => {
    const data = readChanged(
      ...statement(attribute('a', value('1') + value('<saml:NameID>x</saml:NameID>') + value('2'))),
    );
    expect(data.attributes.get('a')).toEqual({ name: 'a', values: ['1', '2'], structured: true });
  });

  it('ignore what is encrypted or foreign, and FriendlyName', () => {
    const data = readChanged(
      ...statement(
        `<saml:EncryptedAttribute/><x:Attribute xmlns:x="urn:x" Name="b"/><saml:Attribute Name="a" FriendlyName="b"><x/>${value('1')}</saml:Attribute>`,
      ),
    );
    expect([...data.attributes.keys()]).toEqual(['a']);
    expect(data.attributes.get('a')?.values).toEqual(['1']);
  });

  it('must have a Name', () => {
    expect(refused(...statement('<saml:Attribute/>'))).toEqual(invalid('Attribute without Name'));
    expect(refused(...statement(`<${'x'.repeat(10)}/><saml:Attribute FriendlyName="mail"/>`))).toEqual(
      invalid('Attribute without Name'),
    );
  });

  it('may have any name', () => {
    const data = readChanged(
      ...statement(['', 'constructor', 'toString'].map((name) => attribute(name, value('1'))).join('')),
    );
    expect([...data.attributes.keys()]).toEqual(['', 'constructor', 'toString']);
  });
});

describe('a refusal of the reader', () => {
  it('caps what it quotes', () => {
    expect(refused('<saml:Subject>', `<${'x'.repeat(300)}/><saml:Subject>`)).toEqual(
      invalid('x'.repeat(200)),
    );
  });

  it('comes from what was signed by inclusive C14N with SHA-512 just as well', () => {
    const signature = { canonicalization: C14N.inclusive, digestAlgorithm: DIGEST.sha512 };
    expect(refused('<saml:Subject>', 'x<saml:Subject>', { signature })).toEqual(invalid('text in Assertion'));
  });
});

describe('peeking at what an unverified message claims (explain)', () => {
  it('reads it as if it were true', () => {
    const claimed = peekAssertionData(parse(message({ sign: {} })), trust.decryption);
    expect(claimed).toMatchObject({
      nameId: { value: EMAIL },
      response: { signed: false, encrypted: false },
    });
    expect(claimed && Object.isFrozen(claimed)).toBe(false);
  });

  it('says whether there is a signature, which nobody has verified', () => {
    const xml = message({ sign: { response: true } }).replace('alice@', 'mallory@');
    expect(peekAssertionData(parse(xml), trust.decryption)).toMatchObject({
      nameId: { value: 'mallory@example.com' },
      response: { signed: true },
    });
  });

  it('sees nothing where nothing can be read', () => {
    expect(peekAssertionData(parse(message({ encrypt })), trust.decryption)).toBeUndefined();
    expect(
      peekAssertionData(parse(message({ noAssertion: true, sign: {} })), trust.decryption),
    ).toBeUndefined();
  });

  it('opens an EncryptedID, which an admin wants to see', () => {
    const data = peekAssertionData(parse(message({ encryptNameId: encrypt })), trust.decryption);
    expect(data?.nameId?.value).toBe(EMAIL);
  });
});
