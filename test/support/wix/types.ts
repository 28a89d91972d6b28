// What goes into the emulated Wix site and what comes out of it.

/** All optional; the meaning of each switch is in emulator/world.mjs. */
export interface WixSiteOptions {
  readonly port?: number;
  readonly sitePath?: string;
  readonly siteName?: string;
  readonly landingPage?: string;
  readonly domain?: string;
  readonly landingCode?: string;
  /** ID of the landing page's text; `#text1` is what an editor gives it by itself. */
  readonly statusId?: string;
  readonly buttonLink?: string;
  readonly linkRemovable?: boolean;
  readonly language?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly collections?: readonly string[];
  readonly members?: readonly {
    email: string;
    name?: string;
    status?: string;
    role?: 'owner' | 'admin';
    verified?: boolean;
  }[];
  readonly modules?: 'new' | 'old';
  readonly signOn?: boolean;
  /** For makers/made-site.ts: the site has an http-functions.js of its own. */
  readonly ownFunctions?: boolean;
  readonly userMembers?: boolean;
  readonly membersArea?: boolean;
  readonly authenticationPackage?: boolean;
  readonly mintedVerified?: boolean;
  readonly verifiedReadable?: boolean;
  readonly createdReadable?: boolean;
  readonly memberLagMs?: number;
  readonly published?: boolean;
  readonly coldStartMs?: number;
  readonly openCollections?: readonly string[];
  readonly collectionsFixed?: boolean;
  /** The site's files by name. */
  readonly code?: Readonly<Record<string, string>>;
  readonly settings?: {
    readonly serviceProvider: string;
    readonly site: string;
    readonly redeem: 'page' | 'backend';
  };
  readonly secretShape?: 'object' | 'text';
  readonly tokenSingleUse?: boolean;
  readonly tokenForm?: 'documented' | 'otherId' | 'opaque';
  readonly memberQuery?: 'exact' | 'caseBlind';
  readonly reloadOnLogin?: boolean;
  readonly lateLogin?: boolean;
  readonly reloadOnLogout?: boolean;
  readonly logoutFails?: boolean;
  readonly currentMemberReadable?: boolean;
  readonly refuseBlocked?: boolean;
  readonly manualApproval?: boolean;
  readonly dataErrorCode?: boolean;
  readonly mirrorLagMs?: number;
  readonly freeSite?: boolean;
  readonly handlerTimeoutMs?: number;
  readonly requestsPerMinute?: number;
  readonly containers?: number;
  readonly lostPercent?: number;
  readonly resetPercent?: number;
  readonly apiKey?: string;
  readonly siteId?: string;
  readonly withoutSubtle?: boolean;
  readonly timerScale?: number;
}

/** How the site misbehaves towards callers of its HTTP functions. */
export interface Fault {
  /** Name of the function; absent: every one. */
  readonly function?: string;
  /** 'status' (default) answers `status` and `body`. 'slow' does so after `delayMs`; 'nonsense' answers HTML. */
  readonly kind?: 'status' | 'redirect' | 'nonsense' | 'slow' | 'reset' | 'huge';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
  readonly location?: string;
  readonly delayMs?: number;
  /** How many calls it hits; absent: all until cleared. */
  readonly times?: number;
  /** The function runs and only its answer is lost, as with a 504 that did execute. */
  readonly after?: boolean;
}

/** 'update…': names cannot be written, or it takes for ever. 'query', 'get': status cannot be found out. 'token', 'signOn': the mint fails. 'other': it answers another member’s. 'nothing', 'empty': it answers no text, or an empty one. */
export type MemberFault =
  | 'query'
  | 'get'
  | 'update'
  | 'block'
  | 'updateHangs'
  | 'other'
  | 'token'
  | 'nothing'
  | 'empty'
  | 'signOn'
  | 'userMembers';

export interface SiteState {
  readonly members: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly status: string;
    readonly contact: { readonly firstName?: string; readonly lastName?: string };
  }[];
  readonly calls: readonly {
    readonly name: string;
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly status: number;
    readonly via: 'site' | 'invoke';
  }[];
  readonly logins: readonly { readonly email: string }[];
  readonly tokensIssued: number;
  readonly memberUpdates: number;
  /** Number of items by collection. */
  readonly collections: Readonly<Record<string, number>>;
  /** Console of the site's code, and failures of it. */
  readonly log: readonly { readonly level: string; readonly text: string }[];
}

/** What became of all calls and tokens. */
export interface SiteTally {
  /** Each token with the address that it was made for. */
  readonly minted: readonly (readonly [string, string])[];
  readonly calls: readonly {
    readonly name: string;
    /** Milliseconds since 1970. */
    readonly at: number;
    readonly status: number;
    /** The answer did not arrive, or was another one. */
    readonly fault?: string;
  }[];
}

export interface TabOptions {
  readonly preview?: boolean;
  readonly storageBlocked?: boolean;
  readonly missingElements?: readonly string[];
  /** Of the browser, such as 'de-CH'; default 'en-US'. */
  readonly locale?: string;
  /** Origin that the page's requests carry, where it is not the site's. */
  readonly pageOrigin?: string;
}

export interface TabSnapshot {
  readonly url: string;
  /** Below the site's url. */
  readonly path: string;
  /** Where the tab went when it left the site; the page shown is still the last one of the site. */
  readonly leftTo: string | null;
  readonly member: { readonly email: string; readonly name: string } | null;
  readonly elements: Readonly<
    Record<
      string,
      { readonly kind: string; readonly text?: string; readonly label?: string; readonly hidden?: boolean }
    >
  >;
  readonly storage: Readonly<Record<string, string>>;
  /** What outlives the tab. */
  readonly local: Readonly<Record<string, string>>;
  /** Every page load with the sentences shown on it, and what it tried in the server's pass (nothing, if it is right). */
  readonly history: readonly {
    readonly url: string;
    readonly shown: readonly string[];
    readonly serverEffects: readonly string[];
  }[];
}
