/** Findings C1, C2, C4, C5: who starts a sign-in, and where its answer leads. */
import { createApplication } from '../../../src/http/router';
import { directoryOf } from '../../../src/sso/directory';
import { buildResponse } from '../../support/idp';
import { requestIdIn } from '../../support/makers/sent-request';
import { form, listen, type Answer, type Listening } from '../../support/makers/listening';
import { challenge, EMAIL, idpKeys, setting, START, type Setting } from '../../support/makers/setting';
import { onwardOf } from '../../support/onward';

const query = (fields: Record<string, string>) => `/saml/login?${new URLSearchParams(fields).toString()}`;
const proper = { connection: 'acme', code_challenge: challenge, state: 'page-state', return_to: '/members' };
const startPage = 'https://www.portal.example/sso?start=1&connection=acme&return_to=%2Fmembers';

let world: Setting;
let server: Listening;
beforeEach(async () => {
  world = setting();
  server = await listen(createApplication(world.context));
});
afterEach(() => server.stop());

const reachesIdp = ({ headers }: Answer) =>
  headers.location?.startsWith('https://idp.acme.example/sso?') === true;

describe('C1: a request with a challenge', () => {
  it.each<[string, Record<string, string>]>([
    ['no header at all', {}],
    ['a Referer of the site', { referer: 'https://www.portal.example/members?x=1' }],
    ['a Referer of the site, cut to its origin', { referer: 'https://www.portal.example/' }],
    ['an Origin of the site', { origin: 'https://www.portal.example' }],
    ['an Origin of our own chooser', { origin: 'https://sso.example.com' }],
    [
      'Sec-Fetch-Site: cross-site from the site',
      { 'sec-fetch-site': 'cross-site', referer: 'https://www.portal.example/' },
    ],
  ])('goes on to the IdP with %s', async (_what, headers) => {
    expect(reachesIdp(await server.get(query(proper), headers))).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['a foreign Referer', { referer: 'https://evil.example/page' }],
    ['a Referer of another site of ours', { referer: 'https://user.wixsite.example/shop' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an Origin that begins alike', { origin: 'https://www.portal.example.evil.example' }],
    ['an Origin of null', { origin: 'null' }],
    ['a Referer that is no address', { referer: 'www.portal.example' }],
    ['the site by plain http', { referer: 'http://www.portal.example/' }],
    ['Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
    [
      'Sec-Fetch-Site: none beside a Referer of the site',
      { 'sec-fetch-site': 'none', referer: 'https://www.portal.example/' },
    ],
  ])('leads to the start page with %s', async (_what, headers) => {
    const answer = await server.get(query(proper), headers);
    expect([answer.status, answer.headers.location]).toEqual([302, startPage]);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  it('loses its challenge on a foreign way to the chooser as well', async () => {
    const answer = await server.get(
      query({ site: 'portal', code_challenge: challenge, state: 'their-state' }),
      {
        referer: 'https://evil.example/',
      },
    );
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain(challenge);
    expect(answer.body).not.toContain('their-state');
  });
});

describe('C2: a connection that a link names', () => {
  it('costs a click where the site has several, and shows whose sign-in page comes', async () => {
    const answer = await server.get(query({ ...proper, confirm: 'true', force_authn: 'true' }));
    expect(answer.status).toBe(200);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.body).toContain('Continue with your company account');
    expect(answer.body).toContain('acme &amp; &quot;friends&quot;');
    expect(answer.headers['content-security-policy']).toContain("form-action 'self' https:;");
    const fields = [...answer.body.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    expect(Object.fromEntries(fields)).toEqual({ ...proper, force_authn: 'true' });
    const clicked = await server.send('/saml/login', {
      ...form(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://sso.example.com' },
    });
    expect(clicked.status).toBe(303);
    expect(reachesIdp(clicked)).toBe(true);
  });

  it('starts by itself where it is the only one', async () => {
    const { connections } = world.context;
    const acme = [...connections.ready.values()].filter(({ name }) => name === 'acme');
    const alone = await listen(createApplication({ ...world.context, connections: directoryOf(acme) }));
    try {
      expect(reachesIdp(await alone.get(query({ ...proper, confirm: 'true' })))).toBe(true);
    } finally {
      await alone.stop();
    }
  });

  it('refuses a confirm that is neither true nor false', async () => {
    expect((await server.get(query({ ...proper, confirm: '1' }))).status).toBe(400);
  });
});

describe('C4: the ACS answers with a page', () => {
  const honest = (inResponseTo: string | undefined): string =>
    Buffer.from(
      buildResponse({
        keys: idpKeys,
        issuer: 'https://idp.acme.example/metadata',
        acsUrl: 'https://sso.example.com/saml/acs',
        audience: 'https://sso.example.com/saml/metadata',
        inResponseTo: inResponseTo ?? null,
        now: new Date(START),
        nameId: { value: EMAIL },
      }),
    ).toString('base64');

  const requestId = async (): Promise<string> => {
    const { headers } = await server.get(query(proper));
    return requestIdIn(headers.location);
  };

  it('that goes on without a script, a redirect or a referrer', async () => {
    const id = await requestId();
    const answer = await server.send('/saml/acs', form({ SAMLResponse: honest(id), RelayState: id }));
    expect(answer.status).toBe(200);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toContain('Signing you in…');
    expect(answer.body).not.toContain('<script');
    const onward = onwardOf(answer.body) ?? '';
    expect(onward).toMatch(
      /^https:\/\/www\.portal\.example\/sso\?ticket=[A-Za-z0-9_-]{43}&state=page-state$/,
    );
    expect(answer.body).toContain(`href="${onward.replaceAll('&', '&amp;')}"`);
  });

  it('that says “already used” when it is reloaded, blames nobody, and leads on', async () => {
    const id = await requestId();
    const posted = form({ SAMLResponse: honest(id), RelayState: id });
    await server.send('/saml/acs', posted);
    const again = await server.send('/saml/acs', posted);
    expect(again.status).toBe(403);
    expect(again.body).toContain('already used');
    expect(again.body).not.toContain('administrator');
    expect(again.body).toContain('href="https://www.portal.example/sso?start=1');
  });

  it.each([
    ['/members/news?id=7', '/members/news?id=7'],
    [`/${'deep/'.repeat(40)}page`, `/${'deep/'.repeat(40)}page`],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/%2f/evil.example', '/'],
    ['', '/'],
  ])('C5: an unsolicited answer with RelayState %s leads back to %s', async (relayState, returnTo) => {
    const answer = await server.send(
      '/saml/acs',
      form({ SAMLResponse: honest(undefined), RelayState: relayState }),
    );
    expect(answer.status).toBe(200);
    const onward = new URL(onwardOf(answer.body) ?? '');
    expect(onward.origin + onward.pathname).toBe('https://www.portal.example/sso');
    expect(Object.fromEntries(onward.searchParams)).toEqual({
      start: '1',
      connection: 'acme',
      return_to: returnTo,
    });
  });
});
