// `wix-saml site`: the files for one Wix site, and what its owner has to do with them.

import { chooseSite, setUpSite } from '../admin/site-setup';
import { loadOurSide } from '../config/load';
import { systemClock } from '../server/system';
import { command } from './command';
import { ownSideInUse } from './key-store';
import { configOption, flag, jsonOption, requiredText, siteOption } from './options';
import { siteLines } from './site-lines';
import { configFile, exit, json } from './terminal';
import { UsageError } from './usage';

export const siteCommand = command({
  name: 'site',
  description: 'write the code for a Wix site and say what to do in its dashboard',
  arguments: [],
  options: {
    into: requiredText('--into <directory>', 'the site’s repository, or an empty directory'),
    config: configOption,
    site: siteOption,
    oldModules: flag('--old-modules', 'for sites that lack Wix’s newer modules'),
    signOn: flag('--sign-on', 'let Wix’s Sign On API make the session'),
    json: jsonOption,
  },
  run: async (options, terminal) => {
    const surroundings = { env: terminal.env, now: systemClock.now() };
    const configured = loadOurSide(configFile(options.config, terminal), surroundings);
    const ours = { ...configured, ...(await ownSideInUse(configured)) };
    const chosen = chooseSite(ours, options.site);
    if (chosen === undefined) {
      const known = [...ours.sites.keys()].join(', ');
      throw new UsageError(`Name one of the configured sites with --site: ${known}.`);
    }
    const setup = setUpSite(ours, chosen, options);
    if (options.json) {
      const { files, secret, collection } = setup;
      terminal.out(json({ ...files, secret, collection, landingPage: chosen.landingPage }));
    } else {
      for (const line of siteLines(setup, ours.serviceProvider.baseUrl)) terminal.out(line);
    }
    return exit.fine;
  },
});
