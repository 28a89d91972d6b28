/** The application of a small world on a real socket, and a client that follows no redirect. */
import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Listening {
  readonly origin: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(path: string, options: SendOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface SendOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export const FORM = 'application/x-www-form-urlencoded';

export async function listen(listener: RequestListener): Promise<Listening> {
  const server: Server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = (path: string, { method = 'POST', headers = {}, body }: SendOptions) =>
    new Promise<Answer>((resolve, reject) => {
      const request = httpRequest(
        { port, host: '127.0.0.1', method, path, headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const { statusCode: status = 0, headers: received } = response;
            resolve({ status, headers: received, body: Buffer.concat(chunks).toString() });
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    get: (path, headers = {}) => send(path, { method: 'GET', headers }),
    send,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function form(fields: readonly (readonly [string, string])[] | Record<string, string>): SendOptions {
  return {
    headers: { 'content-type': FORM },
    body: new URLSearchParams(fields as [string, string][]).toString(),
  };
}

export function jsonBody(value: unknown, headers: Record<string, string> = {}): SendOptions {
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** The reference that a page shows. */
export function referenceOn(page: string): string {
  return /<code>([^<]*)<\/code>/.exec(page)?.[1] ?? '';
}
