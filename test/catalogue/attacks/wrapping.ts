/** Signature wrapping: security catalogue 2.2. The signed bytes stay valid; the evil ones stand where somebody might read. */
import {
  honest,
  idOf,
  assertionOf,
  evilAssertion,
  replaceAll,
  replaceOnce,
  responseParts,
  signatureOf,
  withAssertion,
  withoutSignature,
  type Signed,
} from './material';
import { attack, type AttackCase, type AttackDraft, type AttackContext } from './catalogue';
import { under } from '../../support/rule-ids';

const STRUCTURE = 'SAML_STRUCTURE_INVALID';
const MULTIPLE = 'SAML_ASSERTION_MULTIPLE';
const DUPLICATE = 'SAML_XML_DUPLICATE_ID';
const PAPER = 'Somorovsky et al. 2012';

/** Puts the original Response, without signature, somewhere in an evil Response that carries its signature. */
function wrappedResponse(
  c: AttackContext,
  place: (original: string, evil: string, signature: string) => string,
): string {
  const xml = honest(c, 'response');
  const signature = signatureOf(xml);
  const original = withoutSignature(xml);
  const evil = replaceAll(replaceOnce(original, / ID="[^"]*"/, ' ID="_evil"'), c.attacker, c.victim).replace(
    idOf(assertionOf(xml)),
    '_evilassertion',
  );
  return place(original, evil, signature);
}

const afterIssuer = (xml: string, inserted: string): string =>
  replaceOnce(xml, '</saml:Issuer>', `</saml:Issuer>${inserted}`);

const responses: AttackDraft[] = [
  attack('X-xsw1-original-in-signature', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      afterIssuer(evil, replaceOnce(signature, '</ds:Signature>', `${original}</ds:Signature>`)),
    ),
  ),
  attack('X-xsw1-original-in-object', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      afterIssuer(
        evil,
        replaceOnce(signature, '</ds:Signature>', `<ds:Object>${original}</ds:Object></ds:Signature>`),
      ),
    ),
  ),
  attack('X-xsw2-original-before-signature', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) => afterIssuer(evil, original + signature)),
  ),
  attack('X-xsw2-original-after-signature', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) => afterIssuer(evil, signature + original)),
  ),
  attack('X-xsw2-original-last', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      replaceOnce(afterIssuer(evil, signature), '</samlp:Response>', `${original}</samlp:Response>`),
    ),
  ),
  attack('X-response-in-extensions', 'CVE-2024-45409', STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      afterIssuer(evil, `${signature}<samlp:Extensions>${original}</samlp:Extensions>`),
    ),
  ),
  attack('X-response-in-statusdetail', 'CVE-2024-45409', STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      replaceOnce(
        afterIssuer(evil, signature),
        '</samlp:Status>',
        `<samlp:StatusDetail>${original}</samlp:StatusDetail></samlp:Status>`,
      ),
    ),
  ),
  attack('X-response-in-advice', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      replaceOnce(
        afterIssuer(evil, signature),
        '</saml:Conditions>',
        `</saml:Conditions><saml:Advice>${original}</saml:Advice>`,
      ),
    ),
  ),
  attack('X-response-signed-moved-sameid', PAPER, DUPLICATE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      afterIssuer(
        replaceOnce(evil, 'ID="_evil"', `ID="${idOf(original)}"`),
        `${signature}<samlp:Extensions>${original}</samlp:Extensions>`,
      ),
    ),
  ),
  attack('X-nested-response', PAPER, STRUCTURE, (c) =>
    wrappedResponse(c, (original, evil, signature) =>
      replaceOnce(evil, '</samlp:Response>', `${afterIssuer(original, signature)}</samlp:Response>`),
    ),
  ),
  attack('X-nested-response-signed-inside', PAPER, STRUCTURE, (c) => {
    const signed = honest(c, 'response');
    const { start, issuer, status } = responseParts(honest(c, 'none', { responseId: '_outer' }));
    return `${start}${issuer}${status}${signed}</samlp:Response>`;
  }),
  attack(
    'X-soap-envelope',
    PAPER,
    'SAML_ROOT_INVALID',
    (c) =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${honest(c, 'response')}</s:Body></s:Envelope>`,
  ),
  attack(
    'X-soap-evil-header',
    PAPER,
    'SAML_ROOT_INVALID',
    (c) =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>${evilAssertion(c, honest(c))}</s:Header><s:Body>${honest(c, 'response')}</s:Body></s:Envelope>`,
  ),
];

