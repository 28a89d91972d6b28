// Ending sessions: one by its handle, or all of a person. The site learns of it when its guard next asks; nothing here signs
// anybody out of Wix.

import type { Events } from '../core/events';
import { limits } from '../core/limits';
import { takeSealed } from '../stores/sealed-store';
import { peekSession, type Session, type SessionPorts } from './session';
import { markEnded } from './session-ended';
import {
  aboutPlace,
  groupsOf,
  placeOf,
  placesIn,
  recordKey,
  sameQualifiers,
  type Whose,
} from './session-index';

export interface EndPorts extends SessionPorts {
  readonly events: Events;
}

/** Why, and in which request. For the log. */
export interface EndCause {
  readonly why: 'signedOut' | 'idpLogout' | 'revoked' | 'operator';
  readonly reference: string;
}

/** Ends the session of a handle: of any number of parallel callers one gets it, the others find none. */
export async function endSession(
  ports: EndPorts,
  handle: string,
  cause: EndCause,
): Promise<Session | undefined> {
  const session = await peekSession(ports, handle);
  if (session === undefined || (await takeSealed(ports, 'session', handle)) === undefined) return undefined;
  const { connection, nameId, sessionIndex } = session;
  if (nameId !== undefined && sessionIndex !== undefined)
    await markEnded(ports, { connection, nameId }, [sessionIndex]);
  await clearPlace(ports, placeOf(handle), cause);
  return session;
}

/** `sessionIndexes`: only these sessions of the IdP. Absent or empty: all of the person, as SAML Core §3.7.1 says. */
export type WhoseSessions = Whose & { readonly sessionIndexes?: readonly string[] };

/** Ends the sessions of a person, and keeps out those that are beginning just now. @returns how many there were */
export async function endSessions(ports: EndPorts, whose: WhoseSessions, cause: EndCause): Promise<number> {
  const indexes = whose.sessionIndexes?.length === 0 ? undefined : whose.sessionIndexes;
  // The mark first: a session that is entered after we have looked finds it.
  await markEnded(ports, whose, indexes);
  const groups = groupsOf(ports.stateKeys, whose);
  const seen = new Set<string>();
  let ended = 0;
  for (;;) {
    // Those that are not meant stay, and are read again: so many more are asked for.
    const places = await placesIn(ports, groups, seen.size + limits.sessionsAtOnce);
    const fresh = places.filter((place) => !seen.has(place));
    if (fresh.length === 0) return ended;
    for (const place of fresh) seen.add(place);
    const meant = await Promise.all(fresh.map((place) => isMeant(ports, place, whose, indexes)));
    const outcomes = await Promise.all(
      fresh.filter((_, at) => meant[at]).map((place) => endPlace(ports, place, groups, cause)),
    );
    ended += outcomes.filter(Boolean).length;
  }
}

async function isMeant(
  ports: EndPorts,
  place: string,
  whose: Whose,
  sessionIndexes: readonly string[] | undefined,
): Promise<boolean> {
  const about = await aboutPlace(ports, place);
  // Nothing is known of it any more: then nothing speaks for letting it live.
  if (about === undefined) return true;
  if ('nameId' in whose && !sameQualifiers(about.qualifiers, whose.nameId)) return false;
  return (
    sessionIndexes === undefined ||
    about.sessionIndex === undefined ||
    sessionIndexes.includes(about.sessionIndex)
  );
}

/** @returns whether it was we who ended it */
async function endPlace(
  ports: EndPorts,
  place: string,
  groups: readonly string[],
  cause: EndCause,
): Promise<boolean> {
  const wasThere = (await ports.store.take(recordKey(place))) !== undefined;
  if (wasThere) await clearPlace(ports, place, cause);
  else await Promise.all(groups.map((group) => ports.store.leave(group, place)));
  return wasThere;
}

async function clearPlace(ports: EndPorts, place: string, { why, reference }: EndCause): Promise<void> {
  const about = await aboutPlace(ports, place);
  await Promise.all([
    takeSealed(ports, 'session-about', place),
    takeSealed(ports, 'session-seen', place),
    ...(about?.groups ?? []).map((group) => ports.store.leave(group, place)),
  ]);
  const { connection = '', site = '', member = '' } = about ?? {};
  const session = sessionName(place);
  ports.events.emit({ type: 'session.ended', reference, connection, site, member, session, why });
}

const SESSION_CHARS = 10;

/** What joins the lines of one session. */
export const sessionName = (place: string): string => place.slice(0, SESSION_CHARS);
