// What happens at a sign-out, as rows of the table of events.

import { row } from './event-row';

export const logoutEvents = {
  'logout.answered': row('info', 'An IdP was told how a logout of its own went here.', [
    'reference',
    'connection',
    'site',
    'binding',
    'ended',
  ]),
  'logout.byIdentityProvider': row('info', 'An IdP has ended a person’s sessions.', [
    'reference',
    'connection',
    'site',
    'identityProvider',
    'binding',
    'sessions',
  ]),
  'logout.completed': row('info', 'The IdP has answered a sign-out that began at the site.', [
    'reference',
    'connection',
    'site',
    'statusCodes',
  ]),
  'logout.requested': row(
    'info',
    'A person who signed out at the site was sent to their IdP, to be signed out there too.',
    ['reference', 'connection', 'site', 'identityProvider', 'binding'],
  ),
} as const;
