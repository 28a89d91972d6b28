import { createHash } from 'node:crypto';
import { createApplication } from '../../../src/http/router';
import { takePendingRequest } from '../../../src/sso/pending-request';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { form, listen, referenceOn, type Answer, type Listening } from '../../support/makers/listening';
import { challenge, logText, setting, type Setting } from '../../support/makers/setting';

const query = (fields: Record<string, string>) => `/saml/login?${new URLSearchParams(fields).toString()}`;
const proper = { connection: 'acme', code_challenge: challenge, state: 'page-state', return_to: '/members' };

const policyOf = ({ headers }: Answer) => String(headers['content-security-policy']);
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
import { requestIdIn } from '../../support/makers/sent-request';

describe('/saml/login', () => {
  let world: Setting;
  let server: Listening;

  beforeAll(async () => {
    world = setting();
    server = await listen(createApplication(world.context));
  });

  afterAll(() => server.stop());

  beforeEach(() => (world.lines.length = 0));

  it('#request.build/redirect redirects to the IdP by the Redirect binding', async () => {
    const answer = await server.get(query(proper));
    expect(answer.status).toBe(302);
    expect(answer.body).toBe('');
    const location = new URL(answer.headers.location ?? '');
    expect(location.origin + location.pathname).toBe('https://idp.acme.example/sso');
    const pending = await takePendingRequest(world.context, requestIdIn(location.href));
    expect(pending).toMatchObject({ connection: 'acme', state: 'page-state', returnTo: '/members' });
  });

  it('#request.build/post posts to the IdP by a form that submits itself, and has a button', async () => {
    const answer = await server.get(query({ ...proper, connection: 'globex' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<form method="post" action="https://idp.globex.example/sso/post">');
    expect(answer.body).toMatch(/<input type="hidden" name="SAMLRequest" value="[A-Za-z0-9+/=]+"/);
    expect(answer.body).toMatch(/<input type="hidden" name="RelayState" value="[A-Za-z0-9_-]{44}-globex"/);
    expect(answer.body).toContain('<button type="submit">Continue</button>');
    const script = /<script>(.*)<\/script>/.exec(answer.body)?.[1] ?? '';
    expect(policyOf(answer)).toContain(`script-src ${hash(script)}`);
    // An IdP may send people on to another host, and browsers hold form-action against redirects too.
    expect(policyOf(answer)).toContain('form-action https:;');
    expect(answer.headers['referrer-policy']).toBe('strict-origin');
  });

  it('leads a bookmark to the landing page', async () => {
    const answer = await server.get(query({ connection: 'acme', return_to: '/members' }));
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(
      'https://www.portal.example/sso?start=1&connection=acme&return_to=%2Fmembers',
    );
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  it('#login.choice/page lets a person choose, with everything passed on', async () => {
    const answer = await server.get(query({ ...proper, connection: '', site: 'portal' }));
    expect(answer.status).toBe(200);
    const link = /<a class="choice" href="([^"]*)">/.exec(answer.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(Object.fromEntries(new URL(link).searchParams)).toEqual(proper);
    expect(link.startsWith('https://sso.example.com/saml/login?')).toBe(true);
    for (const [name, value] of Object.entries({
      site: 'portal',
      code_challenge: challenge,
      state: 'page-state',
      return_to: '/members',
    })) {
      expect(answer.body).toContain(`<input type="hidden" name="${name}" value="${value}">`);
    }
    expect(policyOf(answer)).toContain("form-action 'self' https:;");
    expect(policyOf(answer)).not.toContain('script-src');
    const style = /<style>([^]*)<\/style>/.exec(answer.body)?.[1] ?? '';
    expect(policyOf(answer)).toContain(`style-src ${hash(style)}`);
  });

  it.each(['force_authn', 'is_passive'])('does not lose %s where a person chooses', async (flag) => {
    const { body } = await server.get(query({ ...proper, connection: '', site: 'portal', [flag]: 'true' }));
    const link = /<a class="choice" href="([^"]*)">/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(Object.fromEntries(new URL(link).searchParams)).toEqual({ ...proper, [flag]: 'true' });
    expect(body).toContain(`<input type="hidden" name="${flag}" value="true">`);
  });

  it('shows names as text, whatever they hold', async () => {
    const { body } = await server.get(query({ site: 'portal' }));
    expect(body).toContain('acme &amp; &quot;friends&quot; &lt;b&gt;');
    expect(body).not.toContain('<b>');
  });

  it('shows no directory where it cannot know the site', async () => {
    const { status, body } = await server.get('/saml/login');
    expect(status).toBe(200);
    for (const name of world.context.connections.ready.keys()) expect(body).not.toContain(name);
    expect(body).toContain('type="email"');
  });

  it('answers an unknown and an ambiguous address with the same page', async () => {
    const pages = await Promise.all(
      ['ada@shared.example', 'ada@unknown.example', 'nonsense'].map((email) => server.get(query({ email }))),
    );
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
    expect(pages[0]?.body).toContain('This address does not tell us your organisation.');
    expect((await server.get(query({ site: 'portal' }))).body).not.toContain('does not tell us');
    expect(logText(world)).not.toMatch(/ada@|nonsense/);
  });

  it('E15: gives a typed address back to be corrected, and a linked one not', async () => {
    const typed = { email: 'ada"@unknown.example', code_challenge: challenge };
    const answer = await server.send('/saml/login', form(typed));
    expect(answer.body).toContain('value="ada&quot;@unknown.example"');
    expect((await server.get(query(typed))).body).not.toContain('ada&quot;');
  });

  it('takes the chooser’s form, so that no address stands in an address', async () => {
    const fields = { code_challenge: challenge, state: 'page-state', return_to: '/members' };
    const answer = await server.send(
      '/saml/login',
      form({ ...fields, site: 'portal', email: 'ada@acme.example' }),
    );
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^https:\/\/idp\.acme\.example\/sso\?SAMLRequest=/);
    expect(answer.headers.location).not.toContain('ada');
  });

  it('ignores what it does not know', async () => {
    const answer = await server.get(`${query(proper)}&utm_source=mail&utm_source=web&x[y]=1`);
    expect(answer.status).toBe(302);
  });

  const refused: readonly [what: string, path: string, code: string, status: number][] = [
    ['an unknown connection', query({ ...proper, connection: 'nobody' }), 'LOGIN_CONNECTION_UNKNOWN', 404],
    ['an unknown site', query({ site: 'nowhere' }), 'LOGIN_CONNECTION_UNKNOWN', 404],
    ['a connection of another site', query({ ...proper, site: 'shop' }), 'LOGIN_CONNECTION_UNKNOWN', 404],
    ['a short challenge', query({ ...proper, code_challenge: 'short' }), 'LOGIN_CHALLENGE_INVALID', 400],
    [
      'a plain challenge method’s verifier',
      query({ ...proper, code_challenge: 'v'.repeat(44) }),
      'LOGIN_CHALLENGE_INVALID',
      400,
    ],
    [
      'a full URL to return to',
      query({ ...proper, return_to: 'https://evil.example/' }),
      'LOGIN_RETURN_TO_INVALID',
      400,
    ],
    [
      'another host to return to',
      query({ ...proper, return_to: '//evil.example' }),
      'LOGIN_RETURN_TO_INVALID',
      400,
    ],
    ['a long state', query({ ...proper, state: 's'.repeat(129) }), 'HTTP_FIELD_INVALID', 400],
    ['a flag that is none', query({ ...proper, force_authn: 'maybe' }), 'HTTP_FIELD_INVALID', 400],
    ['another flag that is none', query({ ...proper, is_passive: '1' }), 'HTTP_FIELD_INVALID', 400],
    ['a field twice', `${query(proper)}&connection=globex`, 'HTTP_FIELD_DUPLICATE', 400],
    ['an empty field beside a full one', `${query(proper)}&state=`, 'HTTP_FIELD_DUPLICATE', 400],
    ['an array', '/saml/login?connection[]=acme', 'HTTP_FIELD_DUPLICATE', 400],
    ['an encoded array', '/saml/login?connection%5B0%5D=acme', 'HTTP_FIELD_DUPLICATE', 400],
    ['an object', '/saml/login?return_to[__proto__]=x', 'HTTP_FIELD_DUPLICATE', 400],
    ['a broken encoding', '/saml/login?connection=%E0%A4%A', 'HTTP_BODY_MALFORMED', 400],
    ['too many parameters', `/saml/login?${'a=1&'.repeat(40)}`, 'HTTP_BODY_MALFORMED', 400],
  ];

  it.each(refused)('refuses %s', async (_what, path, code, status) => {
    const answer = await server.get(path);
    expect(answer.status).toBe(status);
    expect(world.lines).toMatchObject([{ event: 'refused', fields: { code, path: '/saml/login' } }]);
    expect(referenceOn(answer.body)).toBe(world.lines[0]?.fields['reference']);
    expect(answer.body).not.toContain('evil');
  });

  it('offers to start again on the site that was meant', async () => {
    const { body } = await server.get(query({ connection: 'initech', return_to: 'https://evil.example' }));
    expect(body).toContain(
      'href="https://user.wixsite.example/shop/sso?start=1&amp;connection=initech&amp;return_to=%2F"',
    );
    expect((await server.get(query({ site: 'portal', state: ' ' }))).body).toContain(
      'href="https://www.portal.example"',
    );
    expect((await server.get(query({ connection: 'nobody' }))).body).not.toContain('Start again');
  });

  it.each([
    ['JSON', 'application/json', '{"connection":"acme"}', 'HTTP_CONTENT_TYPE_UNSUPPORTED', 415],
    ['no type', '', 'connection=acme', 'HTTP_CONTENT_TYPE_UNSUPPORTED', 415],
    [
      'a large form',
      'application/x-www-form-urlencoded',
      `state=${'s'.repeat(9000)}`,
      'HTTP_BODY_TOO_LARGE',
      413,
    ],
    ['a field twice', 'application/x-www-form-urlencoded', 'email=a&email=b', 'HTTP_FIELD_DUPLICATE', 400],
  ])('refuses a form of %s', async (_what, type, body, code, status) => {
    const headers = type === '' ? {} : { 'content-type': type };
    const answer = await server.send('/saml/login', { headers, body });
    expect(answer.status).toBe(status);
    expect(world.lines.at(-1)?.fields['code']).toBe(code);
  });

  it('says when to come back when nothing can be remembered', async () => {
    const full = setting({ store: createMemoryStore(world.clock, 0) });
    const other = await listen(createApplication(full.context));
    const answer = await other.get(query(proper));
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.headers.location).toBeUndefined();
    await other.stop();
  });

  it('caps what a link can write into the log', async () => {
    await server.get(query({ connection: 'x'.repeat(5000) }));
    expect(logText(world).length).toBeLessThan(1000);
  });
});
