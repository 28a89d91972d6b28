// What `parseConfig` reads, as a type. Made from the options table by `npm run docs`; never edited by hand.

/** A text with a variable in it, such as `${PORT}`: read from the environment that is given to `parseConfig`. */
export type FromEnvironment = `${string}\${${string}}${string}`;

export interface KeyPairInput {
  /** Private key without a passphrase, PEM or DER: RSA of at least 2048 bits or EC P-256, P-384, P-521. */
  readonly key: string;
  /** Certificate of the same key: PEM, DER or bare base64. Of a chain, the one that belongs to the key is taken. */
  readonly certificate: string;
}

export interface SiteInput {
  /** Name of the site on our pages. */
  readonly displayName?: string | undefined;
  /** How the set-up pages of the site’s connections look. */
  readonly brand?: {
    /** Colour of buttons, links and the present step. It is made darker or lighter where text would be hard to read on it. */
    readonly colour?: string | undefined;
    /** Logo beside the site’s name: PNG, JPEG, WebP or SVG of at most 32 KiB. */
    readonly logo?: string | undefined;
  } | undefined;
  /** Whom a person asks who cannot sign in. Refusal pages offer a mail to it; of a connection before of its site. */
  readonly contactEmail?: string | undefined;
  /** Final public address of the Wix site, with its path if it has one. Redirects are refused. */
  readonly url: string;
  /** Page of the site that completes the sign-in. */
  readonly landingPage?: string | undefined;
  /** Page of the site to which a sign-out at the company leads back; it is told what ended (`wix-saml-signed-out`). */
  readonly signedOutPage?: string | undefined;
  /** Further origins whose pages may redeem tickets, such as an editor preview. */
  readonly origins?: readonly string[] | undefined;
  /** How session tokens are fetched from the site. */
  readonly exchange: {
    /** How the site is asked for a session token: its HTTP function directly, or through Wix’s API with an API key. */
    readonly via?: 'httpFunction' | 'invoke' | FromEnvironment | undefined;
    /** ES256 private key (EC P-256, PEM or DER) that signs to the site. The site holds only the public half. */
    readonly key: string;
    /** File with the Wix API key; for `via: invoke`. */
    readonly apiKeyFile?: string | undefined;
    /** The same from the environment, instead of a file. */
    readonly apiKey?: string | undefined;
    /** How many calls of this site Wix takes in a minute. Whoever comes above it waits in a line and is told where they stand. */
    readonly callsPerMinute?: number | FromEnvironment | undefined;
    /** The site’s ID in the Wix dashboard address; for `via: invoke`. */
    readonly siteId?: string | undefined;
  };
}

