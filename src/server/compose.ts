// Puts the parts together: from a Config to the context of the use cases. The only file with the real clock and
// real randomness. The Redis client, undici and the Wix SDK load themselves at first use, not here.

import { hkdfSync, randomBytes } from 'node:crypto';
import type { Config, SiteConfig } from '../config/config';
import type { Clock, Log, Random } from '../core/ports';
import { createPseudonym } from './log';
import type { SsoContext, SiteWithExchange } from '../sso/context';
import { authenticStore } from '../stores/authentic-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import type { StateStore } from '../stores/state-store';
import { createExchange, type SiteFunctions } from '../wix/exchange';
import type { ExchangeSigner } from '../wix/exchange-assertion';
import { openHttpFunctions } from '../wix/exchange-http-function';
import { openInvokeFunctions } from '../wix/exchange-invoke';

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });
/** Milliseconds in fractions, never set back. */
export const systemStopwatch = (): number => performance.now();
export const systemRandom: Random = Object.freeze({ bytes: (count: number) => randomBytes(count) });

const POOL_BYTES = 4096;

/** One call of the system for hundreds of small values: a reference, an ID and a nonce for each request. No byte is given twice. */
function pooledRandom(): Random {
  let pool = Buffer.alloc(0);
  return Object.freeze({
    bytes: (count: number) => {
      if (count > POOL_BYTES) return randomBytes(count);
      if (count > pool.length) pool = randomBytes(POOL_BYTES);
      const taken = Buffer.from(pool.subarray(0, count));
      pool = pool.fill(0, 0, count).subarray(count);
      return taken;
    },
  });
}

/** What runs, and how to end it. */
export interface Composed {
  readonly context: SsoContext;
  /** Closes the state store and the connections to the sites. */
  readonly close: () => Promise<void>;
}

export function compose(config: Config, log: Log): Composed {
  const store = openStore(config, log);
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
    clock: systemClock,
    random: pooledRandom(),
    log,
    pseudonym: createPseudonym(config.serviceProvider.signing[0].privateKey),
    handleKey: handleKeyFor(config),
  });
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), ...opened.map(({ functions }) => functions.close())]);
  };
  return Object.freeze({ context, close });
}

function openStore({ state, serviceProvider }: Config, log: Log): StateStore {
  if (state.kind === 'memory') return createMemoryStore(systemClock);
  const redis = createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(log),
  });
  const [first, ...others] = serviceProvider.signing;
  return authenticStore(redis, [first.privateKey, ...others.map(({ privateKey }) => privateKey)]);
}

/** One process forgets its requests when it ends, and their handles with them; processes that share a store share a key. */
function handleKeyFor({ state, serviceProvider }: Config): Buffer {
  if (state.kind === 'memory') return randomBytes(32);
  const secret = serviceProvider.signing[0].privateKey.export({ type: 'pkcs8', format: 'der' });
  return Buffer.from(hkdfSync('sha256', secret, '', 'wix-saml handles', 32));
}

const repeatMs = 60_000;

/** The client tries every two seconds; the log says so once a minute, and at once when the trouble is another one. */
function connectionTrouble(log: Log): (problem: string) => void {
  let last = { problem: '', at: 0 };
  return (problem) => {
    const now = systemClock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    const hint =
      'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
    log('error', 'state.connection', { problem, hint });
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
