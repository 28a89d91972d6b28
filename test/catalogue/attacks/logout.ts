/** Logout messages that must be refused: security catalogue 2.8. Each is judged as our logout path judges it. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../../src/core/error-table';
import {
  encryptXml,
  makeIdpKeys,
  signBytes,
  SIGNATURE,
  signedQueryParts,
  signElement,
  TRANSPORT,
} from '../../support/idp';
import { buildResponse, computeSignature } from '../../support/idp';
import {
  field,
  MESSAGE_ID,
  query,
  requestXml,
  responseXml,
  SLO,
  type Arriving,
} from '../../support/makers/valid-logout';
import { idpKeys, spKeys } from '../../support/makers/valid';
import { ACS, EMAIL, IDP, NOW, REQUEST, SP } from '../../support/makers/valid-data';
import { under, type RuleId } from '../../support/rule-ids';

export interface LogoutAttack {
  readonly id: string;
  readonly source: string;
  readonly expect: ErrorCode;
  readonly send: () => Arriving;
}

const attack = (id: string, source: string, expect: ErrorCode, send: () => Arriving): LogoutAttack => ({
  id,
  source,
  expect,
  send,
});
const byQuery = (id: string, source: string, expect: ErrorCode, make: () => string): LogoutAttack =>
  attack(id, source, expect, () => ({ query: make() }));
const byForm = (id: string, source: string, expect: ErrorCode, make: () => string): LogoutAttack =>
  attack(id, source, expect, () => ({ request: Buffer.from(make()).toString('base64') }));

const MISSING = 'SAML_SIGNATURE_MISSING';
const INVALID = 'SAML_SIGNATURE_INVALID';
const ALGORITHM = 'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED';
const DUPLICATE = 'HTTP_FIELD_DUPLICATE';
const STRUCTURE = 'SAML_STRUCTURE_INVALID';
const EXPIRED = 'SAML_LOGOUT_EXPIRED';

const strangerKeys = makeIdpKeys({ commonName: 'Stranger' });
const parts = (relayState?: string) =>
  signedQueryParts(requestXml(), { keys: idpKeys, ...(relayState === undefined ? {} : { relayState }) });
const join = (...pairs: readonly (string | undefined)[]): string =>
  pairs.filter((pair) => pair !== undefined).join('&');
const packed = (xml: string): string => encodeURIComponent(deflateRawSync(xml).toString('base64'));
const forVictim = (xml: string): string => xml.replace(EMAIL, 'victim@example.com');
const minutes = (count: number): Date => new Date(NOW + count * 60_000);

/** A query whose message is these octets, signed by the IdP as it stands. */
function signedOctets(octets: Buffer): string {
  const signed = `SAMLRequest=${encodeURIComponent(octets.toString('base64'))}&SigAlg=${encodeURIComponent(SIGNATURE.rsaSha256)}`;
  return `${signed}&Signature=${encodeURIComponent(signBytes(signed, idpKeys))}`;
}

