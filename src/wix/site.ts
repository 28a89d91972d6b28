// A Wix site as the service provider sees it: where it is, and how a member's session token is fetched for it.

import type { Secret } from '../core/secret';

/** What the exchange is asked for: exactly one member of exactly one site. */
export interface ExchangeRequest {
  /** Normalised address; the authorisation decision itself. */
  readonly email: string;
  readonly connection: string;
  /** entityID of the IdP that vouched for it. */
  readonly identityProvider: string;
  readonly profile?: MemberProfile;
}

/** Names that Wix can show for a new member; all optional. */
export interface MemberProfile {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly nickname?: string;
}

/** Fetches a session token. Rejects with a WIX_… SsoError; never retries by itself. */
export type Exchange = (request: ExchangeRequest) => Promise<Secret>;

export interface Site {
  readonly name: string;
  /** Without trailing slash; may carry a path (https://user.wixsite.com/site). Also the exchange's `aud`. */
  readonly url: string;
  /** Path below `url`, with leading slash. */
  readonly landingPage: string;
  readonly signedOutPage: string;
  /** Origins whose pages may call POST /session-token. Contains the origin of `url`. */
  readonly origins: readonly string[];
}
