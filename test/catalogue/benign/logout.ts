/** Logout messages of real products, as they write them, that must be accepted. */
import {
  encryptXml,
  NAME_ID,
  SIGNATURE,
  signBytes,
  signElement,
  STATUS,
  type LogoutNameId,
} from '../../support/idp';
import { deflateRawSync } from 'node:zlib';
import { idpKeys, spKeys } from '../../support/makers/valid';
import { EMAIL, IDP, NOW, SP } from '../../support/makers/valid-data';
import {
  field,
  MESSAGE_ID,
  query,
  requestXml,
  responseXml,
  type Arriving,
} from '../../support/makers/valid-logout';
import { under } from '../../support/rule-ids';

export interface BenignLogout {
  readonly id: string;
  readonly source: string;
  readonly send: () => Arriving;
  /** Of a request. */
  readonly nameId?: LogoutNameId;
  readonly sessionIndexes?: readonly string[];
  readonly asynchronous?: true;
  /** Of a response. */
  readonly everywhere?: boolean;
}

const PLAIN: LogoutNameId = { value: EMAIL, format: NAME_ID.email };
const ONE = ['_session-1'];
const persistent: LogoutNameId = {
  value: 'a1b2c3',
  format: NAME_ID.persistent,
  nameQualifier: IDP,
  spNameQualifier: SP,
  spProvidedId: 'alice',
};

const lowerCase = (value: string): string =>
  encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
const everyOctet = (value: string): string =>
  Array.from(value)
    .map((letter) => (/[\w]/.test(letter) ? letter : `%${letter.charCodeAt(0).toString(16)}`))
    .join('');
const formEncoded = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);
const inLines = (value: string): string =>
  encodeURIComponent(value.length > 300 ? (value.match(/.{1,76}/g) ?? []).join('\n') : value);
const nameIdText = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">';

