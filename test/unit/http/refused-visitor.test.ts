/** What a person finds on a refusal page, by what is known of their connection: E10, E11, E14, errorURL. */
import { createApplication } from '../../../src/http/router';
import { directoryOf } from '../../../src/sso/directory';
import { errorUrlFor } from '../../../src/sso/error-url';
import { buildResponse, type ResponseOptions } from '../../support/idp';
import { requestIdIn } from '../../support/makers/sent-request';
import { form, listen, type Answer, type Listening } from '../../support/makers/listening';
import { challenge, EMAIL, idpKeys, setting, START } from '../../support/makers/setting';
import { onwardOf } from '../../support/onward';

const world = setting();
const acme = world.context.connections.ready.get('acme');
if (acme === undefined) throw new Error('no connection acme');
const helpful = {
  ...acme,
  contactEmail: 'helpdesk@acme.example',
  identityProvider: {
    ...acme.identityProvider,
    errorUrl:
      'https://idp.acme.example/help?c=ERRORURL_CODE&t=ERRORURL_TS&r=ERRORURL_RP&i=ERRORURL_TID&x=ERRORURL_CTX',
  },
};
const connections = directoryOf(new Map([...world.context.connections.ready, ['acme', helpful]]).values());

let server: Listening;
beforeAll(async () => {
  server = await listen(createApplication({ ...world.context, connections }));
});
afterAll(() => server.stop());

async function answered(changes: Partial<ResponseOptions>): Promise<Answer> {
  const { headers } = await server.get(
    `/saml/login?connection=acme&code_challenge=${challenge}&return_to=/members`,
  );
  const id = requestIdIn(headers.location);
  const xml = buildResponse({
    keys: idpKeys,
    issuer: 'https://idp.acme.example/metadata',
    acsUrl: 'https://sso.example.com/saml/acs',
    audience: 'https://sso.example.com/saml/metadata',
    inResponseTo: id,
    now: new Date(START),
    nameId: { value: EMAIL },
    ...changes,
  });
  return server.send(
    '/saml/acs',
    form({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: id }),
  );
}

const links = ({ body }: Answer): Map<string, URL> =>
  new Map(
    [...body.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href = '', label = '']) => [
      label,
      new URL(href.replaceAll('&amp;', '&')),
    ]),
  );

it('E10: offers another account after a refusal of this one', async () => {
  const answer = await answered({ nameId: { value: 'eve@elsewhere.example' } });
  const another = links(answer).get('Use another account');
  expect(Object.fromEntries(another?.searchParams ?? [])).toEqual({
    start: '1',
    connection: 'acme',
    return_to: '/',
    force_authn: 'true',
  });
  expect(links(answer).has('Start again')).toBe(true);
});

it('offers no other account where the account is not what was refused', async () => {
  expect(links(await answered({ audience: 'https://other.example' })).has('Use another account')).toBe(false);
});

it('E14: names the site and the connection’s own contact', async () => {
  const answer = await answered({ audience: 'https://other.example' });
  expect(answer.body).toContain('Portal &amp; friends');
  expect(links(answer).get('helpdesk@acme.example')?.protocol).toBe('mailto:');
});

it('#http.pages/error-url leads to the IdP’s errorURL with its placeholders filled', async () => {
  const answer = await answered({ nameId: { value: 'eve@elsewhere.example' } });
  const help = links(answer).get('Help from your organisation');
  const reference = /<code>([^<]*)<\/code>/.exec(answer.body)?.[1];
  expect(Object.fromEntries(help?.searchParams ?? [])).toEqual({
    c: 'AUTHORIZATION_FAILURE',
    t: String(START / 1000),
    r: 'https://sso.example.com/saml/metadata',
    i: reference,
    x: 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
  });
});

describe('errorURL', () => {
  const refused = { at: START, serviceProvider: 'https://sp.example/?a=1&b=2', reference: 'REF' };

  it.each([
    ['POLICY_EMAIL_MISSING', 'IDENTIFICATION_FAILURE', 'mail'],
    ['SAML_AUDIENCE_MISMATCH', 'OTHER_ERROR', 'SAML_AUDIENCE_MISMATCH'],
    ['POLICY_AUTHN_CONTEXT_NOT_ALLOWED', 'AUTHENTICATION_FAILURE', 'urn:one urn:two'],
  ] as const)('says of %s: %s, %s', (code, category, context) => {
    const policy = { ...helpful.policy, requestedAuthnContext: ['urn:one', 'urn:two'] };
    const url = new URL(errorUrlFor({ ...helpful, policy }, { ...refused, code }) ?? '');
    expect([url.searchParams.get('c'), url.searchParams.get('x')]).toEqual([category, context]);
    expect(url.searchParams.get('r')).toBe(refused.serviceProvider);
  });

  it('is used as it stands when it has no placeholders, and is absent when the IdP has none', () => {
    const errorUrl = 'https://idp.example/help';
    const plain = { ...helpful, identityProvider: { ...helpful.identityProvider, errorUrl } };
    expect(errorUrlFor(plain, { ...refused, code: 'INTERNAL_ERROR' })).toBe(errorUrl);
    expect(errorUrlFor(acme, { ...refused, code: 'INTERNAL_ERROR' })).toBeUndefined();
  });
});

it('E11: brings a person without a session at the IdP back to the site, which shows its button', async () => {
  const answer = await answered({
    status: {
      code: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
      subCode: 'urn:oasis:names:tc:SAML:2.0:status:NoPassive',
    },
  });
  expect(answer.status).toBe(200);
  expect(onwardOf(answer.body)).toBe('https://www.portal.example/sso');
});
