// A draft → the connection that it would be, or why it is none. Built by the same function that builds every connection, so
// that a test judges by what a sign-in will be judged by.

import { createHash } from 'node:crypto';
import type { EmailSource } from '../../policy/member-policy';
import type { Connection, ConnectionSettings } from '../../sso/connection';
import type { ConnectionEntry, DownState, ReadyState } from '../../sso/directory';
import { judgeMetadata } from '../../sso/read-metadata';
import type { BroughtMetadata, Draft } from './documents';

export interface Judged {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Our own entityID, which no IdP has. */
  readonly ours: string;
}

/** The operator's choice of the source of the address stands above the admin's. */
export function withEmailFrom(
  settings: ConnectionSettings,
  emailFrom: EmailSource | undefined,
): ConnectionSettings {
  const { policy } = settings;
  if (policy.emailFrom !== undefined || emailFrom === undefined) return settings;
  return Object.freeze({ ...settings, policy: Object.freeze({ ...policy, emailFrom }) });
}

/** What metadata that an admin brought makes of a connection; what the operator demands of metadata holds for it as well. */
export function judgeBrought(
  { settings, metadata }: ConnectionEntry,
  { xml }: Pick<BroughtMetadata, 'xml'>,
  emailFrom: EmailSource | undefined,
  judged: Judged,
): ReadyState | DownState {
  return judgeMetadata(withEmailFrom(settings, emailFrom), xml, { ...judged, wanted: metadata });
}

/** The connection of a draft; undefined while it has no metadata that is of use. */
export function draftConnection(
  entry: ConnectionEntry,
  { metadata, emailFrom }: Draft,
  judged: Judged,
): Connection | undefined {
  if (metadata === undefined) return undefined;
  const state = judgeBrought(entry, metadata, emailFrom, judged);
  return state.kind === 'ready' ? state.connection : undefined;
}

/**
 * Names what a test is about: metadata, and what the operator's configuration demands. Another entityID, key, endpoint,
 * policy or address of ours makes another name, and then a passed test says nothing any more.
 */
export function settingsOf(
  entry: ConnectionEntry,
  { metadata }: Draft,
  acsUrl: string,
  ours: string,
): string {
  const { emailDomains, domainsOfOthers, ...policy } = entry.settings.policy;
  const domains = [emailDomains, domainsOfOthers ?? []].map((each) => (each === '*' ? each : [...each]));
  const all = [metadata?.xml ?? null, { ...entry.settings, policy }, domains, entry.metadata, acsUrl, ours];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
