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
  /** ISO 8601; when the address answered last. */
  readonly fetched?: string;
  /** ISO 8601; when the address is asked, or the file looked at, next. Known of a running service only. */
  readonly nextRefresh?: string;
  readonly keys: readonly KeyView[];
}

export interface KeyView {
  readonly subject: string;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly thumbprint: string;
  /** Day in UTC. */
  readonly notAfter: string;
}

/**
 * @param now milliseconds since 1970
 * @param refreshesAt milliseconds since 1970, of a connection by its name
 */
export const connectionViews = (
  { entries }: ConnectionDirectory,
  now: number,
  refreshesAt: (name: string) => number | undefined = () => undefined,
): readonly ConnectionView[] =>
  entries.map((entry) => {
    const next = refreshesAt(entry.settings.name);
    return { ...viewOf(entry, now), ...(next === undefined ? {} : { nextRefresh: isoOf(next) }) };
  });

const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

function viewOf(entry: ConnectionEntry, now: number): ConnectionView {
  const { settings, metadata } = entry;
  const { name, site } = settings;
  const state = stateAt(entry, now);
  const about = { name, site, state: state.kind, source: sourceOf(metadata.from) };
  if (state.kind === 'waiting') return { ...about, reason: reasonOf(state), keys: [] };
  if (state.kind === 'down') {
    const { problem: reason, hint } = state.trouble;
    return { ...about, reason, hint, since: isoOf(state.since), keys: [] };
  }
  const { connection, validUntil, cacheDurationMs, fetchedAt } = state;
  const { entityId, signingKeys } = connection.identityProvider;
  return {
    ...about,
    identityProvider: entityId,
    ...(validUntil === undefined ? {} : { validUntil: isoOf(validUntil) }),
    ...(fetchedAt === undefined ? {} : { fetched: isoOf(fetchedAt) }),
    ...(cacheDurationMs === undefined ? {} : { askAgainSeconds: Math.floor(cacheDurationMs / 1000) }),
    keys: signingKeys.map(({ subject, thumbprint, notAfter }) => ({
      subject,
      thumbprint,
      notAfter: isoOf(notAfter).slice(0, 10),
    })),
  };
}

function sourceOf(from: MetadataSource): string {
  if ('setup' in from) return 'setup';
  return 'file' in from ? from.file : from.url;
}
