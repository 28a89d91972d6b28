import * as nodeSaml from '@node-saml/node-saml';
import { createRequestTemplates, fillTemplate } from '../../../../src/saml/login/authn-request-template';
import { writeAuthnRequest } from '../../../../src/saml/login/node-saml';
import { encode, NOW } from '../../../support/makers/valid';
import { anIdentityProvider } from '../../../support/makers/a-service-provider';

const wishes = {
  issuer: 'https://sso.example.com/saml/metadata',
  destination: 'https://idp.example.org/sso',
  assertionConsumerServiceUrl: 'https://sso.example.com/saml/acs',
  forceAuthn: false,
  isPassive: false,
  requestedAuthnContext: [],
};
const id = `_${'0123456789'.repeat(4)}-acme`;

afterEach(() => jest.restoreAllMocks());

const templates = createRequestTemplates();

describe('the template of a request', () => {
  it.each([
    ['plain', {}],
    ['with every wish', { forceAuthn: true, isPassive: true, requestedAuthnContext: ['urn:a', 'urn:b'] }],
    [
      'to an address with a query',
      { destination: 'https://idp.example.org/sso?a=1&b=">" ID="x" IssueInstant="y"' },
    ],
    ['of a name that looks like its places', { issuer: '<samlp:AuthnRequest ID="x" IssueInstant="y">' }],
  ])('gives to the byte what node-saml writes: %s', async (_title, changes) => {
    const content = { ...wishes, ...changes };
    const template = await templates.of(anIdentityProvider(), content);
    for (const instant of [NOW, NOW + 86_400_001]) {
      expect(fillTemplate(template, id, instant)).toBe(
        await writeAuthnRequest({ ...content, id, issueInstant: instant }),
      );
    }
  });

  it('is written once for an IdP and the same wishes', async () => {
    const write = jest.spyOn(nodeSaml.SAML.prototype, 'getAuthorizeMessageAsync');
    const identityProvider = anIdentityProvider();
    const first = await templates.of(identityProvider, wishes);
    expect(await templates.of(identityProvider, { ...wishes })).toBe(first);
    await templates.of(identityProvider, { ...wishes, forceAuthn: true });
    await templates.of(anIdentityProvider(), wishes);
    expect(write).toHaveBeenCalledTimes(3);
  });

  it('is a mistake when node-saml writes another shape', async () => {
    const write = jest.spyOn(nodeSaml.SAML.prototype, 'getAuthorizeMessageAsync');
    write.mockResolvedValueOnce({
      SAMLRequest: encode('<x IssueInstant="y"><samlp:NameIDPolicy a="b"/></x>'),
    });
    await expect(templates.of(anIdentityProvider(), wishes)).rejects.toThrow(
      new TypeError('node-saml writes requests of another shape'),
    );
  });
});
