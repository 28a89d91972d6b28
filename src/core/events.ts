// What happens here, as one table and one union of types: every event with its level, its meaning and its fields. Log,
// metrics and audit subscribe; nobody writes a free string. docs/events.md is made from this table.

import { errorTable } from './error-table';
import { errorDetailNames, type EventFieldValue } from './event-fields';
import { row, type EventRow } from './event-row';
import { logoutEvents } from './logout-events';
import { noticeEvents } from './notice-events';
import type { LogLevel } from './ports';
import { setupEvents } from './setup-events';
import { workerEvents } from './worker-events';
import { sessionEvents } from './session-events';

export const eventTable = {
  ...sessionEvents,
  'admin.ready': row('info', 'The listener for operators answers `/metrics`.', ['host', 'port']),
  'app.selfTestFailed': row(
    'error',
    'The service could not verify a message that it made itself; `/readyz` stays 503.',
    ['problem'],
  ),
  'app.wrongMount': row(
    'error',
    'A host application has mounted the router at another path than that of `serviceProvider.baseUrl`; said once. Our paths answer 500 there.',
    ['expected', 'received', 'hint'],
  ),
  'audit.trouble': row(
    'error',
    'The audit log cannot be written, or lines are missing at its end; said once a minute while it lasts.',
    ['problem', 'hint'],
  ),
  'config.warning': row('warn', 'Something in the configuration works, and is worth a look.', [
    'warningCode',
    'path',
    'problem',
    'hint',
  ]),
  'configuration.reloadFailed': row(
    'error',
    'A reload found a problem, one line for each; nothing was changed and the service goes on as it was.',
    ['path', 'problem', 'hint'],
  ),
  'configuration.reloaded': row(
    'info',
    'Configuration, keys and files were read anew and are in use. Names what is new, gone and changed.',
    [],
    [
      'connectionsAdded',
      'connectionsRemoved',
      'connectionsChanged',
      'sitesAdded',
      'sitesRemoved',
      'sitesChanged',
      'settingsChanged',
    ],
  ),
  'connection.activated': row(
    'warn',
    'An IT admin put live what they have tested, or went back to what was live before (`setup.activation: self`).',
    ['reference', 'connection', 'site', 'link', 'action', 'summary'],
  ),
  'connection.down': row(
    'error',
    'A connection can sign nobody in, because of its IdP’s metadata; every other one works.',
    ['connection', 'site', 'problem', 'hint'],
  ),
  'connection.up': row('info', 'A connection that was down, or waited, can sign people in.', [
    'connection',
    'site',
  ]),
  'ending.near': row(
    'warn',
    'A certificate or the validity of metadata ends in so many days, or has ended, or an address has been silent for a week. Told once at every step.',
    ['path', 'problem', 'hint', 'days', 'endsAt'],
    ['connection', 'site'],
  ),
  failed: row(
    'error',
    'A request failed by a mistake of ours; the visitor saw `INTERNAL_ERROR`.',
    ['reference', 'code', 'path', 'error', 'stack'],
    ['connection', 'site', 'signIn'],
  ),
  'hook.failed': row('error', 'The hook `onSignIn` of the host application failed; the sign-in went on.', [
    'reference',
    'error',
  ]),
  'http.answered': row('debug', 'A request was answered, or its connection was closed.', [
    'method',
    'path',
    'status',
    'milliseconds',
    'client',
  ]),
  'keys.changed': row(
    'info',
    'A key of ours was published, took over or was retired, and this process works by it.',
    ['purpose', 'generation', 'activeKey'],
    ['site'],
  ),
  'keys.unusable': row(
    'error',
    'This process cannot follow the state of our keys, and goes on with those that it has; said when it changes.',
    ['path', 'problem', 'hint'],
  ),
  'login.accepted': row(
    ['info', 'warn'],
    'A response passed every check; the browser takes a ticket to the site.',
    [
      'reference',
      'signIn',
      'connection',
      'site',
      'member',
      'signed',
      'algorithms',
      'keyThumbprints',
      'assertionIdHash',
      'encrypted',
    ],
    ['warning', 'weakAlgorithm'],
  ),
  'login.chooser': row(
    'info',
    'A link left open which connection is meant; the person was asked.',
    ['reference', 'choices'],
    ['site'],
  ),
  'login.fromElsewhere': row(
    'info',
    'A request to sign in came from another page than the site’s, or was typed; it lost its challenge and starts anew.',
    ['reference'],
    ['site'],
  ),
  'login.notSignedIn': row(
    'info',
    'The IdP says that nobody is signed in there (NoPassive); the person went back to the site.',
    ['reference', 'connection', 'site'],
  ),
  'login.relayStateDropped': row(
    'info',
    'The IdP sent a RelayState longer than 80 bytes, which cannot be ours; it was ignored.',
    ['reference', 'bytes'],
  ),
  'login.requested': row('info', 'A person was sent to their IdP with a request.', [
    'reference',
    'signIn',
    'connection',
    'site',
    'identityProvider',
    'binding',
  ]),
  'login.startPage': row(
    'info',
    'A link without the page’s challenge (a bookmark, an IdP tile) was sent to the landing page, which starts properly.',
    ['reference', 'connection', 'site'],
  ),
  'login.unsolicited': row(
    'info',
    'A response that nobody asked for was turned into a sign-in that starts properly.',
    ['reference', 'connection', 'site'],
  ),
  ...logoutEvents,
  ...noticeEvents,
  ...setupEvents,
  ...workerEvents,
  'metadata.refreshFailed': row(
    'warn',
    'The metadata of an IdP could not be renewed. What was read before goes on being used as long as it is valid.',
    ['connection', 'site', 'problem', 'hint'],
    ['identityProvider'],
  ),
  'metadata.refreshed': row(
    'info',
    'The metadata of an IdP was renewed, and something in it has changed.',
    ['connection', 'site'],
    ['keysAdded', 'keysRemoved', 'endpointsAdded', 'endpointsRemoved'],
  ),
  refused: row(
    ['warn', 'info', 'error'],
    'A request was refused; the level is that of its code in the error table.',
    ['reference', 'code', 'path'],
    errorDetailNames,
  ),
  'serve.ready': row('info', 'The service listens and has passed its self-test.', [
    'host',
    'port',
    'baseUrl',
  ]),
  'serve.stopped': row('info', 'Requests in flight have ended and the store is closed.'),
  'serve.stopping': row('info', 'The service was told to stop and accepts nobody new.'),
  'site.back': row('info', 'A site that failed time after time answers again.', ['site']),
  'site.down': row(
    'error',
    'A site did not answer five times in a row, or failed. It is left alone for up to a minute at a time, then asked once; people are told to wait meanwhile.',
    ['site', 'problem', 'hint'],
  ),
  'state.back': row('info', 'The state store answers again.'),
  'state.connection': row('error', 'The state store does not answer; said once a minute while it lasts.', [
    'problem',
    'hint',
  ]),
  'state.wrongKey': row(
    'error',
    'The store was begun with another state key; sign-ins are refused. Said once a minute while it lasts.',
    ['problem', 'hint'],
  ),
  'ticket.redeemed': row(
    'info',
    'A ticket became a session token: the person is signed in at the site.',
    ['reference', 'signIn', 'connection', 'site', 'member', 'wixMs'],
    ['waitedMs'],
  ),
  'ticket.waits': row(
    'info',
    'Wix was busy: the page gave its ticket for a place in the line of the site, and goes on by itself.',
    ['reference', 'signIn', 'connection', 'site', 'member', 'position'],
  ),
} as const; // No `satisfies`: as context it would make every row's fields all fields.

