// Whether the world around a good configuration fits it: the published sites, and our own public address. Reads and asks;
// changes nothing.

import type { Problem } from '../core/problem';
import type { Warning } from '../core/warnings';
import { checkPublicAddress } from './check-public';
import { checkSites, type SiteReport } from './check-site';
import type { Deployment, System } from './deployment';

export interface CheckChoice {
  /** true: every site; a name: this one; false: none. */
  readonly site: string | boolean;
  /** Ask our own public address. */
  readonly publicAddress: boolean;
}

export interface SurroundingsReport {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  readonly sites: readonly SiteReport[];
}

export async function checkSurroundings(
  deployment: Deployment,
  { site, publicAddress }: CheckChoice,
  system: System,
): Promise<SurroundingsReport> {
  const [sites, address] = await Promise.all([
    site === false ? [] : checkSites(deployment, site === true ? undefined : site, system),
    publicAddress ? checkPublicAddress(deployment.serviceProvider, system.clock, deployment.outbound) : [],
  ]);
  return {
    problems: [...address, ...sites.flatMap(({ problems }) => problems)],
    warnings: sites.flatMap(({ warnings }) => warnings),
    sites,
  };
}
