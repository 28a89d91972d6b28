// Keeps the directory of connections up to date while the service runs: addresses are asked again, files are read when they
// change, what was down comes back by itself. A copy that is worse than the one at hand never replaces it.

import { isDeepStrictEqual } from 'node:util';
import { noSpans } from '../core/spans';
import {
  stateAt,
  type ConnectionDirectory,
  type ConnectionEntry,
  type ConnectionState,
  type DownState,
  type ReadyState,
} from './directory';
import { changesBetween } from './metadata-changes';
import {
  down,
  judgeMetadata,
  obtainMetadata,
  type Obtained,
  type ObtainedMetadata,
  type Trouble,
} from './read-metadata';
import {
  fileLookMs,
  firstAnswersMs,
  guardedRefreshMs,
  guardedTimeoutMs,
  nextTry,
  timeoutOf,
} from './refresh-times';
import type { RefreshPorts } from './refresh-ports';
import { Turns } from './turns';
import { goesOn, hasSettled, type Watched } from './watched';

export class MetadataRefresh {
  private directory: ConnectionDirectory;
  private readonly watched = new Map<string, Watched>();
  private readonly turns = new Turns();
  private closed = false;

  constructor(
    directory: ConnectionDirectory,
    private readonly ports: RefreshPorts,
  ) {
    this.directory = directory;
  }

  /** The directory as it is now. */
  get current(): ConnectionDirectory {
    return this.directory;
  }

  /** When a connection is looked at next, in milliseconds since 1970; undefined for one that waits for its set-up. */
  nextAt(name: string): number | undefined {
    return this.watched.get(name)?.dueAt;
  }

  /** Puts a connection into another state, for whoever knows more of it: nothing is refreshed for what an IT admin brings. */
  replace(name: string, state: ConnectionState): void {
    this.directory = this.directory.with(name, state);
  }

  /**
   * Begins at once with what has no metadata yet, and waits for nothing.
   * @param before whose connections go on where they were, as far as their metadata still comes from the same source
   */
  start(before?: MetadataRefresh): void {
    for (const entry of this.directory.entries) {
      const { settings, metadata, state } = entry;
      if ('setup' in metadata.from) continue;
      const told = state.kind === 'ready' ? 'up' : state.kind;
      const watched = before?.handOver(entry) ?? { failures: state.kind === 'down' ? 1 : 0, told };
      this.watched.set(settings.name, watched);
      const now = this.ports.clock.now();
      const due = watched.dueAt === undefined ? this.delayOf(settings.name, watched) : watched.dueAt - now;
      const isFirst = 'url' in metadata.from && told === 'waiting';
      this.schedule(settings.name, watched, isFirst ? 0 : Math.max(due, 0));
    }
  }