export type EventType = keyof typeof eventTable;

type FieldsOf<Row extends EventRow> = {
  readonly [N in Row['required'][number]]: EventFieldValue<N>;
} & { readonly [N in Row['optional'][number]]?: EventFieldValue<N> | undefined };

/** One thing that happened. Never holds a token, ticket, assertion, key or an e-mail address in clear. */
export type SsoEvent = {
  readonly [T in EventType]: { readonly type: T } & FieldsOf<(typeof eventTable)[T]>;
}[EventType];

/** How important one event is. */
export function levelOf(event: SsoEvent): LogLevel {
  if (event.type === 'refused') return errorTable[event.code].level;
  if (event.type === 'login.accepted' && (event.warning ?? event.weakAlgorithm) !== undefined) return 'warn';
  return eventTable[event.type].levels[0];
}

/** Hears of every event, in the order in which they happen, while the caller waits. */
export type Subscriber = (event: SsoEvent) => void;

/** Where the use cases say what happened. */
export interface Events {
  /** @throws the first error of a subscriber, after all have been told: what cannot be logged must not succeed quietly */
  emit(event: SsoEvent): void;
}

/** Events for a fixed list of subscribers. */
export function eventsTo(...subscribers: readonly Subscriber[]): Events {
  return Object.freeze({
    emit: (event: SsoEvent) => {
      const failures: unknown[] = [];
      for (const subscriber of subscribers) {
        try {
          subscriber(event);
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  });
}
