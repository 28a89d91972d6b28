// `wix-saml site`: the files for one Wix site, and what its owner has to do with them.

import { systemClock } from '../compose';
import type { Config, SiteConfig } from '../config/config';
import { loadConfig } from '../config/load';
import { copySiteFiles } from './site-files';
import { collectionName, secretName, siteSecret, siteSteps } from './site-steps';
import { configFile, exit, json, type Terminal } from './terminal';

export interface SiteOptions {
  readonly config?: string;
  readonly into: string;
  readonly site?: string;
  readonly oldModules: boolean;
  readonly signOn: boolean;
  readonly json: boolean;
}

export async function site(options: SiteOptions, terminal: Terminal): Promise<number> {
  const surroundings = { env: terminal.env, now: systemClock.now() };
  const config = await loadConfig(configFile(options.config, terminal), surroundings);
  const chosen = chooseSite(config, options.site);
  if (chosen === undefined) {
    terminal.err(`Name one of the configured sites with --site: ${[...config.sites.keys()].join(', ')}.`);
    return exit.usage;
  }
  const copied = copySiteFiles({
    into: options.into,
    variants: [...(options.oldModules ? ['old'] : []), ...(options.signOn ? ['sign-on'] : [])],
    settings: { serviceProvider: config.serviceProvider.baseUrl, site: chosen.name },
  });
  if (options.json) {
    const secret = { name: secretName, value: siteSecret(config, chosen, options.signOn) };
    terminal.out(json({ ...copied, secret, collection: collectionName, landingPage: chosen.landingPage }));
  } else {
    for (const line of siteSteps({ config, site: chosen, copied, signOn: options.signOn }))
      terminal.out(line);
  }
  return exit.fine;
}

/** The named site, or the only one. */
function chooseSite({ sites }: Config, name: string | undefined): SiteConfig | undefined {
  if (name !== undefined) return sites.get(name);
  const [only, ...others] = sites.values();
  return others.length === 0 ? only : undefined;
}
