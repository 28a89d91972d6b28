/** The service as a process has it: ready, answering, stopping in order, and what its log holds. */

import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { clientAddress } from '../../../src/server/access-log';
import { createApp, createRouter, parseConfig, start, type Config, type Log } from '../../../src/index';
import { createLog, createPseudonym } from '../../../src/server/log';
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
  config = await parseConfig(parseYaml(text), example.directory, {});
});
afterAll(() => example.remove());

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
    const shared = await parseConfig(parseYaml(text), example.directory, {});
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
    const taken = { ...config, listen: { ...config.listen, port: running.port } };
    await expect(start(taken, { log: quiet })).rejects.toThrow(/EADDRINUSE/);
    await running.stop();
  });
});

describe('an app', () => {
  it('says at once what is worth a warning', async () => {
    const lines: unknown[] = [];
    const app = createApp(config, {
      log: (level, event, fields) => void lines.push([level, event, fields?.['path']]),
    });
    await app.ready;
    expect(lines).toContainEqual(['warn', 'config.warning', 'connections.acme.allowCbc']);
    await app.close();
  });

  it('gives a router that hands other paths on to its host', async () => {
    const { default: express } = await import('express');
    const { router, app } = createRouter(config, { log: quiet });
    const host = express();
    host.use('/base', router);
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
    const { router, app } = createRouter(config, { log: quiet });
    await app.ready;
    app.retire();
    const { default: express } = await import('express');
    const server = express().use('/base', router).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as { port: number };
    expect((await fetch(`http://127.0.0.1:${port}/base/readyz`)).status).toBe(503);
    await new Promise((done) => server.close(done));
    await app.close();
  });
});

describe('the log', () => {
  const lineOf = (fields: Record<string, string | string[]>, level: 'info' | 'debug' = 'info'): string => {
    const stream = new PassThrough();
    createLog('info', { now: () => 0 }, stream)(level, 'some.event', fields);
    return String(stream.read() ?? '');
  };

  it('is one JSON object per line', () => {
    expect(JSON.parse(lineOf({ a: 'x' }))).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'some.event',
      a: 'x',
    });
  });

  it('leaves out what is less important than its level', () => {
    expect(lineOf({}, 'debug')).toBe('');
  });

  it('stays one line of bounded length whatever a value holds', () => {
    const line = lineOf({ a: 'x\n{"level":"info"}\r\u2028\u0085\u202e', b: 'y'.repeat(10_000), c: ['z\n'] });
    expect(line.trimEnd()).not.toMatch(/[\n\r\u2028\u0085\u202e]/);
    expect(line.length).toBeLessThan(1500);
  });

  it('cannot be given another level, event or time by a field', () => {
    const line = JSON.parse(lineOf({ level: 'error', event: 'forged', time: 'never' })) as Record<
      string,
      string
    >;
    expect(line).toMatchObject({ level: 'info', event: 'some.event', time: '1970-01-01T00:00:00.000Z' });
  });

  it('knows people by a keyed hash that is the same in every process', () => {
    const pseudonym = createPseudonym(config.serviceProvider.signing[0].privateKey);
    const again = createPseudonym(config.serviceProvider.signing[0].privateKey);
    expect(pseudonym('a@acme.com')).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(pseudonym('a@acme.com')).toBe(again('a@acme.com'));
    expect(pseudonym('a@acme.com')).not.toBe(pseudonym('b@acme.com'));
    const other = createPseudonym(config.serviceProvider.decryption[0]!.privateKey);
    expect(other('a@acme.com')).not.toBe(pseudonym('a@acme.com'));
  });
});

describe('the client’s address in the log', () => {
  const addressOf = (forwarded: string | undefined, trusted: number): string =>
    clientAddress(
      { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } } as never,
      trusted,
    );

  it.each([
    ['no proxy is trusted', '1.1.1.1', 0, '10.0.0.1'],
    ['one proxy is trusted', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['two proxies are trusted', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['more are trusted than there are', '1.1.1.1', 5, '1.1.1.1'],
    ['the header is missing', undefined, 1, '10.0.0.1'],
  ])('is right when %s', (_title, forwarded, trusted, expected) => {
    expect(addressOf(forwarded, trusted)).toBe(expected);
  });
});
