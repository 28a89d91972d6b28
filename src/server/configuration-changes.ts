// What a new configuration changes: names of connections, sites and settings; and what cannot change while the service runs.

import type { ConfigParts } from '../config/config-parts';
import type { Problem } from '../core/problem';
import { sameValue } from './same-value';

/** Names, in the order of the configuration. */
export interface ConfigurationChanges {
  readonly connectionsAdded: readonly string[];
  readonly connectionsRemoved: readonly string[];
  readonly connectionsChanged: readonly string[];
  readonly sitesAdded: readonly string[];
  readonly sitesRemoved: readonly string[];
  readonly sitesChanged: readonly string[];
  /** Other parts: `serviceProvider`, `outbound`, `verification`, `notify`, `log`. */
  readonly settingsChanged: readonly string[];
}

export function changesOf(before: ConfigParts, after: ConfigParts): ConfigurationChanges {
  const connections = namesThatDiffer(choicesOf(before), choicesOf(after));
  const sites = namesThatDiffer(before.sites, after.sites);
  const settings = {
    serviceProvider: sameValue(before.serviceProvider, after.serviceProvider),
    outbound: sameValue(before.outbound, after.outbound),
    verification: before.maxMessageBytes === after.maxMessageBytes,
    notify: sameValue(before.notify, after.notify),
    log: before.logLevel === after.logLevel,
  };
  return {
    connectionsAdded: connections.added,
    connectionsRemoved: connections.removed,
    connectionsChanged: connections.changed,
    sitesAdded: sites.added,
    sitesRemoved: sites.removed,
    sitesChanged: sites.changed,
    settingsChanged: Object.entries(settings).flatMap(([name, same]) => (same ? [] : [name])),
  };
}

/** What the configuration says of each connection; what became of its metadata is another matter. */
const choicesOf = ({ connections }: ConfigParts): ReadonlyMap<string, object> =>
  new Map(connections.entries.map(({ settings, metadata }) => [settings.name, { settings, metadata }]));

function namesThatDiffer(before: ReadonlyMap<string, object>, after: ReadonlyMap<string, object>) {
  const common = [...after.keys()].filter((name) => before.has(name));
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: common.filter((name) => !sameValue(before.get(name), after.get(name))),
  };
}

/** One problem for each removed connection and site: a file that was cut off must not end a customer's sign-ins. */
export function removalProblems({ connectionsRemoved, sitesRemoved }: ConfigurationChanges): Problem[] {
  const problem = 'is in use, and the configuration does not have it any more';
  const hint = 'If it is to go: `wix-saml reload --allow-removal`. A signal never removes anything.';
  return [
    ...connectionsRemoved.map((name) => ({ path: `connections.${name}`, problem, hint })),
    ...sitesRemoved.map((name) => ({ path: `sites.${name}`, problem, hint })),
  ];
}

/** Sign-ins under way, other processes and the proxy count on these. */
export function fixedProblems(before: ConfigParts, after: ConfigParts): Problem[] {
  const parts = (config: ConfigParts): [path: string, value: unknown][] => [
    ['listen', config.listen],
    ['admin', config.admin],
    ['audit', config.audit],
    ['state', config.state],
    ['stateKeys', config.stateKeys],
    ['serviceProvider.baseUrl', config.serviceProvider.baseUrl],
    ['serviceProvider.entityId', config.serviceProvider.entityId],
  ];
  const now = new Map(parts(before));
  return parts(after)
    .filter(([path, value]) => !sameValue(now.get(path), value))
    .map(([path]) => ({
      path,
      problem: 'cannot change while the service runs',
      hint: 'Restart the service for it, or put the old value back and reload.',
    }));
}
