// Under which name an IT admin knows the site of a connection.

import type { SsoContext } from '../../sso/context';

/** Its display name; the connection's name when the configuration has it no more. */
export function siteNameOf({ connections, sites }: SsoContext, connection: string): string {
  const site = connections.byName(connection)?.settings.site;
  return (site === undefined ? undefined : sites.get(site)?.displayName) ?? connection;
}
