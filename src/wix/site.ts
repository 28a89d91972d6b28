// A Wix site as the service provider sees it: where it is, and how a member's session token is fetched for it.

import type { SessionTicket } from './ticket';
import type { SessionToken } from './session-token';

/**
 * Fetches a session token for the member whom a ticket names. Takes a ticket and not an address, so that no token can be
 * asked for without one. Rejects with a WIX_… SsoError; never retries by itself.
 */
export type Exchange = (ticket: SessionTicket) => Promise<SessionToken>;

/** What is to become of a member whom the company has disabled, or has enabled again. */
export interface MemberCommand {
  /** Normalised. */
  readonly email: string;
  readonly connection: string;
  /** `unblock` takes back only what `block` did. */
  readonly command: 'block' | 'unblock';
}

/** Has a site carry it out. False when there was nothing to do: no such member, or a block that is not ours. */
export type CommandMember = (command: MemberCommand) => Promise<boolean>;

/** How the set-up pages of a site look. */
export interface Brand {
  /** `#rrggbb`, in lower case. */
  readonly colour?: string;
  /** A `data:` URI. */
  readonly logo?: string;
}

export interface Site {
  readonly name: string;
  /** Shown on our pages. */
  readonly displayName: string;
  readonly brand?: Brand;
  /** Whom a visitor asks. */
  readonly contactEmail?: string;
  /** Without trailing slash; may carry a path (https://user.wixsite.com/site). Also the exchange's `aud`. */
  readonly url: string;
  /** Path below `url`, with leading slash. */
  readonly landingPage: string;
  readonly signedOutPage: string;
  /** Origins whose pages may call POST /session-token. Contains the origin of `url`. */
  readonly origins: readonly string[];
}

type Query = Readonly<Record<string, string | undefined>>;

/** `{site.url}{landingPage}` with a query. */
export const landingPageUrl = (site: Site, query: Query): string => addressOn(site, site.landingPage, query);

/** `here`: the IdP was not asked, or did not say. `partly`: the IdP says that something did not end. */
export type SignedOut = 'everywhere' | 'here' | 'partly';

/** `{site.url}{signedOutPage}`, told what ended; the page's code says it in the visitor's language. */
export const signedOutUrl = (site: Site, ended: SignedOut): string =>
  addressOn(site, site.signedOutPage, { 'wix-saml-signed-out': ended });

/** The only way in which we build an address on a site. */
function addressOn(site: Site, path: string, query: Query): string {
  const url = new URL(site.url + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
