// Which events somebody is woken for, and in which words. Everything else is for the log. An event that a stranger can cause
// as often as they like is told once a day for each connection, like all others.

import type { ErrorCode } from '../../core/error-table';
import type { SsoEvent } from '../../core/events';
import { remedyOf } from '../../core/remedies';
import { turnOf } from '../../core/turns';
import type { Notice } from './notice';

const DAY_MS = 86_400_000;
/** Days before an end at which people are told; the log begins earlier. */
const endDays: ReadonlySet<number> = new Set([30, 14, 7, 1, 0]);
/** An end is told once for each of these days, however often the service is started between them. */
const endOnceMs = 60 * DAY_MS;
const check = 'wix-saml check';

type Of<T extends SsoEvent['type']> = Extract<SsoEvent, { readonly type: T }>;
type Words = Omit<Notice, 'about' | 'onceMs' | 'forContact' | 'command'> & Partial<Notice>;

/** About a connection, unless it says otherwise. */
const notice = (words: Words): Notice => ({
  about: words.connection ?? '',
  onceMs: DAY_MS,
  command: check,
  forContact: words.connection !== undefined,
  ...words,
});

/** What one reader remembers: which connections it saw go down. */
type Down = Set<string>;

type Readers = { readonly [T in SsoEvent['type']]?: (event: Of<T>, down: Down) => Notice | undefined };

const readers: Readers = {
  'ending.near': ({ path, problem, hint, days, endsAt, connection, site }) =>
    endDays.has(days)
      ? notice({
          cause: 'ending.near',
          about: JSON.stringify([path, endsAt, days]),
          onceMs: endOnceMs,
          subject: `${connection ?? path}: ${days === 0 ? 'an end is here' : `something ends within ${inDays(days)}`}`,
          ...{ problem: `${path}: ${problem}.`, remedy: hint, connection, site },
        })
      : undefined,
  'connection.down': ({ connection, site, problem, hint }, down) => {
    down.add(connection);
    const subject = `${connection}: nobody can sign in`;
    return notice({ cause: 'connection.down', subject, problem, remedy: hint, connection, site });
  },
  'connection.up': ({ connection, site }, down) =>
    down.delete(connection)
      ? notice({
          cause: 'connection.up',
          subject: `${connection}: people can sign in again`,
          problem: 'The connection was down and is back.',
          ...{ remedy: 'Nothing.', connection, site },
        })
      : undefined,
  'metadata.refreshed': ({ type: _, connection, site, ...changes }) =>
    notice({
      cause: 'metadata.changed',
      about: JSON.stringify([connection, changes]),
      subject: `${connection}: the IdP’s metadata has changed`,
      problem: `The service works by the new metadata. ${changesInWords(changes)}`,
      remedy: 'If nobody at the IdP knows of it, find out who changed the source of the metadata.',
      ...{ connection, site },
    }),
  'metadata.refreshFailed': ({ connection, site, problem, hint, identityProvider }) =>
    identityProvider === undefined
      ? undefined
      : notice({
          cause: 'metadata.changed',
          about: JSON.stringify([connection, identityProvider]),
          subject: `${connection}: the metadata is that of another IdP now`,
          ...{ problem, remedy: hint, connection, site },
        }),
  'setup.handedOver': ({ connection }) =>
    notice({
      cause: 'setup.waiting',
      subject: `${connection}: a set-up waits for its activation`,
      problem: 'An IT admin has set the connection up and tested it; nobody signs in by it yet.',
      remedy:
        'Compare what the command shows with what the IT admin says on the telephone, then activate it.',
      command: `wix-saml connections activate ${connection}`,
      ...{ connection, forContact: false },
    }),
  'setup.activated': ({ connection, site, summary, by }) =>
    notice({
      cause: 'setup.activated',
      about: JSON.stringify([connection, summary]),
      subject: `${connection}: what people sign in by has changed`,
      problem: `Activated by ${by === 'operator' ? 'the operator' : 'an IT admin'}. Live now: ${summary}.`,
      remedy: 'If you do not know of it, find out who has activated it.',
      command: 'wix-saml connections',
      ...{ connection, site },
    }),
  'domain.lost': ({ connection, site, domain, problem, hint }) =>
    notice({
      cause: 'domain.lost',
      about: JSON.stringify([connection, domain]),
      subject: `${connection}: the proof of ${domain} is missing`,
      ...{ problem, remedy: hint, connection, site },
    }),
  'state.connection': ({ problem, hint }) =>
    notice({ cause: 'state.away', subject: 'the state store does not answer', problem, remedy: hint }),
  'state.wrongKey': ({ problem, hint }) =>
    notice({ cause: 'state.away', subject: 'the state store has another key', problem, remedy: hint }),
  'state.back': () =>
    notice({
      cause: 'state.back',
      subject: 'the state store answers again',
      problem: 'Sign-ins go on.',
      remedy: 'Nothing; whoever was in the middle of a sign-in starts again.',
    }),
  'audit.trouble': ({ problem, hint }) =>
    notice({
      cause: 'audit.trouble',
      subject: 'the audit log has trouble',
      ...{ problem, remedy: hint, command: 'wix-saml audit verify' },
    }),
  'keys.unusable': ({ path, problem, hint }) =>
    notice({
      cause: 'keys.unusable',
      about: path,
      subject: 'our own keys cannot be followed',
      ...{ problem: `${path}: ${problem}`, remedy: hint, command: 'wix-saml keys list' },
    }),
  'app.selfTestFailed': ({ problem }) =>
    notice({
      cause: 'app.selfTestFailed',
      subject: 'the self-test failed',
      problem,
      remedy: 'The service is not ready and signs nobody in. Look at the lines before in the log.',
    }),
  refused: (event) => failing(event, event),
  failed: (event) => failing(event, {}),
};

