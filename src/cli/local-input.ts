// Somebody's own configuration, turned to face the local identity provider and the local site: nothing of it can reach a real
// IdP, a real site or a shared store any more. What is left to judge, the loader judges.

import { UsageError } from './usage';

type Mapping = Readonly<Record<string, unknown>>;

export interface LocalInput {
  /** Without `listen`: where to listen follows from baseUrl. */
  readonly input: Mapping;
  readonly site: string;
  /** Names of attributes in which connections look for the address. */
  readonly emailAttributes: readonly string[];
}

export interface LocalPlaces {
  readonly siteUrl: string;
  /** File with the metadata of the local identity provider. */
  readonly idpMetadata: string;
}

/**
 * @param value a configuration as it was read from YAML; whatever is no mapping is left for the loader to complain of
 * @param named which site, when there are several
 * @throws UsageError when it is not clear which site is meant
 */
export function localInput(value: unknown, named: string | undefined, places: LocalPlaces): LocalInput {
  const whole = mapping(value);
  const sites = mapping(whole['sites']);
  const site = named ?? onlyOne(Object.keys(sites));
  if (!Object.hasOwn(sites, site)) {
    throw new UsageError(
      `No site is called ${JSON.stringify(site)}. Use one of: ${Object.keys(sites).join(', ')}.`,
    );
  }
  const connections = Object.entries(mapping(whole['connections'])).filter(
    ([, one]) => mapping(one)['site'] === site,
  );
  return {
    input: {
      ...without(whole, 'state', 'stateKeys', 'listen'),
      sites: { [site]: localSite(mapping(sites[site]), places) },
      connections: Object.fromEntries(
        connections.map(([name, one]) => [name, localConnection(mapping(one), places)]),
      ),
    },
    site,
    emailAttributes: [...new Set(connections.flatMap(([, one]) => attributesOf(mapping(one))))],
  };
}

const mapping = (value: unknown): Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const without = (whole: Mapping, ...names: readonly string[]): Mapping =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));

function onlyOne(names: readonly string[]): string {
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(`Name one of the configured sites with --site: ${names.join(', ')}.`);
}

function localSite(site: Mapping, { siteUrl }: LocalPlaces): Mapping {
  const exchange = { key: mapping(site['exchange'])['key'] };
  return { ...without(site, 'origins'), url: siteUrl, exchange };
}

function localConnection(connection: Mapping, { idpMetadata }: LocalPlaces): Mapping {
  return { ...without(connection, 'idpEntityId', 'requireValidUntilWithinDays'), idpMetadata };
}

function attributesOf({ emailFrom, emailAttribute }: Mapping): string[] {
  const named = [emailFrom === 'nameId' ? undefined : emailFrom, emailAttribute];
  return named.filter((name) => typeof name === 'string');
}
