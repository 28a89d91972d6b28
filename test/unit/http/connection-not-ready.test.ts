/** A1, A3, A5: trouble with one customer's metadata, as that customer's people and everybody else meet it. */
import { acmeResponse } from '../../support/makers/acme-response';
import { createApplication } from '../../../src/http/router';
import type { ConnectionState } from '../../../src/sso/directory';
import { form, listen, type Listening } from '../../support/makers/listening';
import { requestIdIn } from '../../support/makers/sent-request';
import { challenge, setting, START, type Setting } from '../../support/makers/setting';

const trouble = { path: 'connections.globex.idpMetadata', problem: 'cannot be fetched', hint: 'Ask again.' };
const down: ConnectionState = { kind: 'down', trouble, since: START };
const waiting: ConnectionState = { kind: 'waiting', for: 'setup' };

let world: Setting;
let server: Listening;
afterEach(() => server.stop());

async function serveWith(name: string, state: ConnectionState): Promise<void> {
  world = setting();
  const connections = world.context.connections.with(name, state);
  server = await listen(createApplication({ ...world.context, connections }));
}

const login = (query: string) => server.get(`/saml/login?${query}&code_challenge=${challenge}`);

describe('#login.choice/not-ready a sign-in at a connection that is not ready', () => {
  it.each([
    ['down', down, 'cannot be fetched'],
    ['waiting', waiting, 'nobody has brought'],
  ])('gets a page of its own while it is %s', async (_title, state, reason) => {
    await serveWith('globex', state);
    const { status, headers, body } = await login('connection=globex');
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('60');
    expect(body).toContain('Sign-in is not available right now');
    expect(body).toContain('You have done nothing wrong');
    expect(body).toContain('CONNECTION_NOT_READY');
    expect(body).not.toContain(reason);
    expect(world.lines.at(-1)).toMatchObject({
      level: 'warn',
      event: 'refused',
      fields: { connection: 'globex', problem: expect.stringContaining(reason) as unknown },
    });
  });

  it('gets it by an address at the domain, too', async () => {
    await serveWith('globex', waiting);
    expect((await login('site=portal&email=ada%40globex.example')).status).toBe(503);
  });

  it('gets it before the landing page is asked to start', async () => {
    await serveWith('globex', down);
    expect((await server.get('/saml/login?connection=globex')).status).toBe(503);
  });

  it('costs nobody else anything', async () => {
    await serveWith('globex', down);
    const { status, headers } = await login('connection=acme');
    expect(status).toBe(302);
    expect(headers.location).toMatch(/^https:\/\/idp\.acme\.example\//);
    for (const path of ['/saml/metadata', '/readyz', '/healthz'])
      expect((await server.get(path)).status).toBe(200);
  });
});

describe('an answer for a connection that is not ready', () => {
  it('gets the same page and spends nothing: it is accepted once the connection is back', async () => {
    await serveWith('globex', waiting);
    const { headers } = await login('connection=acme');
    const inResponseTo = requestIdIn(headers.location);
    const xml = acmeResponse(world.context, inResponseTo);
    const body = { SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: inResponseTo };
    const gone = world.context.connections.with('acme', down);
    const meanwhile = await listen(createApplication({ ...world.context, connections: gone }));
    const refused = await meanwhile.send('/saml/acs', form(body));
    await meanwhile.stop();
    expect(refused.status).toBe(503);
    expect(refused.body).toContain('CONNECTION_NOT_READY');
    expect((await server.send('/saml/acs', form(body))).status).toBe(200);
  });
});

describe('the chooser', () => {
  it('shows a connection that is down, without a way to choose it', async () => {
    await serveWith('globex', down);
    const { body } = await login('site=portal');
    expect(body).toContain('globex &amp; &quot;friends&quot; &lt;b&gt;</bdi> (not available at the moment)');
    expect(body).not.toContain('connection=globex');
    expect(body).toContain('connection=acme');
  });

  it('does not mention one that nobody has set up yet', async () => {
    await serveWith('globex', waiting);
    const { status, headers } = await login('site=portal');
    // With one left there is nothing to choose.
    expect(status).toBe(302);
    expect(headers.location).toMatch(/^https:\/\/idp\.acme\.example\//);
  });
});
