// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import { availableParallelism } from 'node:os';
import type { ConfigParts, LogFormat } from '../config/config-parts';
import { loadConfig } from '../config/load';
import type { ReadFile } from '../config/reading';
import { auditFileOfWorker } from '../admin/audit/worker-files';
import { serve } from '../server/process';
import { systemClock } from '../server/system';
import { readWorkerNumber } from '../server/workers/worker-number';
import { command } from './command';
import { configOption, parsed } from './options';
import { configFile, exit } from './terminal';

const mostWorkers = 256;

const workersOf = (written: string): number | undefined => {
  const count = written === 'auto' ? availableParallelism() : /^\d{1,3}$/.test(written) ? Number(written) : 0;
  return count >= 1 && count <= mostWorkers ? count : undefined;
};

const formats = ['auto', 'json', 'text'] as const;

export const serveCommand = command({
  name: 'serve',
  description: 'run the service until SIGTERM or Ctrl-C; SIGHUP or `wix-saml reload` reloads everything',
  arguments: [],
  options: {
    config: configOption,
    logFormat: parsed<LogFormat | undefined>(
      '--log-format <format>',
      'auto, json or text, before log.format',
      {
        parse: (written) => formats.find((format) => format === written),
        wanted: `Use one of: ${formats.join(', ')}.`,
        standard: undefined,
        defaultWords: 'log.format of the configuration',
      },
    ),
    workers: parsed<number>(
      '--workers <number>',
      'processes that share the port and the state, or auto: one for each processor',
      {
        parse: workersOf,
        wanted: `Use auto, or a number from 1 to ${String(mostWorkers)}.`,
        standard: 1,
        defaultWords: 'one process',
      },
    ),
  },
  run: async (options, terminal) => {
    const { env } = terminal;
    const worker = readWorkerNumber(env);
    if (options.workers > 1 && worker === undefined)
      return (await import('../server/workers/primary.js')).serveWithWorkers(options.workers, env);
    // Addresses are asked while the service runs already: nobody waits for somebody else's server.
    const file = configFile(options.config, terminal);
    const load = async (more: { readonly readFile?: ReadFile }): Promise<ConfigParts> => {
      const surroundings = { env, now: systemClock.now(), fetchMetadata: false, ...more };
      const config = await loadConfig(file, surroundings);
      const audit = config.audit && { audit: { file: auditFileOfWorker(config.audit.file, worker?.number) } };
      return { ...config, ...audit, logFormat: options.logFormat ?? config.logFormat };
    };
    const serving = { configFile: file, env, read: (readFile: ReadFile) => load({ readFile }) };
    if (worker === undefined) await serve(await load({}), serving);
    else await (await import('../server/workers/worker.js')).serveAsWorker(() => load({}), serving, worker);
    return exit.fine;
  },
});