export interface ConnectionInput {
  /** Name of the site that its members sign in to. */
  readonly site: string;
  /** Shown where a person chooses between several. */
  readonly displayName?: string | undefined;
  /** Whom a person asks who cannot sign in. Refusal pages offer a mail to it; of a connection before of its site. */
  readonly contactEmail?: string | undefined;
  /** Who looks after the IdP: told by mail (`notify`) of ends, failures and changes of this connection. Never shown to anybody. */
  readonly technicalContact?: string | readonly string[] | undefined;
  /** The IdP’s metadata. With `setup` the connection waits until somebody brings it; all others work meanwhile. With `mdq` the one entity is asked for by the Metadata Query Protocol. */
  readonly idpMetadata: string | {
    readonly mdq: string;
    readonly entityId: string;
  };
  /** Which IdP, when the metadata holds several. */
  readonly idpEntityId?: string | undefined;
  /** Certificate whose key signs the metadata as a whole, as federations do; got by another way than the metadata. Metadata without this signature is never used. */
  readonly idpMetadataSigner?: string | readonly string[] | undefined;
  /** How long a copy is used after its address last replied. Then the connection is down until it answers again. */
  readonly maxStaleDays?: number | FromEnvironment | undefined;
  /** Mail domains that this IdP may vouch for, compared exactly. `"*"` trusts it for every domain that no other connection of the site names, and is warned about. */
  readonly emailDomains: '*' | readonly string[];
  /** The one source of the address: `nameId`, or the exact name of an attribute. Without it, the NameID and the well-known attributes must not name different addresses. */
  readonly emailFrom?: string | undefined;
  /** Older spelling of `emailFrom` for an attribute. It always means an attribute, even one that is called `nameId`. */
  readonly emailAttribute?: string | undefined;
  /** How AuthnRequests travel; the other way is used when the IdP does not offer this one. */
  readonly requestBinding?: 'redirect' | 'post' | FromEnvironment | undefined;
  /** Let people type their password at the IdP every time. */
  readonly forceAuthn?: boolean | undefined;
  /** What a response without a request of ours does: start a proper sign-in, or stop. It never signs anybody in. */
  readonly unsolicited?: 'restart' | 'reject' | FromEnvironment | undefined;
  /** How far the IdP’s clock may differ. */
  readonly clockSkewSeconds?: number | FromEnvironment | undefined;
  /** Accept SHA-1 signatures of an IdP that can do nothing else. Warned about. */
  readonly allowSha1?: boolean | undefined;
  /** Accept AES-CBC ciphertexts, as AD FS and older products send. Warned about when used. */
  readonly allowCbc?: boolean | undefined;
  /** Refuse a Response that is not signed as a whole, even when its Assertion is. Many IdPs sign only that. */
  readonly requireSignedResponse?: boolean | undefined;
  /** Refuse metadata without `validUntil`, or with one further ahead. Federations publish one; single products rarely do. */
  readonly requireValidUntilWithinDays?: number | FromEnvironment | undefined;
  /** AuthnContext classes; asked for, and one of them must be in the response. */
  readonly requestedAuthnContext?: readonly string[] | undefined;
  /** `mfa`: only people who used more than one factor. Asked for and proven in the way of the IdP’s product ([Identity providers](idps/README.md)); of an unknown product only the class of the REFEDS MFA Profile counts. Not beside `requestedAuthnContext`. */
  readonly require?: 'mfa' | FromEnvironment | undefined;
  /** How long ago a person may have signed in at the IdP. */
  readonly maxAuthnAgeSeconds?: number | FromEnvironment | undefined;
  readonly session?: {
    /** How long after signing in a person has to come by the IdP again; an earlier SessionNotOnOrAfter of the IdP counts. The guard in the site’s master page sees to it. */
    readonly maxHours?: number | FromEnvironment | undefined;
    /** The same after so long without an open page of the site. */
    readonly idleHours?: number | FromEnvironment | undefined;
    /** How long the guard lets a session go on while this service does not answer. Then it signs the person out. */
    readonly graceMinutes?: number | FromEnvironment | undefined;
  } | undefined;
  /** Who may end the sessions of this connection’s people by `POST /saml/revoke/NAME`: `issuer` with `jwksUri` for signed tokens (Okta Universal Logout), `tokenFile`, or both. */
  readonly revocation?: {
    /** Who signs revocations: the claim `iss`, exactly. With Okta the address of the organisation. */
    readonly issuer?: string | undefined;
    /** Where the public keys of `issuer` are. Never taken from a token. */
    readonly jwksUri?: string | undefined;
    /** File with a bearer token of at least 32 characters, for a system of the company; it may also say that a person is disabled. */
    readonly tokenFile?: string | undefined;
  } | undefined;
  /** What becomes of the site’s member when the bearer of `revocation.tokenFile` says that a person is disabled: sessions end either way; `block` blocks the member too, until the person is enabled again. */
  readonly leavers?: 'keep' | 'block' | FromEnvironment | undefined;
  /** As `verification.secondOpinion`, for this connection. */
  readonly secondOpinion?: boolean | undefined;
}

