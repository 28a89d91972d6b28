// `connection`, `site` or `email` → the one connection that fits, or what a person may choose from.
// An address that no connection knows and one that several know get the same answer: the chooser is no directory of who
// is a customer. Decides nothing about trust: the IdP's answer is judged by its own connection.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { mayVouchFor } from '../policy/email-domains';
import type { Connection } from './connection';
import type { SiteWithExchange, SsoContext } from './context';

export interface Selector {
  readonly connection?: string;
  readonly site?: string;
  readonly email?: string;
}

export type Choice =
  | { readonly kind: 'one'; readonly connection: Connection; readonly site: SiteWithExchange }
  /** `site` absent: only an address can tell. */
  | {
      readonly kind: 'several';
      readonly site: SiteWithExchange | undefined;
      readonly choices: readonly Connection[];
    };

type Configured = Pick<SsoContext, 'sites' | 'connections'>;

/** @throws LOGIN_CONNECTION_UNKNOWN for names that are not configured or do not belong together */
export function chooseConnection(configured: Configured, selector: Selector): Choice {
  const site = namedSite(configured, selector.site);
  if (selector.connection !== undefined) return namedConnection(configured, selector.connection, site);
  const candidates = [...configured.connections.values()].filter(
    (connection) => site === undefined || connection.site === site.name,
  );
  const fitting = selector.email === undefined ? candidates : byEmail(candidates, selector.email);
  const [only, ...others] = fitting;
  // Without site and address even a single connection is a choice among strangers' sites, unless there is one site.
  const decided = site !== undefined || selector.email !== undefined;
  if (only !== undefined && others.length === 0 && decided) return one(configured, only);
  return { kind: 'several', site, choices: site === undefined ? [] : candidates };
}

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
  const connection = configured.connections.get(name);
  if (connection === undefined) throw new SsoError('LOGIN_CONNECTION_UNKNOWN', { connection: name });
  if (site !== undefined && site.name !== connection.site) {
    throw new SsoError('LOGIN_CONNECTION_UNKNOWN', {
      connection: name,
      site: site.name,
      problem: 'of another site',
    });
  }
  return one(configured, connection);
}

function one({ sites }: Configured, connection: Connection): Choice {
  const site = sites.get(connection.site);
  if (site === undefined) throw new TypeError(`Connection ${connection.name} belongs to no site.`);
  return { kind: 'one', connection, site };
}

/** Connections that name the address's domain; if there is none, those that may vouch for every other domain. */
function byEmail(connections: readonly Connection[], email: string): readonly Connection[] {
  const domain = domainOf(email);
  if (domain === undefined) return [];
  const fitting = connections.filter(({ policy }) => mayVouchFor(policy, domain));
  const named = fitting.filter(({ policy }) => policy.emailDomains !== '*');
  return named.length > 0 ? named : fitting;
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
