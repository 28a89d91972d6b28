// The way out that the operator has laid: certification authorities of their own, and a proxy. Through a proxy the name of a
// host is all that we judge, because the proxy resolves it.

import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { OutboundError, reasonOf } from './outbound-reasons';
import type { Secret } from './secret';

export interface OutboundWay {
  readonly proxy?: {
    /** `http://host:port` or `https://host:port`. */
    readonly origin: string;
    /** Value of Proxy-Authorization. */
    readonly authorization?: Secret;
  };
  /** Hosts that are asked without the proxy; one that begins with "." means all below it. */
  readonly direct?: readonly string[];
  /** PEM certificates of authorities that are believed beside the well-known ones. */
  readonly ca?: readonly string[];
}

/** True when the proxy is to be asked for this address. */
export function goesThroughProxy({ protocol, hostname }: URL, { proxy, direct = [] }: OutboundWay): boolean {
  // Plain http goes to this very machine only, where no proxy is in between.
  if (proxy === undefined || protocol !== 'https:') return false;
  return !direct.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host));
}

/** `ca` of node:tls takes the place of the well-known authorities, so they are named again. */
export async function authoritiesOf({ ca }: OutboundWay): Promise<string[] | undefined> {
  if (ca === undefined) return undefined;
  const { rootCertificates } = await import('node:tls');
  return [...rootCertificates, ...ca];
}

/** With what the proxy is asked, and until when: the one door out opens it. */
export interface Connecting {
  readonly request: (address: string, options: RequestOptions & { ca?: string[] }) => ClientRequest;
  readonly signal: AbortSignal;
}

/** Options of node:https that lead a request through the proxy. @throws OutboundError (rejects) */
export async function throughProxy(
  url: URL,
  way: OutboundWay,
  to: Connecting,
): Promise<Pick<RequestOptions, 'createConnection' | 'agent'>> {
  const { connect } = await import('node:tls');
  const socket = await tunnel(url, way, to);
  const ca = await authoritiesOf(way);
  const servername = url.hostname;
  const secure = connect({ socket, servername, ...(ca === undefined ? {} : { ca }) });
  secure.on('error', () => undefined); // whoever sends the request hears of it as well
  return { createConnection: () => secure, agent: noAgent };
}

/** With an agent node:https would connect by itself. */
const noAgent = undefined as Agent | undefined;

/** HTTP CONNECT (RFC 9110 §9.3.6). */
async function tunnel(url: URL, way: OutboundWay, to: Connecting): Promise<Duplex> {
  const { proxy } = way;
  if (proxy === undefined) throw new TypeError('there is no proxy');
  const target = `${url.hostname}:${url.port === '' ? '443' : url.port}`;
  const authorization = proxy.authorization?.reveal();
  const ca = await authoritiesOf(way);
  const asked = to.request(proxy.origin, {
    method: 'CONNECT',
    path: target,
    headers: {
      host: target,
      ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
    },
    agent: false,
    signal: to.signal,
    ...(ca === undefined ? {} : { ca }),
  });
  return new Promise((resolve, reject) => {
    asked.on('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) resolve(socket);
      else {
        socket.destroy();
        reject(new OutboundError('proxyRefused', `status ${String(statusCode)}`));
      }
    });
    asked.on('error', (cause) =>
      reject(to.signal.aborted ? cause : new OutboundError('proxyFailed', reasonOf(cause).detail)),
    );
    asked.end();
  });
}
