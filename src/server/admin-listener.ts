// A second listener for those who run the service: GET /metrics. It stands apart from the public one, so that no proxy rule
// is needed to keep numbers about customers from the world; on loopback unless somebody writes another address.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics';

export interface AdminAddress {
  readonly host: string;
  readonly port: number;
}

export interface AdminListener {
  readonly host: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

const requestTimeoutMs = 10_000;

/** Rejects when the address is taken. */
export async function listenForAdmins(
  { host, port }: AdminAddress,
  metrics: Pick<Metrics, 'page'>,
): Promise<AdminListener> {
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    answer(request, response, metrics).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, port: chosen } = server.address() as AddressInfo;
  return Object.freeze({ host: address, port: chosen, close: () => close(server) });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  metrics: Pick<Metrics, 'page'>,
): Promise<void> {
  request.resume();
  response.setHeader('Cache-Control', 'no-store');
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== '/metrics') {
    send(response, 404, 'text/plain; charset=utf-8', 'Here is only /metrics.\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    send(response, 405, 'text/plain; charset=utf-8', 'Use GET.\n');
    return;
  }
  const { type, text } = await metrics.page();
  send(response, 200, type, text);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
