// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import type { LogFormat } from '../config/config-parts';
import { loadConfig } from '../config/load';
import { serve } from '../server/process';
import { systemClock } from '../server/system';
import { command } from './command';
import { configOption, parsed } from './options';
import { configFile, exit } from './terminal';

const formats = ['auto', 'json', 'text'] as const;

export const serveCommand = command({
  name: 'serve',
  description: 'run the service until SIGTERM or Ctrl-C',
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
  },
  run: async (options, terminal) => {
    // Addresses are asked while the service runs already: nobody waits for somebody else's server.
    const surroundings = { env: terminal.env, now: systemClock.now(), fetchMetadata: false };
    const config = await loadConfig(configFile(options.config, terminal), surroundings);
    await serve({ ...config, logFormat: options.logFormat ?? config.logFormat }, { env: terminal.env });
    return exit.fine;
  },
});