  /** Resolves when every address that has not been asked yet has answered, within ten seconds: a large one is read on. */
  async firstAnswers(): Promise<void> {
    const flights = this.directory.entries.flatMap(({ settings: { name }, metadata: { from }, state }) => {
      const watched = this.watched.get(name);
      if (watched === undefined || !('url' in from) || state.kind !== 'waiting') return [];
      return [this.refresh(name, watched)];
    });
    if (flights.length === 0) return;
    let cancel: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.ports.timers.after(firstAnswersMs, resolve);
    });
    await Promise.race([Promise.all(flights), late]).finally(() => cancel());
  }

  private handOver({ settings: { name }, metadata }: ConnectionEntry): Watched | undefined {
    const watched = this.watched.get(name);
    const same = isDeepStrictEqual(this.directory.byName(name)?.metadata, metadata);
    if (watched === undefined || !same) return undefined;
    return goesOn(watched);
  }

  /**
   * Asks the address of a connection once more because of a key that nobody knows. Together with all others who want it at
   * the same time, for at most five seconds, and once in five minutes.
   *
   * @returns whether the connection has another copy now
   */
  async refreshForUnknownKey(name: string): Promise<boolean> {
    const watched = this.watched.get(name);
    const before = this.directory.byName(name);
    if (watched === undefined || before === undefined || !('url' in before.metadata.from)) return false;
    const now = this.ports.clock.now();
    if (watched.flight === undefined) {
      if (watched.guardedAt !== undefined && now < watched.guardedAt + guardedRefreshMs) return false;
      watched.guardedAt = now;
    }
    const late = new Promise<void>((resolve) => this.ports.timers.after(guardedTimeoutMs, resolve));
    const isAggregate = timeoutOf(before.metadata) > guardedTimeoutMs * 2;
    const timeoutMs = isAggregate ? timeoutOf(before.metadata) : guardedTimeoutMs;
    await Promise.race([this.refresh(name, watched, timeoutMs), late]);
    return this.directory.byName(name)?.state !== before.state;
  }

  close(): void {
    this.closed = true;
    for (const { cancel } of this.watched.values()) cancel?.();
  }

  private schedule(name: string, watched: Watched, delayMs: number): void {
    if (this.closed) return;
    watched.cancel?.();
    watched.dueAt = this.ports.clock.now() + delayMs;
    watched.cancel = this.ports.timers.after(delayMs, () => {
      void this.refresh(name, watched).catch(() => this.schedule(name, watched, fileLookMs));
    });
  }

  private delayOf(name: string, { failures, cacheDurationMs }: Watched): number {
    const entry = this.directory.byName(name);
    if (entry === undefined || 'file' in entry.metadata.from) return fileLookMs;
    const validUntil = entry.state.kind === 'ready' ? entry.state.validUntil : undefined;
    const now = this.ports.clock.now();
    return nextTry({ now, failures, validUntil, cacheDurationMs }, this.ports.random);
  }

  /** One flight per connection; whoever comes meanwhile waits for the same. */
  private refresh(name: string, watched: Watched, timeoutMs?: number): Promise<void> {
    watched.flight ??= this.tryOnce(name, watched, timeoutMs).finally(() => {
      watched.flight = undefined;
      this.schedule(name, watched, this.delayOf(name, watched));
    });
    return watched.flight;
  }

  private async tryOnce(name: string, watched: Watched, timeoutMs?: number): Promise<void> {
    const entry = this.directory.byName(name);
    if (entry === undefined) return;
    const { from, ...wanted } = entry.metadata;
    if ('setup' in from || ('file' in from && !hasSettled(from.file, watched))) {
      this.tell(name, watched);
      return;
    }
    if ('url' in from && entry.state.kind === 'waiting') await this.useCopy(entry, watched);
    const { held } = watched;
    const obtain = (): Promise<Obtained> =>
      obtainMetadata(from, {
        timeoutMs: timeoutMs ?? timeoutOf(entry.metadata),
        wanted,
        way: this.ports.way,
        ...(held === undefined ? {} : { held }),
      });
    const { spans = noSpans } = this.ports;
    const ask = (): Promise<Obtained> =>
      spans('metadata.refresh', (note) => {
        note({ connection: name, site: entry.settings.site });
        return obtain();
      });
    const obtained = await ('url' in from ? this.turns.take(from.url, ask) : obtain());
    if (this.closed) return;
    if (obtained.kind === 'trouble') this.failed(name, watched, obtained.trouble);
    if (obtained.kind === 'unchanged') await this.confirmed(name, watched);
    if (obtained.kind === 'obtained') await this.judge(name, watched, obtained.metadata);
    this.tell(name, watched);
  }

  /** What was good the last time, until the address has answered. */
  private async useCopy(entry: ConnectionEntry, watched: Watched): Promise<void> {
    const { settings, metadata } = entry;
    const copy = await this.ports.copies.get(settings.name, metadata);
    if (copy === undefined || this.closed) return;
    const state = this.judged(entry, copy.xml);
    if (state.kind !== 'ready') return;
    this.adopt(settings.name, watched, { ...state, fetchedAt: copy.fetchedAt }, copy);
    this.tell(settings.name, watched);
  }

  /** The copy at hand is what the address has. */
  private async confirmed(name: string, watched: Watched): Promise<void> {
    watched.failures = 0;
    const entry = this.directory.byName(name);
    if (entry?.state.kind !== 'ready') return;
    const fetchedAt = this.ports.clock.now();
    this.directory = this.directory.with(name, { ...entry.state, fetchedAt });
    await this.ports.copies.confirm(name, entry.metadata, fetchedAt);
  }

  private judged({ settings, metadata }: ConnectionEntry, xml: string): ReadyState | DownState {
    const { clock, ours } = this.ports;
    return judgeMetadata(settings, xml, { now: clock.now(), wanted: metadata, ours });
  }

  private async judge(name: string, watched: Watched, metadata: ObtainedMetadata): Promise<void> {
    const entry = this.directory.byName(name);
    if (entry === undefined) return;
    const state = this.judged(entry, metadata.xml);
    const { state: before } = entry;
    if (state.kind === 'down') {
      this.failed(name, watched, state.trouble);
      return;
    }
    const known = before.kind === 'ready' ? before.connection.identityProvider : undefined;
    const found = state.connection.identityProvider;
    if (known !== undefined && known.entityId !== found.entityId) {
      const problem = `The metadata is that of another IdP now: ${found.entityId} instead of ${known.entityId}.`;
      this.failed(name, watched, {
        problem,
        hint: 'The one that was read before is kept. Is the source right?',
        identityProvider: found.entityId,
      });
      return;
    }
    const isFetched = 'url' in entry.metadata.from;
    const fetchedAt = this.ports.clock.now();
    this.adopt(name, watched, isFetched ? { ...state, fetchedAt } : state, metadata);
    const changes = known === undefined ? undefined : changesBetween(known, found);
    const { site } = entry.settings;
    if (changes !== undefined)
      this.ports.events.emit({ type: 'metadata.refreshed', connection: name, site, ...changes });
    if (isFetched) await this.ports.copies.put(name, entry.metadata, { ...metadata, fetchedAt });
  }

  private adopt(
    name: string,
    watched: Watched,
    state: ReadyState,
    { etag, lastModified }: ObtainedMetadata,
  ): void {
    watched.failures = 0;
    watched.cacheDurationMs = state.cacheDurationMs;
    watched.held = {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
    this.directory = this.directory.with(name, state);
  }

  /** A good copy stays as long as it may be believed; without one the connection is down, since the first time. */
  private failed(name: string, watched: Watched, trouble: Trouble & { identityProvider?: string }): void {
    watched.failures += 1;
    const entry = this.directory.byName(name);
    if (entry === undefined) return;
    const { settings, state } = entry;
    const { problem, hint, identityProvider } = trouble;
    this.ports.events.emit({
      type: 'metadata.refreshFailed',
      ...{ connection: name, site: settings.site, problem, hint, identityProvider },
    });
    if (state.kind === 'ready') return;
    const since = state.kind === 'down' ? state.since : this.ports.clock.now();
    this.directory = this.directory.with(name, down(settings, trouble, since));
  }

  /** Says once that a connection went down or came back. */
  private tell(name: string, watched: Watched): void {
    const entry = this.directory.byName(name);
    if (entry === undefined) return;
    const state = stateAt(entry, this.ports.clock.now());
    const is = state.kind === 'ready' ? 'up' : state.kind;
    if (is === watched.told || is === 'waiting') return;
    watched.told = is;
    const about = { connection: name, site: entry.settings.site };
    if (state.kind === 'down') {
      const { problem, hint } = state.trouble;
      this.ports.events.emit({ type: 'connection.down', ...about, problem, hint });
    } else this.ports.events.emit({ type: 'connection.up', ...about });
  }
}
