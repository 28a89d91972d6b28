/** The way out against a hostile other side: each bound holds, each cause has its name. Everything on 127.0.0.1. */

import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { outboundGet, outboundPost, redirectTarget, type OutboundGet } from '../../../src/core/outbound';
import { OutboundError } from '../../../src/core/outbound-reasons';
import { makeIdpKeys } from '../../support/idp';

const bounds: OutboundGet = { timeoutMs: 2000, answerBytes: 1000, redirects: 3 };
const running: { close: () => void }[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${String(await listening(createServer(listener)))}`;

const redirect = (response: ServerResponse, location: string, status = 302): void =>
  void response.writeHead(status, { location }).end('moved');

const failure = async (address: string, options: Partial<OutboundGet> = {}): Promise<OutboundError> => {
  const outcome: unknown = await outboundGet(address, { ...bounds, ...options }).catch(
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(OutboundError);
  return outcome as OutboundError;
};

describe('a GET', () => {
  it('gives status, headers and bytes, whatever the status', async () => {
    const origin = await serve(
      (_request, response) => void response.writeHead(404, { etag: '"a"' }).end('né'),
    );
    const reply = await outboundGet(origin, bounds);
    expect(reply).toMatchObject({ status: 404, headers: { etag: '"a"' } });
    expect(reply.body.toString()).toBe('né');
  });

  it('sends its name, the caller’s headers, and asks for nothing packed', async () => {
    const origin = await serve((request, response) => void response.end(JSON.stringify(request.headers)));
    const { body } = await outboundGet(origin, { ...bounds, headers: { accept: 'text/xml' } });
    expect(JSON.parse(body.toString())).toMatchObject({
      accept: 'text/xml',
      'user-agent': 'wix-saml',
      'accept-encoding': 'identity',
      connection: 'close',
    });
  });

  it.each([
    ['plain http', 'http://idp.example/metadata'],
    ['plain http of a private network', 'http://10.0.0.1/'],
    ['a name below localhost', 'http://evil.localhost/'],
    ['another scheme', 'file:///etc/passwd'],
    ['a password', 'https://me:secret@idp.example/'],
    ['no URL', 'idp.example'],
  ])('is refused for %s', async (_title, address) => {
    const error = await failure(address);
    expect(error.reason).toBe('addressNotAllowed');
    expect(error.message).not.toContain('secret');
  });
});

describe('a failure names its cause:', () => {
  it('a port where nobody listens', async () => {
    const origin = await serve(() => undefined);
    running.pop()?.close();
    expect(await failure(origin)).toMatchObject({ reason: 'connectionRefused', detail: 'ECONNREFUSED' });
  });

  it('a self-signed certificate', async () => {
    const { privateKeyPem: key, certificatePem: cert } = makeIdpKeys({ commonName: 'localhost' });
    let asked = 0;
    const port = await listening(
      createTlsServer({ key, cert }, (_request, response) => {
        asked += 1;
        response.end('secret');
      }),
    );
    const error = await failure(`https://127.0.0.1:${port}/`);
    expect(error).toMatchObject({ reason: 'certificateInvalid', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(asked).toBe(0);
  });

  it('a port that does not speak TLS', async () => {
    const origin = await serve((_request, response) => void response.end());
    expect((await failure(origin.replace('http:', 'https:'))).reason).toBe('tlsFailed');
  });

  it('somebody who does not speak HTTP', async () => {
    const port = await listening(createTcpServer((socket) => void socket.end('220 mail.example ESMTP\r\n')));
    expect((await failure(`http://127.0.0.1:${port}/`)).reason).toBe('answerInvalid');
  });

  it('a connection that closes without an answer', async () => {
    const port = await listening(
      createTcpServer((socket) => void socket.once('data', () => socket.destroy())),
    );
    expect((await failure(`http://127.0.0.1:${port}/`)).reason).toBe('brokenOff');
  });

  it('an answer that breaks off', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await failure(origin)).reason).toBe('brokenOff');
  });

  it('an answer that was packed unasked', async () => {
    const origin = await serve(
      (_request, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(10_000))),
    );
    expect(await failure(origin)).toMatchObject({ reason: 'answerInvalid', detail: 'compressed' });
  });
});

describe('the bound on bytes', () => {
  it('lets through what just fits', async () => {
    const origin = await serve((_request, response) => void response.end(Buffer.alloc(1000)));
    expect((await outboundGet(origin, bounds)).body).toHaveLength(1000);
  });

  it('refuses one byte more', async () => {
    const origin = await serve((_request, response) => void response.end(Buffer.alloc(1001)));
    expect(await failure(origin)).toMatchObject({ reason: 'tooLarge', detail: 'larger than 1000 bytes' });
  });

  it('closes on an answer that never ends', async () => {
    let closed: Promise<unknown> | undefined;
    const origin = await serve((_request, response) => {
      closed = once(response, 'close');
      const more = setInterval(() => response.write(Buffer.alloc(600)), 5);
      response.once('close', () => clearInterval(more));
    });
    expect((await failure(origin)).reason).toBe('tooLarge');
    await closed;
  });
});

