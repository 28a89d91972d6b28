// `connection`, `site` or `email` → the one connection that fits, or what a person may choose from.
// An address that no connection knows and one that several know get the same answer: the chooser is no directory of who
// is a customer. Decides nothing about trust: the IdP's answer is judged by its own connection.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { SiteWithExchange, SsoContext } from './context';
import type { ConnectionEntry } from './directory';

export interface Selector {
  readonly connection?: string;
  readonly site?: string;
  readonly email?: string;
}

export type Choice =
  /** Whether it can sign anybody in at the moment, the caller asks. */
  | { readonly kind: 'one'; readonly entry: ConnectionEntry; readonly site: SiteWithExchange }
  /** `site` absent: only an address can tell. */
  | {
      readonly kind: 'several';
      readonly site: SiteWithExchange | undefined;
      readonly choices: readonly ConnectionEntry[];
    };

type Configured = Pick<SsoContext, 'sites' | 'connections'>;

/** @throws LOGIN_CONNECTION_UNKNOWN for names that are not configured or do not belong together */
export function chooseConnection(configured: Configured, selector: Selector): Choice {
  const site = namedSite(configured, selector.site);
  if (selector.connection !== undefined) return namedConnection(configured, selector.connection, site);
  const { connections } = configured;
  const candidates = (site === undefined ? connections.entries : connections.forSite(site.name)).filter(
    isSetUp,
  );
  const fitting = selector.email === undefined ? candidates : byEmail(configured, selector.email, site);
  const [only, ...others] = fitting;
  // Without site and address even a single connection is a choice among strangers' sites, unless there is one site.
  const decided = site !== undefined || selector.email !== undefined;
  if (only !== undefined && others.length === 0 && decided) return one(configured, only);
  return { kind: 'several', site, choices: site === undefined ? [] : candidates };
}

/** What nobody has set up yet is no choice for anybody; whoever names it, or has an address there, gets the reason. */
const isSetUp = ({ state }: ConnectionEntry): boolean => !(state.kind === 'waiting' && state.for === 'setup');

/** The site by its name, or the only one there is. */
function namedSite({ sites }: Configured, name: string | undefined): SiteWithExchange | undefined {
  if (name === undefined) {
    const [first, second] = sites.values();
    return second === undefined ? first : undefined;
  }
  const site = sites.get(name);
  if (site === undefined) throw new SsoError('LOGIN_CONNECTION_UNKNOWN', { site: name });
  return site;
}

function namedConnection(configured: Configured, name: string, site: SiteWithExchange | undefined): Choice {
  const entry = configured.connections.byName(name);
  if (entry === undefined) throw new SsoError('LOGIN_CONNECTION_UNKNOWN', { connection: name });
  if (site !== undefined && site.name !== entry.settings.site) {
    throw new SsoError('LOGIN_CONNECTION_UNKNOWN', {
      connection: name,
      site: site.name,
      problem: 'of another site',
    });
  }
  return one(configured, entry);
}

function one({ sites }: Configured, entry: ConnectionEntry): Choice {
  const { name, site: siteName } = entry.settings;
  const site = sites.get(siteName);
  if (site === undefined) throw new TypeError(`Connection ${name} belongs to no site.`);
  return { kind: 'one', entry, site };
}

function byEmail(
  { connections }: Configured,
  email: string,
  site: SiteWithExchange | undefined,
): readonly ConnectionEntry[] {
  const domain = domainOf(email);
  return domain === undefined ? [] : connections.forDomain(domain, site?.name);
}

/** Only a hint for the choice, so a plain reading does; the address that counts comes from the IdP. */
function domainOf(email: string): string | undefined {
  const at = email.lastIndexOf('@');
  if (at < 1 || email.length > limits.emailChars) return undefined;
  const domain = email
    .slice(at + 1)
    .trim()
    .toLowerCase();
  return /^[a-z0-9.-]+$/.test(domain) ? domain : undefined;
}
