// Puts the parts together: from a Config to the context of the use cases. The Redis client, undici and the Wix SDK load
// themselves at first use, not here.

import type { Config } from '../config/config';
import type { Events } from '../core/events';
import { createPseudonym } from './log';
import { createKeyMemory } from '../saml/signature/key-memory';
import type { SsoContext, SiteWithExchange } from '../sso/context';
import { createDecryptionThrottle } from '../sso/decryption-throttle';
import { authenticStore } from '../stores/authentic-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import type { StateStore } from '../stores/state-store';
import { createExchange } from '../wix/exchange';
import { openSite } from '../wix/open-site';
import { systemClock, systemRandom } from './system';

/** What runs, and how to end it. */
export interface Composed {
  readonly context: SsoContext;
  /** Closes the state store and the connections to the sites. */
  readonly close: () => Promise<void>;
}

export function compose(config: Config, events: Events): Composed {
  const store = openStore(config, events);
  const issuer = config.serviceProvider.entityId;
  const system = { clock: systemClock, random: systemRandom };
  const opened = [...config.sites.values()].map((site) => openSite(site, issuer, system));
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
    random: systemRandom,
    events,
    pseudonym: createPseudonym(config.serviceProvider.signing[0].privateKey),
    decryptionThrottle: createDecryptionThrottle(),
    keyMemory: createKeyMemory(),
  });
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), ...opened.map(({ functions }) => functions.close())]);
  };
  return Object.freeze({ context, close });
}

function openStore({ state, serviceProvider }: Config, events: Events): StateStore {
  if (state.kind === 'memory') return createMemoryStore(systemClock);
  const redis = createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(events),
  });
  const [first, ...others] = serviceProvider.signing;
  return authenticStore(redis, [first.privateKey, ...others.map(({ privateKey }) => privateKey)]);
}

const repeatMs = 60_000;

/** The client tries every two seconds; the log says so once a minute, and at once when the trouble is another one. */
function connectionTrouble(events: Events): (problem: string) => void {
  let last = { problem: '', at: 0 };
  return (problem) => {
    const now = systemClock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    const hint =
      'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
    events.emit({ type: 'state.connection', problem, hint });
  };
}
