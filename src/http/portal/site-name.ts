// Under which name an IT admin knows the site of a connection, and how it looks.

import type { SsoContext } from '../../sso/context';
import type { Brand } from '../../wix/site';

/** Its display name; the connection's name when the configuration has it no more. */
export function siteNameOf({ connections, sites }: SsoContext, connection: string): string {
  const site = connections.byName(connection)?.settings.site;
  return (site === undefined ? undefined : sites.get(site)?.displayName) ?? connection;
}

export function brandOf({ connections, sites }: SsoContext, connection: string): Brand {
  const site = connections.byName(connection)?.settings.site;
  return (site === undefined ? undefined : sites.get(site)?.brand) ?? {};
}
