// The sessions that live, for an operator: of whom, masked, since when and until when. What is listed opens nothing and
// names nobody; the address is in no store.

import { aboutPlace, groupsOf, placesIn, type SessionAbout } from '../sso/session-index';
import { sessionName } from '../sso/end-session';
import type { SessionPorts } from '../sso/session';

export interface ListedSession extends Pick<
  SessionAbout,
  'connection' | 'site' | 'who' | 'beganAt' | 'endsAt'
> {
  /** As the log names it. */
  readonly session: string;
}

/** Of one connection; there may be more. */
const LISTED = 1000;

/** The sessions of these connections, the newest first. */
export async function listSessions(
  ports: Pick<SessionPorts, 'store' | 'stateKeys' | 'clock'>,
  connections: readonly string[],
): Promise<readonly ListedSession[]> {
  const now = ports.clock.now();
  const found: ListedSession[] = [];
  for (const connection of connections) {
    const places = await placesIn(ports, groupsOf(ports.stateKeys, { connection }), LISTED);
    const listed = await Promise.all(
      places.map(async (place) => {
        const about = await aboutPlace(ports, place);
        if (about === undefined || about.endsAt <= now) return undefined;
        const { site, who, beganAt, endsAt } = about;
        return { session: sessionName(place), connection, site, who, beganAt, endsAt };
      }),
    );
    found.push(...listed.filter((one) => one !== undefined));
  }
  return found.sort((one, other) => other.beganAt - one.beganAt);
}
