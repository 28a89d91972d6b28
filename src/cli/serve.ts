// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import { systemClock } from '../server/compose';
import { loadConfig } from '../config/load';
import { serve as runServer } from '../server/process';
import { configFile, exit, type Terminal } from './terminal';

export interface ServeOptions {
  readonly config?: string;
}

export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const surroundings = { env: terminal.env, now: systemClock.now() };
  const config = await loadConfig(configFile(options.config, terminal), surroundings);
  await runServer(config);
  return exit.fine;
}
