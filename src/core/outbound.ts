// The one way out for what an administrator configured: IdP metadata, our own public address, later webhooks. Bounded in
// bytes, time and redirects; https only, but for this very machine; every failure has its cause.
//
// Made of node:https and not of fetch: fetch hides the cause, unpacks what it is sent, and leaves no way to say which
// resolved address, CA or proxy to use without undici's dispatcher, whose one door is the pool to Wix sites. No connection
// is kept.

import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost } from './loopback';
import { OutboundError, reasonOf } from './outbound-reasons';
import { authoritiesOf, goesThroughProxy, throughProxy, type OutboundWay } from './outbound-way';
import { isPublicAddress, lookupWithin, mayAsk, notPublic, type Reach } from './public-address';

export interface OutboundBounds {
  /** Milliseconds for everything: names, connections, redirects, and reading to the end. */
  readonly timeoutMs: number;
  /** Largest answer, counted while it streams in. */
  readonly answerBytes: number;
  /** What the operator says about the way out; absent: straight, with the well-known authorities. */
  readonly way?: OutboundWay | undefined;
}

export interface OutboundGet extends OutboundBounds {
  /** How many redirects are followed; with 0 a redirect is an answer like any other. */
  readonly redirects: number;
  /** Where the address and every redirect may lead; absent: anywhere, because the operator wrote the address down. */
  readonly reach?: Reach;
  /** Sent along to wherever a redirect leads: no credential belongs here. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OutboundPost extends OutboundBounds {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OutboundReply {
  /** Any status: what it means, the caller knows. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answerBytes: number;
  readonly timeoutMs: number;
  readonly way: OutboundWay;
  readonly reach?: Reach | undefined;
  /** Aborts after that time, counted from the first address on. */
  readonly signal: AbortSignal;
}

/** @throws OutboundError (rejects) when there is no answer within the bounds */
export function outboundGet(address: string, options: OutboundGet): Promise<OutboundReply> {
  return outboundStream(address, options, collect);
}

async function collect({ status, headers, body }: OutboundStream): Promise<OutboundReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { status, headers, body: Buffer.concat(chunks) };
}

/** A response whose body is read as it comes. */
export interface OutboundStream extends Omit<OutboundReply, 'body'> {
  /** Ends with an OutboundError when a bound is passed or the connection breaks off. */
  readonly body: AsyncIterable<Buffer>;
}

/**
 * For an answer that is larger than what is wanted of it.
 *
 * @param consume reads the body to its end, or leaves it, which closes the connection
 * @throws OutboundError (rejects), and whatever `consume` throws
 */
export async function outboundStream<T>(
  address: string,
  options: OutboundGet,
  consume: (answer: OutboundStream) => Promise<T>,
): Promise<T> {
  const { timeoutMs, answerBytes, headers = {}, way = {}, reach } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const asked: Asked = { method: 'GET', headers, answerBytes, timeoutMs, way, reach, signal };
  const written = allowed(address);
  let url = written;
  for (let left = options.redirects; ; left -= 1) {
    const message = await send(
      url,
      ledElsewhere(written, url) ? { ...asked, reach: asked.reach ?? 'public' } : asked,
    );
    const location = options.redirects === 0 ? undefined : redirectOf(message);
    if (location === undefined) return consumed(message, asked, consume);
    message.destroy();
    if (left === 0) throw new OutboundError('redirectedTooOften', `${options.redirects} times`);
    url = redirectTarget(url, location);
  }
}

/** A redirect is an answer: a body is not carried to an address that somebody else chose. Rejects with OutboundError. */
export async function outboundPost(address: string, options: OutboundPost): Promise<OutboundReply> {
  const { timeoutMs, answerBytes, headers, body, way = {} } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const asked: Asked = { method: 'POST', headers, body, answerBytes, timeoutMs, way, signal };
  return consumed(await send(allowed(address), asked), asked, collect);
}

const isSecure = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));

function allowed(address: string): URL {
  if (!URL.canParse(address)) throw new OutboundError('addressNotAllowed', 'not a URL');
  const url = new URL(address);
  if (!isSecure(url)) throw new OutboundError('addressNotAllowed', `${url.protocol}//`);
  if (url.username !== '' || url.password !== '')
    throw new OutboundError('addressNotAllowed', 'user name or password');
  return url;
}

