// Every connection with what became of it, for whoever wants to know why somebody cannot sign in.

import type { ConnectionDirectory, ConnectionEntry, MetadataSource } from '../sso/directory';
import { reasonOf, stateAt } from '../sso/directory';

export interface ConnectionView {
  readonly name: string;
  readonly site: string;
  readonly state: 'ready' | 'waiting' | 'down';
  /** Why it is not ready, and what to do. */
  readonly reason?: string;
  readonly hint?: string;
  /** ISO 8601; of a connection that is down, as far as it can be known from here. */
  readonly since?: string;
  /** A file, an address, or the word `setup`. */
  readonly source: string;
  /** What is known of its IdP. */
  readonly identityProvider?: string;
  /** ISO 8601. */
  readonly validUntil?: string;
  /** How often the IdP wishes to be asked again; absent: it does not say, and every hour is used. */
  readonly askAgainSeconds?: number;
  readonly keys: readonly KeyView[];
}

export interface KeyView {
  readonly subject: string;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly thumbprint: string;
  /** Day in UTC. */
  readonly notAfter: string;
}

/** @param now milliseconds since 1970 */
export const connectionViews = ({ entries }: ConnectionDirectory, now: number): readonly ConnectionView[] =>
  entries.map((entry) => viewOf(entry, now));

function viewOf(entry: ConnectionEntry, now: number): ConnectionView {
  const { settings, metadata } = entry;
  const { name, site } = settings;
  const state = stateAt(entry, now);
  const about = { name, site, state: state.kind, source: sourceOf(metadata.from) };
  if (state.kind === 'waiting') return { ...about, reason: reasonOf(state), keys: [] };
  if (state.kind === 'down') {
    const { problem: reason, hint } = state.trouble;
    return { ...about, reason, hint, since: new Date(state.since).toISOString(), keys: [] };
  }
  const { connection, validUntil, cacheDurationMs } = state;
  const { entityId, signingKeys } = connection.identityProvider;
  return {
    ...about,
    identityProvider: entityId,
    ...(validUntil === undefined ? {} : { validUntil: new Date(validUntil).toISOString() }),
    ...(cacheDurationMs === undefined ? {} : { askAgainSeconds: Math.floor(cacheDurationMs / 1000) }),
    keys: signingKeys.map(({ subject, thumbprint, notAfter }) => ({
      subject,
      thumbprint,
      notAfter: new Date(notAfter).toISOString().slice(0, 10),
    })),
  };
}

function sourceOf(from: MetadataSource): string {
  if ('setup' in from) return 'setup';
  return 'file' in from ? from.file : from.url;
}
