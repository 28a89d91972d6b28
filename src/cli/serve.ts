// `wix-saml serve`: reads the configuration and runs until it is told to stop.

import { setFlagsFromString } from 'node:v8';
import { systemClock } from '../compose';
import { loadConfig } from '../config/load';
import { serve as runServer } from '../main';
import { configFile, exit, type Terminal } from './terminal';

export interface ServeOptions {
  readonly config?: string;
}

/**
 * V8 would rather keep 60 MB of garbage than collect it. Sign-ins are few and short; a small container is common. Two
 * heuristics of the collector, read anew at each collection (`npm run bench -- --only memory`: 101 instead of 142 MB after
 * 4 000 sign-ins, for a tenth more CPU). Only for our own process, never for an application that mounts the router.
 */
function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}

export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  keepMemorySmall();
  const surroundings = { env: terminal.env, now: systemClock.now() };
  const config = await loadConfig(configFile(options.config, terminal), surroundings);
  await runServer(config);
  return exit.fine;
}
