// `wix-saml check`: everything that can be found without a person signing in, each finding with its remedy.
// Reads, asks the site with --site and our own public address with --public; it changes nothing and prints no secret.

import { checkSurroundings, type CheckChoice, type SurroundingsReport } from '../admin/check';
import { checkStoreDirectory } from '../admin/check-state';
import { overview } from '../admin/overview';
import type { ConfigParts } from '../config/config-parts';
import { loadConfig } from '../config/load';
import { ConfigError } from '../config/problem';
import { configWarnings } from '../config/warnings';
import { troubles } from '../sso/directory';
import { systemClock, systemRandom } from '../server/system';
import { checkLines } from './check-lines';
import { command } from './command';
import { configOption, flag, jsonOption, optionalText } from './options';
import { configFile, exit, json, type Terminal } from './terminal';

interface Findings extends SurroundingsReport {
  /** Absent when it could not be read. */
  readonly config?: ConfigParts;
}

export const checkCommand = command({
  name: 'check',
  description: 'find what is wrong: configuration, keys, certificates, metadata, and the site',
  arguments: [],
  options: {
    config: configOption,
    site: optionalText('--site [name]', 'also ask the published site (all sites when no name is given)'),
    public: flag('--public', 'also ask the running service at its public address'),
    strict: flag('--strict', 'warnings count as findings'),
    json: jsonOption,
  },
  run: async (options, terminal) => {
    const file = configFile(options.config, terminal);
    const choice = { site: options.site, publicAddress: options.public };
    const { config, problems, warnings, sites } = await find(file, choice, terminal);
    const seen = config === undefined ? undefined : overview(config);
    const bad = problems.length > 0 || (options.strict && warnings.length > 0);
    if (options.json) terminal.out(json({ ok: !bad, file, problems, warnings, ...seen, sites }));
    else for (const line of checkLines({ file, seen, problems, warnings, sites })) terminal.out(line);
    return bad ? exit.findings : exit.fine;
  },
});

async function find(file: string, choice: CheckChoice, terminal: Terminal): Promise<Findings> {
  const now = systemClock.now();
  try {
    const config = await loadConfig(file, { env: terminal.env, now });
    const around = await checkSurroundings(config, choice, { clock: systemClock, random: systemRandom });
    const store = config.state.kind === 'file' ? checkStoreDirectory(config.state.directory) : [];
    const problems = [...troubles(config.connections, now), ...store, ...around.problems];
    return { ...around, problems, warnings: [...configWarnings(config, now), ...around.warnings], config };
  } catch (cause) {
    if (cause instanceof ConfigError) return { problems: cause.problems, warnings: [], sites: [] };
    throw cause;
  }
}
