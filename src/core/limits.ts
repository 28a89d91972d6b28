// Every number that bounds what a stranger can make us do, with its reason.

const KIB = 1024;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const limits = Object.freeze({
  /** Decoded SAMLResponse. 1 500 group values of an Okta-like IdP need 210 KB; 384 KB leaves room. */
  messageBytes: 384 * KIB,
  /** The form around it: base64 (4/3), percent-encoding of "+/=" and of line breaks, RelayState. */
  formBytes: 704 * KIB,
  /** A redeem request is a ticket and a verifier; anything larger is not ours. */
  jsonBytes: 4 * KIB,
  /** Elements in one message. 1 500 groups need about 3 000. */
  xmlElements: 10_000,
  /** Nesting. Real responses stay below 20. */
  xmlDepth: 64,
  /** Attributes and namespace declarations of one element. Real ones stay below 12. */
  xmlAttributes: 64,
  /** Elements of a message that node-saml is asked about: about 40 microseconds for each, 1 000 groups need 2 100. */
  secondOpinionElements: 2_500,
  /** IdP metadata that is kept; one IdP needs less than 100 KB. */
  metadataBytes: 4 * 1024 * KIB,
  /** Metadata that is read beside the visitors, in some ten milliseconds; what is larger has a thread of its own. */
  inlineMetadataBytes: 512 * KIB,
  /** Metadata that one IdP is picked from while it is read. eduGAIN publishes 80 MB. */
  aggregateBytes: 100 * 1024 * KIB,

  /** All request bodies together, and those of one client: forty-odd of the largest, thousands of honest ones. */
  bodiesBytes: 32 * 1024 * KIB,
  bodiesBytesOfClient: 24 * 1024 * KIB,
  /** Answers that wait to be judged in one line, and those of one client: what is judged within some seconds. */
  answersWaiting: 512,
  answersWaitingOfClient: 128,
  /** Answers under way at once, waiting for the store most of the time. */
  answersAtOnce: 32,
  /** Sign-ins that wait to be started; of one client; and signatures under way: the pool has four threads, one stays free. */
  loginsWaiting: 512,
  loginsWaitingOfClient: 128,
  loginsAtOnce: 3,
  /** Answers that one handle lets go first: a double click and a second try, not a flood. */
  answersPerHandle: 3,
  /** Handles whose answers are counted, about 200 bytes each. */
  handlesCounted: 20_000,

  /** Default and ceiling of the allowed clock skew (IIP-G01: 3 to 5 minutes). */
  clockSkewMs: 180 * SECOND,
  clockSkewMaxMs: 300 * SECOND,
  /** How old an assertion may be, and how far ahead its bearer NotOnOrAfter may lie: bounds the replay store. */
  assertionLifetimeMs: 24 * 60 * MINUTE,
  /** How old a logout message may be: it travels with a browser that nobody stops on the way. Bounds the replay store. */
  logoutMessageMs: 5 * MINUTE,
  /** SessionIndexes of one LogoutRequest; an IdP names one, or those of a person's few browsers. */
  sessionIndexes: 64,
  /** One step of a sign-out, which no person is asked about: a redirect, or a page that ends a session by itself. */
  logoutStepMs: 2 * MINUTE,
  /** How long an IdP may take to sign a person out everywhere else. */
  pendingLogoutMs: 10 * MINUTE,
  /** How long a person may take at the IdP: password, second factor, a lost phone. */
  pendingRequestMs: 30 * MINUTE,
  /** A ticket is redeemed by the page that it was sent to, at once. */
  ticketMs: 60 * SECOND,
  /** A place in the line of a site, for which a page gives its ticket when Wix is busy: as long as a person may take at the IdP. */
  placeMs: 30 * MINUTE,
  /** The longest line that somebody is let into: with what is left of a place they are still there. */
  lineMs: 25 * MINUTE,
  /** Calls in a minute that Wix takes of one site: of its HTTP functions, and of an app or an API key. */
  functionCallsPerMinute: 7000,
  appCallsPerMinute: 200,
  /** Public keys of an IdP that signs revocations: a set of ten RSA keys with their certificates has 30 KB. */
  jwksBytes: 256 * KIB,
  /** Life of a signed revocation, from iat to exp: bounds how long its jti is remembered. */
  revocationTokenMs: 60 * MINUTE,
  /** Sessions of one person that are ended in one go; there may be more, then it goes on. */
  sessionsAtOnce: 100,
  /** NameID or SessionIndex: SAML Core §8.3.7 bounds an identifier by 256 characters, some products do not. */
  sessionNameChars: 1024,
  /** Wix cuts HTTP functions off after 14 s; a little more so that its 504 is seen. */
  wixTimeoutMs: 15 * SECOND,
  /** Life of the signed exchange assertion (external contract: at most 60 s). */
  exchangeAssertionSeconds: 60,
  /** An answer of the site is one token of about 600 characters. */
  wixAnswerBytes: 64 * KIB,
  /** RelayState (SAML Bindings §3.5.3). */
  relayStateBytes: 80,
  /** `state` is the page's own value, echoed. */
  stateChars: 128,
  /** `return_to`: a path with its query. */
  returnToChars: 1024,
  /** E-mail address (RFC 5321 §4.5.3.1.3: path of 256 octets with its brackets). */
  emailChars: 254,
  /** Records of the in-memory store: about 1 KB each. */
  memoryRecords: 100_000,
  /** Changes that wait for the disk, about 1 KB each: a second's worth at the rate of a fast disk. */
  storeChangesWaiting: 10_000,
  /** Documents of one collection: so many that a list of it stays one answer, and is complete. */
  documentsPerCollection: 10_000,
  /** One document: the metadata of one IdP (`metadataBytes`), sealed and in base64. */
  documentChars: 8 * 1024 * KIB,
  /** All documents of an in-memory store together. */
  memoryDocumentChars: 64 * 1024 * KIB,
  /** Documents whose latest version a process remembers, about 100 bytes each. */
  documentVersionsRemembered: 100_000,
  /** Failed AES-CBC decryptions with one content key; a padding oracle needs some fourteen for every byte. */
  decryptionFailuresPerKey: 3,
  /** Texts of a refusal's detail: enough for an entityID or a URL; an IdP may send what it likes. */
  detailChars: 200,
  /** Texts in one list of a detail, and fields of one detail: the table of fields has fewer than thirty. */
  detailItems: 10,
  detailFields: 30,
  /** How long a set-up link is listed after its end, for whoever asks what became of it. */
  setupLinkKeptMs: 30 * 24 * 60 * MINUTE,
  /** A refused response, as it was posted, that is judged once more for the log: it costs as much as 30 ms, a larger one in proportion. */
  judgedBytes: 96 * KIB,
  /** How long an attempt to sign in is remembered, in days: a question is asked within a month. */
  signInLogDays: 30,
  /** A form of the set-up pages: metadata of one IdP as a file or a text (real ones have less than 100 KB), in base64 with its fields. */
  setupFormBytes: 1024 * KIB,
  /** Metadata that a form of the set-up pages brings. */
  setupMetadataBytes: 512 * KIB,
  /** Addresses of IT admins that are asked at once, that wait for it, and those of one client: each may take seconds. */
  setupFetchesAtOnce: 4,
  setupFetchesWaiting: 16,
  setupFetchesOfClient: 3,
  /** Content keys whose failures are remembered, about 150 bytes each; pushing one out costs us 50 000 RSA operations. */
  contentKeysRemembered: 50_000,
});
