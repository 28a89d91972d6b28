// What administration looks at: what we are, the sites, the connections. A configuration that was read is one; nothing
// here needs to know how it was written down.

import type { OutboundWay } from '../core/outbound-way';
import type { Clock, Random } from '../core/ports';
import type { ServiceProvider } from '../saml/service-provider';
import type { ConnectionDirectory } from '../sso/directory';
import type { ReachableSite } from '../wix/open-site';

export interface Deployment {
  readonly serviceProvider: ServiceProvider;
  readonly sites: ReadonlyMap<string, ReachableSite>;
  readonly connections: ConnectionDirectory;
  /** How the outside is asked; absent: straight. */
  readonly outbound?: OutboundWay;
}

/** What cannot be repeated comes from outside. */
export interface System {
  readonly clock: Clock;
  readonly random: Random;
}
