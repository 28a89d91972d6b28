// What a field of an event is called and means: one name, one meaning, in every event and in the detail of every refusal.
// `personal` and `seenBy` say to whom a field may be shown; docs/events.md is made from this table.

import type { ErrorCode } from './error-table';

/** Kinds of values; `code` is a code of the error table. */
interface KindOf {
  readonly text: string;
  readonly texts: readonly string[];
  readonly 'text or texts': string | readonly string[];
  readonly number: number;
  readonly flag: boolean;
  readonly code: ErrorCode;
}

/**
 * Whether a field says who somebody is. `pseudonym`: joins the lines of one person, and names them only to whoever holds
 * the key. `masked`: text of a stranger in which the local part of every address is left out. `yes`: plainly personal.
 */
export type Personal = 'no' | 'pseudonym' | 'masked' | 'yes';

/** `operator`: who runs the service. `admin`: also the IT admin of the connection that the event is about. */
export type SeenBy = 'operator' | 'admin';

interface EventField<K extends keyof KindOf = keyof KindOf> {
  readonly kind: K;
  readonly meaning: string;
  readonly personal: Personal;
  readonly seenBy: SeenBy;
}

const field = <K extends keyof KindOf>(
  kind: K,
  meaning: string,
  seenBy: SeenBy,
  personal: Personal = 'no',
): EventField<K> => Object.freeze({ kind, meaning, personal, seenBy });

// One field per line reads better than wrapped lines.
// prettier-ignore
const detail = {
  clause: field('text', 'Clause of the standard that the broken rule comes from.', 'admin'),
  connection: field('text', 'Name of the connection. In a refusal it may be what a link or a response claims.', 'admin', 'masked'),
  document: field('text', 'Name of a document in the state store.', 'operator'),
  expected: field('text or texts', 'What would have been accepted.', 'admin'),
  field: field('text', 'Name of the form field, parameter or JSON member that is wrong.', 'admin'),
  form: field('text', 'The form that the field must have.', 'admin'),
  identityProvider: field('text', 'The identity provider, by its entityID.', 'admin'),
  length: field('number', 'Length of the refused value in characters.', 'admin'),
  link: field('text', 'Set-up link by its id, as `wix-saml links` lists it.', 'operator'),
  maxBytes: field('number', 'The limit that was passed, in bytes.', 'admin'),
  member: field('text', 'The person as a keyed hash of the e-mail address (HMAC-SHA-256, 22 base64url characters).', 'admin', 'pseudonym'),
  method: field('text', 'HTTP method of the request.', 'operator'),
  operation: field('text', 'What was asked of the state store.', 'operator'),
  origin: field('text', 'Origin of the page that asked.', 'admin'),
  problem: field('text', 'What is wrong, in our words or in those of the part that failed.', 'admin', 'masked'),
  received: field('text or texts', 'What came instead. Written by a stranger and not verified.', 'admin', 'masked'),
  records: field('number', 'How many records the memory store holds.', 'operator'),
  retryAfter: field('number', 'After how many seconds the site may be asked again.', 'operator'),
  rule: field('text', 'Id of the rule that the response broke, such as `conditions.audience`.', 'admin'),
  signIn: field('text', 'Joins the lines of one sign-in: the first 10 hexadecimal digits of SHA-256 of the request id.', 'admin'),
  site: field('text', 'Name of the site. In a refusal it may be what a link claims.', 'admin', 'masked'),
  siteError: field('text', 'Error code in the reply of the site’s HTTP function.', 'admin'),
  status: field('number', 'HTTP status: of our reply or, in a refusal, of the site’s reply.', 'operator'),
  ticketGivenBack: field('flag', 'The ticket can be presented again, because Wix was busy.', 'admin'),
  unverifiedMessage: field('text', 'StatusMessage of a response in which the IdP refuses. Usually not signed.', 'admin', 'masked'),
  unverifiedStatus: field('texts', 'Status codes of such a response, top-level code first. Usually not signed.', 'admin', 'masked'),
  wixMs: field('number', 'How long the site took to answer, in milliseconds.', 'operator'),
} as const;