describe('the bound on time', () => {
  it.each<[string, RequestListener]>([
    ['no answer', () => undefined],
    [
      'an answer that trickles',
      (_request, response) => {
        const more = setInterval(() => response.write('a'), 20);
        response.once('close', () => clearInterval(more));
      },
    ],
    [
      'redirects that each take a while',
      (_request, response) => void setTimeout(() => redirect(response, '/again'), 60),
    ],
  ])('ends %s', async (_title, listener) => {
    const origin = await serve(listener);
    const error = await failure(origin, { timeoutMs: 250, redirects: 100 });
    expect(error).toMatchObject({ reason: 'timeout', detail: 'gave up after 250 ms' });
  });
});

describe('redirects', () => {
  it('are followed as often as is allowed, and not once more', async () => {
    let asked = 0;
    const origin = await serve((request, response) => {
      asked += 1;
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else redirect(response, `/${left - 1}`);
    });
    expect((await outboundGet(`${origin}/3`, bounds)).body.toString()).toBe('there');
    expect(asked).toBe(4);
    asked = 0;
    expect(await failure(`${origin}/4`)).toMatchObject({ reason: 'redirectedTooOften', detail: '3 times' });
    expect(asked).toBe(4);
  });

  it('in a circle end', async () => {
    const origin = await serve((_request, response) => redirect(response, '/'));
    expect((await failure(origin)).reason).toBe('redirectedTooOften');
  });

  it('are answers when none is allowed', async () => {
    const origin = await serve((_request, response) => redirect(response, 'https://elsewhere.example/', 301));
    const reply = await outboundGet(origin, { ...bounds, redirects: 0 });
    expect(reply).toMatchObject({ status: 301, headers: { location: 'https://elsewhere.example/' } });
  });

  it.each<[number, Record<string, string>]>([
    [302, {}],
    [304, { location: '/elsewhere' }],
    [300, { location: '/elsewhere' }],
  ])('are answers when they lead nowhere: %i %j', async (status, headers) => {
    const origin = await serve((_request, response) => void response.writeHead(status, headers).end());
    expect((await outboundGet(origin, bounds)).status).toBe(status);
  });

  it.each([
    ['plain http', 'http://evil.example/x?secret', 'redirected to http://evil.example'],
    ['a file', 'file:///etc/passwd', 'redirected to file://'],
    ['a password', 'https://me:secret@idp.example/', 'redirected to https://idp.example'],
    ['nonsense', 'http://[', 'not a URL'],
  ])('to %s are refused', async (_title, location, detail) => {
    const origin = await serve((_request, response) => redirect(response, location));
    expect(await failure(origin)).toMatchObject({ reason: 'redirectRefused', detail });
  });

  it.each(['https://localhost/', 'https://127.0.0.1:8443/', 'https://[::1]/', 'http://127.0.0.9/'])(
    'from another host to this machine are refused: %s',
    (location) => {
      expect(() => redirectTarget(new URL('https://idp.example/metadata'), location)).toThrow(OutboundError);
      expect(redirectTarget(new URL('http://127.0.0.1:3000/'), location).href).toBe(location);
    },
  );

  it('to another https host are followed', () => {
    const from = new URL('https://idp.example/a/metadata');
    expect(redirectTarget(from, '../b').href).toBe('https://idp.example/b');
    expect(redirectTarget(from, '//cdn.example/m').href).toBe('https://cdn.example/m');
  });
});

describe('a POST', () => {
  it('sends its body and headers, and takes a redirect for an answer', async () => {
    const seen: unknown[] = [];
    const origin = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push([request.method, request.headers['content-type'], body]);
        redirect(response, '/elsewhere', 307);
      });
    });
    const { timeoutMs, answerBytes } = bounds;
    const headers = { 'content-type': 'application/json' };
    const reply = await outboundPost(origin, { timeoutMs, answerBytes, headers, body: '{"a":1}' });
    expect(reply.status).toBe(307);
    expect(seen).toEqual([['POST', 'application/json', '{"a":1}']]);
  });

  it('is refused for plain http', async () => {
    const asked = outboundPost('http://hook.example/', { ...bounds, headers: {}, body: '' });
    await expect(asked).rejects.toMatchObject({ reason: 'addressNotAllowed' });
  });
});
