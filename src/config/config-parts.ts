// A configuration that was read and found good: frozen values that the lower floors understand.
// Nothing below this floor knows the word Config; compose.ts hands its parts down. The public API shows none of them (config.ts).

import type { NoticeWays } from '../admin/notices/ways';
import type { OutboundWay } from '../core/outbound-way';
import type { LogLevel } from '../core/ports';
import type { ServiceProvider } from '../saml/service-provider';
import type { ConnectionDirectory } from '../sso/directory';
import type { ExchangeWay, ReachableSite } from '../wix/open-site';
import type { Acknowledgement } from './acknowledgements';
import type { StateChoice } from './addresses';
import type { Warning } from '../core/warnings';
import type { KeyPlaces } from './key-places';
import type { StateKeysChoice } from './state-key-files';

export type LogFormat = 'auto' | 'json' | 'text';

export type ExchangeConfig = ExchangeWay;
export type SiteConfig = ReachableSite;

/** What we are, without any IdP: IdPs and sites are told about us before an IdP's metadata is here. */
export interface OurSide {
  readonly serviceProvider: ServiceProvider;
  readonly sites: ReadonlyMap<string, SiteConfig>;
  /** Mail domains of all connections of a site, by the site's name; `*` for every domain. */
  readonly emailDomains: ReadonlyMap<string, readonly string[]>;
  readonly keyPlaces: KeyPlaces;
  readonly state: StateChoice;
  /** Absent when they cannot be read. */
  readonly stateKeys?: StateKeysChoice;
}

export interface ConfigParts {
  readonly serviceProvider: ServiceProvider;
  /** Where the keys lie that follow the configured ones. */
  readonly keyPlaces: KeyPlaces;
  readonly listen: { readonly host: string; readonly port: number; readonly trustProxy: number };
  /** Where `/metrics` is; absent: nowhere. */
  readonly admin?: { readonly host: string; readonly port: number };
  /** Where the audit log is written; absent: nowhere. */
  readonly audit?: { readonly file: string };
  /** Whom the service tells of what; absent: nobody. */
  readonly notify?: NoticeWays;
  readonly state: StateChoice;
  readonly stateKeys: StateKeysChoice;
  readonly sites: ReadonlyMap<string, SiteConfig>;
  /** With what became of each: `ready` are those that can sign people in. */
  readonly connections: ConnectionDirectory;
  /** Whether there are set-up pages for those who hold a link. */
  readonly setupPages: boolean;
  /** IT admins put live what they have tested. */
  readonly selfActivation: boolean;
  /** Domains have to be proven by DNS; `servers` instead of those of the system. Absent: what is configured counts. */
  readonly provenDomains?: { readonly servers: readonly string[] | undefined };
  /** How many days attempts to sign in are kept; 0: not at all. */
  readonly signInLogDays: number;
  /** How metadata addresses are asked. */
  readonly outbound: OutboundWay;
  readonly maxMessageBytes: number;
  readonly logLevel: LogLevel;
  /** `auto`: readable on a terminal, JSON elsewhere. */
  readonly logFormat: LogFormat;
  /** Found while reading and not wrong enough to refuse; see `configWarnings` for all of them. */
  readonly notices: readonly Warning[];
  readonly acknowledgements: readonly Acknowledgement[];
}