/** Every way to put an evil assertion beside, around or inside the signed one. */
function assertionWrappings(signed: Signed): AttackDraft[] {
  const suffix = signed === 'both' ? '-both' : signed === 'response' ? '-response' : '';
  // With a signed Response the evil copy stands outside of what its digest covers only where it breaks that digest.
  const outer = signed === 'assertion';
  const code = (structural: string): string => structural;
  const make = (id: string, expect: string, change: (c: AttackContext, xml: string) => string): AttackDraft =>
    attack(`${id}${suffix}`, PAPER, code(expect), (c) => change(c, honest(c, signed)));
  const cases = [
    make('X-xsw3-evil-first', MULTIPLE, (c, xml) =>
      withAssertion(xml, evilAssertion(c, xml) + assertionOf(xml)),
    ),
    make('X-xsw3-evil-last', MULTIPLE, (c, xml) =>
      withAssertion(xml, assertionOf(xml) + evilAssertion(c, xml)),
    ),
    make('X-xsw3-sameid', DUPLICATE, (c, xml) =>
      withAssertion(xml, evilAssertion(c, xml, idOf(assertionOf(xml))) + assertionOf(xml)),
    ),
    make('X-xsw3-noid', MULTIPLE, (c, xml) =>
      withAssertion(xml, evilAssertion(c, xml, null) + assertionOf(xml)),
    ),
    make('X-xsw4-original-inside', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        replaceOnce(evilAssertion(c, xml), '</saml:Assertion>', `${assertionOf(xml)}</saml:Assertion>`),
      ),
    ),
    make('X-xsw4-original-inside-first', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        replaceOnce(evilAssertion(c, xml), '<saml:Subject>', `${assertionOf(xml)}<saml:Subject>`),
      ),
    ),
  ];
  if (!outer) return cases;
  const evilWithSignature = (c: AttackContext, xml: string, id: string | null, signature: string): string =>
    replaceOnce(evilAssertion(c, xml, id), '</saml:Issuer>', `</saml:Issuer>${signature}`);
  const original = (xml: string): string => withoutSignature(assertionOf(xml));
  const into = (signature: string, inserted: string): string =>
    replaceOnce(signature, '</ds:Signature>', `${inserted}</ds:Signature>`);
  return [
    ...cases,
    make('X-xsw5-evil-signed-original-last', MULTIPLE, (c, xml) =>
      withAssertion(xml, evilWithSignature(c, xml, '_evil', signatureOf(xml)) + original(xml)),
    ),
    make('X-xsw5-sameid', DUPLICATE, (c, xml) =>
      withAssertion(xml, evilWithSignature(c, xml, idOf(assertionOf(xml)), signatureOf(xml)) + original(xml)),
    ),
    make('X-xsw6-original-in-signature', STRUCTURE, (c, xml) =>
      withAssertion(xml, evilWithSignature(c, xml, '_evil', into(signatureOf(xml), original(xml)))),
    ),
    make('X-xsw6-sameid', DUPLICATE, (c, xml) =>
      withAssertion(
        xml,
        evilWithSignature(c, xml, idOf(assertionOf(xml)), into(signatureOf(xml), original(xml))),
      ),
    ),
    make('X-xsw7-evil-in-extensions', STRUCTURE, (c, xml) =>
      replaceOnce(
        xml,
        '<samlp:Status>',
        `<samlp:Extensions>${evilAssertion(c, xml)}</samlp:Extensions><samlp:Status>`,
      ),
    ),
    make('X-xsw7-sameid', DUPLICATE, (c, xml) =>
      replaceOnce(
        xml,
        '<samlp:Status>',
        `<samlp:Extensions>${evilAssertion(c, xml, idOf(assertionOf(xml)))}</samlp:Extensions><samlp:Status>`,
      ),
    ),
    make('X-xsw8-original-in-object', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        evilWithSignature(c, xml, '_evil', into(signatureOf(xml), `<ds:Object>${original(xml)}</ds:Object>`)),
      ),
    ),
    make('X-keyinfo', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        evilWithSignature(
          c,
          xml,
          '_evil',
          replaceOnce(signatureOf(xml), '</ds:KeyInfo>', `${original(xml)}</ds:KeyInfo>`),
        ),
      ),
    ),
    make('X-keyinfo-evil', STRUCTURE, (c, xml) =>
      replaceOnce(xml, '</ds:KeyInfo>', `${evilAssertion(c, xml)}</ds:KeyInfo>`),
    ),
    make('X-evil-in-signature', STRUCTURE, (c, xml) =>
      replaceOnce(xml, '</ds:Signature>', `${evilAssertion(c, xml)}</ds:Signature>`),
    ),
    make('X-evil-nameid-in-signature', STRUCTURE, (c, xml) =>
      replaceOnce(
        xml,
        '</ds:Signature>',
        `<saml:Subject><saml:NameID>${c.victim}</saml:NameID></saml:Subject></ds:Signature>`,
      ),
    ),
    make('X-evil-in-keyinfo-x509data', STRUCTURE, (c, xml) =>
      replaceOnce(xml, '</ds:X509Data>', `${evilAssertion(c, xml)}</ds:X509Data>`),
    ),
    make('X-original-in-extensions', STRUCTURE, (c, xml) =>
      replaceOnce(
        withAssertion(xml, evilAssertion(c, xml)),
        '<samlp:Status>',
        `<samlp:Extensions>${assertionOf(xml)}</samlp:Extensions><samlp:Status>`,
      ),
    ),
    make('X-statusdetail-original', STRUCTURE, (c, xml) =>
      replaceOnce(
        withAssertion(xml, evilAssertion(c, xml)),
        '</samlp:Status>',
        `<samlp:StatusDetail>${assertionOf(xml)}</samlp:StatusDetail></samlp:Status>`,
      ),
    ),
    make('X-statusdetail-evil', STRUCTURE, (c, xml) =>
      replaceOnce(
        xml,
        '</samlp:Status>',
        `<samlp:StatusDetail>${evilAssertion(c, xml)}</samlp:StatusDetail></samlp:Status>`,
      ),
    ),
    make('X-advice-original', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        replaceOnce(
          evilAssertion(c, xml),
          '</saml:Conditions>',
          `</saml:Conditions><saml:Advice>${assertionOf(xml)}</saml:Advice>`,
        ),
      ),
    ),
    make('X-scd-original', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        replaceOnce(evilAssertion(c, xml), /(<saml:SubjectConfirmationData[^>]*)\/>/, '@@').replace(
          '@@',
          `${/<saml:SubjectConfirmationData[^>]*(?=\/>)/.exec(xml)?.[0] ?? ''}>${assertionOf(xml)}</saml:SubjectConfirmationData>`,
        ),
      ),
    ),
    make('X-attrvalue-original', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        replaceOnce(
          evilAssertion(c, xml),
          '</saml:Assertion>',
          `<saml:AttributeStatement><saml:Attribute Name="x"><saml:AttributeValue>${assertionOf(xml)}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`,
        ),
      ),
    ),
    make('X-encassertion-plain', MULTIPLE, (c, xml) =>
      withAssertion(
        xml,
        `${assertionOf(xml)}<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${evilAssertion(c, xml)}</saml:EncryptedAssertion>`,
      ),
    ),
    make('X-encassertion-original', MULTIPLE, (c, xml) =>
      withAssertion(
        xml,
        `${evilAssertion(c, xml)}<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${assertionOf(xml)}</saml:EncryptedAssertion>`,
      ),
    ),
    make('X-evil-before-status', MULTIPLE, (c, xml) =>
      replaceOnce(xml, '<samlp:Status>', `${evilAssertion(c, xml)}<samlp:Status>`),
    ),
    make('X-unknown-wrapper', STRUCTURE, (c, xml) =>
      withAssertion(
        xml,
        `<w:wrapper xmlns:w="urn:w">${assertionOf(xml)}</w:wrapper>${evilAssertion(c, xml)}`,
      ),
    ),
    make('X-decoy-sig-first', STRUCTURE, (c, xml) => {
      const value = /<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/.exec(xml)?.[0] ?? '';
      return replaceOnce(
        xml,
        '<saml:Subject>',
        `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${value}<saml:NameID>${c.victim}</saml:NameID></ds:Signature><saml:Subject>`,
      );
    }),
    make('X-decoy-sig-nameid', STRUCTURE, (c, xml) => {
      const value = /<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/.exec(xml)?.[0] ?? '';
      return replaceOnce(
        xml,
        '<saml:NameID ',
        `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${value}<saml:NameID>${c.victim}</saml:NameID></ds:Signature><saml:NameID `,
      );
    }),
    ...foreignNamespaces.map(([name, expect, change]) => make(`X-foreign-ns-${name}`, expect, change)),
    ...idGames.map(([name, expect, change]) => make(`X-id-${name}`, expect, change)),
  ];
}

