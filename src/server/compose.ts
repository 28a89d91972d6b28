// Puts the parts together: from a Config to the context of the use cases. The Redis client, undici and the Wix SDK load
// themselves at first use, not here.

import { LiveConnections } from '../admin/setup/live-connections';
import type { SignInLog } from '../admin/sign-in-log/sign-in-log';
import type { ConfigParts } from '../config/config-parts';
import type { Events } from '../core/events';
import type { Ports } from '../core/ports';
import { txtLookup } from '../core/txt-lookup';
import { createRequestTemplates } from '../saml/login/authn-request-template';
import { createKeyMemory } from '../saml/signature/key-memory';
import type { SsoContext } from '../sso/context';
import { cbcUse } from '../sso/cbc-use';
import { watchEndings } from '../sso/ending-watch';
import { allEndings } from '../sso/endings';
import { DomainProofs } from '../sso/domain-proofs';
import { watchDomains } from '../sso/domain-watch';
import { metadataCopies } from '../sso/metadata-copies';
import { createDecryptionThrottle } from '../sso/decryption-throttle';
import { handleKeysOf } from '../sso/handle';
import { Living, type Lasting } from './living';
import { openStore } from './open-store';
import { OwnKeys } from './own-keys';
import { sealedDocuments, type SealedDocuments } from '../stores/sealed-documents';
import { openSpans } from './traces';
import { packageVersion } from './version';
import { hostName, pooledRandom, systemTimers } from './system';

/** What runs, and how to end it. */
export interface Composed {
  /** The one in use now. */
  readonly context: SsoContext;
  readonly living: Living;
  /** Absent where the store forgets: then the keys in use are those of the configuration. */
  readonly ownKeys: OwnKeys | undefined;
  /** The store's documents: one view of them for the whole process, because it remembers what it saw. */
  readonly documents: SealedDocuments;
  /** Closes the state store and the connections to the sites. */
  readonly close: () => Promise<void>;
}

/** @param signInLog hears of the events already; here it learns where to write */
export function compose(config: ConfigParts, events: Events, ports: Ports, signInLog?: SignInLog): Composed {
  const { store, stateKeys } = openStore(config, events, ports);
  const documents = sealedDocuments({ store, stateKeys, random: ports.random });
  const cbc = cbcUse(documents, ports.clock);
  const parts = {
    store,
    stateKeys,
    clock: ports.clock,
    random: pooledRandom(ports.random),
    events,
    handleKeys: handleKeysOf(stateKeys),
    decryptionThrottle: createDecryptionThrottle(),
    keyMemory: createKeyMemory(),
    requestTemplates: createRequestTemplates(),
    spans: openSpans(packageVersion()),
    cbcUsed: (connection: string) => cbc.note(connection),
    ...(signInLog === undefined ? {} : { signInWatch: signInLog.watch }),
  };
  const { living, live } = livingParts({ config, events, ports, documents, parts });
  signInLog?.open({
    documents,
    context: () => living.context,
    days: () => living.config.signInLogDays,
  });
  const ownKeys = config.state.kind === 'memory' ? undefined : ownKeysFor(living, documents, ports);
  const stopWatching = watch(living, events, ports.clock);
  return Object.freeze({
    get context() {
      return living.context;
    },
    living,
    ownKeys,
    documents,
    close: async () => {
      stopWatching();
      live.close();
      await signInLog?.close();
      await ownKeys?.close();
      await living.close();
    },
  });
}

const ownKeysFor = (living: Living, documents: SealedDocuments, { clock, random }: Ports): OwnKeys =>
  new OwnKeys(living, {
    ...{ documents, clock, timers: systemTimers, host: hostName() },
    id: random.bytes(12).toString('hex'),
  });

/** What is looked at again and again. @returns stops it */
function watch(living: Living, events: Events, clock: Ports['clock']): () => void {
  const stops = [
    watchEndings({
      ...{ clock, timers: systemTimers, events },
      endings: (now) => allEndings(living.ours.serviceProvider, living.context.connections, now),
    }),
    watchDomains({
      ...{ clock, timers: systemTimers },
      wanted: () => {
        const { domainProofs: proofs, connections } = living.context;
        return proofs && { proofs, connections: connections.entries.map(({ settings }) => settings) };
      },
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

interface Made {
  readonly config: ConfigParts;
  readonly events: Events;
  readonly ports: Ports;
  readonly documents: SealedDocuments;
  readonly parts: Lasting['parts'];
}

/** What the configuration says, and what IT admins have set up since: each asks the other for what it knows. */
function livingParts({ config, events, ports, documents, parts }: Made): {
  readonly living: Living;
  readonly live: LiveConnections;
} {
  const live: LiveConnections = new LiveConnections({
    ...{ documents, events, clock: ports.clock, random: ports.random, timers: systemTimers },
    ours: config.serviceProvider,
    current: () => living.context.connections,
    replace: (name, state) => living.replace(name, state),
  });
  const living = new Living(
    {
      parts,
      copies: metadataCopies(documents),
      proofsOf: ({ provenDomains }) =>
        provenDomains && new DomainProofs({ ...parts, documents, lookup: txtLookup(provenDomains), events }),
      activated: (directory) => live.applyTo(directory),
      timers: systemTimers,
      system: ports,
    },
    config,
  );
  live.start();
  return { living, live };
}
