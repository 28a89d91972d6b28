// `wix-saml support`: one file for whoever helps, with nothing in it that is secret or somebody's. Read it before you send it.

import { writeFileSync } from 'node:fs';
import { findingOf, connectionsOf, endsOf, metricsOf, warningOf } from '../admin/support/bundle';
import { lastEvents } from '../admin/support/log-extract';
import type { ConfigParts } from '../config/config-parts';
import { loadConfig, readConfiguration } from '../config/load';
import { ConfigError } from '../config/problem';
import { redactedConfiguration, redactedPath } from '../config/redacted';
import { outboundGet } from '../core/outbound';
import { systemClock } from '../server/system';
import { packageVersion } from '../server/version';
import { allEndings } from '../sso/endings';
import { checkEverything } from './check-everything';
import { command } from './command';
import { linesOf } from './lines-of';
import { configOption, text } from './options';
import { configFile, exit, json, type Terminal } from './terminal';
import { NotDoneError } from './usage';

export const supportCommand = command({
  name: 'support',
  description:
    'write a file for whoever helps you: states, findings and log, without secrets, addresses or people',
  arguments: [],
  options: {
    config: configOption,
    out: text('--out <file>', 'where it goes; without it, to standard output'),
    log: text('--log <file>', 'the service’s log, whose last lines go in'),
  },
  run: async (options, terminal) => {
    const file = configFile(options.config, terminal);
    const bundle = json(await bundleOf(file, options.log, terminal));
    if (options.out === undefined) {
      terminal.out(bundle);
      return exit.fine;
    }
    try {
      // Never over something that is there: a wrong name must not cost a configuration.
      writeFileSync(options.out, `${bundle}\n`, { flag: 'wx', mode: 0o600 });
    } catch (cause) {
      throw new NotDoneError(
        `cannot write ${options.out} (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
      );
    }
    terminal.out(`${options.out} is written. Read it before you send it.`);
    return exit.fine;
  },
});

async function bundleOf(file: string, log: string | undefined, terminal: Terminal) {
  const now = systemClock.now();
  const config = await readConfig(file, terminal);
  const { problems, warnings, acknowledged } = await checkEverything(
    file,
    { site: false, publicAddress: false, notify: false },
    terminal,
  );
  const known = {
    connections: new Set(config?.connections.entries.map(({ settings }) => settings.name)),
    sites: new Set(config?.sites.keys()),
  };
  const { platform, arch, version: node } = process;
  return {
    made: new Date(now).toISOString(),
    versions: { 'wix-saml': packageVersion(), node, platform, arch },
    options: redactedOptions(file),
    findings: {
      problems: problems.map((one) => findingOf(one, redactedPath)),
      warnings: warnings.map((one) => warningOf(one, redactedPath)),
      acknowledged: acknowledged.map(({ code, until }) => ({ code, until })),
    },
    connections: config === undefined ? [] : connectionsOf(config.connections, now, redactedPath),
    ends:
      config === undefined
        ? []
        : endsOf(allEndings(config.serviceProvider, config.connections, now), now, redactedPath),
    metrics: await metrics(config),
    log: log === undefined ? [] : await lastEvents(linesOf(log), known),
  };
}

async function readConfig(file: string, { env }: Terminal): Promise<ConfigParts | undefined> {
  try {
    return await loadConfig(file, { env, now: systemClock.now() });
  } catch (cause) {
    if (cause instanceof ConfigError) return undefined; // its problems are among the findings
    throw cause;
  }
}

function redactedOptions(file: string): unknown {
  try {
    return redactedConfiguration(readConfiguration(file));
  } catch (cause) {
    if (cause instanceof ConfigError) return undefined;
    throw cause;
  }
}

const metricsBytes = 1024 * 1024;

/** Of the service that runs here; none when nobody answers. */
async function metrics(config: ConfigParts | undefined): Promise<readonly string[]> {
  if (config?.admin === undefined) return [];
  const { host, port } = config.admin;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`;
  try {
    const { body } = await outboundGet(address, { timeoutMs: 3000, answerBytes: metricsBytes, redirects: 0 });
    return metricsOf(body.toString('utf8'));
  } catch {
    return [];
  }
}