type Change = (c: AttackContext, xml: string) => string;

const foreignNamespaces: [string, string, Change][] = [
  [
    'evil-first',
    STRUCTURE,
    (c, xml) => withAssertion(xml, inNamespace(evilAssertion(c, xml), 'urn:evil') + assertionOf(xml)),
  ],
  [
    'evil-last',
    STRUCTURE,
    (c, xml) => withAssertion(xml, assertionOf(xml) + inNamespace(evilAssertion(c, xml), 'urn:evil')),
  ],
  [
    'evil-no-namespace',
    STRUCTURE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml)
          .replaceAll('saml:', '')
          .replace(/ xmlns:saml="[^"]*"| xmlns="[^"]*"/g, '') + assertionOf(xml),
      ),
  ],
  [
    'evil-saml1',
    STRUCTURE,
    (c, xml) =>
      withAssertion(
        xml,
        inNamespace(evilAssertion(c, xml), 'urn:oasis:names:tc:SAML:1.0:assertion') + assertionOf(xml),
      ),
  ],
  ['evil-only', STRUCTURE, (c, xml) => withAssertion(xml, inNamespace(evilAssertion(c, xml), 'urn:evil'))],
  [
    'lowercase',
    STRUCTURE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml).replaceAll('saml:Assertion', 'saml:assertion') + assertionOf(xml),
      ),
  ],
  [
    'nameid-beside',
    STRUCTURE,
    (c, xml) =>
      replaceOnce(xml, '<samlp:Status>', `<e:NameID xmlns:e="urn:evil">${c.victim}</e:NameID><samlp:Status>`),
  ],
];