export interface ConfigInput {
  /** What we are to an IdP. */
  readonly serviceProvider: {
    /** Public address of this service. The only source of its own URLs; request headers are never used for them. */
    readonly baseUrl: string;
    /** Our name at every IdP. IdPs compare it exactly. */
    readonly entityId?: string | undefined;
    /** Keys for AuthnRequests. The first signs, all are published, so a new key can be announced early. */
    readonly signing: readonly KeyPairInput[];
    /** Keys for encrypted assertions. The first is published, all decrypt. Without one, encrypted assertions are refused. */
    readonly decryption?: readonly KeyPairInput[] | undefined;
    /** Name that an IdP may show to people; one text, or one for each language. */
    readonly displayName?: string | Readonly<Record<string, string>> | undefined;
    /** One sentence that an IdP may show to people. */
    readonly description?: string | Readonly<Record<string, string>> | undefined;
    /** Logo that an IdP may show. */
    readonly logoUrl?: string | undefined;
    /** Page about this service that an IdP may link. */
    readonly informationUrl?: string | Readonly<Record<string, string>> | undefined;
    /** Privacy statement that an IdP may link. */
    readonly privacyStatementUrl?: string | Readonly<Record<string, string>> | undefined;
    /** Who runs this service, in our metadata. */
    readonly organization?: {
      /** Its name. */
      readonly name: string | Readonly<Record<string, string>>;
      /** Its name as people know it. */
      readonly displayName?: string | Readonly<Record<string, string>> | undefined;
      /** Its home page. */
      readonly url: string | Readonly<Record<string, string>>;
    } | undefined;
    /** Published as technical contact in our metadata. */
    readonly technicalContactEmail?: string | undefined;
    /** Published as security contact in our metadata (REFEDS); Sirtfi demands one. */
    readonly securityContactEmail?: string | undefined;
    /** Entity categories that your federation has granted to this service. */
    readonly entityCategories?: readonly string[] | undefined;
    /** Assurance profiles that your organisation keeps, such as Sirtfi. */
    readonly assuranceCertifications?: readonly string[] | undefined;
    /** Attributes that our metadata asks IdPs for. */
    readonly requestedAttributes?: readonly string[] | undefined;
    /** For how many days a copy of our metadata may be used (`validUntil`), for federations that demand an end. An IdP that imported a file stops working after it. */
    readonly metadataValidDays?: number | FromEnvironment | undefined;
    /** After how many hours whoever keeps a copy of our metadata should ask again (`cacheDuration`). */
    readonly metadataCacheHours?: number | FromEnvironment | undefined;
  };
  readonly listen?: {
    /** Address to listen on; `0.0.0.0` in a container. */
    readonly host?: string | undefined;
    /** Port to listen on. TLS is the business of the proxy in front. */
    readonly port?: number | FromEnvironment | undefined;
    /** How many proxies in front may name the client’s address. Used for the log and to share out what strangers ask for, never for URLs. Too low, and all visitors count as one. */
    readonly trustProxy?: number | FromEnvironment | undefined;
  } | undefined;
  /** A second listener, for operators. */
  readonly admin?: {
    /** Address of the listener for operators. Whoever reaches it reads numbers about every connection. */
    readonly host?: string | undefined;
    /** Its port: `GET /metrics`, in the text format of Prometheus. */
    readonly port: number | FromEnvironment;
  } | undefined;
  /** A log that shows whether somebody changed it. */
  readonly audit?: {
    /** One JSON line (Elastic Common Schema) per sign-in, refusal and change, each holding the one before it by a keyed hash; `wix-saml audit verify` proves that none was changed or cut off. Every process needs a file of its own. */
    readonly file: string;
  } | undefined;
  /** Mails and webhooks about what needs somebody (docs/notices.md). */
  readonly notify?: {
    /** Whom mails go to: you. The `technicalContact` of a connection is told besides of what is about the connection. */
    readonly to?: string | readonly string[] | undefined;
    /** The mail server. */
    readonly smtp?: {
      /** Name of the mail server. */
      readonly host: string;
      /** Its port. */
      readonly port?: number | FromEnvironment | undefined;
      /** How the connection is protected; a certificate that is not believed ends it. `none` is for a server on this very machine. */
      readonly tls?: 'starttls' | 'implicit' | 'none' | FromEnvironment | undefined;
      /** Name to log in with. */
      readonly user?: string | undefined;
      /** File with its password, on one line. */
      readonly passwordFile?: string | undefined;
      /** The same from the environment, instead of a file. */
      readonly password?: string | undefined;
      /** Address that the mails come from. */
      readonly from: string;
      /** Certification authorities of your own (PEM), believed beside the well-known ones. */
      readonly ca?: string | readonly string[] | undefined;
    } | undefined;
    /** Receivers of the same as JSON. */
    readonly webhooks?: readonly ({
      /** Where each notice is posted, signed as Standard Webhooks; redirects are not followed. */
      readonly url: string;
      /** File with the secret, `whsec_…`. One on each line, and each signs: so it is changed without a gap. */
      readonly secretFile?: string | undefined;
      /** The same from the environment, instead of a file; several with blanks between them. */
      readonly secret?: string | undefined;
    })[] | undefined;
  } | undefined;
  /** Where one-time values live. A directory outlives restarts and serves all processes of one machine; several machines need Redis; memory is for trying out. */
  readonly state?: string | undefined;
  /** Keys that seal what is stored; all processes need the same. The first seals, all open. To change it: list the new one second everywhere, then first everywhere, then remove the old one. */
  readonly stateKeys?: readonly string[] | undefined;
  /** How IT admins set their connection up; `off` and `on` stand for `pages`. */
  readonly setup?: 'on' | 'off' | FromEnvironment | {
    /** The pages on which IT admins set their connection up, by a link of `wix-saml invite`. They answer 404 until the first link is made; `off` switches them off whole. `setup: off` is the short form. */
    readonly pages?: 'on' | 'off' | FromEnvironment | undefined;
    /** `proven`: a connection may vouch only for those of its `emailDomains` whose owner has put the TXT record of this connection into the DNS. It is looked for daily; one that is lost counts for 7 more days. Needs a durable `state`. */
    readonly domains?: 'configured' | 'proven' | FromEnvironment | undefined;
    /** Who puts a tested connection live: the operator by `wix-saml connections activate`, or the IT admin alone on the set-up pages, which needs `domains: proven`. */
    readonly activation?: 'operator' | 'self' | FromEnvironment | undefined;
    /** Name servers that are asked for these records. */
    readonly dnsServers?: readonly string[] | undefined;
  } | undefined;
  readonly signInLog?: {
    /** How long each attempt is kept: its steps and times, its code and verdicts, a masked address and a pseudonym, sealed in the store; `0` keeps none. See docs/sign-in-log.md. */
    readonly days?: number | FromEnvironment | undefined;
  } | undefined;
  readonly verification?: {
    /** Let node-saml validate what the strict verifier accepted, and refuse when they disagree. It knows fewer algorithms. */
    readonly secondOpinion?: boolean | undefined;
    /** How far an IdP’s clock may differ from ours. */
    readonly clockSkewSeconds?: number | FromEnvironment | undefined;
    /** Largest decoded SAMLResponse. */
    readonly maxMessageKilobytes?: number | FromEnvironment | undefined;
  } | undefined;
  readonly outbound?: {
    /** HTTP proxy for metadata addresses and for `check --public`; Wix sites are asked without it. The proxy resolves the names, so only names are judged here: it has to keep redirects out of inner networks itself. */
    readonly proxy?: string | undefined;
    /** Hosts that are asked without the proxy; `.example.com` is everything below it. */
    readonly direct?: readonly string[] | undefined;
    /** Certification authorities of your own (PEM, also several in one file), believed beside the well-known ones for metadata addresses. */
    readonly ca?: string | readonly string[] | undefined;
  } | undefined;
  readonly log?: {
    /** Least important level that is written. */
    readonly level?: 'error' | 'warn' | 'info' | 'debug' | FromEnvironment | undefined;
    /** How lines are written: `json` for machines, `text` for people; `auto` writes text to a terminal and JSON elsewhere. */
    readonly format?: 'auto' | 'json' | 'text' | FromEnvironment | undefined;
  } | undefined;
  /** Warnings that somebody has looked at and decided to live with for a while; `wix-saml check --strict` passes over them. */
  readonly acknowledged?: readonly ({
    /** Which kind of warning; `wix-saml check` shows the code. */
    readonly warning: 'KEY_FILE_EXPOSED' | 'FILE_WRITABLE' | 'ONE_KEY_TWICE' | 'OWN_CERTIFICATE_ENDS' | 'SIGNING_KEY_EC' | 'STATE_WITHOUT_TLS' | 'STATE_UNREADABLE' | 'SITE_WITHOUT_CONNECTION' | 'METRICS_EXPOSED' | 'DOMAIN_SHARED' | 'DOMAIN_TWICE' | 'DOMAIN_NOT_PROVEN' | 'EVERY_DOMAIN' | 'EMAIL_SOURCE_UNSET' | 'MFA_WAY_UNKNOWN' | 'SHA1_ALLOWED' | 'SECOND_OPINION' | 'CBC_USED' | 'BINDING_NOT_OFFERED' | 'IDP_ALGORITHMS' | 'IDP_CERTIFICATE_ENDS' | 'METADATA_AWAITED' | 'METADATA_ENDS' | 'METADATA_SILENT' | 'METADATA_PART_UNUSABLE' | 'SITE_CLOCK' | 'SITE_DENIES_NOBODY' | 'SITE_NOT_SELF_CHECKED' | 'SITE_PRE_REGISTERED' | 'PLACEHOLDER' | FromEnvironment;
    /** Of which connection; needed where the warning is about one. */
    readonly connection?: string | undefined;
    /** Why the warning has to stay, for whoever reads this next year. */
    readonly reason: string;
    /** Last day of it, at most 400 days ahead. Afterwards the warning is back. */
    readonly until: string;
  })[] | undefined;
  /** Wix sites by a name of your choice. */
  readonly sites: Readonly<Record<string, SiteInput>>;
  /** IdPs by a name of your choice; each serves one site. */
  readonly connections: Readonly<Record<string, ConnectionInput>>;
}
