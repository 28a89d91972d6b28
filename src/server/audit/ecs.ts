// An event as a record of the Elastic Common Schema 8, which most log stores know: who did what, with what outcome. What the
// schema has no name for stands under `wix_saml`.

import type { SsoEvent } from '../../core/events';

const ECS_VERSION = '8.11.0';
/** Events of a visitor; everything else is about the service. */
const AUTHENTICATION = /^(?:login\.|ticket\.|session\.|revocation\.|member\.|refused$|failed$)/;
const SUCCESS: ReadonlySet<string> = new Set([
  'login.accepted',
  'ticket.redeemed',
  'session.began',
  'session.ended',
  'revocation.received',
  'member.blocked',
  'member.unblocked',
]);
const FAILURE: ReadonlySet<string> = new Set([
  'refused',
  'failed',
  'configuration.reloadFailed',
  'connection.down',
  'keys.unusable',
  'metadata.refreshFailed',
]);
/** What happens thousands of times and decides nothing. */
const NOT_AUDITED: ReadonlySet<string> = new Set(['http.answered']);

/** Undefined for an event that the audit log leaves out. @param now milliseconds since 1970 */
export function auditRecord(event: SsoEvent, now: number, version: string): object | undefined {
  const { type, ...fields } = event;
  if (NOT_AUDITED.has(type)) return undefined;
  const { reference, signIn, code, member, path, problem, ...own } = fields as Readonly<
    Record<string, unknown>
  >;
  return {
    '@timestamp': new Date(now).toISOString(),
    ecs: { version: ECS_VERSION },
    service: { name: 'wix-saml', version },
    event: {
      kind: 'event',
      category: [AUTHENTICATION.test(type) ? 'authentication' : 'configuration'],
      action: type,
      outcome: SUCCESS.has(type) ? 'success' : FAILURE.has(type) ? 'failure' : 'unknown',
      ...(code === undefined ? {} : { code }),
    },
    ...(problem === undefined ? {} : { message: problem }),
    ...(reference === undefined ? {} : { trace: { id: reference } }),
    ...(signIn === undefined ? {} : { transaction: { id: signIn } }),
    ...(member === undefined ? {} : { user: { hash: member } }),
    ...(path === undefined ? {} : { url: { path } }),
    ...(Object.keys(own).length === 0 ? {} : { wix_saml: own }),
  };
}
