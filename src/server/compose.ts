// Puts the parts together: from a Config to the context of the use cases. The Redis client, undici and the Wix SDK load
// themselves at first use, not here.

import type { Config } from '../config/config';
import type { Events } from '../core/events';
import { createPseudonym } from './log';
import { createRequestTemplates } from '../saml/login/authn-request-template';
import { createKeyMemory } from '../saml/signature/key-memory';
import type { SsoContext, SiteWithExchange } from '../sso/context';
import { watchEndings } from '../sso/ending-watch';
import { allEndings } from '../sso/endings';
import { metadataCopies } from '../sso/metadata-copies';
import { MetadataRefresh } from '../sso/metadata-refresh';
import { createDecryptionThrottle } from '../sso/decryption-throttle';
import { handleKeysOf } from '../sso/handle';
import { createExchange } from '../wix/exchange';
import { openSite } from '../wix/open-site';
import { openStore } from './open-store';
import { sealedDocuments } from '../stores/sealed-documents';
import { pooledRandom, systemClock, systemRandom, systemTimers } from './system';

/** What runs, and how to end it. */
export interface Composed {
  readonly context: SsoContext;
  /** Closes the state store and the connections to the sites. */
  readonly close: () => Promise<void>;
}

export function compose(config: Config, events: Events): Composed {
  const { store, stateKeys } = openStore(config, events);
  const issuer = config.serviceProvider.entityId;
  const system = { clock: systemClock, random: systemRandom };
  const opened = [...config.sites.values()].map((site) => openSite(site, issuer, system));
  const sites = new Map<string, SiteWithExchange>(
    opened.map(({ site, functions, signer }) => [
      site.name,
      Object.freeze({ ...site, exchange: createExchange(functions, signer) }),
    ]),
  );
  const refresh = new MetadataRefresh(config.connections, {
    ...system,
    timers: systemTimers,
    events,
    copies: metadataCopies(sealedDocuments({ store, stateKeys, random: systemRandom })),
    ours: issuer,
    way: config.outbound,
  });
  const context: SsoContext = Object.freeze({
    serviceProvider: config.serviceProvider,
    sites,
    get connections() {
      return refresh.current;
    },
    refreshForUnknownKey: (name: string) => refresh.refreshForUnknownKey(name),
    maxMessageBytes: config.maxMessageBytes,
    store,
    stateKeys,
    clock: systemClock,
    random: pooledRandom(),
    events,
    pseudonym: createPseudonym(config.serviceProvider.signing[0].privateKey),
    handleKeys: handleKeysOf(stateKeys),
    decryptionThrottle: createDecryptionThrottle(),
    keyMemory: createKeyMemory(),
    requestTemplates: createRequestTemplates(),
  });
  refresh.start();
  const stopWatch = watchEndings({
    ...{ clock: systemClock, timers: systemTimers, events },
    endings: (now) => allEndings(config.serviceProvider, refresh.current, now),
  });
  const close = async (): Promise<void> => {
    refresh.close();
    stopWatch();
    await Promise.all([store.close(), ...opened.map(({ functions }) => functions.close())]);
  };
  return Object.freeze({ context, close });
}
