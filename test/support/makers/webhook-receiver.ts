/**
 * A receiver of webhooks that believes nobody: an implementation of Standard Webhooks 1.0 of its own, by WebCrypto, which
 * shares no line with ours.
 */

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly contentType: string | undefined;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  /** What it answers from now on. */
  answer: number;
  readonly arrived: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers } = request;
      received.push({
        headers,
        body: Buffer.concat(chunks).toString(),
        contentType: headers['content-type'],
      });
      response.writeHead(receiver.answer).end('thank you');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: 204,
    arrived: async (count) => {
      while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}

/** True when one of the signatures is that of this secret (`whsec_…`), and the time is within five minutes of now. */
export async function isGenuine(
  { headers, body }: Pick<ReceivedWebhook, 'headers' | 'body'>,
  secret: string,
  now: number,
): Promise<boolean> {
  const header = (name: string): string => String(headers[name] ?? '');
  const seconds = Number(header('webhook-timestamp'));
  if (!(Math.abs(now / 1000 - seconds) < 300)) return false;
  const bytes = Uint8Array.from(atob(secret.replace('whsec_', '')), (letter) => letter.charCodeAt(0));
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const signed = new TextEncoder().encode(`${header('webhook-id')}.${header('webhook-timestamp')}.${body}`);
  for (const signature of header('webhook-signature').split(' ')) {
    const [version, mac = ''] = signature.split(',');
    const macBytes = Uint8Array.from(atob(mac), (letter) => letter.charCodeAt(0));
    if (version === 'v1' && (await subtle.verify('HMAC', key, macBytes, signed))) return true;
  }
  return false;
}
