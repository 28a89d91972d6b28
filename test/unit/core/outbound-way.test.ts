/** The way out that the operator has laid, against a proxy and an authority of the test's own. Everything on 127.0.0.1. */

import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
} from 'node:net';
import type { Duplex } from 'node:stream';
import { outboundGet, redirectTarget } from '../../../src/core/outbound';
import { goesThroughProxy, type OutboundWay } from '../../../src/core/outbound-way';
import { Secret } from '../../../src/core/secret';
import { makeIdpKeys } from '../../support/idp';

const { privateKeyPem: key, certificatePem: cert } = makeIdpKeys({ commonName: 'localhost' });
const bounds = { timeoutMs: 2000, answerBytes: 1000, redirects: 3 };
const running: TcpServer[] = [];
const sockets = new Set<Duplex>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of running) server.close();
});

async function listening(server: TcpServer): Promise<number> {
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(server);
  return (server.address() as AddressInfo).port;
}

type Asked = Pick<IncomingMessage, 'url' | 'headers'>;

/** A proxy that answers so, and passes everything on where the status is 200. */
async function proxy(
  status: number,
  server: Server = createServer(),
  to?: number,
): Promise<{ port: number; asked: Asked[] }> {
  const asked: Asked[] = [];
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    asked.push({ url: request.url, headers: request.headers });
    socket.write(`HTTP/1.1 ${String(status)} X\r\n\r\n`);
    if (status !== 200) return;
    const upstream = connect(to ?? Number(request.url?.split(':')[1]), '127.0.0.1');
    upstream.on('error', () => undefined);
    sockets.add(upstream);
    socket.pipe(upstream).pipe(socket);
  });
  return { port: await listening(server), asked };
}

let idp: string;
beforeAll(async () => {
  const port = await listening(
    createTlsServer({ key, cert }, (_request, response) => void response.end('there')),
  );
  idp = `https://localhost:${String(port)}/metadata`;
});

const get = async (way: OutboundWay): Promise<string> =>
  (await outboundGet(idp, { ...bounds, way })).body.toString();

describe('an authority of one’s own', () => {
  it('is believed for whom it has certified, and nobody is without it', async () => {
    expect(await get({ ca: [cert] })).toBe('there');
    await expect(get({})).rejects.toMatchObject({ reason: 'certificateInvalid' });
    await expect(
      get({ ca: [makeIdpKeys({ commonName: 'localhost' }).certificatePem] }),
    ).rejects.toMatchObject({
      reason: 'certificateInvalid',
    });
  });

  it('certifies a name, and no other', async () => {
    const asked = outboundGet(idp.replace('localhost', '127.0.0.1'), { ...bounds, way: { ca: [cert] } });
    await expect(asked).rejects.toMatchObject({ detail: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });
});

describe('a proxy', () => {
  it('is asked for host and port, with the authorization, and sees no more than TLS', async () => {
    const { port, asked } = await proxy(200);
    const authorization = new Secret('Basic bWU6c2VjcmV0');
    const origin = `http://127.0.0.1:${String(port)}`;
    expect(await get({ ca: [cert], proxy: { origin, authorization } })).toBe('there');
    expect(asked).toMatchObject([
      {
        url: new URL(idp).host,
        headers: { host: new URL(idp).host, 'proxy-authorization': 'Basic bWU6c2VjcmV0' },
      },
    ]);
    await expect(get({ proxy: { origin } })).rejects.toMatchObject({ reason: 'certificateInvalid' });
  });

  it('may itself speak TLS', async () => {
    const { port, asked } = await proxy(200, createTlsServer({ key, cert }));
    expect(await get({ ca: [cert], proxy: { origin: `https://localhost:${String(port)}` } })).toBe('there');
    expect(asked[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it.each([
    [403, 'proxyRefused', 'status 403'],
    [407, 'proxyRefused', 'status 407'],
  ])('A6: that says %d is named', async (status, reason, detail) => {
    const { port } = await proxy(status);
    await expect(get({ proxy: { origin: `http://127.0.0.1:${String(port)}` } })).rejects.toMatchObject({
      reason,
      detail,
    });
  });

  it('A6: that is away, says nothing or is none, is named', async () => {
    const away = createTcpServer();
    const port = await listening(away);
    away.close();
    await expect(get({ proxy: { origin: `http://127.0.0.1:${String(port)}` } })).rejects.toMatchObject({
      reason: 'proxyFailed',
      detail: 'ECONNREFUSED',
    });
    const silent = await listening(createTcpServer());
    const way = { proxy: { origin: `http://127.0.0.1:${String(silent)}` } };
    await expect(outboundGet(idp, { ...bounds, timeoutMs: 100, way })).rejects.toMatchObject({
      reason: 'timeout',
    });
    const mail = await listening(createTcpServer((socket) => void socket.end('220 mail.example ESMTP\r\n')));
    await expect(get({ proxy: { origin: `http://127.0.0.1:${String(mail)}` } })).rejects.toMatchObject({
      reason: 'proxyFailed',
    });
  });

  it('is left out for plain http, which stays on this machine, and for hosts that are asked directly', () => {
    const way = {
      proxy: { origin: 'http://proxy.example:3128' },
      direct: ['idp.corp.example', '.inside.example'],
    };
    const asked = (address: string): boolean => goesThroughProxy(new URL(address), way);
    expect(asked('https://idp.example/')).toBe(true);
    expect(asked('https://x.idp.corp.example/')).toBe(true);
    expect(asked('https://idp.corp.example/')).toBe(false);
    expect(asked('https://a.b.inside.example/')).toBe(false);
    expect(asked('https://notinside.example/')).toBe(true);
    expect(asked('http://127.0.0.1/')).toBe(false);
  });
});

describe('a redirect to another host', () => {
  it.each([
    'https://10.0.0.1/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest',
    'https://0x0a000001/',
  ])('never leads to an inner address: %s', (location) => {
    expect(() => redirectTarget(new URL('https://idp.example/metadata'), location)).toThrow(
      /redirected to https/,
    );
  });

  it('may stay where the operator has led us', () => {
    expect(redirectTarget(new URL('https://10.0.0.1/a'), '/b').href).toBe('https://10.0.0.1/b');
    expect(redirectTarget(new URL('https://idp.example/a'), 'https://8.8.8.8/b').href).toBe(
      'https://8.8.8.8/b',
    );
  });

  it('is resolved where it leads, and followed to public addresses only', async () => {
    const own = makeIdpKeys({ commonName: 'idp.example' });
    let asked = 0;
    const server = createTlsServer(
      { key: own.privateKeyPem, cert: own.certificatePem },
      (_request, response) => {
        asked += 1;
        response.writeHead(302, { location: `https://inside.example:${String(to)}/` }).end();
      },
    );
    const to = await listening(server);
    const { port } = await proxy(200, createServer(), to);
    const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      _options: unknown,
      done: Found,
    ) => {
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    }) as unknown as typeof dns.lookup);
    const way = {
      ca: [own.certificatePem],
      direct: ['inside.example'],
      proxy: { origin: `http://127.0.0.1:${String(port)}` },
    };
    await expect(outboundGet('https://idp.example/', { ...bounds, way })).rejects.toMatchObject({
      reason: 'addressNotPublic',
      detail: 'a private network, or this machine',
    });
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(asked).toBe(1);
    lookup.mockRestore();
  });
});

type Found = (error: null, addresses: dns.LookupAddress[]) => void;
