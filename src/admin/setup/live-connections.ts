// What was activated, in the directory of a running process: the documents are looked at every few seconds, and one that has
// changed is judged like any metadata. Where the admin gave an address it is asked again by and by, with the bounds for
// addresses from outside. What cannot be read costs nobody the connection that works.

import { SsoError } from '../../core/errors';
import type { Events } from '../../core/events';
import type { Clock, Random, Timers } from '../../core/ports';
import type { ConnectionDirectory, ConnectionEntry, ConnectionState } from '../../sso/directory';
import { nextTry } from '../../sso/refresh-times';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { fetchBrought, reachOf } from './bring-metadata';
import { LIVE_PREFIX, readLive, type Live } from './documents';
import { judgeBrought } from './draft-connection';

export interface LivePorts {
  readonly documents: SealedDocuments;
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly events: Events;
  /** Of the service provider. */
  readonly ours: { readonly entityId: string; readonly baseUrl: string };
  /** The directory now, and how one connection of it is put into another state. */
  readonly current: () => ConnectionDirectory;
  readonly replace: (name: string, state: ConnectionState) => void;
}

/** How long an activation takes to reach every process. */
export const liveLookMs = 5000;

interface Followed {
  /** Of the connection, as it was judged by. */
  settings?: ConnectionEntry['settings'];
  version?: string;
  /** With the newest copy of its metadata. */
  live?: Live | undefined;
  nextFetchAt?: number;
  failures: number;
}

const isSetup = ({ metadata }: ConnectionEntry): boolean => 'setup' in metadata.from;

export class LiveConnections {
  private readonly followed = new Map<string, Followed>();
  private cancel: (() => void) | undefined;
  private closed = false;

  constructor(private readonly ports: LivePorts) {}

  /** Looks at once and from then on; asks the store nothing while no connection waits for a set-up. */
  start(): void {
    void this.lookAgain();
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  /** Everything that has changed since the last look. @throws STATE_… (rejects) */
  async look(): Promise<void> {
    if (this.entries().length === 0) return;
    const listed = await this.ports.documents.list(LIVE_PREFIX);
    const versions = new Map(listed.map(({ name, version }) => [name.slice(LIVE_PREFIX.length), version]));
    for (const entry of this.entries()) {
      const { name } = entry.settings;
      const followed = this.followed.get(name) ?? { failures: 0 };
      this.followed.set(name, followed);
      const version = versions.get(name);
      if (version !== undefined && version !== followed.version) await this.follow(entry, followed);
      else this.judgeAnew(entry, followed);
      followed.settings = entry.settings;
      await this.refresh(entry, followed);
    }
  }

  /**
   * What is live, judged by the settings of a configuration that was read anew: it must not be without its own source of the
   * address for a moment.
   */
  applyTo(directory: ConnectionDirectory): ConnectionDirectory {
    return directory.entries.filter(isSetup).reduce((now, entry) => {
      const live = this.followed.get(entry.settings.name)?.live;
      return live === undefined ? now : now.with(entry.settings.name, this.judge(entry, live));
    }, directory);
  }

  private async lookAgain(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      // The store says so itself; what is known goes on.
      if (!(error instanceof SsoError)) throw error;
    } finally {
      if (!this.closed) this.cancel = this.ports.timers.after(liveLookMs, () => void this.lookAgain());
    }
  }

  private entries(): readonly ConnectionEntry[] {
    return this.ports.current().entries.filter(isSetup);
  }

  /** A configuration that was read while this one was activated does not know of it. */
  private judgeAnew(entry: ConnectionEntry, { live, settings }: Followed): void {
    if (live === undefined || settings === undefined || settings === entry.settings) return;
    this.ports.replace(entry.settings.name, this.judge(entry, live));
  }

  private async follow(entry: ConnectionEntry, followed: Followed): Promise<void> {
    const { documents, clock, events } = this.ports;
    const { name, site } = entry.settings;
    const { value, version } = await readLive(documents, name);
    const { live } = value;
    const state: ConnectionState =
      live === undefined ? { kind: 'waiting', for: 'setup' } : this.judge(entry, live);
    if (this.closed) return;
    if (version !== undefined) followed.version = version;
    Object.assign(followed, { live, nextFetchAt: clock.now(), failures: 0 });
    this.ports.replace(name, state);
    events.emit({
      type: 'setup.activated',
      ...{
        connection: name,
        site,
        by: live?.by ?? 'operator',
        summary: live?.summary ?? 'nothing: it waits for its set-up again',
      },
    });
  }

  private judge(entry: ConnectionEntry, live: Pick<Live, 'metadata' | 'emailFrom'>): ConnectionState {
    const { clock, ours } = this.ports;
    const judged = { now: clock.now(), ours: ours.entityId };
    return judgeBrought(entry, live.metadata, live.emailFrom, judged);
  }

  /** A copy that is worse than the one at hand, or of another IdP, never replaces it. */
  private async refresh(entry: ConnectionEntry, followed: Followed): Promise<void> {
    const { clock, random, events, ours } = this.ports;
    const { live, nextFetchAt = 0 } = followed;
    const address = live?.metadata.address;
    if (live === undefined || address === undefined || clock.now() < nextFetchAt) return;
    const bringing = await fetchBrought(address, reachOf(ours.baseUrl));
    const { name, site } = entry.settings;
    if (this.closed || followed.live !== live) return;
    const metadata = bringing.kind === 'brought' ? { ...live.metadata, ...bringing.metadata } : undefined;
    const state = metadata && this.judge(entry, { ...live, metadata });
    const known = this.judge(entry, live);
    const isSame =
      state?.kind === 'ready' &&
      (known.kind !== 'ready' ||
        known.connection.identityProvider.entityId === state.connection.identityProvider.entityId);
    followed.failures = isSame ? 0 : followed.failures + 1;
    const cacheDurationMs = state?.kind === 'ready' ? state.cacheDurationMs : undefined;
    followed.nextFetchAt =
      clock.now() + nextTry({ now: clock.now(), failures: followed.failures, cacheDurationMs }, random);
    if (isSame && metadata !== undefined) {
      followed.live = { ...live, metadata };
      this.ports.replace(name, state);
    } else {
      const trouble = bringing.kind === 'trouble' ? bringing.trouble : troubleOf(state);
      const about = { connection: name, site, problem: trouble.problem, hint: trouble.hint };
      events.emit({ type: 'metadata.refreshFailed', ...about });
    }
  }
}

function troubleOf(state: ConnectionState | undefined): { readonly problem: string; readonly hint: string } {
  if (state?.kind === 'down') return state.trouble;
  return {
    problem: 'The metadata is that of another IdP now.',
    hint: 'What was activated is kept. Another IdP needs a test and an activation of its own.',
  };
}
