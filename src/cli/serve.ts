// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import { loadConfig } from '../config/load';
import { serve } from '../server/process';
import { systemClock } from '../server/system';
import { command } from './command';
import { configOption } from './options';
import { configFile, exit } from './terminal';

export const serveCommand = command({
  name: 'serve',
  description: 'run the service until SIGTERM or Ctrl-C',
  arguments: [],
  options: { config: configOption },
  run: async (options, terminal) => {
    const surroundings = { env: terminal.env, now: systemClock.now() };
    await serve(await loadConfig(configFile(options.config, terminal), surroundings));
    return exit.fine;
  },
});
