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
    // Addresses are asked while the service runs already: nobody waits for somebody else's server.
    const surroundings = { env: terminal.env, now: systemClock.now(), fetchMetadata: false };
    await serve(await loadConfig(configFile(options.config, terminal), surroundings));
    return exit.fine;
  },
});
