// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import type { ConfigParts, LogFormat } from '../config/config-parts';
import { loadConfig } from '../config/load';
import type { ReadFile } from '../config/reading';
import { serve } from '../server/process';
import { systemClock } from '../server/system';
import { command } from './command';
import { configOption, parsed } from './options';
import { configFile, exit } from './terminal';

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
  },
  run: async (options, terminal) => {
    // Addresses are asked while the service runs already: nobody waits for somebody else's server.
    const { env } = terminal;
    const file = configFile(options.config, terminal);
    const load = async (more: { readonly readFile?: ReadFile }): Promise<ConfigParts> => {
      const surroundings = { env, now: systemClock.now(), fetchMetadata: false, ...more };
      const config = await loadConfig(file, surroundings);
      return { ...config, logFormat: options.logFormat ?? config.logFormat };
    };
    await serve(await load({}), { configFile: file, env, read: (readFile) => load({ readFile }) });
    return exit.fine;
  },
});
