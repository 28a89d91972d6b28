// What we are with the keys that are in use now: the configuration, and what the state of keys makes of it. Where a key of the
// state cannot be read, the purpose keeps what it had, and the problem says so.

import type { KeyObject } from 'node:crypto';
import type { Problem } from '../core/problem';
import { documentOf, type KeyState, type KeyUse } from '../admin/own-keys/key-state';
import {
  keysInUse,
  neededFiles,
  shownForEncryption,
  type KeysInUse,
  type NamedKey,
} from '../admin/own-keys/keys-in-use';
import type { KeyPair, ServiceProvider } from '../saml/service-provider';
import type { SiteConfig } from './config-parts';
import type { KeyPlaces } from './key-places';
import { exchangeId, pairId, readExchangeFiles, readPairFiles, type FoundKeys } from './rotated-key-files';

/** What others see of us and what we sign with. */
export interface OwnSide {
  readonly serviceProvider: ServiceProvider;
  readonly sites: ReadonlyMap<string, SiteConfig>;
}

export interface TakenUp {
  readonly ours: OwnSide;
  /** By the name of each document that is followed now. */
  readonly generations: Readonly<Record<string, number>>;
  /** By the name of each document that cannot be followed. */
  readonly problems: ReadonlyMap<string, Problem>;
}

export interface Configured extends OwnSide {
  readonly keyPlaces: KeyPlaces;
}

interface TakingUp {
  readonly states: ReadonlyMap<string, KeyState>;
  readonly now: number;
  readonly generations: Record<string, number>;
  readonly problems: Map<string, Problem>;
}

/** @param held what was in use before, for purposes whose state cannot be followed; the configuration when there is none */
export function takeUpKeys(
  configured: Configured,
  states: ReadonlyMap<string, KeyState>,
  now: number,
  held: OwnSide = configured,
): TakenUp {
  const taking: TakingUp = { states, now, generations: {}, problems: new Map() };
  const serviceProvider = takeUpPairs(configured, held, taking);
  const sites = new Map(
    [...configured.sites.values()].map((site) => [
      site.name,
      takeUpExchange(site, configured.keyPlaces, held.sites.get(site.name), taking),
    ]),
  );
  return { ours: { serviceProvider, sites }, generations: taking.generations, problems: taking.problems };
}

function takeUpPairs(
  { serviceProvider, keyPlaces }: Configured,
  { serviceProvider: held }: OwnSide,
  taking: TakingUp,
): ServiceProvider {
  const { signing, decryption } = serviceProvider;
  const pairs = (purpose: 'signing' | 'encryption', configured: readonly KeyPair[]) =>
    takeUp({ purpose }, named(configured, pairId), taking, (files) =>
      readPairFiles(purpose, keyPlaces[purpose].directory, files),
    );
  const signs = pairs('signing', signing);
  const decrypts = pairs('encryption', decryption);
  const forEncryption = taking.states.get(documentOf({ purpose: 'encryption' }));
  return Object.freeze({
    ...serviceProvider,
    signing:
      signs === undefined
        ? held.signing
        : ([signs.active.key, ...signs.announced.map(({ key }) => key)] as const),
    ...(decrypts === undefined
      ? shownOf(held)
      : {
          decryption: [decrypts.active, ...decrypts.others].map(({ key }) => key),
          shownForEncryption: shownForEncryption(decrypts, forEncryption, taking.now).map(({ key }) => key),
        }),
  });
}

const shownOf = ({ decryption, shownForEncryption: shown }: ServiceProvider): Partial<ServiceProvider> => ({
  decryption,
  ...(shown === undefined ? {} : { shownForEncryption: shown }),
});

function takeUpExchange(
  site: SiteConfig,
  { signing, exchange: places }: KeyPlaces,
  held: SiteConfig | undefined,
  taking: TakingUp,
): SiteConfig {
  const { directory } = places.get(site.name) ?? signing;
  const use: KeyUse = { purpose: 'exchange', site: site.name };
  const keys = takeUp<KeyObject>(use, named([site.exchange.key], exchangeId), taking, (files) =>
    readExchangeFiles(site.name, directory, files),
  );
  if (keys === undefined) return held === undefined ? site : withKeys(site, held.exchange);
  return withKeys(site, { key: keys.active.key, announced: keys.announced.map(({ key }) => key) });
}

const withKeys = (
  site: SiteConfig,
  { key, announced = [] }: { readonly key: KeyObject; readonly announced?: readonly KeyObject[] },
): SiteConfig => Object.freeze({ ...site, exchange: Object.freeze({ ...site.exchange, key, announced }) });

const named = <K>(keys: readonly K[], idOf: (key: K) => string): NamedKey<K>[] =>
  keys.map((key) => ({ id: idOf(key), key }));

/** Undefined where there is no key at all, or after noting why the state cannot be followed. */
function takeUp<K>(
  use: KeyUse,
  [first, ...more]: readonly NamedKey<K>[],
  { states, now, generations, problems }: TakingUp,
  read: (files: ReturnType<typeof neededFiles>) => FoundKeys<K>,
): KeysInUse<K> | undefined {
  if (first === undefined) return undefined;
  const document = documentOf(use);
  const state = states.get(document);
  const found = state === undefined ? { keys: [], problems: [] } : read(neededFiles(state, now));
  const keys = keysInUse([first, ...more], state, found.keys, now);
  if ('missing' in keys) {
    problems.set(document, found.problems[0] ?? gone(use, keys.missing[0]?.id ?? ''));
    return undefined;
  }
  if (state !== undefined) generations[document] = state.generation;
  return keys;
}

const gone = (use: KeyUse, id: string): Problem => ({
  path: use.purpose === 'exchange' ? `sites.${use.site}.exchange.key` : `keys of ${use.purpose}`,
  problem: `the configuration lacks a key that is in use: ${id}`,
  hint: 'Put it back, or retire it first: `wix-saml keys list` shows where a rotation stands.',
});
