// `wix-saml site`: the files for one Wix site, and what its owner has to do with them.

import { writeFileSync } from 'node:fs';
import { editors, type Editor } from '../admin/site-places';
import { chooseSite, setUpSite } from '../admin/site-setup';
import { loadOurSide } from '../config/load';
import { handoutPage } from '../http/pages/handout';
import { systemClock, systemRandom } from '../server/system';
import { command } from './command';
import { ownSideInUse } from './key-store';
import { configOption, flag, jsonOption, parsed, siteOption, text } from './options';
import { siteLines } from './site-lines';
import { configFile, exit, json } from './terminal';
import { UsageError } from './usage';

export const siteCommand = command({
  name: 'site',
  description: 'write the code for a Wix site and say what to do in its dashboard',
  arguments: [],
  options: {
    into: text('--into <directory>', 'write the files: into the site’s repository, or an empty directory'),
    handout: text(
      '--handout <file.html>',
      'write a page for the site’s owner: steps, values and files to copy',
    ),
    editor: parsed<Editor | undefined>(
      '--editor <editor>',
      'whose words: editor (Wix Editor), studio or git',
      {
        parse: (written) => editors.find((name) => name === written),
        wanted: `Use one of: ${editors.join(', ')}.`,
        standard: undefined,
        defaultWords: 'git for a repository, else editor',
      },
    ),
    config: configOption,
    site: siteOption,
    oldModules: flag('--old-modules', 'for sites that lack Wix’s newer modules'),
    signOn: flag('--sign-on', 'let Wix’s Sign On API make the session'),
    collaborators: flag('--collaborators', 'let the site ask Wix who the owner and collaborators are'),
    ownFunctions: flag('--own-functions', 'the site has an http-functions.js of its own'),
    json: jsonOption,
  },
  run: async (options, terminal) => {
    if (options.into === undefined && options.handout === undefined) {
      terminal.err(
        'Say what to write: the files with --into DIRECTORY, a page for the owner with --handout FILE.html, or both.',
      );
      return exit.usage;
    }
    const system = { clock: systemClock, random: systemRandom };
    const surroundings = { env: terminal.env, now: systemClock.now() };
    const configured = loadOurSide(configFile(options.config, terminal), surroundings);
    const ours = { ...configured, ...(await ownSideInUse(configured)) };
    const chosen = chooseSite(ours, options.site);
    if (chosen === undefined) {
      const known = [...ours.sites.keys()].join(', ');
      throw new UsageError(`Name one of the configured sites with --site: ${known}.`);
    }
    const setup = setUpSite(ours, chosen, options, system);
    // It holds the one-time address: for its owner's eyes.
    if (options.handout !== undefined)
      writeFileSync(options.handout, handoutPage(setup).toString(), { mode: 0o600 });
    if (options.json) {
      const { editor, files, secret, collection, check } = setup;
      terminal.out(json({ editor, ...files, secret, collection, check, landingPage: chosen.landingPage }));
    } else {
      for (const line of siteLines(setup, ours.serviceProvider.baseUrl, options.handout)) terminal.out(line);
    }
    return exit.fine;
  },
});