const requests = under('logout.query', [
  {
    id: 'L-ok-redirect',
    source: 'SAML Bindings §3.4',
    send: () => ({ query: query(requestXml()) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-relaystate',
    source: 'SAML Bindings §3.4.3',
    send: () => ({ query: query(requestXml(), { relayState: 'https://idp.example/a b?c=d&e' }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-relaystate-empty',
    source: 'signed although it is empty',
    send: () => ({ query: query(requestXml(), { relayState: '' }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-entra',
    source: 'Entra ID: escapes in lower case, no SessionIndex',
    send: () => ({ query: query(requestXml({ sessionIndexes: [] }), { encode: lowerCase }) }),
    nameId: PLAIN,
    sessionIndexes: [],
  },
  {
    id: 'L-ok-adfs',
    source: 'AD FS: escapes in lower case, parameters in their order',
    send: () => ({
      query: query(requestXml({ notOnOrAfter: new Date(NOW + 300_000) }), {
        encode: lowerCase,
        relayState: 'x',
      }),
    }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-encoder-of-all',
    source: 'an encoder that escapes all but letters',
    send: () => ({ query: query(requestXml(), { encode: everyOctet }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-form-encoder',
    source: 'Java’s URLEncoder',
    send: () => ({ query: query(requestXml(), { encode: formEncoded, relayState: 'a b' }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-base64-lines',
    source: 'base64 in lines of 76',
    send: () => ({ query: query(requestXml(), { encode: inLines }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-order',
    source: 'SAML Bindings §3.4.4.1: signed in one order, sent in another',
    send: () => ({ query: query(requestXml(), { relayState: 'x' }).split('&').reverse().join('&') }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-encoding-named',
    source: 'SAML Bindings §3.4.4: SAMLEncoding is not signed',
    send: () => ({
      query: `SAMLEncoding=${encodeURIComponent('urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE')}&${query(requestXml())}`,
    }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-foreign-parameters',
    source: 'a proxy’s own parameters',
    send: () => ({ query: `lang=de&${query(requestXml())}&x` }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-byte-order-mark',
    source: 'a byte order mark in front of the text',
    send: () => {
      const signed = `SAMLRequest=${encodeURIComponent(deflateRawSync(`\uFEFF${requestXml()}`).toString('base64'))}&SigAlg=${encodeURIComponent(SIGNATURE.rsaSha256)}`;
      return { query: `${signed}&Signature=${encodeURIComponent(signBytes(signed, idpKeys))}` };
    },
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-sha512',
    source: 'RFC 9231 §2.3.4',
    send: () => ({ query: query(requestXml(), { sigAlg: SIGNATURE.rsaSha512 }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-pss',
    source: 'RFC 9231 §2.3.10',
    send: () => ({ query: query(requestXml(), { sigAlg: SIGNATURE.pssSha256 }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-okta',
    source: 'Okta: by POST, unspecified NameID',
    send: () => ({ request: field(requestXml({ nameId: { value: EMAIL, format: NAME_ID.unspecified } })) }),
    nameId: { value: EMAIL, format: NAME_ID.unspecified },
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-keycloak',
    source: 'Keycloak: by POST, several SessionIndexes',
    send: () => ({ request: field(requestXml({ sessionIndexes: ['a::b', 'c::d'] })) }),
    nameId: PLAIN,
    sessionIndexes: ['a::b', 'c::d'],
  },
  {
    id: 'L-ok-simplesamlphp',
    source: 'SimpleSAMLphp: NotOnOrAfter, all qualifiers',
    send: () => ({ query: query(requestXml({ nameId: persistent })) }),
    nameId: persistent,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-shibboleth',
    source: 'Shibboleth: EncryptedID and the extension for asynchronous logout',
    send: () => ({
      query: query(
        requestXml({
          asynchronous: true,
          subject: {
            raw: `<saml:EncryptedID>${encryptXml(`${nameIdText}${EMAIL}</saml:NameID>`, { recipients: [spKeys.certificatePem] })}</saml:EncryptedID>`,
          },
        }),
      ),
    }),
    nameId: { value: EMAIL },
    sessionIndexes: ONE,
    asynchronous: true,
  },
  {
    id: 'L-ok-lemonldap',
    source: 'LemonLDAP::NG: in an iframe, no NotOnOrAfter',
    send: () => ({ query: query(requestXml({ notOnOrAfter: null }), { relayState: 'y' }) }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
  {
    id: 'L-ok-skew',
    source: 'IIP-G01: clocks three minutes apart',
    send: () => ({
      query: query(requestXml({ now: new Date(NOW + 170_000), notOnOrAfter: new Date(NOW - 170_000) })),
    }),
    nameId: PLAIN,
    sessionIndexes: ONE,
  },
] satisfies readonly BenignLogout[]);

const responses = under('logoutResponse.status', [
  {
    id: 'L-ok-response',
    source: 'SAML Profiles §4.4.4.2',
    send: () => ({ query: query(responseXml(), { relayState: 'x' }) }),
    everywhere: true,
  },
  {
    id: 'L-ok-response-post',
    source: 'node-saml refuses every one',
    send: () => ({ response: field(responseXml()) }),
    everywhere: true,
  },
  {
    id: 'L-ok-response-entra',
    source: 'Entra ID: no Destination',
    send: () => ({ query: query(responseXml({ destination: null }), { encode: lowerCase }) }),
    everywhere: true,
  },
  {
    id: 'L-ok-response-partial',
    source: 'SimpleSAMLphp: PartialLogout',
    send: () => ({
      query: query(
        responseXml({ statusCodes: [STATUS.responder, 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'] }),
      ),
    }),
    everywhere: false,
  },
  {
    id: 'L-ok-response-success-partial',
    source: 'Shibboleth: Success with PartialLogout',
    send: () => ({
      query: query(
        responseXml({ statusCodes: [STATUS.success, 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'] }),
      ),
    }),
    everywhere: false,
  },
  {
    id: 'L-ok-response-denied',
    source: 'SAML Core §3.2.2.2',
    send: () => ({ query: query(responseXml({ statusCodes: [STATUS.requester, STATUS.requestDenied] })) }),
    everywhere: false,
  },
  {
    id: 'L-ok-response-message',
    source: 'a StatusMessage beside the code',
    send: () => ({
      response: Buffer.from(
        signElement(
          responseXml().replace(
            '</samlp:Status>',
            '<samlp:StatusMessage>bye</samlp:StatusMessage></samlp:Status>',
          ),
          MESSAGE_ID,
          { keys: idpKeys },
        ),
      ).toString('base64'),
    }),
    everywhere: true,
  },
] satisfies readonly BenignLogout[]);

export const benignLogouts: readonly (BenignLogout & { readonly rule: (typeof requests)[number]['rule'] })[] =
  [...requests, ...responses];
