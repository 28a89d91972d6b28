// `wix-saml dev`: somebody's own configuration against the local identity provider and the local site. For work on one's own
// machine: the provider signs in whoever clicks a name.

import { dirname, resolve } from 'node:path';
import { readConfiguration } from '../config/load';
import { systemClock } from '../server/system';
import { command } from './command';
import { localInput, type LocalPlaces } from './local-input';
import { runLocally } from './local-run';
import { configOption, portOption, siteOption } from './options';
import { configFile, exit } from './terminal';

const standardPort = 4481;

const banner = [
  '',
  '  ######################################################################',
  '  ##  wix-saml dev: A LOCAL IDENTITY PROVIDER SIGNS ANYBODY IN.       ##',
  '  ##  For this machine only. No real IdP, no real site, no Redis.     ##',
  '  ######################################################################',
  '',
];

export const devCommand = command({
  name: 'dev',
  description: 'run your configuration against a local identity provider and a local Wix site; until Ctrl-C',
  arguments: [],
  options: {
    config: configOption,
    site: siteOption,
    port: portOption('--port <number>', 'of the identity provider; the site has the next one', standardPort),
  },
  run: async ({ config, site, port }, terminal) => {
    const file = resolve(configFile(config, terminal));
    const value = readConfiguration(file);
    const run = {
      input: (places: LocalPlaces) => localInput(value, site, places),
      baseDirectory: dirname(file),
      surroundings: { env: terminal.env, now: systemClock.now() },
      firstPort: port,
      options: {},
    };
    await runLocally(run, ({ siteUrl, baseUrl }) => {
      for (const line of banner) terminal.err(line);
      terminal.err(`Open ${siteUrl} and click "Sign in". The service is ${baseUrl}. Ctrl-C ends all three.`);
      return 'wait';
    });
    return exit.fine;
  },
});
