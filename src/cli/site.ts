// `wix-saml site`: the files for one Wix site, and what its owner has to do with them.

import { systemClock } from '../server/compose';
import type { OurSide, SiteConfig } from '../config/config';
import { loadOurSide } from '../config/load';
import { copySiteFiles } from '../admin/site-files';
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

export function site(options: SiteOptions, terminal: Terminal): number {
  const surroundings = { env: terminal.env, now: systemClock.now() };
  const ours = loadOurSide(configFile(options.config, terminal), surroundings);
  const chosen = chooseSite(ours, options.site);
  if (chosen === undefined) {
    terminal.err(`Name one of the configured sites with --site: ${[...ours.sites.keys()].join(', ')}.`);
    return exit.usage;
  }
  const copied = copySiteFiles({
    into: options.into,
    variants: [...(options.oldModules ? ['old'] : []), ...(options.signOn ? ['sign-on'] : [])],
    settings: { serviceProvider: ours.serviceProvider.baseUrl, site: chosen.name },
  });
  if (options.json) {
    const secret = { name: secretName, value: siteSecret(ours, chosen, options.signOn) };
    terminal.out(json({ ...copied, secret, collection: collectionName, landingPage: chosen.landingPage }));
  } else {
    for (const line of siteSteps({ ours, site: chosen, copied, signOn: options.signOn })) terminal.out(line);
  }
  return exit.fine;
}

/** The named site, or the only one. */
function chooseSite({ sites }: OurSide, name: string | undefined): SiteConfig | undefined {
  if (name !== undefined) return sites.get(name);
  const [only, ...others] = sites.values();
  return others.length === 0 ? only : undefined;
}