// prettier-ignore
export const eventFields = {
  ...detail,
  activeKey: field('text', 'Thumbprint of the key that is used now.', 'operator'),
  action: field('text', 'What an IT admin did alone: `activate` or `undo`.', 'admin'),
  algorithms: field('texts', 'Signature and digest algorithms of the response, as URIs.', 'admin'),
  assertionIdHash: field('text', 'Finds one assertion again: the first 32 hexadecimal digits of SHA-256 of the JSON text `["entityID of the IdP","ID of the Assertion"]`, without blanks, in UTF-8.', 'admin', 'pseudonym'),
  baseUrl: field('text', 'Public address of the service.', 'operator'),
  binding: field('text', 'How the request travels: `redirect` or `post`.', 'admin'),
  by: field('text', 'Who did it: a set-up link by its id, or `operator`.', 'operator'),
  bytes: field('number', 'Length of what was dropped, in characters.', 'operator'),
  cause: field('text', 'Why somebody was told: a cause of docs/notices.md.', 'operator'),
  channel: field('text', 'How: `mail`, `mail to contact`, or `webhook` with its place in the configuration.', 'operator'),
  change: field('text', 'What an IT admin changed in a draft: `product` or `emailFrom`.', 'admin'),
  choices: field('number', 'How many connections the person can choose from.', 'operator'),
  client: field('text', 'Address that the connection came from, seen through `listen.trustProxy` proxies.', 'operator', 'yes'),
  code: field('code', 'Code of the error table; docs/errors.md has the remedy.', 'admin'),
  connectionsAdded: field('texts', 'Connections that the configuration did not have before.', 'operator'),
  connectionsChanged: field('texts', 'Connections for which it says something else.', 'operator'),
  connectionsRemoved: field('texts', 'Connections that it does not have any more.', 'operator'),
  days: field('number', 'Days before the end: 60, 30, 14, 7, 1, or 0 for the end itself; in `domain.lost` any number of them.', 'admin'),
  domain: field('text', 'Mail domain of a connection.', 'admin'),
  ended: field('text', 'What our LogoutResponse says: `everywhere`, or `partly` when a browser still has to notice.', 'admin'),
  encrypted: field('flag', 'The Assertion was encrypted.', 'admin'),
  endpointsAdded: field('texts', 'Sign-in addresses that are new in the IdP’s metadata, each with its binding.', 'admin'),
  endpointsRemoved: field('texts', 'Sign-in addresses that are no longer in it.', 'admin'),
  endsAt: field('text', 'The end itself, UTC.', 'admin'),
  error: field('text', 'Name of the error’s class; its message may quote input and is not written.', 'operator'),
  generation: field('number', 'How many steps the rotations of this key have taken.', 'operator'),
  hint: field('text', 'What to do about it.', 'operator'),
  host: field('text', 'Address that the service listens on.', 'operator'),
  keyThumbprints: field('texts', 'SHA-256 thumbprints, in hexadecimal, of the IdP’s certificates whose keys verified the response.', 'admin'),
  keysAdded: field('texts', 'SHA-256 thumbprints, in hexadecimal, of certificates that are new in the IdP’s metadata.', 'admin'),
  keysRemoved: field('texts', 'The same of certificates that are no longer in it.', 'admin'),
  milliseconds: field('number', 'From the request to the end of the reply.', 'operator'),
  outcome: field('text', 'How a test sign-in ended: `passed` or `failed`.', 'admin'),
  pauseMs: field('number', 'Milliseconds until the next try.', 'operator'),
  path: field('text', 'Path of the request, without its query. In `config.warning`, `configuration.reloadFailed` and `ending.near`: the option; in `keys.unusable`: which keys.', 'operator'),
  pid: field('number', 'Number of the process.', 'operator'),
  port: field('number', 'Port that the service listens on.', 'operator'),
  position: field('number', 'How many people stood in the line of the site, themselves included.', 'admin'),
  proof: field('text', 'How a revocation proved itself: `signed` (a token of the IdP) or `bearer` (the connection’s own).', 'admin'),
  purpose: field('text', 'What a key of ours is for: `signing`, `encryption` or `exchange`.', 'operator'),
  reference: field('text', 'Id of one request; a refusal shows it to the visitor.', 'admin'),
  session: field('text', 'Joins the lines of one session: the first 10 characters of the place in which its handle is kept.', 'admin'),
  sessions: field('number', 'How many sessions were ended.', 'admin'),
  sessionEndsAt: field('text', 'When the session ends at the latest, in UTC.', 'admin'),
  settingsChanged: field('texts', 'Other parts of the configuration that say something else.', 'operator'),
  signed: field('texts', 'What was signed: `Response`, `Assertion` or both.', 'admin'),
  sitesAdded: field('texts', 'Sites that the configuration did not have before.', 'operator'),
  sitesChanged: field('texts', 'Sites for which it says something else.', 'operator'),
  sitesRemoved: field('texts', 'Sites that it does not have any more.', 'operator'),
  statusCodes: field('texts', 'Status codes of a LogoutResponse, top-level code first.', 'admin', 'masked'),
  stack: field('texts', 'Where in the source it happened.', 'operator'),
  summary: field('text', 'What is live now: entityID, beginnings of the thumbprints, source of the address.', 'admin'),
  waitedMs: field('number', 'How long the person stood in the line of the site, in milliseconds.', 'admin'),
  warning: field('text', 'Present when the response was encrypted with AES-CBC.', 'admin'),
  warningCode: field('text', 'Kind of a warning about the configuration; `acknowledged` names it so.', 'operator'),
  why: field('text', 'Why a session ended: `signedOut` (its own page), `idpLogout`, `revoked` or `operator`.', 'admin'),
  weakAlgorithm: field('text', 'Present when the response was signed with SHA-1.', 'admin'),
  worker: field('number', 'Which of several workers: 1 for the first. With `serve --workers` it stands in every line that a worker writes.', 'operator'),
  workers: field('number', 'How many workers there are.', 'operator'),
} as const;

export type EventFieldName = keyof typeof eventFields;

/** The value of a field. */
export type EventFieldValue<N extends EventFieldName> = KindOf[(typeof eventFields)[N]['kind']];

/** What was expected and what came, in words that hold no secret. Values from the IdP are unverified text. */
export type ErrorDetail = {
  readonly [N in keyof typeof detail]?: EventFieldValue<N> | undefined;
};

/** Names that the detail of a refusal can have. */
export const errorDetailNames: readonly (keyof ErrorDetail)[] = Object.freeze(
  Object.keys(detail).filter((name): name is keyof ErrorDetail => name in detail),
);
