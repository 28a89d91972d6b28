// How a request is signed for an IdP that says what it verifies (IIP-MD10). What we signed is verified by Node and by xmlsec1.

import { constants, createPublicKey, verify } from 'node:crypto';
import type { IdentityProvider } from '../../../../src/saml/identity-provider';
import { buildAuthnRequest } from '../../../../src/saml/login/authn-request';
import type { KeyPair } from '../../../../src/saml/service-provider';
import { canSignFor, signingFor } from '../../../../src/saml/signature/signing-methods';
import { aKeyPair, anIdentityProvider, aServiceProvider } from '../../../support/makers/a-service-provider';
import { itWithXmlsec, verifyWithXmlsec } from '../../../support/makers/judges';

const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const pss = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const sha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const ssoUrl = 'https://idp.example.org/sso';
const requestId = `_${'0123456789'.repeat(4)}-acme`;
const rsa = aKeyPair('rsa-2048');
const ec = aKeyPair('ec-p256');

const declaring = (signing: readonly string[], digest: readonly string[] = []): IdentityProvider => ({
  ...anIdentityProvider(),
  singleSignOnServices: [
    { binding: 'redirect', location: ssoUrl },
    { binding: 'post', location: ssoUrl },
  ],
  algorithms: { signing, digest },
});

const build = (identityProvider: IdentityProvider, binding: 'redirect' | 'post', ...keys: KeyPair[]) =>
  buildAuthnRequest({
    serviceProvider: aServiceProvider({ signing: [keys[0] ?? rsa, ...keys.slice(1)] }),
    identityProvider,
    preferredBinding: binding,
    requestId,
    relayState: requestId,
    issueInstant: Date.parse('2026-03-01T12:34:56.789Z'),
  });

/** SigAlg of a request by Redirect, after its signature was verified with the certificate. */
async function verifiedSigAlg(identityProvider: IdentityProvider, ...keys: KeyPair[]): Promise<string> {
  const message = await build(identityProvider, 'redirect', ...keys);
  const query = message.location.slice(message.location.indexOf('?') + 1);
  const [signed = '', signature = ''] = query.split('&Signature=');
  const sigAlg = new URLSearchParams(query).get('SigAlg') ?? '';
  const { certificate } = sigAlg.includes('ecdsa') ? ec : rsa;
  const isGood = verify(
    `sha${/sha(\d+)/.exec(sigAlg)?.[1] ?? ''}`,
    Buffer.from(signed),
    {
      key: createPublicKey(certificate),
      dsaEncoding: 'ieee-p1363',
      ...(sigAlg.includes('MGF1')
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : {}),
    },
    Buffer.from(decodeURIComponent(signature), 'base64'),
  );
  expect(isGood).toBe(true);
  return sigAlg;
}

describe('#request.build/declared-algorithms a request is signed by what the IdP declares', () => {
  it.each([
    ['nothing', [], `${more}rsa-sha256`],
    ['the usual one', [`${more}rsa-sha512`, `${more}rsa-sha256`], `${more}rsa-sha256`],
    ['SHA-512', [`${more}rsa-sha512`], `${more}rsa-sha512`],
    ['SHA-384, and SHA-1', [sha1, `${more}rsa-sha384`], `${more}rsa-sha384`],
    ['RSA-PSS', [pss], pss],
    ['SHA-1 alone, which is never used', [sha1], `${more}rsa-sha256`],
    ['what the first key cannot do, and a second can', [`${more}ecdsa-sha256`], `${more}ecdsa-sha256`],
  ])('%s', async (_title, declared, wanted) => {
    expect(await verifiedSigAlg(declaring(declared), rsa, ec)).toBe(wanted);
  });

  itWithXmlsec('by POST as well, with the digest that is declared', async () => {
    for (const [method, digest] of [
      [`${more}rsa-sha512`, `${xenc}sha512`],
      [`${more}rsa-sha384`, `${more}sha384`],
      [`${more}rsa-sha256`, `${xenc}sha256`],
    ] as const) {
      const message = await build(declaring([method], [digest]), 'post', rsa);
      if (message.binding !== 'post') throw new Error('asked by POST');
      const xml = Buffer.from(message.fields.SAMLRequest, 'base64').toString('utf8');
      expect(xml).toContain(`<ds:SignatureMethod Algorithm="${method}"/>`);
      expect(xml).toContain(`<ds:DigestMethod Algorithm="${digest}"/>`);
      verifyWithXmlsec(xml, rsa.certificate, 'AuthnRequest');
    }
  });
});

describe('whether an IdP can verify us', () => {
  const ours = { signing: [rsa] as const };

  it.each([
    ['one that we do', [`${more}rsa-sha512`], [], true],
    ['none', [], [], true],
    ['SHA-1 alone', [sha1], [], false],
    ['another kind of key', [`${more}ecdsa-sha256`], [], false],
    ['a digest that we do', [], [`${xenc}sha512`], true],
    ['a digest that nobody should', [], ['http://www.w3.org/2000/09/xmldsig#sha1'], false],
  ])('it declares %s', (_title, signing, digest, can) => {
    expect(canSignFor(ours, { signing, digest })).toBe(can);
  });

  it('what we do not do counts as not said', () => {
    expect(signingFor(ours, { signing: [sha1], digest: ['urn:x'] })).toEqual(signingFor(ours, undefined));
  });
});
