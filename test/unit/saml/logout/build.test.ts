// LogoutRequest and LogoutResponse of ours: what they say, where they go, and that the IdP can verify them.

import { verify, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import {
  buildLogoutRequest,
  buildLogoutResponse,
  offersLogout,
  type LogoutRequestInput,
  type LogoutResponseInput,
  type OutgoingLogout,
} from '../../../../src/saml/logout/build';
import type { Endpoint, IdentityProvider } from '../../../../src/saml/identity-provider';
import { attributeOf, childElements, textOf, type XmlElement } from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';
import { STATUS } from '../../../support/idp';
import { anIdentityProvider, aServiceProvider } from '../../../support/makers/a-service-provider';
import { itWithSchemas, schemaErrors, verifyWithXmlsec, itWithXmlsec } from '../../../support/makers/judges';

const NOW = Date.parse('2026-03-01T12:34:56.789Z');
const REDIRECT: Endpoint = { binding: 'redirect', location: 'https://idp.example.org/slo?tenant=1' };
const POST: Endpoint = { binding: 'post', location: 'https://idp.example.org/slo/post' };
const ANSWERS = 'https://idp.example.org/slo/answers';
const nameId = {
  value: 'ä<b>&"1"',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameQualifier: 'https://idp.example.org/',
  spNameQualifier: 'https://sso.example.com/saml/metadata',
  spProvidedId: 'alice',
};

const idpWith = (...singleLogoutServices: Endpoint[]): IdentityProvider => ({
  ...anIdentityProvider(),
  singleLogoutServices,
});
const serviceProvider = aServiceProvider();
const ask = (changes: Partial<LogoutRequestInput> = {}): Promise<OutgoingLogout> =>
  buildLogoutRequest({
    serviceProvider,
    identityProvider: idpWith(REDIRECT, POST),
    id: '_1',
    issueInstant: NOW,
    nameId,
    sessionIndex: '_s',
    relayState: 'state',
    ...changes,
  });
const answer = (changes: Partial<LogoutResponseInput> = {}): Promise<OutgoingLogout> =>
  buildLogoutResponse({
    serviceProvider,
    identityProvider: idpWith(REDIRECT, POST),
    id: '_2',
    issueInstant: NOW,
    inResponseTo: '_asked',
    outcome: 'everywhere',
    preferredBinding: 'redirect',
    ...changes,
  });

function textOfMessage(message: OutgoingLogout): string {
  if (message.binding === 'post') {
    const { SAMLRequest = '', SAMLResponse = SAMLRequest } = message.fields;
    return Buffer.from(SAMLResponse, 'base64').toString();
  }
  const { searchParams } = new URL(message.location);
  const packed = searchParams.get('SAMLRequest') ?? searchParams.get('SAMLResponse') ?? '';
  return inflateRawSync(Buffer.from(packed, 'base64')).toString();
}

const read = (message: OutgoingLogout): XmlElement => parseXml(textOfMessage(message));
const child = (element: XmlElement, local: string): XmlElement => {
  const found = childElements(element).find((one) => one.local === local);
  if (found === undefined) throw new Error(`no ${local}`);
  return found;
};
const attributesOf = ({ attributes }: XmlElement) =>
  Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
const statusOf = (message: XmlElement): unknown[] => {
  const top = child(child(message, 'Status'), 'StatusCode');
  return [top, ...childElements(top)].map((code) => attributeOf(code, 'Value'));
};

/** The query's signature, over the text before it (SAML Bindings §3.4.4.1). */
function isQuerySigned(location: string): boolean {
  const { search } = new URL(location);
  const at = search.indexOf('&Signature=');
  const signed = search.slice(search.search(/SAML(Request|Response)=/), at);
  const value = Buffer.from(decodeURIComponent(search.slice(at + '&Signature='.length)), 'base64');
  const { publicKey } = new X509Certificate(serviceProvider.signing[0].certificate);
  return verify('sha256', Buffer.from(signed), publicKey, value);
}

describe('a LogoutRequest', () => {
  it('#logout/request-by-redirect goes by Redirect, signed, with RelayState (SDP-SP25, SDP-SP28)', async () => {
    const message = await ask();
    expect(message.location.startsWith(`${REDIRECT.location}&SAMLRequest=`)).toBe(true);
    expect(new URL(message.location).searchParams.get('RelayState')).toBe('state');
    expect(isQuerySigned(message.location)).toBe(true);
    expect(attributesOf(read(message))).toEqual({
      ID: '_1',
      Version: '2.0',
      IssueInstant: '2026-03-01T12:34:56.789Z',
      Destination: REDIRECT.location,
      NotOnOrAfter: '2026-03-01T12:39:56.789Z',
    });
    expect(textOf(child(read(message), 'Issuer'))).toBe(serviceProvider.entityId);
  });

  it('#logout/name-id-whole names the person as the IdP did, with every qualifier, not encrypted (SDP-SP29, SDP-SP30)', async () => {
    const request = read(await ask());
    expect(textOf(child(request, 'NameID'))).toBe(nameId.value);
    expect(attributesOf(child(request, 'NameID'))).toEqual({
      Format: nameId.format,
      NameQualifier: nameId.nameQualifier,
      SPNameQualifier: nameId.spNameQualifier,
      SPProvidedID: nameId.spProvidedId,
    });
    expect(textOf(child(request, 'SessionIndex'))).toBe('_s');
    const bare = read(await ask({ nameId: { value: 'a' }, sessionIndex: undefined }));
    expect(attributesOf(child(bare, 'NameID'))).toEqual({});
    expect(childElements(bare).map(({ local }) => local)).toEqual(['Issuer', 'NameID']);
  });

  it('goes by POST where the IdP takes nothing else, with the Signature inside', async () => {
    const message = await ask({ identityProvider: idpWith(POST) });
    expect(message).toMatchObject({
      binding: 'post',
      location: POST.location,
      fields: { RelayState: 'state' },
    });
    expect(childElements(read(message)).map(({ local }) => local)).toEqual([
      'Issuer',
      'Signature',
      'NameID',
      'SessionIndex',
    ]);
  });

  it('goes nowhere where the IdP has no address for it', async () => {
    await expect(ask({ identityProvider: idpWith() })).rejects.toMatchObject({
      code: 'LOGIN_BINDING_UNSUPPORTED',
    });
    expect([offersLogout(idpWith()), offersLogout(idpWith(POST))]).toEqual([false, true]);
  });
});

describe('a LogoutResponse', () => {
  it('#logout/response-by-redirect goes by Redirect, signed, to the address for answers (SDP-SP31, SDP-SP33, IIP-SP17)', async () => {
    const message = await answer({ identityProvider: idpWith({ ...REDIRECT, responseLocation: ANSWERS }) });
    expect(message.location.startsWith(`${ANSWERS}?SAMLResponse=`)).toBe(true);
    expect(isQuerySigned(message.location)).toBe(true);
    expect(new URL(message.location).searchParams.get('RelayState')).toBeNull();
    expect(attributesOf(read(message))).toMatchObject({ Destination: ANSWERS, InResponseTo: '_asked' });
    expect(statusOf(read(message))).toEqual([STATUS.success]);
  });

  it('#logout/partial says Responder and PartialLogout when something did not end', async () => {
    expect(statusOf(read(await answer({ outcome: 'partly' })))).toEqual([
      STATUS.responder,
      'urn:oasis:names:tc:SAML:2.0:status:PartialLogout',
    ]);
  });

  it('answers by the binding of the request, where the IdP takes it', async () => {
    const message = await answer({ preferredBinding: 'post', relayState: 'theirs' });
    expect(message).toMatchObject({
      binding: 'post',
      location: POST.location,
      fields: { RelayState: 'theirs' },
    });
    const without = await answer({ preferredBinding: 'post' });
    expect(without.binding === 'post' && Object.keys(without.fields)).toEqual(['SAMLResponse']);
    const other = await answer({ preferredBinding: 'post', identityProvider: idpWith(REDIRECT) });
    expect(other.binding).toBe('redirect');
  });
});

describe('both', () => {
  const posted = { identityProvider: idpWith(POST) };
  itWithSchemas('keep to the schema', async () => {
    for (const message of [ask(), ask(posted), answer(), answer({ ...posted, outcome: 'partly' })]) {
      expect(schemaErrors(textOfMessage(await message))).toBe('');
    }
  });

  itWithXmlsec('verify with xmlsec1', async () => {
    const { certificate } = serviceProvider.signing[0];
    verifyWithXmlsec(textOfMessage(await ask(posted)), certificate, 'LogoutRequest');
    verifyWithXmlsec(textOfMessage(await answer(posted)), certificate, 'LogoutResponse');
  });
});
