/** A router that is mounted at another path than baseUrl says: loud, once, and no harm to the host's own paths. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import express from 'express';
import { createApplication, createRouter } from '../../../src/http/router';
import { listen, type Listening } from '../../support/makers/listening';
import { setting, type Setting } from '../../support/makers/setting';

let server: Listening | undefined;
afterEach(() => server?.stop());

async function hosted(baseUrl: string, mount: string): Promise<{ world: Setting; server: Listening }> {
  const world = setting({ baseUrl });
  const host = express();
  host.use(mount, createRouter(world.context));
  host.use((_request, response) => void response.status(418).send('the host'));
  server = await listen(host);
  return { world, server };
}

const linesOf = ({ lines }: Setting, event: string): object[] =>
  lines.filter((line) => line.event === event).map(({ fields }) => fields);

describe('a router at the wrong path', () => {
  it('answers 500 with its own code, and says once what does not fit', async () => {
    const { world, server } = await hosted('https://www.example.com/sso', '/login');
    for (const path of ['/login/saml/login?connection=acme', '/login/saml/acs', '/login/readyz']) {
      const { status, body } = await server.get(path);
      expect([path, status]).toEqual([path, 500]);
      expect(body).toContain('HTTP_MOUNT_MISMATCH');
    }
    expect(linesOf(world, 'app.wrongMount')).toEqual([
      { expected: '/sso', received: '/login', hint: expect.stringMatching(/^Mount the router/) as unknown },
    ]);
    expect(linesOf(world, 'refused')).toHaveLength(3);
  });

  it('answers as JSON where a page’s code asks', async () => {
    const { server } = await hosted('https://www.example.com/sso', '/');
    const answer = await server.send('/session-token', { body: '{}' });
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'HTTP_MOUNT_MISMATCH' });
  });

  it('answers 500 where it should be, when its host lets it see that path', async () => {
    const { server } = await hosted('https://www.example.com/sso', '/');
    expect((await server.send('/sso/saml/acs', { body: '' })).status).toBe(500);
    expect((await server.get('/sso/elsewhere')).status).toBe(418);
  });

  it('says so at the first request of all, and leaves the host its other paths', async () => {
    const { world, server } = await hosted('https://www.example.com/sso', '/');
    expect((await server.get('/about')).body).toBe('the host');
    expect(linesOf(world, 'app.wrongMount')).toMatchObject([{ expected: '/sso', received: '/' }]);
  });

  it('is found below a router of the host, too', async () => {
    const world = setting({ baseUrl: 'https://www.example.com/sso' });
    const inner = express.Router().use('/sso', createRouter(world.context));
    server = await listen(express().use('/tenant', inner));
    expect((await server.get('/tenant/sso/healthz')).status).toBe(500);
  });

  it('is found without Express', async () => {
    const world = setting({ baseUrl: 'https://www.example.com/sso' });
    const router = createRouter(world.context);
    const plain = createServer((request: IncomingMessage, response: ServerResponse) => {
      (router as unknown as (...args: unknown[]) => void)(request, response, () => response.end('host'));
    });
    server = await listen(plain.listeners('request')[0] as Parameters<typeof listen>[0]);
    expect((await server.get('/saml/metadata')).status).toBe(500);
  });
});

describe('a router at the right path', () => {
  it.each([
    ['https://www.example.com', '/', '/healthz'],
    ['https://www.example.com/sso', '/sso', '/sso/healthz'],
    ['https://www.example.com/sso', '/sso/', '/sso/healthz?a=b'],
    ['https://www.example.com/a/b', '/a/b', '/a/b/healthz'],
    ['https://www.example.com/sso', '/sso', '/SSO/healthz'],
  ])('%s at %s answers %s', async (baseUrl, mount, path) => {
    const { world, server } = await hosted(baseUrl, mount);
    expect((await server.get(path)).status).toBe(200);
    expect(linesOf(world, 'app.wrongMount')).toEqual([]);
  });

  it('is that of a host that rewrites addresses, as far as anybody can tell', async () => {
    const world = setting({ baseUrl: 'https://www.example.com/sso' });
    const host = express();
    host.use((request, _response, next) => {
      request.url = request.url.replace('/old/', '/');
      next();
    });
    host.use(createRouter(world.context));
    server = await listen(host);
    expect((await server.get('/old/saml/metadata')).status).toBe(500); // still plain: /old is not /sso
    expect((await server.get('/old/../x')).status).toBe(404);
  });

  it('takes an address in absolute form as it comes', async () => {
    const { server } = await hosted('https://www.example.com/sso', '/sso');
    expect((await server.get('http://other.example/sso/healthz')).status).toBe(200);
  });

  it('is where a whole application puts it', async () => {
    const world = setting({ baseUrl: 'https://www.example.com/sso' });
    server = await listen(createApplication(world.context));
    expect((await server.get('/sso/healthz')).status).toBe(200);
    expect(linesOf(world, 'app.wrongMount')).toEqual([]);
  });
});
