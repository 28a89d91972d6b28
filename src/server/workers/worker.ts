// One worker: a service like any other, but that the primary speaks to systemd and to operators, and tells it when to stop.

import type { ConfigParts } from '../../config/config-parts';
import { ConfigError } from '../../config/problem';
import { openControlSocket } from '../control-socket';
import { ownLook } from '../log';
import { keepMemorySmall, startWith, untilTold, type ServeOptions } from '../process';
import { leavePrimary, linkToPrimary } from './primary-link';
import type { WorkerNumber } from './worker-number';

const hint =
  'Write `state: file:./data` for the workers of one machine, or `state: redis://…` for several machines; or leave --workers out.';

/**
 * Runs until the primary, SIGTERM or SIGINT ends it.
 * @param load reads the configuration
 * @throws ConfigError also when the state is not shared
 */
export async function serveAsWorker(
  load: () => Promise<ConfigParts>,
  options: ServeOptions,
  worker: WorkerNumber,
): Promise<void> {
  // A signal of the terminal reaches everybody; the primary passes it on.
  process.on('SIGHUP', () => undefined);
  const primary = linkToPrimary();
  try {
    const config = await load();
    if (config.state.kind === 'memory') {
      const problem =
        'memory belongs to one process: several workers would not know of each other’s sign-ins';
      throw new ConfigError([{ path: 'state', problem, hint }]);
    }
    const { running, metrics, reloadBy, connections } = await startWith(config, { ...options, worker });
    keepMemorySmall();
    const reload = reloadBy(options.read);
    const control = await openControlSocket(options.configFile, options.env, {
      reload: (choice) => reload.reload(choice),
      connections,
    });
    const { admin, logLevel, logFormat } = config;
    primary.ready(
      { admin, logLevel, logLook: ownLook(logFormat, options.env) },
      {
        alive: () => true,
        metrics: () => metrics?.values() ?? [],
        reload: async () => (await reload.reload({ allowRemoval: false })).ok,
      },
    );
    await Promise.race([untilTold(), primary.stopped]);
    await control?.close();
    await running.stop();
  } finally {
    leavePrimary();
  }
}
