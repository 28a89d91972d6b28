// The documents of a running service, for a command beside it. They lie in the store that both share.

import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigParts } from '../config/config-parts';
import type { Events } from '../core/events';
import type { LinkPorts } from '../admin/setup/links';
import { sealedDocuments } from '../stores/sealed-documents';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import { openStore } from './open-store';
import { systemClock, systemRandom } from './system';

/** True when another process can see what this one stores. */
export const isShared = ({ state }: Pick<ConfigParts, 'state'>): boolean => state.kind !== 'memory';

export interface SharedPorts extends LinkPorts {
  readonly store: StateStore;
  readonly stateKeys: StateKeys;
}

/** Opens the store for one piece of work. @throws ConfigError, STATE_UNAVAILABLE, and what the work throws */
export async function withSharedDocuments<T>(
  config: ConfigParts,
  events: Events,
  work: (ports: SharedPorts) => Promise<T>,
): Promise<T> {
  const { store, stateKeys } = openStore(config, events, { clock: systemClock, random: systemRandom });
  const documents = sealedDocuments({ store, stateKeys, random: systemRandom });
  try {
    await connected(store);
    return await work({ documents, store, stateKeys, clock: systemClock, random: systemRandom });
  } finally {
    await store.close();
  }
}

/** A store across the network refuses until its connection stands; a service gets over that, a command would fail by it. */
const ATTEMPTS = 20;
const PAUSE_MS = 100;

async function connected(store: StateStore): Promise<void> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    try {
      await store.ping();
      return;
    } catch {
      await pause(PAUSE_MS);
    }
  }
  await store.ping();
}
