// One event per answered request: method, path, status, duration and the client's address. Never the query or the body,
// where tickets and messages travel. The address is for people who read logs, and for sharing out what strangers ask for
// (http/admission); nobody is trusted or refused by it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Events } from '../core/events';
import type { Clock } from '../core/ports';

/** @param trustedProxies how many proxies in front of us append to X-Forwarded-For */
export function tellWhenAnswered(
  request: IncomingMessage,
  response: ServerResponse,
  {
    events,
    clock,
    trustedProxies,
  }: { readonly events: Events; readonly clock: Clock; readonly trustedProxies: number },
): void {
  const startedAt = clock.now();
  const [path = ''] = (request.url ?? '').split('?', 1);
  response.once('close', () => {
    events.emit({
      type: 'http.answered',
      method: request.method ?? '',
      path,
      status: response.statusCode,
      milliseconds: clock.now() - startedAt,
      client: clientAddress(request, trustedProxies),
    });
  });
}

/**
 * The address that the outermost trusted proxy saw. Each proxy appends the address of whom it talked to, so the last
 * entries are the trustworthy ones; what stands before them the client may have written itself.
 */
export function clientAddress({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const direct = socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return direct;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const addresses = [...forwarded.map((entry) => entry.trim()).filter((entry) => entry !== ''), direct];
  return addresses.at(-1 - trustedProxies) ?? addresses[0] ?? direct;
}