const inNamespace = (fragment: string, uri: string): string =>
  fragment.replace(/xmlns:saml="[^"]*"/, `xmlns:saml="${uri}"`);

const idGames: [string, string, Change][] = [
  [
    'lower-Id',
    DUPLICATE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml).replace(' ID="_evil"', ` Id="${idOf(assertionOf(xml))}" ID="_evil"`) +
          assertionOf(xml),
      ),
  ],
  [
    'lower-id',
    DUPLICATE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml).replace(' ID="_evil"', ` id="${idOf(assertionOf(xml))}" ID="_evil"`) +
          assertionOf(xml),
      ),
  ],
  [
    'xml-id',
    DUPLICATE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml).replace(' ID="_evil"', ` xml:id="${idOf(assertionOf(xml))}" ID="_evil"`) +
          assertionOf(xml),
      ),
  ],
  [
    'prefixed-ID',
    DUPLICATE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml).replace(
          ' ID="_evil"',
          ` xmlns:x="urn:x" x:ID="${idOf(assertionOf(xml))}" ID="_evil"`,
        ) + assertionOf(xml),
      ),
  ],
  [
    'response-sameid',
    DUPLICATE,
    (_c, xml) => replaceOnce(xml, / ID="[^"]*"/, ` ID="${idOf(assertionOf(xml))}"`),
  ],
  [
    'charref',
    DUPLICATE,
    (c, xml) =>
      withAssertion(
        xml,
        evilAssertion(c, xml, idOf(assertionOf(xml)).replace('_', '&#95;')) + assertionOf(xml),
      ),
  ],
  [
    'status-sameid',
    DUPLICATE,
    (_c, xml) => replaceOnce(xml, '<samlp:Status>', `<samlp:Status Id="${idOf(assertionOf(xml))}">`),
  ],
];

