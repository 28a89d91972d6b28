// Whose addresses a connection may vouch for. A domain belongs to the connections that name it; `'*'` is what is left.

import type { MemberPolicy } from './member-policy';

type Domains = Pick<MemberPolicy, 'emailDomains' | 'domainsOfOthers'>;

/** @param domain in lower case */
export function mayVouchFor({ emailDomains, domainsOfOthers }: Domains, domain: string): boolean {
  return emailDomains === '*' ? domainsOfOthers?.has(domain) !== true : emailDomains.has(domain);
}

const DOMAINS_SHOWN = 8;

/** What is demanded, for a log line. */
export function domainsInWords({ emailDomains, domainsOfOthers = new Set() }: Domains): string {
  return emailDomains === '*'
    ? `an address at a domain that no other connection of this site names (these are ${listed(domainsOfOthers)})`
    : `an address at ${listed(emailDomains)}`;
}

function listed(domains: ReadonlySet<string>): string {
  const more = domains.size - DOMAINS_SHOWN;
  const shown = [...domains].slice(0, DOMAINS_SHOWN).join(', ') || 'none';
  return more > 0 ? `${shown} and ${String(more)} more` : shown;
}
