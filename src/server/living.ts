// What the service works with now, made of the configuration and swapped whole. A visit that has begun keeps the context that
// it began with; what outlives a configuration (the store, its keys, throttles) is handed from one context to the next.

import type { ConfigParts } from '../config/config-parts';
import type { OwnSide } from '../config/own-side';
import type { Events } from '../core/events';
import { limits } from '../core/limits';
import type { Clock, Random, Timers } from '../core/ports';
import { carryOver } from '../sso/carry-over';
import type { SiteWithExchange, SsoContext } from '../sso/context';
import type { MetadataCopies } from '../sso/metadata-copies';
import type { ConnectionDirectory, ConnectionState } from '../sso/directory';
import type { DomainProofs } from '../sso/domain-proofs';
import { MetadataRefresh } from '../sso/metadata-refresh';
import { RevocationKeys } from '../sso/revocation-keys';
import { createExchange, type SiteFunctions } from '../wix/exchange';
import { createMemberCommands } from '../wix/member-command';
import { openSite, type ReachableSite } from '../wix/open-site';
import type { Exchange } from '../wix/site';
import { SiteGate } from '../wix/site-gate';
import { SiteQueue } from '../wix/site-queue';
import { createPseudonym } from './log';
import { sameValue } from './same-value';

/** What outlives a configuration. */
export interface Lasting {
  readonly parts: Pick<
    SsoContext,
    | 'store'
    | 'stateKeys'
    | 'handleKeys'
    | 'clock'
    | 'random'
    | 'events'
    | 'decryptionThrottle'
    | 'keyMemory'
    | 'requestTemplates'
    | 'cbcUsed'
    | 'signInWatch'
    | 'spans'
  >;
  readonly copies: MetadataCopies;
  /** Undefined where domains need no proof. */
  readonly proofsOf: (config: ConfigParts) => DomainProofs | undefined;
  /** Puts what was activated into a directory that was read anew. */
  readonly activated: (directory: ConnectionDirectory) => ConnectionDirectory;
  readonly timers: Timers;
  /** For what is seldom: keys and nonces of their own. */
  readonly system: { readonly clock: Clock; readonly random: Random };
}

/** One configuration as it is worked with. */
export interface Generation {
  readonly config: ConfigParts;
  /** With the keys that are in use. */
  readonly ours: OwnSide;
  readonly context: SsoContext;
  readonly refresh: MetadataRefresh;
  readonly functions: ReadonlyMap<string, OpenFunctions>;
}

interface OpenFunctions {
  /** All but the key, which signs and opens nothing. */
  readonly way: unknown;
  readonly functions: SiteFunctions;
  readonly gate: SiteGate;
  readonly queue: SiteQueue;
}

/** A visit that began before a swap has ended by then: Wix is waited for 15 s at most. */
const graceMs = 60_000;

export class Living {
  private generation: Generation;
  /** Closes what nobody will use any more, once the last visit that might has ended. */
  private readonly leaving = new Map<SiteFunctions, () => void>();

  constructor(
    private readonly lasting: Lasting,
    config: ConfigParts,
  ) {
    this.generation = generationOf(lasting, { config, ours: config });
    this.generation.refresh.start();
  }

  get config(): ConfigParts {
    return this.generation.config;
  }

  /** What is in use of us, with its keys. */
  get ours(): OwnSide {
    return this.generation.ours;
  }

  get context(): SsoContext {
    return this.generation.context;
  }

  get events(): Events {
    return this.lasting.parts.events;
  }

  /** When a connection is looked at next, in milliseconds since 1970. */
  refreshesAt(name: string): number | undefined {
    return this.generation.refresh.nextAt(name);
  }

  /** Another state of one connection, for whoever knows more of it. */
  replace(name: string, state: ConnectionState): void {
    this.generation.refresh.replace(name, state);
  }

  /** Makes the next generation; addresses that are new to it are asked, for ten seconds at most. Nothing is swapped. */
  async prepare(config: ConfigParts, ours: OwnSide): Promise<Generation> {
    const next = generationOf(this.lasting, { config, ours }, this.generation);
    next.refresh.start(this.generation.refresh);
    await next.refresh.firstAnswers();
    return next;
  }

  /** Other keys, everything else as it is. */
  changeKeys(ours: OwnSide): void {
    const { config } = this.generation;
    this.swap(generationOf(this.lasting, { config, ours }, this.generation));
  }

