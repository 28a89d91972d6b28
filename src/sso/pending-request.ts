// What we remember between a request and its answer, under the request's own id: who asked, for which page, with which
// challenge. Sealed, taken once. The id also carries the connection's name, so that an answer finds its way back.

import { limits } from '../core/limits';
import type { Clock, Random } from '../core/ports';
import type { SealingPorts } from '../stores/seal';
import { putSealed, takeSealed } from '../stores/sealed-store';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';

export interface PendingRequest {
  readonly connection: string;
  readonly site: string;
  readonly codeChallenge: string;
  /** The page's own value, echoed. Empty when it gave none. */
  readonly state: string;
  /** Path on the site. */
  readonly returnTo: string;
  readonly forceAuthn: boolean;
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
}

/** 160 bits (SAML Core §1.3.4), then the connection. An NCName, and at most 80 bytes as RelayState (Bindings §3.5.3). */
const REQUEST_ID = /^_([0-9a-f]{40})-([a-z0-9-]{1,32})$/;
const ID_BYTES = 20;

export function newRequestId(random: Random, connection: string): string {
  return requestIdOf(random.bytes(ID_BYTES), connection);
}

/** @param id 20 bytes */
export function requestIdOf(id: Buffer, connection: string): string {
  return `_${id.toString('hex')}-${connection}`;
}

/** The parts of a request id; undefined for a text of another form. */
export function readRequestId(
  requestId: string,
): { readonly id: Buffer; readonly connection: string } | undefined {
  const [, id, connection] = REQUEST_ID.exec(requestId) ?? [];
  return id === undefined || connection === undefined
    ? undefined
    : { id: Buffer.from(id, 'hex'), connection };
}

/** The connection that a request id names. Anybody can write one: good for finding trust anchors, proof of nothing. */
export function peekConnection(requestId: string): string | undefined {
  return REQUEST_ID.exec(requestId)?.[2];
}

export async function putPendingRequest(
  ports: SealingPorts & { readonly store: StateStore },
  requestId: string,
  request: PendingRequest,
): Promise<void> {
  // Anybody can start sign-ins, so one may give way to the next.
  const life = { ttlMs: limits.pendingRequestMs, droppable: true };
  await putSealed(ports, { kind: 'request', id: requestId }, request, life);
}

/** Exactly one of any number of callers gets it; undefined when it is unknown, spent, expired or not ours. */
export async function takePendingRequest(
  ports: { readonly store: StateStore; readonly stateKeys: StateKeys; readonly clock: Clock },
  requestId: string,
): Promise<PendingRequest | undefined> {
  if (!REQUEST_ID.test(requestId)) return undefined;
  const record = await takeSealed(ports, 'request', requestId);
  if (!isPendingRequest(record)) return undefined;
  return ports.clock.now() < record.requestedAt + limits.pendingRequestMs ? Object.freeze(record) : undefined;
}

/** Its seal vouches that we wrote it (sealed-store); this catches a record of another version of ourselves. */
function isPendingRequest(value: unknown): value is PendingRequest {
  if (typeof value !== 'object' || value === null) return false;
  const record = new Map<string, unknown>(Object.entries(value));
  const texts = ['connection', 'site', 'codeChallenge', 'state', 'returnTo'];
  return (
    texts.every((name) => typeof record.get(name) === 'string') &&
    typeof record.get('forceAuthn') === 'boolean' &&
    typeof record.get('requestedAt') === 'number'
  );
}
