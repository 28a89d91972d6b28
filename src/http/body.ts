// A request's body, of one content type and of bounded size. Reads nothing that announces itself as something else, and
// never inflates: no honest sender compresses a form.

import type { IncomingMessage } from 'node:http';
import { SsoError, type ErrorDetail } from '../core/errors';
import type { BodyRoom } from './bodies';
import type { Visit } from './visit';

export interface BodyRules {
  readonly type: 'application/x-www-form-urlencoded' | 'application/json' | 'multipart/form-data';
  readonly maxBytes: number;
}

/** What every body may send at once: an answer of an IdP has kilobytes. */
const READ_AT_ONCE_BYTES = 64 * 1024;
/** Bytes of a refused body that are still read and dropped, so that the sender gets to read the refusal. */
const DROPPED_BYTES = 8 * 1024 * 1024;

/**
 * @returns the body's bytes; or, when the host application parsed it before us, what it made of it
 * @throws HTTP_CONTENT_TYPE_UNSUPPORTED, HTTP_BODY_TOO_LARGE, HTTP_BODY_MALFORMED, HTTP_BUSY
 */
export async function readBody(
  { request, response, room }: Pick<Visit, 'request' | 'response' | 'room'>,
  rules: BodyRules,
): Promise<Buffer | object> {
  checkType(request, rules);
  const parsed = parsedByHost(request);
  if (parsed !== undefined) return parsed;
  try {
    return await readBytes(request, rules.maxBytes, room);
  } catch (error) {
    // What is left of it is not waited for: a sender that stopped would keep its connection for nothing.
    if (error instanceof SsoError && error.code === 'HTTP_BUSY') response.setHeader('Connection', 'close');
    throw error;
  }
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

function readBytes(request: IncomingMessage, maxBytes: number, room: BodyRoom): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  return new Promise((resolve, reject) => {
    const collected = new CollectedBytes(room, announced);
    let bytes = 0;
    let complete = false;
    const refuse = (refusal: SsoError): void => {
      if (!complete) collected.forget();
      reject(refusal);
    };
    const tooLarge = (): void => refuse(new SsoError('HTTP_BODY_TOO_LARGE', { maxBytes }));
    const malformed = (problem: string): void => refuse(new SsoError('HTTP_BODY_MALFORMED', { problem }));
    if (announced > maxBytes) tooLarge();
    // Somebody before us read it and left us nothing: no event would ever come.
    if (request.readableEnded) malformed('was read before');
    room.onDropped(refuse);
    // Before a byte of it is read: what there is no room for costs nothing but its headers.
    if (announced <= maxBytes) room.hold(announced);
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DROPPED_BYTES) request.destroy();
      if (bytes > maxBytes || announced > maxBytes) tooLarge();
      else collected.add(chunk);
      if (bytes > READ_AT_ONCE_BYTES) {
        request.pause();
        room.awaitTurn(() => request.resume());
      }
    });
    request.on('end', () => {
      complete = true;
      resolve(collected.take());
    });
    request.on('error', () => undefined); // 'close' follows and reports it.
    // Closes after every body; an error with its stack is made only where there was none.
    request.on('close', () => {
      if (!complete) malformed('the connection was closed early');
    });
  });
}

/** Grows by doubling, and holds room for what it takes: a thousand small pieces cost no more than one large one. */
class CollectedBytes {
  readonly #room: BodyRoom;
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  /** Room that is held already. */
  #held: number;
  #forgotten = false;

  /** @param announced Content-Length, for which room is held; 0 when the length is not known */
  constructor(room: BodyRoom, announced: number) {
    this.#room = room;
    this.#held = announced;
  }

  add(chunk: Buffer): void {
    if (this.#forgotten) return;
    const length = this.#length + chunk.length;
    if (length > this.#held) {
      const more = this.#length === 0 ? length : 2 * length - this.#held;
      this.#held += more;
      if (!this.#room.hold(more)) return; // and the refusal is on its way
    }
    if (this.#length === 0) this.#bytes = chunk;
    else {
      if (length > this.#bytes.length) this.#grow(Math.min(2 * length, this.#held));
      chunk.copy(this.#bytes, this.#length);
    }
    this.#length = length;
  }

  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  forget(): void {
    this.#forgotten = true;
    this.#bytes = Buffer.alloc(0);
    this.#room.release();
  }

  #grow(capacity: number): void {
    const grown = Buffer.allocUnsafeSlow(capacity);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
