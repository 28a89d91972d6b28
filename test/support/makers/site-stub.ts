/** A site that answers as it is told: node:http on a port of its own. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SiteStub {
  readonly url: string;
  readonly received: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
  /** How many connections were opened. */
  readonly connections: () => number;
  answer: (response: ServerResponse, body: string) => void;
  stop(): Promise<void>;
}

export async function startSite(): Promise<SiteStub> {
  let connections = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      stub.received.push({ method, path, headers, body });
      stub.answer(response, body);
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stub: SiteStub = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    received: [],
    connections: () => connections,
    answer: json(200, { sessionToken: 'JWS.token' }),
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return stub;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

export function text(status: number, body: string, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => {
    response.writeHead(status, headers);
    response.end(body);
  };
}
