// The state of our keys for a command: opens the store of the configuration, which a running service may share, and closes it.

import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readKeyStates } from '../admin/own-keys/read-key-states';
import type { IsGone } from '../admin/own-keys/key-processes';
import type { KeyState } from '../admin/own-keys/key-state';
import type { ConfigParts } from '../config/config-parts';
import { takeUpKeys, type Configured, type OwnSide } from '../config/own-side';
import { ConfigError } from '../config/problem';
import { SsoError } from '../core/errors';
import { eventsTo } from '../core/events';
import { openStore } from '../server/open-store';
import { hostName, isRunning, systemClock, systemRandom } from '../server/system';
import { holdsData } from '../stores/file-directory';
import { sealedDocuments, type SealedDocuments } from '../stores/sealed-documents';

/** As much of a configuration as names a store. */
export type NamesStore = Pick<ConfigParts, 'state'> & { readonly stateKeys?: ConfigParts['stateKeys'] };

const tries = 20;
const betweenMs = 150;

/** Why there is no state of keys to be had; undefined when there may be one. */
export function withoutStateOfKeys({ state, stateKeys }: NamesStore): string | undefined {
  if (state.kind === 'memory') return 'with `state: memory` everything is forgotten at the next start';
  if (stateKeys === undefined) return 'the keys in `stateKeys` cannot be read';
  return whatIsMissing(state, stateKeys);
}

/** To make it here would make it belong to whoever calls, and the service could not use it. */
function whatIsMissing(state: ConfigParts['state'], stateKeys: ConfigParts['stateKeys']): string | undefined {
  if ('file' in stateKeys && !existsSync(stateKeys.file))
    return `there is no state key yet (${stateKeys.file}): start the service once`;
  if (state.kind === 'file' && !holdsData(state.directory))
    return `there is nothing in ${state.directory} yet: start the service once`;
  return undefined;
}

/** @throws ConfigError when the store cannot be asked */
export async function withKeyDocuments<T>(
  config: NamesStore,
  use: (documents: SealedDocuments) => Promise<T>,
): Promise<T> {
  const { state, stateKeys } = config;
  const why = withoutStateOfKeys(config);
  if (why !== undefined || stateKeys === undefined) throw cannotTell(why ?? '');
  const opened = openStore({ state, stateKeys }, eventsTo(), { clock: systemClock, random: systemRandom });
  try {
    await answering(() => opened.store.ping());
    return await use(sealedDocuments({ ...opened, random: systemRandom }));
  } catch (cause) {
    if (!(cause instanceof SsoError)) throw cause;
    const { problem = cause.code } = cause.detail;
    throw cannotTell(problem);
  } finally {
    await opened.store.close();
  }
}

/** A directory serves the processes of one machine and one container, so a number says which; elsewhere only the lease does. */
export const goneFor =
  ({ state }: Pick<ConfigParts, 'state'>): IsGone =>
  ({ host, pid }) =>
    state.kind === 'file' && host === hostName() && !isRunning(pid);

const cannotTell = (reason: string): ConfigError =>
  new ConfigError([
    {
      path: 'state',
      problem: `cannot be asked which of our keys are in use: ${reason}`,
      hint: 'Start the store, or call this command where the service runs.',
    },
  ]);

/** A connection takes a moment. */
async function answering(ping: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await ping();
      return;
    } catch (cause) {
      if (attempt === tries) throw cause;
      await pause(betweenMs);
    }
  }
}

/** None where nothing can have been rotated. @throws ConfigError when the store cannot be asked */
export async function keyStatesOf(config: NamesStore): Promise<ReadonlyMap<string, KeyState>> {
  const { state, stateKeys } = config;
  const isNew = stateKeys !== undefined && whatIsMissing(state, stateKeys) !== undefined;
  return state.kind === 'memory' || isNew
    ? new Map<string, KeyState>()
    : withKeyDocuments(config, readKeyStates);
}

/** What we are with the keys that are in use now. @throws ConfigError when that cannot be told */
export async function ownSideInUse(config: Configured & NamesStore): Promise<OwnSide> {
  const { ours, problems } = takeUpKeys(config, await keyStatesOf(config), systemClock.now());
  if (problems.size > 0) throw new ConfigError([...problems.values()]);
  return ours;
}
