/** The service as a process has it: ready, answering, stopping in order. */

import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { createApp, parseConfig, start, type Config, type ConfigInput, type Log } from '../../../src/index';
import { makeExample, type Example } from '../../support/makers/configuration';
import { parseYaml } from '../../../src/config/yaml';
import { changed } from '../../support/makers/configuration';

let example: Example;
let config: Config;
beforeAll(async () => {
  example = makeExample();
  const text = changed('port: 3000', 'port: 0').replace(
    'https://sso.example.com',
    'http://localhost:3000/base',
  );
  config = await parsed(text);
});
afterAll(() => example.remove());

const parsed = (text: string): Promise<Config> =>
  parseConfig(parseYaml(text) as ConfigInput, { baseDirectory: example.directory, env: {} });

const quiet: Log = () => undefined;

describe('a service whose Redis hangs up', () => {
  it('says so with what it means, and not as often as it tries again', async () => {
    let attempts = 0;
    let enough = (): void => undefined;
    const thrice = new Promise<void>((resolve) => (enough = resolve));
    const redis = createServer((socket) => {
      socket.destroy();
      if (++attempts === 4) enough();
    }).listen(0, '127.0.0.1');
    await once(redis, 'listening');
    const { port } = redis.address() as AddressInfo;
    const text = changed('state: memory', `state: redis://127.0.0.1:${port}`);
    const shared = await parsed(text);
    const lines: unknown[] = [];
    const app = createApp(shared, {
      log: (_level, event, fields) => {
        if (event === 'state.connection') lines.push(fields);
      },
    });
    await thrice;
    await app.close();
    redis.close();
    expect(lines[0]).toMatchObject({ hint: expect.stringMatching(/Check `state`/) as unknown });
    expect(lines.length).toBeLessThan(attempts);
  });
});

describe('a started service', () => {
  it('answers /readyz with 200 once start() has resolved, below the path of baseUrl', async () => {
    const running = await start(config, { log: quiet });
    const answer = await fetch(`http://127.0.0.1:${running.port}/base/readyz`);
    expect(answer.status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${running.port}/readyz`)).status).toBe(404);
    await running.stop();
  });

  it('lets a request in flight finish when it stops, and accepts no new one', async () => {
    const events: string[] = [];
    const running = await start(config, { log: (_level, event) => void events.push(event) });
    const url = `http://127.0.0.1:${running.port}/base/saml/acs`;
    const headers = {
      expect: '100-continue',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': 3,
    };
    // Without an agent that keeps the connection: stopping would wait until it is given up as idle.
    const inFlight = request(url, { method: 'POST', headers, agent: false });
    inFlight.flushHeaders();
    await once(inFlight, 'continue'); // The service has begun to read the form.
    const stopped = running.stop();
    inFlight.end('a=b');
    const [answer] = (await once(inFlight, 'response')) as [IncomingMessage];
    answer.resume();
    await stopped;
    expect(answer.statusCode).toBe(400);
    await expect(fetch(url)).rejects.toThrow();
    expect(events).toEqual(expect.arrayContaining(['serve.ready', 'serve.stopping', 'serve.stopped']));
  });

  it('rejects when the port is taken', async () => {
    const running = await start(config, { log: quiet });
    const taken = await parsed(changed('port: 3000', `port: ${running.port}`));
    await expect(start(taken, { log: quiet })).rejects.toThrow(/EADDRINUSE/);
    await running.stop();
  });
});

describe('an app', () => {
  it('says at once what is worth a warning', async () => {
    const lines: unknown[] = [];
    const text = changed('    emailFrom: nameId\n', '');
    const app = createApp(await parsed(text), {
      log: (level, event, fields) =>
        void lines.push([level, event, fields?.['path'], fields?.['warningCode']]),
    });
    await app.ready;
    expect(lines).toContainEqual([
      'warn',
      'config.warning',
      'connections.acme.emailFrom',
      'EMAIL_SOURCE_UNSET',
    ]);
    await app.close();
  });

  it('gives a router that hands other paths on to its host', async () => {
    const { default: express } = await import('express');
    const app = createApp(config, { log: quiet });
    const host = express();
    host.use('/base', app.router);
    host.use((_request, response) => void response.status(418).end());
    const server = host.listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as { port: number };
    expect((await fetch(`http://127.0.0.1:${port}/base/healthz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/base/other`)).status).toBe(418);
    await new Promise((done) => server.close(done));
    await app.close();
  });

  it('makes /readyz say 503 when it retires', async () => {
    const app = createApp(config, { log: quiet });
    await app.ready;
    app.retire();
    const { default: express } = await import('express');
    const server = express().use('/base', app.router).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as { port: number };
    expect((await fetch(`http://127.0.0.1:${port}/base/readyz`)).status).toBe(503);
    await new Promise((done) => server.close(done));
    await app.close();
  });
});
