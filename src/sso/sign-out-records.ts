// What is remembered between the steps of a sign-out, each under an id of its own that only a browser on its way holds: sealed,
// taken once, and gone within minutes. None of it can sign anybody in.

import type { Clock, Random } from '../core/ports';
import { limits } from '../core/limits';
import { putSealed, takeSealed, type SealedKind } from '../stores/sealed-store';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import type { SessionNameId } from '../wix/session-subject';

interface Ports {
  readonly store: StateStore;
  readonly stateKeys: StateKeys;
  readonly random: Random;
  readonly clock: Clock;
}

/** A session that has ended here; the browser is coming to be sent to the IdP. */
export interface LeavingSession {
  readonly connection: string;
  readonly site: string;
  readonly nameId: SessionNameId;
  readonly sessionIndex?: string;
}

/** A LogoutRequest of ours that waits for its answer. */
export interface PendingLogout {
  readonly connection: string;
  readonly site: string;
}

/** A LogoutRequest of an IdP that we have not answered yet: the browser is at the site, to be signed out there. */
export interface UnansweredLogout {
  readonly connection: string;
  readonly site: string;
  readonly requestId: string;
  readonly relayState?: string;
  readonly binding: 'redirect' | 'post';
  /** Sessions that were ended, in all browsers of the person. */
  readonly ended: number;
}

/** 256 bits: whoever holds it is the browser that was sent. */
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** @returns the token that the browser brings */
export async function putLeaving(ports: Ports, session: LeavingSession): Promise<string> {
  return put(ports, 'leaving', session);
}

export async function takeLeaving(ports: Ports, token: string): Promise<LeavingSession | undefined> {
  return (await take(ports, 'leaving', token)) as LeavingSession | undefined;
}

/** @returns the token that the site's page brings back */
export async function putUnanswered(ports: Ports, logout: UnansweredLogout): Promise<string> {
  return put(ports, 'logout-unanswered', logout);
}

export async function takeUnanswered(ports: Ports, token: string): Promise<UnansweredLogout | undefined> {
  return (await take(ports, 'logout-unanswered', token)) as UnansweredLogout | undefined;
}

/** @param requestId of 160 random bits */
export async function putPendingLogout(
  ports: Ports,
  requestId: string,
  logout: PendingLogout,
): Promise<void> {
  await putSealed(ports, { kind: 'logout', id: requestId }, logout, { ttlMs: limits.pendingLogoutMs });
}

/** Exactly one of any number of callers gets it. */
export async function takePendingLogout(ports: Ports, requestId: string): Promise<PendingLogout | undefined> {
  return (await takeSealed(ports, 'logout', requestId)) as PendingLogout | undefined;
}

async function put(ports: Ports, kind: SealedKind, record: object): Promise<string> {
  const token = ports.random.bytes(TOKEN_BYTES).toString('base64url');
  await putSealed(ports, { kind, id: token }, record, { ttlMs: limits.logoutStepMs });
  return token;
}

async function take(ports: Ports, kind: SealedKind, token: string): Promise<unknown> {
  return TOKEN.test(token) ? takeSealed(ports, kind, token) : undefined;
}