const roots: AttackDraft[] = [
  attack('X-roots-evil-first', 'CVE-2022-39299; CVE-2022-39353', 'SAML_XML_MALFORMED', (c) => {
    const xml = honest(c, 'response');
    return replaceAll(withoutSignature(xml), c.attacker, c.victim) + xml;
  }),
  attack('X-roots-evil-last', 'CVE-2022-39299; CVE-2022-39353', 'SAML_XML_MALFORMED', (c) => {
    const xml = honest(c, 'response');
    return xml + replaceAll(withoutSignature(xml), c.attacker, c.victim);
  }),
  attack(
    'X-roots-evil-assertion-first',
    'CVE-2022-39300',
    'SAML_XML_MALFORMED',
    (c) => evilAssertion(c, honest(c)) + honest(c),
  ),
  attack(
    'X-roots-evil-assertion-last',
    'CVE-2022-39300',
    'SAML_XML_MALFORMED',
    (c) => honest(c) + evilAssertion(c, honest(c)),
  ),
  attack('X-two-assertions-both-signed', 'Profiles §4.1.4.2d', MULTIPLE, (c) => {
    const first = honest(c);
    return withAssertion(first, assertionOf(first) + assertionOf(honest(c)));
  }),
  attack('X-two-assertions-response-signed', 'Profiles §4.1.4.2d', MULTIPLE, (c) =>
    honest(c, 'response', { extraInResponse: assertionOf(honest(c)) }),
  ),
  attack('X-assertion-in-signed-extensions', 'no Assertion elsewhere', STRUCTURE, (c) =>
    honest(c, 'response', { extensions: evilAssertion(c, honest(c)) }),
  ),
  attack('X-assertion-in-signed-advice', 'no Assertion elsewhere', STRUCTURE, (c) =>
    honest(c, 'assertion', { advice: evilAssertion(c, honest(c)) }),
  ),
  attack('X-assertion-in-signed-attribute', 'no Assertion elsewhere', STRUCTURE, (c) =>
    honest(c, 'assertion', { attributes: [{ name: 'a', values: [{ raw: evilAssertion(c, honest(c)) }] }] }),
  ),
  attack('X-assertion-in-signed-statusdetail', 'no Assertion elsewhere', STRUCTURE, (c) =>
    honest(c, 'response', {
      status: { code: 'urn:oasis:names:tc:SAML:2.0:status:Success', detail: evilAssertion(c, honest(c)) },
    }),
  ),
];

export const wrappingAttacks: readonly AttackCase[] = under('message.structure', [
  ...responses,
  ...assertionWrappings('assertion'),
  ...assertionWrappings('response'),
  ...assertionWrappings('both'),
  ...roots,
]);
