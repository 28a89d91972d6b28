// From a YAML file to the frozen parts of a Config, or to one ConfigError that holds every problem.
// Reads files (and metadata addresses) and nothing else: no socket is opened, no store touched, nothing written.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { limits } from '../core/limits';
import type { Acknowledgement } from './acknowledgements';
import { buildServiceProvider, buildSite, present } from './build';
import { buildConnection } from './build-connection';
import { buildNotify } from './build-notify';
import { buildOutbound } from './build-outbound';
import { buildSetup } from './build-setup';
import type { ConfigParts, OurSide, SiteConfig } from './config-parts';
import { keyPlacesOf } from './key-places';
import { noteWritableFile } from './key-files';
import { configuration, type Draft } from './options';
import { ConfigError } from './problem';
import type { Problem } from '../core/problem';
import type { Environment } from './environment';
import { below, report, shown, type At, type ReadFile } from './reading';
import { buildStateKeys } from './state-key-files';
import { parseYaml } from './yaml';
import { ConnectionDirectory, troubles } from '../sso/directory';

/** What surrounds a configuration: variables for `${NAME}`, and the time in milliseconds since 1970. */
export interface Surroundings {
  readonly env: Environment;
  readonly now: number;
  /** false: metadata addresses are not asked now; their connections wait for whoever fetches later. Default: true. */
  readonly fetchMetadata?: boolean;
  /** How the configuration and the files that it names are read. Default: from the file system. */
  readonly readFile?: ReadFile;
}

/**
 * Reads a configuration file. Relative paths in it are relative to the file. Trouble with an IdP's metadata is no problem
 * of the configuration: that connection is down, and `connections` says why.
 * @throws ConfigError with all problems at once
 */
export async function loadConfig(file: string, surroundings: Surroundings): Promise<ConfigParts> {
  const path = resolve(file);
  const value = parseYaml(readConfigFile(path, surroundings));
  return readConfig(value, dirname(path), { ...surroundings, file: path });
}

/**
 * Reads the same file, but no IdP's metadata: most IdPs give theirs only to somebody who has entered ours.
 * @throws ConfigError with all problems of our side at once
 */
export function loadOurSide(file: string, surroundings: Surroundings): OurSide {
  const path = resolve(file);
  return parseOurSide(parseYaml(readConfigFile(path, surroundings)), dirname(path), surroundings);
}

/** The same for a configuration that is an object already. @throws ConfigError with all problems of our side at once */
export function parseOurSide(value: unknown, baseDir: string, surroundings: Surroundings): OurSide {
  const problems: Problem[] = [];
  const root = rootOf(surroundings, problems, resolve(baseDir));
  const draft = configuration.read(value ?? {}, root);
  const built = draft === undefined ? undefined : buildOurSide(draft, root);
  if (draft === undefined || built?.serviceProvider === undefined || problems.length > 0)
    throw new ConfigError(problems);
  const { serviceProvider, sites } = built;
  // Whoever only wants to know what we are can do without the store's keys.
  const stateKeys = buildStateKeys(draft, { ...root, problems: [], notices: [] });
  return Object.freeze({
    serviceProvider,
    sites,
    emailDomains: emailDomainsOf(draft),
    keyPlaces: keyPlacesOf(draft, root.baseDir),
    state: Object.freeze(draft.state),
    ...(stateKeys === undefined ? {} : { stateKeys }),
  });
}

function emailDomainsOf({ connections = new Map() }: Draft): ReadonlyMap<string, readonly string[]> {
  const bySite = new Map<string, readonly string[]>();
  for (const { site, emailDomains } of connections.values()) {
    if (site === undefined || emailDomains === undefined) continue;
    const domains = [...(bySite.get(site) ?? []), ...(emailDomains === '*' ? ['*'] : emailDomains)];
    bySite.set(site, [...new Set(domains)].sort());
  }
  return bySite;
}

/** What stands in a configuration file, unjudged. @throws ConfigError when it cannot be read or is no YAML */
export const readConfiguration = (file: string): unknown => parseYaml(readConfigFile(resolve(file)));