/** RFC 9110 §15.4: those that mean "ask there instead". 300 and 304 are answers, whatever they carry. */
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const redirectOf = ({ statusCode = 0, headers: { location } }: IncomingMessage): string | undefined =>
  redirectStatuses.has(statusCode) ? location : undefined;

/** A host that the operator did not write: it must be a public one. What is on this machine already may stay on it. */
const ledElsewhere = (written: URL, { hostname }: URL): boolean =>
  hostname !== written.hostname && !isLoopbackHost(written.hostname);

/**
 * Plain http would let anybody on the way choose what we read. And an address that a stranger names never leads back into
 * this machine or the networks around it, where other services trust whoever asks. Names are looked at when they are resolved.
 */
export function redirectTarget(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw new OutboundError('redirectRefused', 'not a URL');
  const to = new URL(location, from);
  const inward = ledElsewhere(from, to) && (isLoopbackHost(to.hostname) || isInnerAddress(to.hostname));
  if (!isSecure(to) || inward || to.username !== '' || to.password !== '') {
    throw new OutboundError('redirectRefused', `redirected to ${to.protocol}//${to.host}`.slice(0, 200));
  }
  return to;
}

const isInnerAddress = (hostname: string): boolean =>
  isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 && !isPublicAddress(hostname);

/** Resolves with the head of the answer. Node's modules load at first use: most starts fetch nothing. */
async function send(url: URL, asked: Asked): Promise<IncomingMessage> {
  const { method, headers, body, signal, reach } = asked;
  if (reach !== undefined && !mayAsk(reach, url.hostname)) throw notPublic();
  const { request } = await clientFor(url.href);
  const options: RequestOptions = {
    method,
    // Some firewalls refuse whoever has no name. A packed answer could be larger than it looks: none is asked for.
    headers: { 'user-agent': 'wix-saml', 'accept-encoding': 'identity', ...headers },
    agent: false,
    signal,
    ...(await wayTo(url, asked)),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, resolve);
    // Stays on: an abort while the answer is read may show here as well.
    outgoing.on('error', (cause) => reject(failureOf(cause, asked)));
    outgoing.end(body);
  });
}

const clientFor = (address: string) =>
  address.startsWith('https:') ? import('node:https') : import('node:http');

async function wayTo(
  url: URL,
  { way, signal, ...asked }: Asked,
): Promise<RequestOptions & { ca?: string[] }> {
  if (goesThroughProxy(url, way)) {
    const { request } = await clientFor(way.proxy?.origin ?? '');
    return throughProxy(url, way, { request, signal }).catch((cause: unknown) => {
      throw failureOf(cause, { ...asked, way, signal });
    });
  }
  const ca = await authoritiesOf(way);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(asked.reach === undefined ? {} : { lookup: lookupWithin(asked.reach) }),
  };
}

async function consumed<T>(
  message: IncomingMessage,
  asked: Asked,
  consume: (answer: OutboundStream) => Promise<T>,
): Promise<T> {
  const { statusCode: status = 0, headers } = message;
  try {
    return await consume({ status, headers, body: chunksOf(message, asked) });
  } finally {
    message.destroy();
  }
}

async function* chunksOf(message: IncomingMessage, asked: Asked): AsyncGenerator<Buffer> {
  const encoding = message.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new OutboundError('answerInvalid', 'compressed');
  const { answerBytes } = asked;
  let bytes = 0;
  const chunks = (message as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  for (;;) {
    // What the consumer of a chunk throws is its own and not looked at here.
    const next = await chunks.next().catch((cause: unknown) => {
      throw failureOf(cause, asked);
    });
    if (next.done === true) break;
    bytes += next.value.length;
    if (bytes > answerBytes) throw new OutboundError('tooLarge', `larger than ${answerBytes} bytes`);
    yield next.value;
  }
}

function failureOf(cause: unknown, { signal, timeoutMs }: Asked): OutboundError {
  if (cause instanceof OutboundError) return cause;
  return signal.aborted ? new OutboundError('timeout', `gave up after ${timeoutMs} ms`) : reasonOf(cause);
}