  swap(next: Generation): void {
    const { refresh, functions } = this.generation;
    this.generation = next;
    if (refresh !== next.refresh) refresh.close();
    this.leave(functions, next.functions);
  }

  /** Ends one that was prepared and is not wanted. */
  drop(next: Generation): void {
    next.refresh.close();
    this.leave(next.functions, this.generation.functions);
  }

  async close(): Promise<void> {
    const { refresh, functions } = this.generation;
    refresh.close();
    for (const cancel of this.leaving.values()) cancel();
    const open = [...[...functions.values()].map((one) => one.functions), ...this.leaving.keys()];
    await Promise.all([this.lasting.parts.store.close(), ...open.map((one) => one.close())]);
  }

  private leave(all: Generation['functions'], kept: Generation['functions']): void {
    const stays = new Set([...kept.values()].map(({ functions }) => functions));
    for (const { functions } of all.values()) {
      if (stays.has(functions)) continue;
      const cancel = this.lasting.timers.after(graceMs, () => {
        this.leaving.delete(functions);
        void functions.close().catch(() => undefined);
      });
      this.leaving.set(functions, cancel);
    }
  }
}

function generationOf(
  lasting: Lasting,
  { config, ours }: Pick<Generation, 'config' | 'ours'>,
  before?: Generation,
): Generation {
  const { parts } = lasting;
  const { serviceProvider } = ours;
  const { sites, functions } = openSites(lasting, ours, before);
  const domainProofs = lasting.proofsOf(config);
  const refresh = before?.config === config ? before.refresh : refreshOf(lasting, config, before);
  const context: SsoContext = Object.freeze({
    ...parts,
    serviceProvider,
    sites,
    maxMessageBytes: config.maxMessageBytes,
    ...(domainProofs === undefined ? {} : { domainProofs }),
    get connections() {
      return refresh.current;
    },
    revocationKeys: new RevocationKeys({ clock: parts.clock, way: config.outbound }),
    refreshForUnknownKey: (name: string) => refresh.refreshForUnknownKey(name),
    // By the configured key: names in the log go on when the key in use changes.
    pseudonym: createPseudonym(config.serviceProvider.signing[0].privateKey),
  });
  return { config, ours, context, refresh, functions };
}

function refreshOf(lasting: Lasting, config: ConfigParts, before?: Generation): MetadataRefresh {
  const { parts, system, timers, copies, activated } = lasting;
  const directory =
    before === undefined
      ? config.connections
      : activated(carryOver(config.connections, before.refresh.current));
  return new MetadataRefresh(directory, {
    ...system,
    timers,
    events: parts.events,
    spans: parts.spans,
    copies,
    ours: config.serviceProvider.entityId,
    way: config.outbound,
  });
}

/** The way to a site stays open where it is still the same, with its connections to Wix. */
function openSites(lasting: Lasting, { serviceProvider, sites }: OwnSide, before?: Generation) {
  const functions = new Map<string, OpenFunctions>();
  const withExchange = new Map<string, SiteWithExchange>();
  for (const site of sites.values()) {
    const way = { url: site.url, exchange: { ...site.exchange, key: undefined, announced: undefined } };
    const opened = openSite(site, serviceProvider.entityId, lasting.system);
    const known = before?.functions.get(site.name);
    const open =
      known !== undefined && sameValue(known.way, way)
        ? known
        : { way, functions: opened.functions, ...inFrontOf(lasting, site) };
    functions.set(site.name, open);
    const once = createExchange(open.functions, opened.signer);
    const { gate, queue } = open;
    const exchange: Exchange = (ticket) => gate.run(() => once(ticket));
    const commandMember = createMemberCommands(open.functions, opened.signer);
    withExchange.set(
      site.name,
      Object.freeze({ ...site, exchange, commandMember, state: () => gate.state, queue }),
    );
  }
  return { sites: withExchange, functions };
}

function inFrontOf(
  { system, timers, parts }: Lasting,
  { name, exchange }: ReachableSite,
): Pick<OpenFunctions, 'gate' | 'queue'> {
  const gate = new SiteGate(name, { ...system, timers, events: parts.events });
  const perMinute =
    exchange.callsPerMinute ??
    (exchange.via === 'httpFunction' ? limits.functionCallsPerMinute : limits.appCallsPerMinute);
  const queue = new SiteQueue(gate, { site: name, perMinute, store: parts.store, clock: system.clock });
  return { gate, queue };
}
