// `wix-saml check`: everything that can be found without a person signing in, each finding with its remedy.
// Reads, asks the site with --site and our own public address with --public; it changes nothing and prints no secret.

import { overview } from '../admin/overview';
import { checkEverything } from './check-everything';
import { checkLines } from './check-lines';
import { command } from './command';
import { configOption, flag, jsonOption, optionalText } from './options';
import { configFile, exit, json } from './terminal';

export const checkCommand = command({
  name: 'check',
  description: 'find what is wrong: configuration, keys, certificates, metadata, and the site',
  arguments: [],
  options: {
    config: configOption,
    site: optionalText('--site [name]', 'also ask the published site (all sites when no name is given)'),
    public: flag('--public', 'also ask the running service at its public address'),
    notify: flag('--notify', 'also send a test by mail and to every webhook of `notify`'),
    strict: flag('--strict', 'warnings that nobody has acknowledged count as findings'),
    json: jsonOption,
  },
  run: async (options, terminal) => {
    const file = configFile(options.config, terminal);
    const choice = { site: options.site, publicAddress: options.public, notify: options.notify };
    const { deployment, problems, warnings, acknowledged, sites, sent } = await checkEverything(
      file,
      choice,
      terminal,
    );
    const seen = deployment === undefined ? undefined : overview(deployment);
    const bad = problems.length > 0 || (options.strict && warnings.length > 0);
    if (options.json) {
      terminal.out(json({ ok: !bad, file, problems, warnings, acknowledged, ...seen, sites, sent }));
    } else {
      for (const line of checkLines({ file, seen, problems, warnings, acknowledged, sites, sent }))
        terminal.out(line);
    }
    return bad ? exit.findings : exit.fine;
  },
});
