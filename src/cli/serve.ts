// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import type { ConfigParts } from '../config/config-parts';
import { loadConfig } from '../config/load';
import type { ReadFile } from '../config/reading';
import { serve } from '../server/process';
import { systemClock } from '../server/system';
import { command } from './command';
import { configOption } from './options';
import { configFile, exit } from './terminal';

export const serveCommand = command({
  name: 'serve',
  description: 'run the service until SIGTERM or Ctrl-C; SIGHUP or `wix-saml reload` reads everything anew',
  arguments: [],
  options: { config: configOption },
  run: async (options, terminal) => {
    // Addresses are asked while the service runs already: nobody waits for somebody else's server.
    const { env } = terminal;
    const file = configFile(options.config, terminal);
    const load = (more: { readonly readFile?: ReadFile }): Promise<ConfigParts> =>
      loadConfig(file, { env, now: systemClock.now(), fetchMetadata: false, ...more });
    await serve(await load({}), { configFile: file, env, read: (readFile) => load({ readFile }) });
    return exit.fine;
  },
});
