// What happens to sessions, and to members whom the company has disabled: rows of the table of events.

import { row } from './event-row';

export const sessionEvents = {
  'member.blocked': row(
    'warn',
    'The company has disabled a person, and the site has blocked the member (`leavers: block`).',
    ['reference', 'connection', 'site', 'member'],
  ),
  'member.unblocked': row(
    'info',
    'The company has enabled the person again, and the site has taken its block back.',
    ['reference', 'connection', 'site', 'member'],
  ),
  'revocation.received': row(
    'info',
    'An IdP, or a system of the company, had the sessions of a person ended.',
    ['reference', 'connection', 'site', 'proof', 'sessions'],
  ),
  'session.began': row(
    'info',
    'A page got the handle of a session, with the session token that it belongs to.',
    ['reference', 'signIn', 'connection', 'site', 'member', 'session', 'sessionEndsAt'],
  ),
  'session.ended': row(
    'info',
    'A session was ended before its time: its handle is dead, and the site’s guard signs the person out at its next look.',
    ['reference', 'connection', 'site', 'member', 'session', 'why'],
  ),
} as const;
