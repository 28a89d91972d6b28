import { verify, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SsoError } from '../../../../src/core/errors';
import {
  buildAuthnRequest,
  type AuthnRequestInput,
  type OutgoingMessage,
} from '../../../../src/saml/login/authn-request';
import { ns } from '../../../../src/saml/names';
import type { KeyPair } from '../../../../src/saml/service-provider';
import {
  attributeOf,
  childElements,
  isElement,
  textOf,
  type XmlElement,
} from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';
import { receivePost, receiveRedirect } from '../../../support/idp/authn-request';
import type { KeyKind } from '../../../support/idp/keys';
import { readSpMetadata } from '../../../support/idp/metadata';
import { buildServiceProviderMetadata } from '../../../../src/saml/metadata/service-provider-metadata';
import { aKeyPair, anIdentityProvider, aServiceProvider } from '../../../support/makers/a-service-provider';
import { itWithSchemas, itWithXmlsec, schemaErrors, verifyWithXmlsec } from '../../../support/makers/judges';

const requestId = `_${'0123456789'.repeat(4)}-acme`;
const kinds: readonly KeyKind[] = ['rsa-2048', 'rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521'];

const build = (changes: Partial<AuthnRequestInput> = {}): Promise<OutgoingMessage> =>
  buildAuthnRequest({
    serviceProvider: aServiceProvider(),
    identityProvider: anIdentityProvider(),
    preferredBinding: 'redirect',
    requestId,
    relayState: requestId,
    issueInstant: Date.parse('2026-03-01T12:34:56.789Z'),
    ...changes,
  });

/** What the message says, by whichever binding. */
function xmlOf(message: OutgoingMessage): string {
  if (message.binding === 'post') return Buffer.from(message.fields.SAMLRequest, 'base64').toString('utf8');
  const encoded = new URL(message.location).searchParams.get('SAMLRequest') ?? '';
  return inflateRawSync(Buffer.from(encoded, 'base64')).toString('utf8');
}

const request = async (changes: Partial<AuthnRequestInput> = {}): Promise<XmlElement> =>
  parseXml(xmlOf(await build(changes)));

const namesIn = (element: XmlElement): string[] => childElements(element).map(({ local }) => local);

const signedBy = (kind: KeyKind, preferredBinding: 'redirect' | 'post') => {
  const keyPair: KeyPair = aKeyPair(kind);
  const serviceProvider = aServiceProvider({ signing: [keyPair] });
  return { keyPair, message: build({ serviceProvider, preferredBinding }) };
};

describe('the AuthnRequest', () => {
  it('#request.build/content says who asks, whom, where the answer goes, and nothing else', async () => {
    const element = await request();
    expect(isElement(element, ns.samlp, 'AuthnRequest')).toBe(true);
    expect(Object.fromEntries(element.attributes.map(({ name, value }) => [name, value]))).toEqual({
      ID: requestId,
      Version: '2.0',
      IssueInstant: '2026-03-01T12:34:56.789Z',
      Destination: 'https://idp.example.org/sso',
      ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      AssertionConsumerServiceURL: 'https://sso.example.com/saml/acs',
    });
    expect(namesIn(element)).toEqual(['Issuer']);
    const [issuer] = childElements(element);
    expect(issuer?.attributes).toEqual([]);
    expect(issuer === undefined ? '' : textOf(issuer)).toBe('https://sso.example.com/saml/metadata');
  });

  it('asks for a new sign-in, or for none that is visible, when told to', async () => {
    expect(attributeOf(await request({ forceAuthn: true }), 'ForceAuthn')).toBe('true');
    expect(attributeOf(await request({ isPassive: true }), 'IsPassive')).toBe('true');
  });

  it('#request.build/authn-context asks for one of several ways to sign in, exactly', async () => {
    const classes = ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509', 'https://refeds.org/profile/mfa'];
    const [, context] = childElements(await request({ requestedAuthnContext: classes }));
    expect(context?.local).toBe('RequestedAuthnContext');
    expect(context === undefined ? '' : attributeOf(context, 'Comparison')).toBe('exact');
    expect(childElements(context!).map(textOf)).toEqual(classes);
    expect(namesIn(await request({ requestedAuthnContext: [] }))).toEqual(['Issuer']);
  });

  it('escapes what configuration says', async () => {
    const entityId = 'https://sso.example.com/?a=1&b=<"IssueInstant="x">';
    const serviceProvider = aServiceProvider({
      entityId,
      assertionConsumerServiceUrl: 'https://sso.example.com/acs?a=1&b="2"',
    });
    const element = await request({ serviceProvider });
    expect(attributeOf(element, 'AssertionConsumerServiceURL')).toBe('https://sso.example.com/acs?a=1&b="2"');
    expect(attributeOf(element, 'IssueInstant')).toBe('2026-03-01T12:34:56.789Z');
    expect(childElements(element).map(textOf)).toEqual([entityId]);
  });

  itWithSchemas('is valid by the SAML schema in every variation', async () => {
    for (const preferredBinding of ['redirect', 'post'] as const) {
      const plain = xmlOf(await build({ preferredBinding }));
      const full = xmlOf(
        await build({
          preferredBinding,
          forceAuthn: true,
          isPassive: true,
          requestedAuthnContext: ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509', 'urn:x'],
        }),
      );
      expect([schemaErrors(plain), schemaErrors(full)]).toEqual(['', '']);
    }
    expect(schemaErrors(xmlOf(await build()).replace('Version="2.0"', ''))).toContain('Version');
  });

  it.each(['', '1abc', '_a b', 'ä', '_a"'])('refuses %p as a request ID', async (id) => {
    await expect(build({ requestId: id })).rejects.toThrow(TypeError);
  });

  it.each(['', 'a'.repeat(81), 'ä'.repeat(41)])(
    '#http.relayState/80-bytes refuses the RelayState %p',
    async (relayState) => {
      await expect(build({ relayState })).rejects.toThrow(TypeError);
    },
  );

  it.each(['a'.repeat(80), 'ä'.repeat(40)])('takes the RelayState %p', async (relayState) => {
    expect(await build({ relayState })).toBeDefined();
  });
});

