// The mark that a person's sessions were ended. It catches what was under way at that moment: a sign-in that had begun before
// and arrives after (SAML Core §3.7.3.2 wants late assertions refused). It lives as long as such a sign-in could still arrive.
// Compared is when the request was made, by our own clock: an assertion answers a request of ours, so one that answers a
// later request was issued after the end, and the person may come back.

import { limits } from '../core/limits';
import type { Clock, Random } from '../core/ports';
import { peekSealed, putSealed } from '../stores/sealed-store';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import type { TicketGrant } from '../wix/ticket';
import { groupOf, groupsOf, type Whose } from './session-index';

interface MarkPorts {
  readonly store: StateStore;
  readonly stateKeys: StateKeys;
  readonly random: Random;
  readonly clock: Clock;
}

const MARK_MS = limits.pendingRequestMs + limits.ticketMs + limits.placeMs;

/** @param sessionIndexes only what belongs to these sessions of the IdP; absent: everything of the person */
export async function markEnded(
  ports: MarkPorts,
  whose: Whose,
  sessionIndexes: readonly string[] | undefined,
): Promise<void> {
  const marked = sessionIndexes ?? [undefined];
  await Promise.all(
    marked.map((index) =>
      putSealed(
        ports,
        { kind: 'ended', id: groupOf(ports.stateKeys, whose, index) },
        { at: ports.clock.now() },
        { ttlMs: MARK_MS },
      ),
    ),
  );
}

type Arriving = Pick<TicketGrant, 'connection' | 'email' | 'subject'>;

/** Whether the sessions of the person who signs in were ended after that sign-in had begun. */
export async function endedSince(
  ports: Pick<MarkPorts, 'store' | 'stateKeys'>,
  { connection, email, subject: { nameId, sessionIndex, requestedAt } }: Arriving,
): Promise<boolean> {
  const { stateKeys } = ports;
  const marks = [
    ...groupsOf(stateKeys, { connection }),
    ...groupsOf(stateKeys, { connection, email }),
    ...(nameId === undefined ? [] : groupsOf(stateKeys, { connection, nameId })),
    ...(nameId === undefined || sessionIndex === undefined
      ? []
      : groupsOf(stateKeys, { connection, nameId }, sessionIndex)),
  ];
  const found = await Promise.all(
    marks.map(async (id) => (await peekSealed(ports, 'ended', id)) as { at: number } | undefined),
  );
  return found.some((mark) => mark !== undefined && mark.at >= requestedAt);
}