function readConfigFile(
  path: string,
  { readFile = readFileSync }: Pick<Surroundings, 'readFile'> = {},
): string {
  try {
    return readFile(path).toString('utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const hint = '`wix-saml init` writes one; `--config FILE` or WIX_SAML_CONFIG names another.';
    throw new ConfigError([{ path: '', problem: `cannot be read: ${path} (${reason})`, hint }]);
  }
}

/**
 * Reads a configuration that is an object already.
 * @param baseDir directory that relative paths start at
 * @throws ConfigError with all problems at once
 */
export async function parseConfig(
  value: unknown,
  baseDir: string,
  surroundings: Surroundings,
): Promise<ConfigParts> {
  return readConfig(value, baseDir, surroundings);
}

async function readConfig(
  value: unknown,
  baseDir: string,
  { file, ...surroundings }: Surroundings & { readonly file?: string },
): Promise<ConfigParts> {
  const problems: Problem[] = [];
  const root = rootOf(surroundings, problems, resolve(baseDir));
  if (file !== undefined) noteWritableFile(file, root);
  const draft = configuration.read(value ?? {}, root);
  if (draft === undefined) throw new ConfigError(problems);
  const outbound = buildOutbound(draft, below(root, 'outbound'));
  const connections = await buildConnections(draft, { ...below(root, 'connections'), outbound });
  const config = build(draft, connections, { ...root, outbound });
  // Whoever has to correct the file learns of the rest as well.
  if (config === undefined || problems.length > 0)
    throw new ConfigError([...problems, ...troubles(connections, surroundings.now)]);
  return config;
}

const rootOf = (surroundings: Surroundings, problems: Problem[], baseDir: string): At => ({
  fetchMetadata: true,
  readFile: readFileSync,
  ...surroundings,
  path: '',
  problems,
  notices: [],
  baseDir,
});

function build(draft: Draft, connections: ConnectionDirectory, root: At): ConfigParts | undefined {
  const { serviceProvider, sites } = buildOurSide(draft, root);
  const stateKeys = buildStateKeys(draft, root);
  const notify = buildNotify(draft, below(root, 'notify'));
  const setup = buildSetup(draft, root);
  if (
    serviceProvider === undefined ||
    stateKeys === undefined ||
    draft.listen === undefined ||
    draft.verification === undefined
  )
    return undefined;
  return Object.freeze({
    serviceProvider,
    keyPlaces: keyPlacesOf(draft, root.baseDir),
    listen: draft.listen,
    ...adminOf(draft),
    ...auditOf(draft),
    ...present({ notify }),
    state: Object.freeze(draft.state),
    stateKeys,
    sites,
    connections,
    ...setup,
    signInLogDays: draft.signInLog?.days ?? limits.signInLogDays,
    outbound: root.outbound ?? {},
    maxMessageBytes: Math.min(draft.verification.maxMessageKilobytes * 1024, limits.messageBytes),
    logLevel: draft.log?.level ?? 'info',
    logFormat: draft.log?.format ?? 'auto',
    notices: Object.freeze([...root.notices]),
    acknowledgements: acknowledgementsOf(draft, below(root, 'acknowledged')),
  });
}

/** Whoever wrote the section wrote its port, or there is a problem that says so. */
function adminOf({ admin }: Draft): Pick<ConfigParts, 'admin'> {
  if (admin?.port === undefined) return {};
  return { admin: Object.freeze({ host: admin.host, port: admin.port }) };
}

function auditOf({ audit }: Draft): Pick<ConfigParts, 'audit'> {
  return audit?.file === undefined ? {} : { audit: Object.freeze({ file: audit.file }) };
}

function acknowledgementsOf({ acknowledged, connections }: Draft, at: At): readonly Acknowledgement[] {
  const whole = acknowledged.flatMap(({ warning, connection, reason, until }, index) => {
    const place = below(at, index);
    if (connection !== undefined && connections?.has(connection) === false) {
      const known = `Use one of: ${[...connections.keys()].join(', ')}.`;
      report(below(place, 'connection'), `names no connection: ${shown(connection)}`, known);
    }
    if (warning === undefined || reason === undefined || until === undefined) return [];
    return [Object.freeze({ warning, ...present({ connection }), reason, until, path: place.path })];
  });
  return Object.freeze(whole);
}

function buildOurSide(draft: Draft, root: At) {
  const serviceProvider =
    draft.serviceProvider === undefined
      ? undefined
      : buildServiceProvider(draft.serviceProvider, below(root, 'serviceProvider'));
  const sites = new Map<string, SiteConfig>();
  for (const [name, site] of draft.sites ?? []) {
    const built = buildSite(name, site, below(below(root, 'sites'), name));
    if (built !== undefined) sites.set(name, built);
  }
  return { serviceProvider, sites };
}

async function buildConnections(draft: Draft, at: At): Promise<ConnectionDirectory> {
  const entries = [...(draft.connections ?? [])];
  const built = await Promise.all(
    entries.map(([name, connection]) => buildConnection(name, connection, draft, below(at, name))),
  );
  return new ConnectionDirectory(built.filter((entry) => entry !== undefined));
}
