// Puts the parts together: from a Config to the context of the use cases. The Redis client, undici and the Wix SDK load
// themselves at first use, not here.

import type { ConfigParts } from '../config/config-parts';
import type { Events } from '../core/events';
import type { Ports } from '../core/ports';
import { createPseudonym } from './log';
import { createRequestTemplates } from '../saml/login/authn-request-template';
import { createKeyMemory } from '../saml/signature/key-memory';
import type { SsoContext, SiteWithExchange } from '../sso/context';
import { cbcUse } from '../sso/cbc-use';
import { metadataCopies } from '../sso/metadata-copies';
import { MetadataRefresh } from '../sso/metadata-refresh';
import { createDecryptionThrottle } from '../sso/decryption-throttle';
import { handleKeysOf } from '../sso/handle';
import { createExchange } from '../wix/exchange';
import { openSite } from '../wix/open-site';
import { openStore } from './open-store';
import { sealedDocuments } from '../stores/sealed-documents';
import { pooledRandom, systemTimers } from './system';

/** What runs, and how to end it. */
export interface Composed {
  readonly context: SsoContext;
  /** Closes the state store and the connections to the sites. */
  readonly close: () => Promise<void>;
}

export function compose(config: ConfigParts, events: Events, ports: Ports): Composed {
  const { store, stateKeys } = openStore(config, events, ports);
  const issuer = config.serviceProvider.entityId;
  const opened = [...config.sites.values()].map((site) => openSite(site, issuer, ports));
  const sites = new Map<string, SiteWithExchange>(
    opened.map(({ site, functions, signer }) => [
      site.name,
      Object.freeze({ ...site, exchange: createExchange(functions, signer) }),
    ]),
  );
  const documents = sealedDocuments({ store, stateKeys, random: ports.random });
  const cbc = cbcUse(documents, ports.clock);
  const refresh = new MetadataRefresh(config.connections, {
    ...ports,
    timers: systemTimers,
    events,
    copies: metadataCopies(documents),
    ours: issuer,
  });
  const context: SsoContext = Object.freeze({
    serviceProvider: config.serviceProvider,
    sites,
    get connections() {
      return refresh.current;
    },
    refreshForUnknownKey: (name: string) => refresh.refreshForUnknownKey(name),
    cbcUsed: (connection: string) => cbc.note(connection),
    maxMessageBytes: config.maxMessageBytes,
    store,
    stateKeys,
    clock: ports.clock,
    random: pooledRandom(ports.random),
    events,
    pseudonym: createPseudonym(config.serviceProvider.signing[0].privateKey),
    handleKeys: handleKeysOf(stateKeys),
    decryptionThrottle: createDecryptionThrottle(),
    keyMemory: createKeyMemory(),
    requestTemplates: createRequestTemplates(),
  });
  refresh.start();
  const close = async (): Promise<void> => {
    refresh.close();
    await Promise.all([store.close(), ...opened.map(({ functions }) => functions.close())]);
  };
  return Object.freeze({ context, close });
}
