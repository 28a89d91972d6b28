// `wix-saml check`: everything that can be found without a person signing in, each finding with its remedy.
// Reads, asks the site with --site and our own public address with --public; it changes nothing and prints no secret.

import { systemClock } from '../server/compose';
import type { Config } from '../config/config';
import { loadConfig } from '../config/load';
import { ConfigError, countOf, problemLine, type Problem } from '../config/problem';
import { configWarnings } from '../config/warnings';
import { checkPublicAddress } from '../admin/check-public';
import { checkSites, type SiteReport } from '../admin/check-site';
import { overview, overviewLines } from '../admin/overview';
import { configFile, exit, json, type Terminal } from './terminal';

export interface CheckOptions {
  readonly config?: string;
  /** true: every site; a name: this one; false: none. */
  readonly site: string | boolean;
  /** Ask our own public address. */
  readonly public: boolean;
  /** Warnings count as findings. */
  readonly strict: boolean;
  readonly json: boolean;
}

interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly config?: Config;
  readonly sites: readonly SiteReport[];
}

export async function check(options: CheckOptions, terminal: Terminal): Promise<number> {
  const file = configFile(options.config, terminal);
  const findings = await find(file, options, terminal);
  const bad = findings.problems.length > 0 || (options.strict && findings.warnings.length > 0);
  if (options.json) {
    const { problems, warnings, sites, config } = findings;
    terminal.out(
      json({ ok: !bad, file, problems, warnings, ...(config === undefined ? {} : overview(config)), sites }),
    );
  } else {
    for (const line of lines(file, findings)) terminal.out(line);
  }
  return bad ? exit.findings : exit.fine;
}

async function find(file: string, options: CheckOptions, terminal: Terminal): Promise<Findings> {
  const now = systemClock.now();
  try {
    const config = await loadConfig(file, { env: terminal.env, now });
    const sites =
      options.site === false
        ? []
        : await checkSites(config, options.site === true ? undefined : options.site);
    const address = options.public ? await checkPublicAddress(config) : [];
    const problems = [...address, ...sites.flatMap((report) => report.problems)];
    const warnings = [...configWarnings(config, now), ...sites.flatMap((report) => report.warnings)];
    return { problems, warnings, config, sites };
  } catch (cause) {
    if (cause instanceof ConfigError) return { problems: cause.problems, warnings: [], sites: [] };
    throw cause;
  }
}

function conclusion(file: string, bad: boolean, config: Config | undefined): string {
  if (!bad) return `${file} is fine.`;
  return config === undefined
    ? `${file} is not usable yet.`
    : `${file} is fine; not everything around it is yet.`;
}

function lines(file: string, { problems, warnings, config, sites }: Findings): string[] {
  return [
    ...(config === undefined ? [] : overviewLines(config)),
    ...sites
      .filter((report) => report.answered)
      .map((report) => `Site ${report.site}: answers, version ${report.version ?? '?'}.`),
    ...(problems.length === 0
      ? []
      : [`${countOf(problems.length, 'problem')}:`, ...problems.map(problemLine)]),
    ...(warnings.length === 0
      ? []
      : [`${countOf(warnings.length, 'warning')}:`, ...warnings.map(problemLine)]),
    conclusion(file, problems.length > 0, config),
  ];
}
