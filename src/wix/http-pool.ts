// One kept-alive connection pool per site. The only file that imports undici, and only when a site is first called:
// undici's own request costs a quarter of the CPU of the global fetch, but loading it is a good part of our start.
// Follows no redirect, sends no credential, reads a bounded answer within a bounded time.

import type { Dispatcher, Pool } from 'undici';

export interface PostReply {
  readonly status: number;
  readonly body: string;
  /** The header, as it came. */
  readonly retryAfter?: string;
}

/** Why there is no reply. Never carries text of the request or of the answer. */
export class PostFailure extends Error {
  override readonly name = 'PostFailure';

  constructor(
    readonly reason: 'timeout' | 'unreachable' | 'tooLarge',
    readonly problem: string,
  ) {
    super(`${reason}: ${problem}`);
  }
}

export interface HttpPool {
  /** Rejects with PostFailure. Redirects are answers. */
  postJson(path: string, body: string): Promise<PostReply>;
  close(): Promise<void>;
}

export interface HttpPoolLimits {
  /** Milliseconds for the whole exchange: connecting, sending, waiting and reading. */
  readonly timeoutMs: number;
  readonly answerBytes: number;
}

/** Wix allows thousands of calls a minute; this many at once are plenty, the rest queues within its timeout. */
const CONNECTIONS = 32;

export function openHttpPool(origin: string, { timeoutMs, answerBytes }: HttpPoolLimits): HttpPool {
  let opening: Promise<Pool> | undefined;
  const open = async (): Promise<Pool> => {
    const undici = await import('undici');
    return new undici.Pool(origin, {
      connections: CONNECTIONS,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: answerBytes,
      connect: { timeout: timeoutMs },
    });
  };
  return {
    async postJson(path, body) {
      const pool = await (opening ??= open());
      return post(pool, { path, body, timeoutMs });
    },
    async close() {
      await (await opening)?.close();
    },
  };
}

/** By undici's own events: a stream, a signal and its registry for each call would cost as much as all the rest of it. */
function post(
  pool: Pool,
  { path, body, timeoutMs }: { path: string; body: string; timeoutMs: number },
): Promise<PostReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let retryAfter: string | undefined;
    let under: Dispatcher.DispatchController | undefined;
    let late = false;
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(failureOf(error, late));
    };
    // Also while it waits for a connection.
    const timer = setTimeout(() => {
      late = true;
      fail(undefined);
      under?.abort(TOO_LATE);
    }, timeoutMs);
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart: (controller) => {
          under = controller;
          if (late) controller.abort(TOO_LATE);
        },
        onResponseStart: (_controller, statusCode, headers) => {
          status = statusCode;
          const asked = headers['retry-after'];
          if (typeof asked === 'string') retryAfter = asked;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          clearTimeout(timer);
          resolve({ status, body: textOf(chunks), ...(retryAfter === undefined ? {} : { retryAfter }) });
        },
        onResponseError: (_controller, error) => fail(error),
      },
    );
  });
}

const TOO_LATE = new Error('no answer in time');

/** Without a byte order mark, as the Encoding Standard decodes. */
function textOf(chunks: readonly Buffer[]): string {
  const text = Buffer.concat(chunks).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function failureOf(error: unknown, aborted: boolean): PostFailure {
  const code = codeOf(error);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new PostFailure('tooLarge', code);
  return new PostFailure(aborted || code.endsWith('_TIMEOUT') ? 'timeout' : 'unreachable', code);
}

/** The system's or undici's code (ECONNREFUSED, UND_ERR_SOCKET, …); messages may quote what was sent. */
function codeOf(error: unknown): string {
  const coded = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof coded === 'string' ? coded : 'unknown';
}
