// A request's body, of one content type and of bounded size. Reads nothing that announces itself as something else, and
// never inflates: no honest sender compresses a form.

import type { IncomingMessage } from 'node:http';
import { SsoError, type ErrorDetail } from '../core/errors';

export interface BodyRules {
  readonly type: 'application/x-www-form-urlencoded' | 'application/json';
  readonly maxBytes: number;
}

/** Bytes of a refused body that are still read and dropped, so that the sender gets to read the refusal. */
const DROPPED_BYTES = 8 * 1024 * 1024;

/**
 * @returns the body's bytes; or, when the host application parsed it before us, what it made of it
 * @throws HTTP_CONTENT_TYPE_UNSUPPORTED, HTTP_BODY_TOO_LARGE, HTTP_BODY_MALFORMED
 */
export async function readBody(request: IncomingMessage, rules: BodyRules): Promise<Buffer | object> {
  checkType(request, rules);
  return parsedByHost(request) ?? (await readBytes(request, rules.maxBytes));
}

function checkType(request: IncomingMessage, rules: BodyRules): void {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== rules.type) throw unsupported({ expected: rules.type });
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported({ problem: 'content-encoding' });
}

function unsupported(detail: ErrorDetail): SsoError {
  return new SsoError('HTTP_CONTENT_TYPE_UNSUPPORTED', detail);
}

/** Where our router is mounted behind somebody's body parser, the stream is empty and `body` holds the result. */
function parsedByHost(request: IncomingMessage): Buffer | object | undefined {
  if (!request.readableEnded || !('body' in request)) return undefined;
  const { body } = request;
  if (typeof body === 'string') return Buffer.from(body);
  return typeof body === 'object' && body !== null ? body : undefined;
}

function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new SsoError('HTTP_BODY_TOO_LARGE', { maxBytes });
  const announced = Number(request.headers['content-length'] ?? 0);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    if (announced > maxBytes) reject(tooLarge());
    // Somebody before us read it and left us nothing: no event would ever come.
    if (request.readableEnded) reject(new SsoError('HTTP_BODY_MALFORMED', { problem: 'was read before' }));
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes && announced <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge());
      }
      if (bytes > DROPPED_BYTES) request.destroy();
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('error', () => undefined); // 'close' follows and reports it.
    request.on('close', () => {
      reject(new SsoError('HTTP_BODY_MALFORMED', { problem: 'the connection was closed early' }));
    });
  });
}