const signature = under('logout.signature', [
  byQuery('L-unsigned-redirect', 'node-saml issue 419', MISSING, () => `SAMLRequest=${packed(requestXml())}`),
  byQuery(
    'L-unsigned-redirect-response',
    'node-saml issue 419',
    MISSING,
    () => `SAMLResponse=${packed(responseXml())}`,
  ),
  byQuery('L-stripped-redirect', 'node-saml issue 419', MISSING, () => join(parts().message, parts().sigAlg)),
  byQuery('L-stripped-sigalg', 'node-saml issue 419', MISSING, () =>
    join(parts().message, parts().signature),
  ),
  byQuery('L-empty-signature', 'node-saml issue 419', MISSING, () =>
    join(parts().message, parts().sigAlg, 'Signature='),
  ),
  byQuery('L-signature-not-base64', 'SAML Bindings §3.4.4.1', 'SAML_BASE64_INVALID', () =>
    join(parts().message, parts().sigAlg, 'Signature=%21%21'),
  ),
  byQuery('L-signature-one-octet', 'SAML Bindings §3.4.4.1', INVALID, () =>
    join(parts().message, parts().sigAlg, 'Signature=AA%3D%3D'),
  ),
  byQuery('L-wrong-key', 'another key than the connection’s', INVALID, () =>
    query(requestXml(), { keys: strangerKeys }),
  ),
  byQuery('L-own-key', 'reflection of our own signature', INVALID, () =>
    query(requestXml(), { keys: spKeys }),
  ),
  byQuery('L-resigned', 'changed and signed anew by a stranger', INVALID, () =>
    query(forVictim(requestXml()), { keys: strangerKeys }),
  ),
  byQuery('L-message-changed', 'SAML Bindings §3.4.4.1', INVALID, () =>
    join(`SAMLRequest=${packed(forVictim(requestXml()))}`, parts().sigAlg, parts().signature),
  ),
  byQuery('L-relaystate-changed', 'SAML Bindings §3.4.4.1', INVALID, () => {
    const { message, sigAlg, signature: value } = parts('https://sp.example/here');
    return join(message, 'RelayState=https%3A%2F%2Fevil.example', sigAlg, value);
  }),
  byQuery('L-relaystate-added', 'SAML Bindings §3.4.4.1', INVALID, () =>
    join(parts().message, 'RelayState=x', parts().sigAlg, parts().signature),
  ),
  byQuery('L-relaystate-removed', 'SAML Bindings §3.4.4.1', INVALID, () => {
    const { message, sigAlg, signature: value } = parts('x');
    return join(message, sigAlg, value);
  }),
  byQuery('L-request-as-response', 'the name is part of what is signed', 'SAML_ROOT_INVALID', () =>
    join(parts().message.replace('SAMLRequest', 'SAMLResponse'), parts().sigAlg, parts().signature),
  ),
  byQuery('L-reencoded-lower', 'the octets as received are signed', INVALID, () =>
    query(requestXml()).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  ),
  byQuery('L-reencoded-letter', 'the octets as received are signed', INVALID, () =>
    query(requestXml()).replace(
      /SAMLRequest=(.)/,
      (_all, letter: string) => `SAMLRequest=${escaped(letter)}`,
    ),
  ),
  byQuery('L-signed-without-sigalg', 'SAML Bindings §3.4.4.1', INVALID, () => {
    const { message, sigAlg } = parts();
    return join(message, sigAlg, `Signature=${encodeURIComponent(signBytes(message, idpKeys))}`);
  }),
  byQuery('L-signed-text-only', 'the XML signed instead of the query', INVALID, () => {
    const { message, sigAlg } = parts();
    return join(message, sigAlg, `Signature=${encodeURIComponent(signBytes(requestXml(), idpKeys))}`);
  }),
  ...(
    [
      ['L-md5', 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'],
      ['L-sha1', SIGNATURE.rsaSha1],
      ['L-alg-fragment', 'http://evil.example/#rsa-sha256'],
      ['L-alg-bare', 'rsa-sha256'],
      ['L-alg-empty', ''],
      ['L-alg-hmac', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'],
      ['L-alg-dsa', 'http://www.w3.org/2000/09/xmldsig#dsa-sha1'],
      ['L-alg-proto', '__proto__'],
      ['L-alg-constructor', 'constructor'],
    ] as const
  ).map(([id, uri]) =>
    byQuery(id, 'node-saml: any hash, by the part after #', ALGORITHM, () =>
      join(parts().message, `SigAlg=${encodeURIComponent(uri)}`, parts().signature),
    ),
  ),
  byQuery('L-alg-confusion', 'RSA key asked to verify ECDSA', INVALID, () =>
    join(parts().message, `SigAlg=${encodeURIComponent(SIGNATURE.ecdsaSha256)}`, parts().signature),
  ),
  byForm('L-unsigned-post', 'SAML Profiles §4.4.4.1', MISSING, () => requestXml()),
  byForm('L-wrong-key-post', 'another key than the connection’s', INVALID, () =>
    signElement(requestXml(), MESSAGE_ID, { keys: strangerKeys }),
  ),
  byForm('L-sha1-post', 'algorithm downgrade', ALGORITHM, () =>
    signElement(requestXml(), MESSAGE_ID, { keys: idpKeys, signatureAlgorithm: SIGNATURE.rsaSha1 }),
  ),
  byForm('L-changed-post', 'XML Signature §3.2.1', INVALID, () =>
    forVictim(signElement(requestXml(), MESSAGE_ID, { keys: idpKeys })),
  ),
  byForm('L-empty-signature-post', 'CVE-2026-28323 (fail open)', 'SAML_SIGNATURE_MALFORMED', () =>
    requestXml().replace(
      '</saml:Issuer>',
      '</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
    ),
  ),
  attack('L-unsigned-post-response', 'SAML Profiles §4.4.4.2', MISSING, () => ({
    response: Buffer.from(responseXml()).toString('base64'),
  })),
]);

/** A letter escaped although it need not be. */
const escaped = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

const parameters = under('logout.query', [
  byQuery('L-hpp-request-twice', 'parameter pollution', DUPLICATE, () =>
    join(query(requestXml()), `SAMLRequest=${packed(forVictim(requestXml()))}`),
  ),
  byQuery('L-hpp-request-first', 'parameter pollution', DUPLICATE, () =>
    join(`SAMLRequest=${packed(forVictim(requestXml()))}`, query(requestXml())),
  ),
  byQuery('L-hpp-same-twice', 'parameter pollution', DUPLICATE, () =>
    join(query(requestXml()), parts().message),
  ),
  byQuery('L-hpp-relaystate', 'parameter pollution', DUPLICATE, () =>
    join(query(requestXml(), { relayState: 'a' }), 'RelayState=b'),
  ),
  byQuery('L-hpp-sigalg', 'parameter pollution', DUPLICATE, () => join(query(requestXml()), parts().sigAlg)),
  byQuery('L-hpp-signature', 'parameter pollution', DUPLICATE, () =>
    join(query(requestXml()), parts().signature),
  ),
  byQuery('L-hpp-both-kinds', 'request and response', DUPLICATE, () =>
    join(query(requestXml()), `SAMLResponse=${packed(responseXml())}`),
  ),
  byQuery('L-hpp-encoded-name', 'node-saml: names by RegExp in the raw query', DUPLICATE, () =>
    query(requestXml()).replace('SAMLRequest', 'SAML%52equest'),
  ),
  byQuery('L-hpp-encoded-second', 'node-saml: names by RegExp in the raw query', DUPLICATE, () =>
    join(query(requestXml()), `%53AMLRequest=${packed(forVictim(requestXml()))}`),
  ),
  byQuery('L-hpp-array', 'parameter pollution', DUPLICATE, () =>
    query(requestXml()).replace('SAMLRequest=', 'SAMLRequest[]='),
  ),
  byQuery('L-hpp-prefix', 'node-saml: unanchored names', 'HTTP_FIELD_MISSING', () =>
    query(requestXml()).replace('SAMLRequest', 'xSAMLRequest'),
  ),
  byQuery('L-hpp-case', 'names are exact', 'HTTP_FIELD_MISSING', () =>
    query(requestXml()).replace('SAMLRequest', 'samlrequest'),
  ),
  byQuery('L-hpp-many', 'as many parameters as a path reads', 'HTTP_BODY_MALFORMED', () =>
    join(query(requestXml()), ...Array.from({ length: 40 }, (_, at) => `p${String(at)}=`)),
  ),
  byQuery('L-no-value', 'a name without a value', 'SAML_BASE64_INVALID', () =>
    join('SAMLRequest', parts().sigAlg, parts().signature),
  ),
  byQuery('L-escape-broken', 'invalid percent-encoding', 'HTTP_BODY_MALFORMED', () =>
    join(query(requestXml()), '%zz=1'),
  ),
  byQuery('L-encoding-foreign', 'SAML Bindings §3.4.4', 'SAML_ENCODING_INVALID', () =>
    join('SAMLEncoding=urn%3Aexample%3Aplain', query(requestXml())),
  ),
  byQuery('L-bomb', 'CVE-2023-28119, CVE-2025-25293', 'SAML_MESSAGE_TOO_LARGE', () =>
    signedOctets(deflateRawSync(Buffer.alloc(20 * 1024 * 1024, 0x20))),
  ),
  byQuery('L-bomb-in-message', 'CVE-2023-26483', 'SAML_MESSAGE_TOO_LARGE', () =>
    signedOctets(deflateRawSync(requestXml() + ' '.repeat(8 * 1024 * 1024))),
  ),
  byQuery('L-zlib', 'RFC 1950 instead of 1951', 'SAML_ENCODING_INVALID', () =>
    signedOctets(deflateSync(requestXml())),
  ),
  byQuery('L-gzip', 'RFC 1952 instead of 1951', 'SAML_ENCODING_INVALID', () =>
    signedOctets(gzipSync(requestXml())),
  ),
  byQuery('L-plain', 'not packed', 'SAML_ENCODING_INVALID', () => signedOctets(Buffer.from(requestXml()))),
  byQuery('L-cut-off', 'an unfinished stream', 'SAML_ENCODING_INVALID', () =>
    signedOctets(deflateRawSync(requestXml()).subarray(0, 100)),
  ),
  byQuery('L-utf16', 'not UTF-8', 'SAML_ENCODING_INVALID', () =>
    signedOctets(deflateRawSync(Buffer.from([0xff, 0xfe, 0x3c, 0x00]))),
  ),
]);

const structure = under('logout.structure', [
  byQuery('L-doctype', 'IIP-G03', 'SAML_XML_DOCTYPE', () => query(`<!DOCTYPE a>${requestXml()}`)),
  byQuery('L-pi', 'node-saml: NameID of the raw document', 'SAML_XML_PROCESSING_INSTRUCTION', () =>
    query(requestXml().replace(EMAIL, `not-<?x?>${EMAIL}`)),
  ),
  byForm('L-pi-post', 'node-saml: NameID of the raw document', 'SAML_XML_PROCESSING_INSTRUCTION', () =>
    signElement(requestXml(), MESSAGE_ID, { keys: idpKeys }).replace(EMAIL, `not-<?x?>${EMAIL}`),
  ),
  byQuery('L-second-root', 'two documents', 'SAML_XML_MALFORMED', () => query(requestXml() + requestXml())),
  byQuery('L-authn-request', 'another request of the same key', 'SAML_ROOT_INVALID', () =>
    query(requestXml().replaceAll('LogoutRequest', 'AuthnRequest'), { name: 'SAMLRequest' }),
  ),
  byQuery('L-wrong-namespace', 'namespace confusion', 'SAML_ROOT_INVALID', () =>
    query(requestXml().replace('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:example:protocol')),
  ),
  byQuery('L-response-as-request', 'the other kind under this name', 'SAML_ROOT_INVALID', () =>
    query(responseXml(), { name: 'SAMLRequest' }),
  ),
  byQuery('L-embedded-signature-redirect', 'SAML Bindings §3.4.4.1', STRUCTURE, () =>
    query(signElement(requestXml(), MESSAGE_ID, { keys: idpKeys })),
  ),
  byForm('L-xsw-wrapped', 'Somorovsky et al. 2012: the signed message inside another', STRUCTURE, () => {
    const signed = signElement(requestXml(), MESSAGE_ID, { keys: idpKeys });
    return forVictim(requestXml({ id: '_evil' })).replace('</saml:Issuer>', `</saml:Issuer>${signed}`);
  }),
  byForm('L-xsw-extensions', 'Somorovsky et al. 2012: the signed message in Extensions', STRUCTURE, () => {
    const signed = signElement(requestXml(), MESSAGE_ID, { keys: idpKeys });
    return forVictim(requestXml({ id: '_evil' })).replace(
      '</saml:Issuer>',
      `</saml:Issuer><samlp:Extensions>${signed}</samlp:Extensions>`,
    );
  }),
  byForm('L-xsw-object', 'Somorovsky et al. 2012: the signed message in ds:Object', STRUCTURE, () => {
    const xml = requestXml();
    const value = computeSignature(xml, MESSAGE_ID, { keys: idpKeys });
    const holding = value.replace('</ds:Signature>', `<ds:Object>${xml}</ds:Object></ds:Signature>`);
    return forVictim(requestXml({ id: '_evil' })).replace('</saml:Issuer>', `</saml:Issuer>${holding}`);
  }),
  byForm('L-xsw-foreign-reference', 'Reference to another element', 'SAML_SIGNATURE_MALFORMED', () => {
    const value = computeSignature(requestXml(), MESSAGE_ID, { keys: idpKeys });
    return forVictim(requestXml({ id: '_evil' })).replace('</saml:Issuer>', `</saml:Issuer>${value}`);
  }),
  byForm('L-duplicate-id', 'two elements share an ID', 'SAML_XML_DUPLICATE_ID', () =>
    signElement(requestXml(), MESSAGE_ID, { keys: idpKeys }).replace(
      '<samlp:SessionIndex',
      `<samlp:SessionIndex ID="${MESSAGE_ID}"`,
    ),
  ),
  byForm('L-signed-assertion-inside', 'samlify issue 634, GHSA-63ch-w8pw-4mf2', STRUCTURE, () => {
    const response = buildResponse({
      keys: idpKeys,
      issuer: IDP,
      acsUrl: ACS,
      audience: SP,
      inResponseTo: REQUEST,
      now: new Date(NOW),
    });
    const assertion = /<saml:Assertion[^]*<\/saml:Assertion>/.exec(response)?.[0] ?? '';
    return requestXml().replace('</samlp:LogoutRequest>', `${assertion}</samlp:LogoutRequest>`);
  }),
  byForm('L-two-signatures', 'which of them counts?', STRUCTURE, () => {
    const xml = requestXml();
    const value = computeSignature(xml, MESSAGE_ID, { keys: idpKeys });
    return xml.replace('</saml:Issuer>', `</saml:Issuer>${value}${value}`);
  }),
  byQuery('L-two-nameids', 'SAML Core §3.7.1', STRUCTURE, () =>
    query(requestXml().replace('<saml:NameID', '<saml:NameID>victim@example.com</saml:NameID><saml:NameID')),
  ),
  byQuery('L-text-between', 'text where elements stand', STRUCTURE, () =>
    query(requestXml().replace('</saml:Issuer>', '</saml:Issuer>victim')),
  ),
  byQuery('L-unknown-child', 'what is not understood might restrict', STRUCTURE, () =>
    query(requestXml().replace('</saml:Issuer>', '</saml:Issuer><x xmlns="urn:x"/>')),
  ),
  byQuery('L-nameid-with-element', 'text that two readers read differently', STRUCTURE, () =>
    query(requestXml().replace(EMAIL, `victim@example.com<x xmlns="urn:x"/>.evil.example`)),
  ),
  byQuery('L-sessionindex-with-element', 'text that two readers read differently', STRUCTURE, () =>
    query(requestXml().replace('_session-1', '<x xmlns="urn:x"/>')),
  ),
  byQuery('L-many-indexes', 'one request, many look-ups', 'SAML_XML_LIMIT_EXCEEDED', () =>
    query(requestXml({ sessionIndexes: Array.from({ length: 65 }, (_, at) => `_${String(at)}`) })),
  ),
  byQuery('L-deep', 'nesting', 'SAML_XML_LIMIT_EXCEEDED', () =>
    query(requestXml().replace(EMAIL, '<a>'.repeat(70) + '</a>'.repeat(70))),
  ),
]);

const encrypted = (text: string, transport?: string) => ({
  raw: `<saml:EncryptedID>${encryptXml(text, {
    recipients: [spKeys.certificatePem],
    ...(transport === undefined ? {} : { transport }),
  })}</saml:EncryptedID>`,
});
const NAME_ID = `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${EMAIL}</saml:NameID>`;

const encryption = under('logoutRequest.subject', [
  byQuery(
    'L-eid-unsigned',
    'anybody can encrypt to us',
    MISSING,
    () => `SAMLRequest=${packed(requestXml({ subject: encrypted(NAME_ID) }))}`,
  ),
  byQuery('L-eid-stranger', 'anybody can encrypt to us', INVALID, () =>
    query(requestXml({ subject: encrypted(NAME_ID) }), { keys: strangerKeys }),
  ),
  byQuery('L-eid-not-nameid', 'another element inside', STRUCTURE, () =>
    query(requestXml({ subject: encrypted(NAME_ID.replaceAll('NameID', 'Issuer')) })),
  ),
  byQuery('L-eid-rsa15', 'Bleichenbacher', 'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED', () =>
    query(requestXml({ subject: encrypted(NAME_ID, TRANSPORT.rsa15) })),
  ),
  byQuery('L-eid-beside-nameid', 'two identifiers', STRUCTURE, () =>
    query(requestXml({ subject: { raw: encrypted(NAME_ID).raw + NAME_ID } })),
  ),
  byQuery('L-eid-damaged', 'SAML Core §6.1', 'SAML_DECRYPTION_FAILED', () =>
    query(
      requestXml({
        subject: { raw: encrypted(NAME_ID).raw.replace(/CipherValue>[A-Za-z0-9+/]{4}/, 'CipherValue>AAAA') },
      }),
    ),
  ),
  byQuery('L-nameid-none', 'SAML Core §3.7.1', STRUCTURE, () => query(requestXml({ subject: null }))),
  byQuery('L-nameid-empty', 'SAML Core §3.7.1', STRUCTURE, () =>
    query(requestXml({ nameId: { value: '' } })),
  ),
  byQuery('L-baseid', 'an identifier of unknown kind', STRUCTURE, () =>
    query(requestXml({ subject: { raw: '<saml:BaseID NameQualifier="x"/>' } })),
  ),
]);

type Meaning = readonly [id: string, source: string, rule: RuleId, code: ErrorCode, xml: () => string];
const meanings: readonly Meaning[] = [
  [
    'L-version-11',
    'SAML Core §3.2.1',
    'logoutRequest.version',
    'SAML_VERSION_UNSUPPORTED',
    () => requestXml({ version: '1.1' }),
  ],
  [
    'L-id-none',
    'SAML Core §3.2.1',
    'logoutRequest.id',
    STRUCTURE,
    () => requestXml().replace(/ ID="[^"]*"/, ''),
  ],
  [
    'L-old',
    'without NotOnOrAfter for ever (CVE-2023-40178)',
    'logoutRequest.issueInstant',
    EXPIRED,
    () => requestXml({ now: minutes(-9), notOnOrAfter: null }),
  ],
  [
    'L-old-long-life',
    'NotOnOrAfter does not lengthen it',
    'logoutRequest.issueInstant',
    EXPIRED,
    () => requestXml({ now: minutes(-60), notOnOrAfter: minutes(600) }),
  ],
  [
    'L-future',
    'SAML Core §1.3.3',
    'logoutRequest.issueInstant',
    'SAML_ASSERTION_NOT_YET_VALID',
    () => requestXml({ now: minutes(10) }),
  ],
  [
    'L-time-none',
    'SAML Core §3.2.1',
    'logoutRequest.issueInstant',
    'SAML_TIME_INVALID',
    () => requestXml().replace(/ IssueInstant="[^"]*"/, ''),
  ],
  [
    'L-time-local',
    'SAML Core §1.3.3',
    'logoutRequest.issueInstant',
    'SAML_TIME_INVALID',
    () => requestXml().replace(/IssueInstant="[^"]*"/, 'IssueInstant="2026-01-15T12:00:00"'),
  ],
  [
    'L-expired',
    'CVE-2023-40178',
    'logoutRequest.notOnOrAfter',
    EXPIRED,
    () => requestXml({ notOnOrAfter: minutes(-4) }),
  ],
  [
    'L-notonorafter-odd',
    'SAML Core §1.3.3',
    'logoutRequest.notOnOrAfter',
    'SAML_TIME_INVALID',
    () => requestXml().replace(/NotOnOrAfter="[^"]*"/, 'NotOnOrAfter="tomorrow"'),
  ],
  [
    'L-issuer-other',
    'another IdP’s name',
    'logoutRequest.issuer',
    'SAML_ISSUER_MISMATCH',
    () => requestXml({ issuer: 'https://other.example/idp' }),
  ],
  [
    'L-issuer-none',
    'SAML Profiles §4.4.4.1',
    'logoutRequest.issuer',
    'SAML_ISSUER_MISMATCH',
    () => requestXml().replace(/<saml:Issuer>[^]*<\/saml:Issuer>/, ''),
  ],
  [
    'L-issuer-format',
    'SAML Profiles §4.4.4.1',
    'logoutRequest.issuer',
    'SAML_ISSUER_MISMATCH',
    () =>
      requestXml().replace(
        '<saml:Issuer>',
        '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">',
      ),
  ],
  [
    'L-destination-other',
    'a request to another SP',
    'logoutRequest.destination',
    'SAML_DESTINATION_MISMATCH',
    () => requestXml({ destination: 'https://other.example/slo' }),
  ],
  [
    'L-destination-acs',
    'a message to another path of ours',
    'logoutRequest.destination',
    'SAML_DESTINATION_MISMATCH',
    () => requestXml({ destination: ACS }),
  ],
  [
    'L-destination-none',
    'SAML Bindings §3.4.5.2',
    'logoutRequest.destination',
    'SAML_DESTINATION_MISMATCH',
    () => requestXml({ destination: null }),
  ],
  [
    'L-destination-prefix',
    'compared as a whole',
    'logoutRequest.destination',
    'SAML_DESTINATION_MISMATCH',
    () => requestXml({ destination: `${SLO}/../acs` }),
  ],
  [
    'L-resp-version',
    'SAML Core §3.2.2',
    'logoutResponse.version',
    'SAML_VERSION_UNSUPPORTED',
    () => responseXml({ version: '3.0' }),
  ],
  [
    'L-resp-id-none',
    'SAML Core §3.2.2',
    'logoutResponse.id',
    STRUCTURE,
    () => responseXml().replace(/ ID="[^"]*"/, ''),
  ],
  [
    'L-resp-old',
    'SAML Core §3.2.2',
    'logoutResponse.issueInstant',
    EXPIRED,
    () => responseXml({ now: minutes(-20) }),
  ],
  [
    'L-resp-issuer',
    'Rocket.Chat 41646',
    'logoutResponse.issuer',
    'SAML_ISSUER_MISMATCH',
    () => responseXml({ issuer: 'https://other.example/idp' }),
  ],
  [
    'L-resp-destination',
    'gosaml2 pull request 282',
    'logoutResponse.destination',
    'SAML_DESTINATION_MISMATCH',
    () => responseXml({ destination: 'https://other.example/slo' }),
  ],
  [
    'L-resp-no-irt',
    'node-saml: accepted by Redirect',
    'logoutResponse.inResponseTo',
    'SAML_IN_RESPONSE_TO_MISMATCH',
    () => responseXml({ inResponseTo: null }),
  ],
  [
    'L-resp-irt-empty',
    'SAML Core §3.2.2',
    'logoutResponse.inResponseTo',
    'SAML_IN_RESPONSE_TO_MISMATCH',
    () => responseXml({ inResponseTo: '' }),
  ],
  [
    'L-resp-irt-other',
    'an answer to another request',
    'logoutResponse.inResponseTo',
    'SAML_IN_RESPONSE_TO_MISMATCH',
    () => responseXml({ inResponseTo: `${REQUEST}x` }),
  ],
  [
    'L-resp-no-status',
    'SAML Core §3.2.2.1',
    'logoutResponse.status',
    STRUCTURE,
    () => responseXml().replace(/<samlp:Status>[^]*<\/samlp:Status>/, ''),
  ],
  [
    'L-resp-two-codes',
    'SAML Core §3.2.2.2',
    'logoutResponse.status',
    STRUCTURE,
    () =>
      responseXml({ statusCodes: ['a'] }).replace(
        '<samlp:StatusCode ',
        '<samlp:StatusCode Value="b"/><samlp:StatusCode ',
      ),
  ],
];

/** By both bindings: the same rules hold for both. */
const meaning = meanings.flatMap(([id, source, rule, code, xml]) => {
  const name = id.startsWith('L-resp') ? 'response' : 'request';
  const cases = [attack(id, source, code, () => ({ query: query(xml()) }))];
  // Without an ID nothing can be referred to.
  if (!id.includes('id-none')) {
    cases.push(
      attack(`${id}-post`, source, code, () =>
        name === 'request' ? { request: field(xml()) } : { response: field(xml()) },
      ),
    );
  }
  return under(rule, cases);
});

export const logoutAttacks = [...signature, ...parameters, ...structure, ...encryption, ...meaning];
