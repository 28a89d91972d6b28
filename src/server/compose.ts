// Puts the parts together: from a Config to the context of the use cases. The only file with the real clock and
// real randomness. The Redis client, undici and the Wix SDK load themselves at first use, not here.

import { randomBytes } from 'node:crypto';
import type { Config, SiteConfig } from '../config/config';
import { openStateKeys } from '../config/state-key-files';
import type { Clock, Log, Random } from '../core/ports';
import { createPseudonym } from './log';
import type { SsoContext, SiteWithExchange } from '../sso/context';
import { keyedStore } from '../stores/keyed-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import { newStateKey, StateKeys } from '../stores/state-keys';
import { createExchange, type SiteFunctions } from '../wix/exchange';
import type { ExchangeSigner } from '../wix/exchange-assertion';
import { openHttpFunctions } from '../wix/exchange-http-function';
import { openInvokeFunctions } from '../wix/exchange-invoke';

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });
export const systemRandom: Random = Object.freeze({ bytes: (count: number) => randomBytes(count) });

/** What runs, and how to end it. */
export interface Composed {
  readonly context: SsoContext;
  /** Closes the state store and the connections to the sites. */
  readonly close: () => Promise<void>;
}

export function compose(config: Config, log: Log): Composed {
  const { store, stateKeys } = openStore(config, log);
  const opened = [...config.sites.values()].map((site) => openSite(site, config));
  const sites = new Map<string, SiteWithExchange>(
    opened.map(({ site, functions, signer }) => [
      site.name,
      Object.freeze({ ...site, exchange: createExchange(functions, signer) }),
    ]),
  );
  const context: SsoContext = Object.freeze({
    serviceProvider: config.serviceProvider,
    sites,
    connections: config.connections,
    maxMessageBytes: config.maxMessageBytes,
    store,
    stateKeys,
    clock: systemClock,
    random: systemRandom,
    log,
    pseudonym: createPseudonym(config.serviceProvider.signing[0].privateKey),
  });
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), ...opened.map(({ functions }) => functions.close())]);
  };
  return Object.freeze({ context, close });
}

/** @throws ConfigError when a shared store has no state key and none can be made */
function openStore({ state, stateKeys }: Config, log: Log): Pick<SsoContext, 'store' | 'stateKeys'> {
  if (state.kind === 'memory') {
    // Gone with the process, like all that it seals; a listed key would add nothing.
    const keys = new StateKeys([newStateKey(systemRandom)]);
    return { store: createMemoryStore(systemClock), stateKeys: keys };
  }
  const keys = openStateKeys(stateKeys, systemRandom);
  const redis = createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(log),
  });
  const place = 'file' in stateKeys ? stateKeys.file : 'the file in `stateKeys`';
  const store = keyedStore(redis, keys, {
    clock: systemClock,
    remedy: `copy state.key from the machine that used it first to this one (here: ${place})`,
    onWrongKey: keyTrouble(log),
  });
  return { store, stateKeys: keys };
}

const repeatMs = 60_000;

/** The client tries every two seconds. */
function connectionTrouble(log: Log): (problem: string) => void {
  const hint =
    'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
  return sparingly((problem) => {
    log('error', 'state.connection', { problem, hint });
  });
}

/** Every request finds it again. */
function keyTrouble(log: Log): (problem: string) => void {
  const hint =
    'Sign-ins are refused. README, Operations, “Several processes”, says how processes share a state key.';
  return sparingly((problem) => {
    log('error', 'state.wrongKey', { problem, hint });
  });
}

/** Says the same once a minute, and another thing at once. */
function sparingly(say: (problem: string) => void): (problem: string) => void {
  let last = { problem: '', at: 0 };
  return (problem) => {
    const now = systemClock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    say(problem);
  };
}

/** A site with an open way to its functions; also what `wix-saml check --site` uses. */
export interface OpenSite {
  readonly site: SiteConfig;
  readonly functions: SiteFunctions;
  readonly signer: ExchangeSigner;
}

export function openSite(site: SiteConfig, config: Config): OpenSite {
  const signer: ExchangeSigner = {
    key: site.exchange.key,
    issuer: config.serviceProvider.entityId,
    audience: site.url,
    clock: systemClock,
    random: systemRandom,
  };
  return { site, functions: openFunctions(site), signer };
}

function openFunctions({ exchange, url }: SiteConfig): SiteFunctions {
  if (exchange.via === 'httpFunction') return openHttpFunctions(url);
  return openInvokeFunctions({ apiKey: exchange.apiKey, siteId: exchange.siteId });
}
