// Reads configuration, keys and files anew while the service runs, and swaps all of it or nothing. Every file is read twice,
// so that one that is being written is noticed.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigParts } from '../config/config-parts';
import { ConfigError } from '../config/problem';
import type { TakenUp } from '../config/own-side';
import type { ReadFile } from '../config/reading';
import { configWarnings } from '../config/warnings';
import type { Problem } from '../core/problem';
import { reasonOf, stateAt, type ConnectionDirectory } from '../sso/directory';
import {
  changesOf,
  fixedProblems,
  removalProblems,
  type ConfigurationChanges,
} from './configuration-changes';
import type { Generation, Living } from './living';

/** Reads the configuration, all files through `readFile`, no address. @throws ConfigError */
export type ReadConfiguration = (readFile: ReadFile) => Promise<ConfigParts>;

export interface ReloadChoice {
  /** Connections and sites may go. */
  readonly allowRemoval: boolean;
}

export type ReloadOutcome =
  | {
      readonly ok: true;
      readonly changes: ConfigurationChanges;
      /** Connections that cannot sign anybody in yet, and whatever else is worth a look. */
      readonly warnings: readonly Problem[];
    }
  /** Nothing was changed. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Who writes a file in place takes less; who renames it takes nothing. */
const betweenReadingsMs = 150;

export class Reload {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly living: Living,
    private readonly read: ReadConfiguration,
    private readonly rest: {
      /** The keys in use, for a configuration that may come. */
      readonly keysFor: (config: ConfigParts) => Pick<TakenUp, 'ours' | 'problems'>;
      /** What else of the service follows the configuration. */
      readonly swapped: (config: ConfigParts) => void;
    },
  ) {}

  /** One after the other; each is told in the log, too. Rejects for mistakes of ours only. */
  reload(choice: ReloadChoice): Promise<ReloadOutcome> {
    const outcome = this.last.then(() => this.once(choice));
    this.last = outcome.catch(() => undefined);
    return outcome;
  }

  private async once(choice: ReloadChoice): Promise<ReloadOutcome> {
    const { events } = this.living;
    const outcome = await this.attempt(choice);
    if (outcome.ok) {
      events.emit({ type: 'configuration.reloaded', ...named(outcome.changes) });
    } else {
      for (const { path, problem, hint } of outcome.problems) {
        events.emit({ type: 'configuration.reloadFailed', path, problem, hint });
      }
    }
    return outcome;
  }

  private async attempt({ allowRemoval }: ReloadChoice): Promise<ReloadOutcome> {
    const reading = await this.readTwice();
    if ('problems' in reading) return { ok: false, problems: reading.problems };
    const { config } = reading;
    const { config: before } = this.living;
    const changes = changesOf(before, config);
    const keys = this.rest.keysFor(config);
    const refused = [
      ...fixedProblems(before, config),
      ...(allowRemoval ? [] : removalProblems(changes)),
      ...keys.problems.values(),
    ];
    if (refused.length > 0) return { ok: false, problems: refused };
    const next = await this.living.prepare(config, keys.ours);
    const now = this.living.context.clock.now();
    const lost = lostConnections(this.living.context.connections, next.context.connections, now);
    if (lost.length > 0) {
      this.living.drop(next);
      return { ok: false, problems: lost };
    }
    return { ok: true, changes, warnings: this.swap(next, now) };
  }

  private swap(next: Generation, now: number): readonly Problem[] {
    this.living.swap(next);
    this.rest.swapped(next.config);
    // As it is in use, with what IT admins have activated.
    const inUse = { ...next.config, connections: next.context.connections };
    return [
      ...keptFor(next.config.connections, inUse.connections),
      ...notReady(inUse.connections, now),
      ...configWarnings(inUse, now),
    ];
  }

  private async readTwice(): Promise<
    { readonly config: ConfigParts } | { readonly problems: readonly Problem[] }
  > {
    try {
      const first = new Readings();
      first.lookAtMetadata(await this.read(first.readFile));
      await pause(betweenReadingsMs);
      const second = new Readings();
      const config = await this.read(second.readFile);
      second.lookAtMetadata(config);
      const unsettled = second.differingFrom(first);
      return unsettled.length === 0 ? { config } : { problems: unsettled.map(beingWritten) };
    } catch (cause) {
      if (cause instanceof ConfigError) return { problems: cause.problems };
      throw cause;
    }
  }
}

const beingWritten = (file: string): Problem => ({
  path: '',
  problem: `${file} changed while it was read`,
  hint: 'Reload again when whoever writes it has finished.',
});

/** What each file was like in one reading. */
class Readings {
  private readonly seen = new Map<string, string>();

  readonly readFile: ReadFile = (file) => {
    const bytes = readFileSync(file);
    this.seen.set(file, createHash('sha256').update(bytes).digest('hex'));
    return bytes;
  };

  /** Metadata may be large and is read elsewhere: here its stamp is enough. */
  lookAtMetadata({ connections }: ConfigParts): void {
    for (const { metadata } of connections.entries) {
      if (!('file' in metadata.from)) continue;
      const { mtimeMs, size, ino } = statSync(metadata.from.file, { throwIfNoEntry: false }) ?? {};
      this.seen.set(metadata.from.file, [mtimeMs, size, ino].join(' '));
    }
  }

  differingFrom(other: Readings): string[] {
    const files = new Set([...this.seen.keys(), ...other.seen.keys()]);
    return [...files].filter((file) => this.seen.get(file) !== other.seen.get(file));
  }
}

/** A connection that signs people in now must not stop doing so by what was meant as a change to it. */
function lostConnections(before: ConnectionDirectory, after: ConnectionDirectory, now: number): Problem[] {
  return after.entries.flatMap((entry) => {
    const held = before.byName(entry.settings.name);
    if (held === undefined || stateAt(held, now).kind !== 'ready') return [];
    const state = stateAt(entry, now);
    if (state.kind === 'ready' || (state.kind === 'waiting' && state.for === 'setup')) return [];
    return [problemOf(entry.settings.name, state)];
  });
}

/** What was read before stays in use; but whoever has just written such a file wants to know. */
const keptFor = (fresh: ConnectionDirectory, inUse: ConnectionDirectory): Problem[] =>
  fresh.entries.flatMap(({ settings, metadata, state }) => {
    const isKept = 'file' in metadata.from && inUse.byName(settings.name)?.state.kind === 'ready';
    if (state.kind !== 'down' || !isKept) return [];
    return [{ ...state.trouble, problem: `${state.trouble.problem}; what was read before stays in use` }];
  });

/** But for those that wait for their set-up, which the warnings name. */
const notReady = (directory: ConnectionDirectory, now: number): Problem[] =>
  directory.entries.flatMap((entry) => {
    const state = stateAt(entry, now);
    const isFine = state.kind === 'ready' || (state.kind === 'waiting' && state.for === 'setup');
    return isFine ? [] : [problemOf(entry.settings.name, state)];
  });

const problemOf = (name: string, state: Parameters<typeof reasonOf>[0]): Problem =>
  state.kind === 'down'
    ? state.trouble
    : {
        path: `connections.${name}.idpMetadata`,
        problem: reasonOf(state),
        hint: 'Its people cannot sign in until then.',
      };

/** Only what there is to say. */
function named(changes: ConfigurationChanges): Partial<ConfigurationChanges> {
  const lists = Object.entries<readonly string[]>({ ...changes });
  return Object.fromEntries(lists.filter(([, names]) => names.length > 0));
}
