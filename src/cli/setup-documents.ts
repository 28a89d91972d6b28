// What the commands about set-up share: the configuration, and the store beside the running service.

import { loadConfig } from '../config/load';
import type { ConfigParts } from '../config/config-parts';
import { SsoError } from '../core/errors';
import { eventsTo, type Events } from '../core/events';
import type { ConnectionDirectory } from '../sso/directory';
import { addLive } from '../admin/setup/add-live';
import type { LinkPorts } from '../admin/setup/links';
import { isShared, withSharedDocuments } from '../server/shared-documents';
import { systemClock } from '../server/system';
import { configFile, type Terminal } from './terminal';

/** Says why it cannot be done here. */
export class NotSharedError extends Error {
  override readonly name = 'NotSharedError';

  constructor() {
    super(
      '`state: memory` is known to the running process alone, and this command is another one. Name a store that both can reach, such as `state: file:state`, and start the service with it.',
    );
  }
}

/** @throws NotSharedError for a memory store, ConfigError, STATE_UNAVAILABLE (rejects) */
export async function withSetupDocuments<T>(
  named: string | undefined,
  terminal: Terminal,
  work: (ports: LinkPorts, config: ConfigParts) => Promise<T>,
): Promise<T> {
  const surroundings = { env: terminal.env, now: systemClock.now(), fetchMetadata: false };
  const config = await loadConfig(configFile(named, terminal), surroundings);
  if (!isShared(config)) throw new NotSharedError();
  return withSharedDocuments(config, toldTo(terminal), (ports) => work(ports, config));
}

export const toldTo = (terminal: Terminal): Events =>
  eventsTo((event) => {
    if (event.type === 'state.connection' || event.type === 'state.wrongKey')
      terminal.err(`${event.problem}. ${event.hint}`);
  });

/** The connections of a configuration with what was activated, as far as another process can know. */
export async function liveDirectory(config: ConfigParts, terminal: Terminal): Promise<ConnectionDirectory> {
  const { connections, serviceProvider } = config;
  const isWaiting = connections.entries.some(({ metadata }) => 'setup' in metadata.from);
  if (!isWaiting || !isShared(config)) return connections;
  const judged = { now: systemClock.now(), ours: serviceProvider.entityId };
  try {
    return await withSharedDocuments(config, toldTo(terminal), ({ documents }) =>
      addLive(connections, documents, judged),
    );
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    terminal.err('The store does not answer: what IT admins have set up is not shown.');
    return connections;
  }
}
