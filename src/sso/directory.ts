// All connections with what became of each: ready, waiting for metadata, or down. One customer's trouble stays theirs.
// A directory never changes: whoever has something new makes another one, and whoever began with this one keeps it.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { Problem } from '../core/problem';
import { mayVouchFor } from '../policy/email-domains';
import type { VerificationKey } from '../saml/identity-provider';
import type { Connection, ConnectionSettings } from './connection';

/**
 * Where the metadata of an IdP comes from; `setup`: nobody has brought it yet. With `mdq` the address is that of a Metadata
 * Query for the entity of this name, and answers with nothing else.
 */
export type MetadataSource =
  { readonly file: string } | { readonly url: string; readonly mdq?: string } | { readonly setup: true };

export interface WantedMetadata {
  readonly from: MetadataSource;
  /** Which IdP, when there are several in it. */
  readonly entityId?: string;
  /** Milliseconds that `validUntil` may lie ahead; then there has to be one. */
  readonly validUntilWithinMs?: number;
  /** Any of these has to have signed the whole document. Absent: the source is trusted as it is. */
  readonly signers?: readonly VerificationKey[];
  /** Milliseconds since the last answer of the address after which what it said is not believed any more. */
  readonly maxStaleMs?: number;
}

export interface ReadyState {
  readonly kind: 'ready';
  readonly connection: Connection;
  /** Milliseconds since 1970; the metadata is not believed after it. */
  readonly validUntil?: number;
  /** Milliseconds after which the IdP wishes to be asked again. */
  readonly cacheDurationMs?: number;
  /** When its address last confirmed it, in milliseconds since 1970; a file confirms nothing. */
  readonly fetchedAt?: number;
  /** Parts of the metadata that are of no use. */
  readonly skipped: readonly Problem[];
}

export interface WaitingState {
  readonly kind: 'waiting';
  readonly for: 'setup' | 'firstFetch';
}

export interface DownState {
  readonly kind: 'down';
  readonly trouble: Problem;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export type ConnectionState = ReadyState | WaitingState | DownState;

export interface ConnectionEntry {
  readonly settings: ConnectionSettings;
  readonly metadata: WantedMetadata;
  readonly state: ConnectionState;
}

/** In the order of the configuration. */
export class ConnectionDirectory {
  readonly entries: readonly ConnectionEntry[];
  /** Those with metadata, by name. Whether it is still valid, only `stateAt` says. */
  readonly ready: ReadonlyMap<string, Connection>;
  readonly #byName: ReadonlyMap<string, ConnectionEntry>;

  constructor(entries: Iterable<ConnectionEntry>) {
    this.entries = Object.freeze([...entries]);
    this.#byName = new Map(this.entries.map((entry) => [entry.settings.name, entry]));
    const ready = this.entries.flatMap(({ state }) => (state.kind === 'ready' ? [state.connection] : []));
    this.ready = new Map(ready.map((connection) => [connection.name, connection]));
    Object.freeze(this);
  }

  byName(name: string): ConnectionEntry | undefined {
    return this.#byName.get(name);
  }

  /** Connections whose IdP has this entityID, as far as it is known. */
  byIssuer(entityId: string | undefined): readonly ConnectionEntry[] {
    if (entityId === undefined) return [];
    return this.entries.filter(({ state, metadata }) =>
      state.kind === 'ready'
        ? state.connection.identityProvider.entityId === entityId
        : metadata.entityId === entityId,
    );
  }

  forSite(site: string): readonly ConnectionEntry[] {
    return this.entries.filter(({ settings }) => settings.site === site);
  }

  /** Those of a site (or of all) that name the domain; if there is none, those that may vouch for every other domain. */
  forDomain(domain: string, site?: string): readonly ConnectionEntry[] {
    const candidates = site === undefined ? this.entries : this.forSite(site);
    const fitting = candidates.filter(({ settings }) => mayVouchFor(settings.policy, domain));
    const named = fitting.filter(({ settings }) => settings.policy.emailDomains !== '*');
    return named.length > 0 ? named : fitting;
  }

  /** Another directory, in which one connection is in another state. */
  with(name: string, state: ConnectionState): ConnectionDirectory {
    return new ConnectionDirectory(
      this.entries.map((entry) =>
        entry.settings.name === name ? Object.freeze({ ...entry, state: Object.freeze(state) }) : entry,
      ),
    );
  }
}

/** Connections that are ready, and nothing is known about where their metadata came from. */
export function directoryOf(connections: Iterable<Connection>): ConnectionDirectory {
  return new ConnectionDirectory(
    [...connections].map((connection) => ({
      settings: connection,
      metadata: { from: { setup: true } },
      state: { kind: 'ready', connection, skipped: [] },
    })),
  );
}

/**
 * Metadata is not believed past its `validUntil`, with the usual skew (IIP-G01, IIP-MD03), nor when its address has been
 * silent for longer than the operator allows.
 */
export function stateAt({ settings, metadata, state }: ConnectionEntry, now: number): ConnectionState {
  if (state.kind !== 'ready') return state;
  const { validUntil, fetchedAt } = state;
  const path = metadataPath(settings);
  if (validUntil !== undefined && now >= validUntil + limits.clockSkewMs)
    return { kind: 'down', trouble: { path, ...expired(validUntil) }, since: validUntil };
  const { maxStaleMs } = metadata;
  if (maxStaleMs !== undefined && fetchedAt !== undefined && now >= fetchedAt + maxStaleMs)
    return { kind: 'down', trouble: { path, ...stale(fetchedAt) }, since: fetchedAt + maxStaleMs };
  return state;
}

const stale = (fetchedAt: number): Omit<Problem, 'path'> => ({
  problem: `The metadata was fetched last at ${new Date(fetchedAt).toISOString()}, which is longer ago than maxStaleDays allows.`,
  hint: 'Find out why the address does not answer: the log has metadata.refreshFailed.',
});

const expired = (validUntil: number): Omit<Problem, 'path'> => ({
  problem: `The metadata was valid until ${new Date(validUntil).toISOString()}.`,
  hint: 'Download the current metadata from the IdP.',
});

/** Where the configuration names the metadata of a connection. */
export const metadataPath = ({ name }: ConnectionSettings): string => `connections.${name}.idpMetadata`;

/** The connection that an entry stands for now. @throws CONNECTION_NOT_READY when it cannot sign anybody in */
export function readyConnection(entry: ConnectionEntry, now: number): Connection {
  const state = stateAt(entry, now);
  if (state.kind === 'ready') return state.connection;
  const { name, site } = entry.settings;
  throw new SsoError('CONNECTION_NOT_READY', { connection: name, site, problem: reasonOf(state) });
}

/** Why it is not ready, in one line. */
export function reasonOf(state: WaitingState | DownState): string {
  if (state.kind === 'down') return state.trouble.problem;
  return state.for === 'setup'
    ? 'nobody has brought the metadata of the IdP yet'
    : 'the metadata has not been fetched yet';
}

/** Every connection that is down, with its reason; at a time in milliseconds since 1970. */
export function troubles({ entries }: ConnectionDirectory, now: number): readonly Problem[] {
  return entries.flatMap((entry) => {
    const state = stateAt(entry, now);
    return state.kind === 'down' ? [state.trouble] : [];
  });
}