describe('the binding', () => {
  it('is the preferred one when the IdP offers it', async () => {
    expect((await build({ preferredBinding: 'redirect' })).binding).toBe('redirect');
    expect((await build({ preferredBinding: 'post' })).binding).toBe('post');
  });

  it('#request.build/binding is the other one when the IdP does not', async () => {
    const redirectOnly = anIdentityProvider({ postUrl: null });
    expect((await build({ identityProvider: redirectOnly, preferredBinding: 'post' })).binding).toBe(
      'redirect',
    );
  });

  it('is refused when the IdP offers none', async () => {
    const none = { ...anIdentityProvider(), singleSignOnServices: [] };
    const error = await build({ identityProvider: none }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SsoError);
    const { entityId: identityProvider } = none;
    expect(error).toMatchObject({ code: 'LOGIN_BINDING_UNSUPPORTED', detail: { identityProvider } });
  });

  it.each([
    ['https://idp.example.org/sso', 'https://idp.example.org/sso?SAMLRequest='],
    ['https://idp.example.org', 'https://idp.example.org?SAMLRequest='],
    ['https://idp.example.org/sso?idpid=C0%20a', 'https://idp.example.org/sso?idpid=C0%20a&SAMLRequest='],
    ['https://idp.example.org/sso?flag', 'https://idp.example.org/sso?flag&SAMLRequest='],
  ])('keeps the address %s as it is', async (ssoUrl, start) => {
    const message = await build({ identityProvider: anIdentityProvider({ ssoUrl }) });
    expect(message.location.startsWith(start)).toBe(true);
    expect(attributeOf(parseXml(xmlOf(message)), 'Destination')).toBe(ssoUrl);
  });
});

describe('#request.build/signature the signature', () => {
  it.each(kinds)('#request.build/query-signature covers the query as it is sent, with %s', async (kind) => {
    const { keyPair, message } = signedBy(kind, 'redirect');
    const query = (await message).location.split('?')[1] ?? '';
    const [signed = '', signature = ''] = query.split('&Signature=');
    expect(signed.split('&').map((pair) => pair.split('=')[0])).toEqual([
      'SAMLRequest',
      'RelayState',
      'SigAlg',
    ]);
    expect(decodeURIComponent(signed)).toContain(kind.startsWith('rsa') ? '#rsa-sha256' : '#ecdsa-sha256');
    const { publicKey } = new X509Certificate(keyPair.certificate);
    const value = Buffer.from(decodeURIComponent(signature), 'base64');
    const isGood = (data: string) =>
      verify('sha256', Buffer.from(data), { key: publicKey, dsaEncoding: 'ieee-p1363' }, value);
    expect(isGood(signed)).toBe(true);
    expect(isGood(signed.replace('RelayState=_', 'RelayState=x'))).toBe(false);
  });

  itWithXmlsec.each(kinds)('of the form is good to xmlsec1, with %s', async (kind) => {
    const { keyPair, message } = signedBy(kind, 'post');
    const xml = xmlOf(await message);
    const check = (text: string) =>
      verifyWithXmlsec(text, keyPair.certificate, 'urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest');
    expect(namesIn(parseXml(xml))).toEqual(['Issuer', 'Signature']);
    check(xml);
    expect(() => check(xml.replace('Version="2.0"', 'Version="2.1"'))).toThrow();
  });

  it.each(kinds)(
    '#request.build/signed by either binding is good to an IdP that knows only our metadata, with %s',
    async (kind) => {
      const signing: [KeyPair] = [aKeyPair(kind)];
      const serviceProvider = aServiceProvider({ signing });
      const info = readSpMetadata(buildServiceProviderMetadata(serviceProvider, 0));
      const redirect = await build({ serviceProvider });
      const received = receiveRedirect(redirect.location.split('?')[1] ?? '', () => info);
      expect(received).toMatchObject({ id: requestId, signed: true, relayState: requestId });
      const post = await build({ serviceProvider, preferredBinding: 'post' });
      if (post.binding !== 'post') throw new Error('not by POST');
      const form = new URLSearchParams(post.fields);
      expect(receivePost(form, () => info)).toMatchObject({
        id: requestId,
        signed: true,
        relayState: requestId,
      });
    },
  );

  it('is made with the first key', async () => {
    const [first, second] = [aKeyPair(), aKeyPair()];
    const message = await build({
      serviceProvider: aServiceProvider({ signing: [first, second] }),
      preferredBinding: 'post',
    });
    expect(xmlOf(message)).toContain(new X509Certificate(first.certificate).raw.toString('base64'));
  });
});
