import * as nodeSaml from '@node-saml/node-saml';
import {
  validateWithNodeSaml,
  writeAuthnRequest,
  type SecondOpinionQuestion,
} from '../../../../src/saml/login/node-saml';
import { makeIdpKeys } from '../../../support/idp';
import {
  ACS,
  EMAIL,
  encode,
  idpKeys,
  IDP,
  message,
  NOW,
  SKEW,
  SP,
  spKeys,
} from '../../../support/makers/valid';

describe('the second opinion', () => {
  const ask = (xml: string, changes: Partial<SecondOpinionQuestion> = {}): Promise<string | undefined> =>
    validateWithNodeSaml({
      samlResponse: encode(xml),
      responseSigned: false,
      assertionSigned: true,
      certificates: [idpKeys.certificatePem],
      issuer: IDP,
      assertionConsumerServiceUrl: ACS,
      serviceProvider: SP,
      decryptionKeys: [],
      clockSkewMs: SKEW,
      ...changes,
    });
  // node-saml has no clock of ours.
  const now = new Date();
  const honest = message({ now });
  const encrypted = message({ now, encrypt: { recipients: [spKeys.certificatePem] } });

  it('is the NameID', async () => {
    await expect(ask(honest)).resolves.toBe(EMAIL);
    await expect(
      ask(message({ now, sign: { response: true, assertion: true } }), { responseSigned: true }),
    ).resolves.toBe(EMAIL);
  });

  it.each([
    ['a changed message', honest.replace('alice@', 'mallory@'), {}],
    ['the key of another', honest, { certificates: [makeIdpKeys().certificatePem] }],
    ['another audience', honest, { serviceProvider: 'https://other.example/' }],
    ['a missing Response signature', honest, { responseSigned: true }],
    ['a missing Assertion signature', message({ now, sign: { response: true } }), { responseSigned: true }],
    ['a message of yesterday', message({ now: new Date(now.getTime() - 86_400_000) }), {}],
    [
      'a message that the skew does not cover',
      message({ now: new Date(now.getTime() - 400_000) }),
      { clockSkewMs: 0 },
    ],
    ['an encrypted message without a key', encrypted, {}],
  ])('is a refusal of %s', async (_title, xml, changes) => {
    await expect(ask(xml, changes)).rejects.toThrow(/./);
  });

  it('covers the skew', async () => {
    await expect(ask(message({ now: new Date(now.getTime() - 400_000) }))).resolves.toBe(EMAIL);
  });

  it('tries every key that may decrypt', async () => {
    const other = makeIdpKeys().privateKeyPem;
    await expect(ask(encrypted, { decryptionKeys: [other, spKeys.privateKeyPem] })).resolves.toBe(EMAIL);
    await expect(ask(encrypted, { decryptionKeys: [spKeys.privateKeyPem, other] })).resolves.toBe(EMAIL);
    await expect(ask(encrypted, { decryptionKeys: [other] })).rejects.toThrow(/./);
  });

  it('is nothing when node-saml has no profile', async () => {
    const validate = jest.spyOn(nodeSaml.SAML.prototype, 'validatePostResponseAsync');
    validate.mockResolvedValueOnce({ profile: null, loggedOut: true });
    await expect(ask(honest)).resolves.toBeUndefined();
    validate.mockRestore();
  });
});

describe('a request written by node-saml', () => {
  const content = {
    id: '_1',
    issueInstant: NOW,
    issuer: SP,
    destination: 'https://idp.example/sso',
    assertionConsumerServiceUrl: ACS,
    forceAuthn: false,
    isPassive: false,
    requestedAuthnContext: [],
  };

  it('has our instant and no NameIDPolicy', async () => {
    const xml = await writeAuthnRequest(content);
    expect(xml).toContain(` IssueInstant="${new Date(NOW).toISOString()}"`);
    expect(xml).not.toContain('NameIDPolicy');
  });

  it.each([
    ['nothing', {}, 'node-saml wrote no SAMLRequest'],
    [
      'no IssueInstant',
      { SAMLRequest: encode('<x/>') },
      'node-saml writes requests of another shape:  IssueInstant="[^"]*"',
    ],
    [
      'no NameIDPolicy',
      { SAMLRequest: encode('<x IssueInstant="y"/>') },
      'node-saml writes requests of another shape: <samlp:NameIDPolicy [^<>]*\\/>',
    ],
  ])('is a mistake when there is %s in it', async (_title, fields, text) => {
    const write = jest.spyOn(nodeSaml.SAML.prototype, 'getAuthorizeMessageAsync');
    write.mockResolvedValueOnce(fields);
    await expect(writeAuthnRequest(content)).rejects.toThrow(new TypeError(text));
    write.mockRestore();
  });
});
