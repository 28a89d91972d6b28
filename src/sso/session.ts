// A session that can be ended: the site's page holds an opaque handle to it, the store holds it sealed under a key made from
// that handle. A handle can be asked whether it lives, and can end itself; it signs nobody in.

import { SsoError } from '../core/errors';
import type { Clock, Pseudonym, Random } from '../core/ports';
import { maskedAddress } from '../policy/masked-address';
import { peekSealed, putSealed } from '../stores/sealed-store';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import type { SessionNameId } from '../wix/session-subject';
import type { TicketGrant } from '../wix/ticket';
import { defaultSessionRules, type SessionRules } from './session-rules';
import { endedSince } from './session-ended';
import { groupOf, placeOf, type SessionAbout } from './session-index';

/** Instants in milliseconds since 1970. */
export interface Session {
  readonly connection: string;
  readonly site: string;
  /** As the IdP sent it. Absent where the Subject named nobody: then no LogoutRequest can name them either. */
  readonly nameId?: SessionNameId;
  readonly sessionIndex?: string;
  readonly beganAt: number;
  /** The earlier of SessionNotOnOrAfter and `session.maxHours`. */
  readonly endsAt: number;
}

/** What the store holds of it. */
export interface SessionRecord extends Session {
  readonly idleMs?: number;
}

export interface SessionPorts {
  readonly store: StateStore;
  readonly stateKeys: StateKeys;
  readonly random: Random;
  readonly clock: Clock;
  readonly pseudonym: Pseudonym;
}

export interface IssuedSession {
  /** 256 bits of randomness, 43 characters; a bearer secret of its page. */
  readonly handle: string;
  readonly endsAt: number;
  /** For the log. */
  readonly place: string;
}

const HANDLE_BYTES = 32;
const HANDLE_FORM = /^[A-Za-z0-9_-]{43}$/;
/** An idle session's last look is noted this many times within its rest: enough to be right, few enough to be cheap. */
const NOTES_PER_REST = 10;
/** A session that an IdP ends within its clock's skew still gets a moment, so that its page learns of the end. */
const SHORTEST_MS = 1000;

/**
 * Begins a session for what a ticket grants.
 * @param rules of its connection
 * @throws SAML_SESSION_ENDED when the person's sessions were ended after the sign-in had begun
 */
export async function issueSession(
  ports: SessionPorts,
  grant: TicketGrant,
  rules: SessionRules & { readonly clockSkewMs: number } = { ...defaultSessionRules, clockSkewMs: 0 },
): Promise<IssuedSession> {
  const now = ports.clock.now();
  const session = sessionFor(grant, rules, now);
  const handle = ports.random.bytes(HANDLE_BYTES).toString('base64url');
  const place = placeOf(handle);
  const about = aboutSession(ports, grant, session);
  const ttlMs = session.endsAt - now;
  // Entered first and looked for afterwards: whoever ends all sessions of the person either finds it or is found here.
  await Promise.all([
    putSealed(ports, { kind: 'session', id: handle }, session, { ttlMs }),
    putSealed(ports, { kind: 'session-about', id: place }, about, { ttlMs }),
    ...about.groups.map((group) => ports.store.enter(group, place, ttlMs)),
    ...(rules.idleMs === undefined ? [] : [noteSeen(ports, place, rules.idleMs)]),
  ]);
  if (await endedSince(ports, grant)) throw new SsoError('SAML_SESSION_ENDED');
  return { handle, place, endsAt: session.endsAt };
}

function sessionFor(
  { connection, site, subject }: TicketGrant,
  { maxMs, idleMs, clockSkewMs }: SessionRules & { readonly clockSkewMs: number },
  now: number,
): SessionRecord {
  const { nameId, sessionIndex, endsAt = Infinity } = subject;
  return {
    connection,
    site,
    ...(nameId === undefined ? {} : { nameId }),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    beganAt: now,
    endsAt: Math.max(Math.min(endsAt + clockSkewMs, now + maxMs), now + SHORTEST_MS),
    ...(idleMs === undefined ? {} : { idleMs }),
  };
}

function aboutSession(
  { stateKeys, pseudonym }: SessionPorts,
  { connection, site, email }: TicketGrant,
  { nameId, sessionIndex, beganAt, endsAt }: SessionRecord,
): SessionAbout {
  return {
    connection,
    site,
    who: maskedAddress(email),
    member: pseudonym(email),
    qualifiers: qualifiersOf(nameId),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    beganAt,
    endsAt,
    groups: [
      groupOf(stateKeys, { connection }),
      groupOf(stateKeys, { connection, email }),
      ...(nameId === undefined ? [] : [groupOf(stateKeys, { connection, nameId })]),
    ],
  };
}

/** All of a NameID but whom it names. */
function qualifiersOf(nameId: SessionNameId | undefined): SessionAbout['qualifiers'] {
  const entries = Object.entries(nameId ?? {}).filter(([name]) => name !== 'value');
  return Object.fromEntries(entries);
}

/** The session of a handle; undefined when it is over, was ended, or never was. */
export async function peekSession(ports: SessionPorts, handle: string): Promise<Session | undefined> {
  return (await lookAt(ports, handle))?.session;
}

/** The same, for the page that the session belongs to: that it asks keeps an idle one alive. */
export async function touchSession(ports: SessionPorts, handle: string): Promise<Session | undefined> {
  const found = await lookAt(ports, handle);
  if (found?.seenAt === undefined) return found?.session;
  const { idleMs = 0 } = found.session;
  if (ports.clock.now() - found.seenAt >= idleMs / NOTES_PER_REST) {
    await noteSeen(ports, placeOf(handle), idleMs);
  }
  return found.session;
}

interface Found {
  readonly session: SessionRecord;
  /** Of one that may not rest for ever. */
  readonly seenAt?: number;
}

async function lookAt(ports: SessionPorts, handle: string): Promise<Found | undefined> {
  if (!HANDLE_FORM.test(handle)) return undefined;
  const session = (await peekSealed(ports, 'session', handle)) as SessionRecord | undefined;
  const now = ports.clock.now();
  // The store's clock may differ from ours; the stricter one decides.
  if (session === undefined || session.endsAt <= now) return undefined;
  if (session.idleMs === undefined) return { session };
  const seen = (await peekSealed(ports, 'session-seen', placeOf(handle))) as { at: number } | undefined;
  if (seen === undefined || now - seen.at >= session.idleMs * (1 + 1 / NOTES_PER_REST)) return undefined;
  return { session, seenAt: seen.at };
}

async function noteSeen(ports: SessionPorts, place: string, idleMs: number): Promise<void> {
  const ttlMs = idleMs * (1 + 1 / NOTES_PER_REST);
  await putSealed(ports, { kind: 'session-seen', id: place }, { at: ports.clock.now() }, { ttlMs });
}
