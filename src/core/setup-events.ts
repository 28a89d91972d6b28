// Events of the set-up pages and of what becomes of it; a part of the table in core/events.

import { row } from './event-row';

export const setupEvents = {
  'domain.lost': row(
    'warn',
    'The TXT record that proves a mail domain is missing. After 7 days nobody at that domain can sign in; told once a day until then.',
    ['connection', 'site', 'domain', 'days', 'problem', 'hint'],
  ),
  'domain.proven': row('info', 'The TXT record that proves a mail domain of a connection was found.', [
    'connection',
    'site',
    'domain',
  ]),
  'setup.activated': row(
    'warn',
    'What people of this connection sign in by has changed; said by every process.',
    ['connection', 'site', 'by', 'summary'],
  ),
  'setup.changed': row('info', 'An IT admin changed a draft otherwise; nobody signs in by it yet.', [
    'reference',
    'connection',
    'link',
    'change',
  ]),
  'setup.handedOver': row('warn', 'An IT admin is done: `wix-saml connections activate NAME` puts it live.', [
    'reference',
    'connection',
    'link',
  ]),
  'setup.linkRedeemed': row('info', 'A set-up link was opened by a person, for one browser.', [
    'reference',
    'connection',
    'link',
  ]),
  'setup.metadataBrought': row(
    'info',
    'An IT admin saved the metadata of their IdP in a draft; nobody signs in by it yet.',
    ['reference', 'connection', 'link', 'identityProvider'],
  ),
  'setup.tested': row(
    'info',
    'The IdP answered a test sign-in of the set-up pages; nobody was signed in by it.',
    ['reference', 'connection', 'link', 'outcome'],
  ),
} as const;
