// Where a request to sign in comes from, as far as the browser says. A link with a stranger's challenge (in a mail, on
// another page, typed in) would send the ticket into a tab that did not ask for it; such a link leads to the site's own
// start page instead, which asks with a challenge of its own. An attacker's page can suppress the headers, so this narrows
// the way and does not close it; what remains is written in SECURITY.md.

import type { SiteWithExchange, SsoContext } from './context';

/** What the request's headers say; absent means that the browser said nothing. */
export interface RequestOrigin {
  /** Origin of the page that the request came from (`Origin`, else `Referer`); `null` when it is there and unreadable. */
  readonly origin?: string | null;
  /** `Sec-Fetch-Site: none` (Fetch Metadata §2.3): typed, bookmarked, or opened from another program. */
  readonly byHand?: boolean;
}

/** @param site the site that is meant; undefined when every configured site may be */
export function comesFromElsewhere(
  { sites, serviceProvider }: Pick<SsoContext, 'sites' | 'serviceProvider'>,
  site: SiteWithExchange | undefined,
  { origin, byHand = false }: RequestOrigin,
): boolean {
  if (byHand) return true;
  if (origin === undefined) return false;
  if (origin === new URL(serviceProvider.baseUrl).origin) return false; // our own chooser
  const own = site === undefined ? [...sites.values()] : [site];
  return !own.some(({ origins }) => origin !== null && origins.includes(origin));
}