/** Notices of events, in the order in which they happen. The checks of a connection's name are the caller's. */
export function noticeReader(): (event: SsoEvent) => Notice | undefined {
  const down: Down = new Set();
  return (event) => {
    const read = readers[event.type] as ((event: SsoEvent, down: Down) => Notice | undefined) | undefined;
    return read?.(event, down);
  };
}

/** A mail whose only purpose is to arrive. */
export const testNotice = (): Notice =>
  notice({
    cause: 'test',
    subject: 'a test, and all is well',
    problem: 'Somebody has asked for this test. Notices arrive here.',
    remedy: 'Nothing.',
    command: 'wix-saml check --notify',
  });

/** Of one person, or of somebody who changed their mind at the IdP: no sign that the connection is broken. */
const ofOnePerson: ReadonlySet<ErrorCode> = new Set([
  'SAML_STATUS_NOT_SUCCESS',
  'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
  'POLICY_EMAIL_INVALID',
  'POLICY_AUTHN_TOO_OLD',
  'WIX_MEMBER_REFUSED',
  'WIX_MEMBER_BLOCKED',
  'WIX_MEMBER_PENDING',
  'WIX_MEMBER_UNVERIFIED',
]);

/** Which codes say that a connection may be broken. */
export const isOfConnection = (code: ErrorCode): boolean =>
  /^(SAML|POLICY|WIX|INTERNAL)_/.test(code) && turnOf[code] !== 'visitor' && !ofOnePerson.has(code);

function failing(
  event: Of<'refused'> | Of<'failed'>,
  detail: Partial<Pick<Of<'refused'>, 'problem' | 'received'>>,
): Notice | undefined {
  const { code, connection, site, reference } = event;
  if (connection === undefined || !isOfConnection(code)) return undefined;
  return notice({
    cause: 'connection.failing',
    subject: `${connection}: a sign-in failed (${code})`,
    problem: `People signed in by this connection before. This sign-in failed with ${code}; it may be one person’s, or a stranger’s, or the first of many.`,
    remedy: remedyOf(code, detail),
    command: `wix-saml why ${reference} LOGFILE`,
    ...{ connection, site },
  });
}

const inDays = (days: number): string => (days === 1 ? 'a day' : `${days} days`);

const thumbprintChars = 16;

function changesInWords(
  changes: Partial<
    Pick<Of<'metadata.refreshed'>, 'keysAdded' | 'keysRemoved' | 'endpointsAdded' | 'endpointsRemoved'>
  >,
): string {
  const { keysAdded, keysRemoved, endpointsAdded, endpointsRemoved } = changes;
  const short = (keys: readonly string[]): readonly string[] =>
    keys.map((key) => `${key.slice(0, thumbprintChars)}…`);
  const parts: (readonly [string, readonly string[]])[] = [
    ['New certificates', short(keysAdded ?? [])],
    ['Certificates gone', short(keysRemoved ?? [])],
    ['New addresses', endpointsAdded ?? []],
    ['Addresses gone', endpointsRemoved ?? []],
  ];
  return parts
    .filter(([, list]) => list.length > 0)
    .map(([what, list]) => `${what}: ${list.join(', ')}.`)
    .join(' ');
}
