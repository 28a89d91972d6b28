// The one table of refusals: code → HTTP status, what the visitor reads, log level, the cause, and the remedy for the
// administrator.
// docs/errors.md is made from it; the `satisfies` below makes an incomplete row a compile error.

import type { LogLevel } from './ports';

/** What the visitor is told. Attackers learn nothing from it, honest people learn what to do next. */
export const visitorSentences = {
  again: 'Your sign-in could not be completed. Please start again.',
  expired: 'This sign-in has expired or was already used. Please start again.',
  used: 'This sign-in was already used, or it took too long. Continue to the site: if you are not signed in there, you can start again.',
  rejected:
    'Your organisation’s sign-in system sent a response that we cannot accept. Please contact your administrator and quote the reference below.',
  idp: 'Your organisation’s sign-in system did not sign you in. Please try again or contact your administrator.',
  member:
    'This account cannot be used to sign in to this site. If you have another one, use that. Otherwise contact your administrator and quote the reference below.',
  blocked:
    'Your account on this site is blocked. Please contact your administrator and quote the reference below.',
  pending:
    'Your account on this site has not been approved yet. Please contact your administrator and quote the reference below.',
  unverified:
    'Someone has already registered on this site with your address. Please contact your administrator and quote the reference below.',
  busy: 'The site is busy at the moment. Please try again in a few seconds.',
  away: 'Signing in with your organisation’s account is not possible at the moment. You have done nothing wrong: please try again in a few minutes.',
  broken: 'Something went wrong on our side. Please try again later and quote the reference below.',
  setup:
    'The site is not set up for this sign-in. Trying again will not help: please tell the person who looks after the site, and quote the reference below.',
  link: 'This set-up link cannot be used: it has expired, was withdrawn, or was opened in another browser before. Please ask whoever sent it for a new one. If you have not opened it before, tell them so.',
  changed:
    'Someone else changed these settings at the same moment. Please go back, reload the page and check them.',
  signOut:
    'Signing out could not be completed. To be on the safe side, close all windows of your browser. If this happens again, contact your administrator and quote the reference below.',
  request: 'This link or request is not valid. Please go back to the site and start again.',
} as const;

interface ErrorRow {
  readonly status: number;
  readonly visitor: keyof typeof visitorSentences;
  readonly level: LogLevel;
  /** What happened, as seen from here. */
  readonly cause: string;
  /** What to do about it. */
  readonly remedy: string;
}

type RowValues = [
  status: number,
  visitor: ErrorRow['visitor'],
  level: LogLevel,
  cause: string,
  remedy: string,
];

const row = (...[status, visitor, level, cause, remedy]: RowValues): ErrorRow =>
  Object.freeze({ status, visitor, level, cause, remedy });

// One row per code reads better than wrapped rows.
// prettier-ignore
export const errorTable = {
  HTTP_NOT_FOUND: row(404, 'request', 'info', 'No path of this service has this address.', 'Check the address: only the paths listed in docs/http.md exist.'),
  HTTP_METHOD_NOT_ALLOWED: row(405, 'request', 'info', 'The path was called by another method than its own; an IdP that responds by HTTP-Redirect does that.', 'Use the method listed in docs/http.md; the IdP must respond by HTTP-POST.'),
  HTTP_CONTENT_TYPE_UNSUPPORTED: row(415, 'request', 'info', 'The body has a content type that this path does not read.', 'Send a form (application/x-www-form-urlencoded) to /saml/acs and JSON to /session-token.'),
  HTTP_BODY_TOO_LARGE: row(413, 'rejected', 'warn', 'The form is larger than allowed, mostly for a long list of groups.', 'At the IdP, limit the groups claim to the groups assigned to this application.'),
  HTTP_BODY_MALFORMED: row(400, 'request', 'info', 'The body is not what its content type says.', 'Configure the proxy in front to pass the bodies of this path on unchanged.'),
  HTTP_FIELD_MISSING: row(400, 'request', 'info', 'A required field is absent.', 'Send every field that docs/http.md lists for this path.'),
  HTTP_FIELD_DUPLICATE: row(400, 'request', 'warn', 'A field occurs twice.', 'Send each field once; a proxy must not merge query and body.'),
  HTTP_FIELD_INVALID: row(400, 'request', 'info', 'A field has the wrong form.', 'Send the field that the log line names in the form that it gives.'),
  HTTP_MOUNT_MISMATCH: row(500, 'setup', 'error', 'The router is mounted at another path than that of `serviceProvider.baseUrl`; the log line has both.', 'Mount it at that path, or correct `baseUrl`. A proxy in front must pass the path on unchanged.'),
  HTTP_ORIGIN_NOT_ALLOWED: row(403, 'request', 'warn', 'A page of an origin that no site lists presented a ticket.', 'Add the page’s origin to `origins` of the site, or let the site’s backend redeem the ticket.'),
  HTTP_BUSY: row(503, 'busy', 'info', 'More requests came at once than can be handled; the log line says which limit was reached.', 'If it goes on, look for a flood from one `client` (`log.level: debug`), and set `listen.trustProxy` to the number of your proxies: if it is too low, all visitors count as one.'),
  INTERNAL_ERROR: row(500, 'broken', 'error', 'Something happened that the program does not foresee; the log line has the trace.', 'Find the log line by the reference and report it as a bug.'),
  HTTP_NOT_READY: row(503, 'busy', 'info', 'This process is starting or stopping.', 'There is nothing to repair: send requests to another process meanwhile.'),
  STATE_UNAVAILABLE: row(503, 'busy', 'error', 'The state store does not answer, or was made with another state key (the log line says which).', 'Check `state`, `stateKeys` and, where there is one, the Redis server.'),
  STATE_DIRECTORY_UNUSABLE: row(503, 'busy', 'error', 'The directory in `state` cannot hold the store; the log line says why.', 'Name a directory on a local disk that this user owns and nobody else may write to, or one that is not there yet.'),
  STATE_DIRECTORY_SHARED: row(503, 'busy', 'error', 'Another container has the directory in `state` open; one directory serves the processes of one container.', 'Stop the other container, and this one goes on by itself, or use Redis for several containers.'),
  STATE_FORMAT_NEWER: row(503, 'busy', 'error', 'A later version of this program wrote the data in the directory.', 'Start that version again, or name another directory in `state`: sign-ins under way then begin anew.'),
  STATE_DISK_FULL: row(503, 'busy', 'error', 'There is no room for what must be remembered.', 'Make room on the disk of the directory in `state`; sign-ins go on by themselves.'),
  STATE_DOCUMENT_UNREADABLE: row(500, 'broken', 'error', 'A document in the store was not written by us, was sealed with a state key that is not listed, or was set back.', 'List that key in `stateKeys`; otherwise somebody else writes to the store.'),

  LOGIN_CONNECTION_UNKNOWN: row(404, 'request', 'info', 'There is no connection and no site of this name.', 'Use a name from the configuration in the sign-in link.'),
  LOGIN_CHALLENGE_INVALID: row(400, 'request', 'info', '`code_challenge` is not 43 base64url characters (S256).', 'Use the page code that `wix-saml site` copies.'),
  LOGIN_RETURN_TO_INVALID: row(400, 'request', 'warn', '`return_to` is not a path on the site.', 'Write one such as /members into the sign-in link; full URLs are refused.'),
  CONNECTION_NOT_READY: row(503, 'away', 'warn', 'The metadata of this connection’s IdP is missing, expired or unusable.', 'Correct `idpMetadata` as the log line or `wix-saml check` says. All other connections work.'),
  LOGIN_BINDING_UNSUPPORTED: row(500, 'broken', 'error', 'The IdP metadata offers no SingleSignOnService for HTTP-Redirect or HTTP-POST.', 'Get new metadata from the IdP.'),

  SAML_BASE64_INVALID: row(400, 'rejected', 'warn', 'SAMLResponse is not base64.', 'Choose HTTP-POST (not Redirect or Artifact) for the assertion consumer service at the IdP, and let no proxy rewrite the body.'),
  SAML_ENCODING_INVALID: row(400, 'rejected', 'warn', 'The message is not well-formed UTF-8.', 'Set the encoding of responses to UTF-8 at the IdP.'),
  SAML_MESSAGE_TOO_LARGE: row(413, 'rejected', 'warn', 'The message is larger than `verification.maxMessageKilobytes`, mostly for a long list of groups.', 'At the IdP, limit the groups claim to the groups assigned to this application.'),
  SAML_XML_MALFORMED: row(400, 'rejected', 'warn', 'The message is not well-formed XML.', 'Capture it and run `wix-saml explain`.'),
  SAML_XML_DOCTYPE: row(400, 'rejected', 'warn', 'The message contains a DOCTYPE (IIP-G03).', 'No honest IdP sends one: treat it as an attack.'),
  SAML_XML_PROCESSING_INSTRUCTION: row(400, 'rejected', 'warn', 'The message contains a processing instruction.', 'No honest IdP sends one: treat it as an attack.'),
  SAML_XML_LIMIT_EXCEEDED: row(400, 'rejected', 'warn', 'The message has more elements, attributes or nesting than any real response.', 'Reduce the attributes that the IdP sends.'),
  SAML_XML_DUPLICATE_ID: row(400, 'rejected', 'warn', 'Two elements share an ID (SAML Core §1.3.4).', 'Treat it as an attack.'),
  SAML_ROOT_INVALID: row(400, 'rejected', 'warn', 'The message is not a SAML 2.0 Response.', 'Register /saml/acs as the assertion consumer service at the IdP.'),
  SAML_STRUCTURE_INVALID: row(400, 'rejected', 'warn', 'An element stands where this service allows none, or is missing or repeated. The log line names it.', 'Compare the IdP’s template for responses with SAML Core §3.3.3, or treat it as an attack.'),
  SAML_VERSION_UNSUPPORTED: row(400, 'rejected', 'warn', 'Only SAML version 2.0 is supported.', 'Choose SAML 2.0 at the IdP.'),

  SAML_SIGNATURE_MISSING: row(403, 'rejected', 'warn', 'Neither the Response nor the Assertion is signed.', 'Switch signing on at the IdP.'),
  SAML_SIGNATURE_MALFORMED: row(403, 'rejected', 'warn', 'The signature has a form that the SAML signature profile (Core §5.4) does not allow.', 'Treat it as an attack.'),
  SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED: row(403, 'rejected', 'warn', 'The IdP signs with an algorithm that is not allowed.', 'Choose SHA-256 at the IdP (field “Signature algorithm” and “Digest algorithm”).'),
  SAML_SIGNATURE_INVALID: row(403, 'rejected', 'warn', 'No key of the connection’s metadata verifies this signature.', 'If the IdP has renewed its certificate, get its current metadata; if not, look for a proxy or a filter that changes the message on its way.'),
  SAML_DECRYPTION_FAILED: row(403, 'rejected', 'warn', 'The assertion cannot be decrypted, or is not signed by this IdP.', 'Give the IdP our current metadata (encryption certificate), and switch signing of the assertion on.'),
  SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED: row(403, 'rejected', 'warn', 'The IdP encrypts with an algorithm that is not allowed.', 'Choose AES-GCM with RSA-OAEP there, or AES-CBC if it has nothing better and `allowCbc` is on; 3DES and RSA 1.5 are never accepted.'),
  SAML_DECRYPTION_THROTTLED: row(403, 'rejected', 'warn', 'A response encrypted with AES-CBC was changed and sent repeatedly, which is an attack on its encryption.', 'Choose AES-GCM at the IdP, and look for its sender in the log.'),

  SAML_STATUS_NOT_SUCCESS: row(403, 'idp', 'info', 'The IdP refused; the log line has its status codes and message.', 'Assign the person to the application at the IdP, or correct there what the message names.'),
  SAML_ISSUER_MISMATCH: row(403, 'rejected', 'warn', 'The Issuer is not the entityID of the connection’s metadata.', 'Get new metadata, or correct the IdP’s “Issuer” field.'),
  SAML_DESTINATION_MISMATCH: row(403, 'rejected', 'warn', 'Destination is not the ACS URL; both must be equal.', 'Correct the “ACS URL”/“Reply URL” at the IdP, or `serviceProvider.baseUrl`.'),
  SAML_RESPONSE_UNSOLICITED: row(403, 'again', 'info', 'The IdP sent a response that no request of ours asked for.', 'Start from the sign-in link of the connection instead of the IdP’s tile.'),
  SAML_IN_RESPONSE_TO_MISMATCH: row(403, 'rejected', 'warn', 'InResponseTo is missing, empty or different between Response and SubjectConfirmationData.', 'Set the IdP to copy the ID of the request that it received; one that drops InResponseTo cannot be used.'),
  SAML_REQUEST_UNKNOWN: row(403, 'used', 'info', 'The request was answered already, has expired, or was made by another installation.', 'Start again at the site. If it happens to everybody, share one state: use `state: file:DIR` for several processes of one machine, Redis for several machines.'),
  SAML_ASSERTION_MISSING: row(403, 'rejected', 'warn', 'The Response reports success and holds no Assertion.', 'Choose the Web SSO profile for this application at the IdP.'),
  SAML_ASSERTION_MULTIPLE: row(403, 'rejected', 'warn', 'The Response holds several Assertions; it must hold exactly one.', 'Remove further assertions from the IdP’s response, or treat it as an attack.'),
  SAML_SUBJECT_MISSING: row(403, 'rejected', 'warn', 'The Assertion has no Subject.', 'Map a NameID for this application at the IdP (format emailAddress).'),
  SAML_SUBJECT_CONFIRMATION_INVALID: row(403, 'rejected', 'warn', 'No SubjectConfirmation is of method bearer with Recipient, NotOnOrAfter and InResponseTo (Profiles §4.1.4.2).', 'Choose the Web SSO profile for this application at the IdP.'),
  SAML_SUBJECT_CONFIRMATION_EXPIRED: row(403, 'expired', 'info', 'The bearer confirmation has expired.', 'Compare the clocks of the IdP and this machine (NTP).'),
  SAML_RECIPIENT_MISMATCH: row(403, 'rejected', 'warn', 'Recipient is not the ACS URL; both must be equal.', 'Correct the “Recipient”/“ACS URL” field at the IdP.'),
  SAML_CONDITIONS_MISSING: row(403, 'rejected', 'warn', 'The Assertion has no Conditions, so no audience.', 'Set the field “Audience” (“Entity ID”) of this application at the IdP to our entityID.'),
  SAML_CONDITION_UNKNOWN: row(403, 'rejected', 'warn', 'The Assertion carries a condition that we do not understand (Core §2.5.1).', 'Remove it at the IdP.'),
  SAML_AUDIENCE_MISMATCH: row(403, 'rejected', 'warn', 'Audience is not our entityID; both must be equal, to the letter.', 'Correct the “Audience URI”/“Identifier (Entity ID)” field at the IdP.'),
  SAML_ASSERTION_EXPIRED: row(403, 'expired', 'info', 'The Assertion has expired.', 'Compare the clocks of the IdP and this machine (NTP).'),
  SAML_ASSERTION_NOT_YET_VALID: row(403, 'rejected', 'warn', 'The Assertion is not valid yet.', 'Compare the clocks of the IdP and this machine (NTP).'),
  SAML_TIME_INVALID: row(403, 'rejected', 'warn', 'A time is not an xs:dateTime in UTC such as 2026-01-31T12:00:00Z, or its window is empty or longer than a day.', 'Correct the lifetime of assertions and the time format in the IdP’s settings for this application.'),
  SAML_AUTHN_STATEMENT_MISSING: row(403, 'rejected', 'warn', 'The Assertion has no AuthnStatement, so it does not say that somebody signed in.', 'Choose the Web SSO profile for this application at the IdP; where an option leaves the statement out (Keycloak: “Include AuthnStatement”), switch it on.'),
  SAML_SESSION_EXPIRED: row(403, 'expired', 'info', 'The person’s session at the IdP has ended (SessionNotOnOrAfter).', 'Sign in at the IdP again; if it happens to everybody, compare the clocks (NTP).'),
  SAML_SESSION_ENDED: row(403, 'expired', 'info', 'While the person was signing in, their sessions were ended: by a logout at the IdP, a revocation, or the operator.', 'Start again at the site. If it happens to everybody, look for what ends sessions in the log (`session.ended`).'),
  SAML_ASSERTION_REPLAYED: row(403, 'used', 'warn', 'This assertion was used before (Profiles §4.1.4.5).', 'One double click is harmless: start a new sign-in. Many of them are a replay: look for their `client` in the log.'),
  SAML_SECOND_OPINION_DISAGREES: row(403, 'rejected', 'error', 'The strict verifier accepted what node-saml refuses.', 'Keep the message and report it.'),
  SAML_LOGOUT_EXPIRED: row(403, 'signOut', 'info', 'The logout message is older than five minutes, or its NotOnOrAfter has passed.', 'Compare the clocks of the IdP and this machine (NTP).'),
  SAML_LOGOUT_REPLAYED: row(403, 'signOut', 'warn', 'This LogoutRequest was used before.', 'One double click is harmless: if it happens often, look at the log for its sender.'),
  SAML_LOGOUT_UNKNOWN: row(403, 'signOut', 'info', 'No sign-out of ours waits for this: it was completed already, has expired, or was begun by another installation.', 'Nothing is left to do here; where several processes serve one address, give them one `state`.'),

  POLICY_EMAIL_MISSING: row(403, 'member', 'warn', 'No source holds an e-mail address; the log line lists what came.', 'At the IdP, map the mail attribute to the NameID (format emailAddress), or release the attribute that `emailFrom` of the connection names.'),
  POLICY_EMAIL_INVALID: row(403, 'member', 'warn', 'What came is not one plain mailbox such as alice@example.com: no display name, no DOMAIN\\user, no guest name with #EXT#.', 'At the IdP, choose the mail attribute as the value, or name another source in `emailFrom`.'),
  POLICY_EMAIL_AMBIGUOUS: row(403, 'member', 'warn', 'The response holds several different addresses.', 'Write the line that the log shows (`emailFrom: nameId` or `emailFrom: ATTRIBUTE`) into the connection, or release only one of the two attributes at the IdP.'),
  POLICY_EMAIL_DOMAIN_NOT_ALLOWED: row(403, 'member', 'warn', 'The address is at a domain that this connection may not vouch for.', 'Add the domain to `emailDomains` of the connection if it really belongs to this organisation.'),
  POLICY_DOMAIN_NOT_PROVEN: row(403, 'member', 'warn', 'The owner of the address’s domain has not said in the DNS that this connection may vouch for it (`setup.domains: proven`).', 'Add the TXT record that the set-up pages and `wix-saml connections` show to the DNS of the domain. It is looked for every hour until it is found.'),
  POLICY_NAMEID_TRANSIENT: row(403, 'member', 'warn', 'The NameID is transient: another value at every sign-in.', 'At the IdP, set the NameID format to emailAddress, or release the attribute `mail` and write `emailFrom: mail` into the connection.'),
  POLICY_AUTHN_CONTEXT_NOT_ALLOWED: row(403, 'member', 'warn', 'The person signed in by a method that `requestedAuthnContext` does not list.', 'Require a listed method for this application at the IdP, or add the class that came to the list.'),
  POLICY_MFA_MISSING: row(403, 'member', 'warn', 'The connection demands more than one factor (`require: mfa`), and no sign-in that the response tells of shows them.', 'Require MFA for this application at the IdP, and let it say so in the way that “expected” names.'),
  POLICY_AUTHN_TOO_OLD: row(403, 'again', 'info', 'No single AuthnStatement shows a sign-in that is recent enough for `maxAuthnAgeSeconds` or for ForceAuthn.', 'Configure the IdP to ask for the password again when the request says ForceAuthn, and compare the clocks (NTP).'),

  SETUP_LINK_INVALID: row(403, 'link', 'info', 'The set-up link is unknown, has ended, was revoked, or was redeemed in another browser; `wix-saml links` shows which.', 'Make a new one with `wix-saml invite`.'),
  SETUP_FORM_FOREIGN: row(403, 'request', 'warn', 'A form of the set-up pages came from another site, or from a page of another session.', 'If this happens to an honest person, look for a proxy or a browser extension that removes or changes the Origin header.'),
  SETUP_CONFLICT: row(409, 'changed', 'info', 'Two people, or a person and a command, changed the same connection at once; the first change stands.', 'Load the page or run the command again, and repeat your change if it is still needed.'),

  CONNECTION_REVOCATION_REFUSED: row(401, 'request', 'warn', 'The token of a revocation is not one that this connection accepts; the log line says why.', 'Compare `revocation` of the connection with the sender: issuer, address of the keys, and as audience the address that is posted to. Send each signed token once.'),
  CONNECTION_KEYS_UNAVAILABLE: row(503, 'away', 'warn', 'The keys at `revocation.jwksUri` cannot be fetched, so no signed revocation can be verified.', 'Check the address and the way out from this machine; the sender has to try again.'),

  TICKET_UNKNOWN: row(410, 'expired', 'info', 'The ticket is unknown, spent or older than 60 s, or a place in the line older than 30 minutes; a reloaded landing page presents a spent one.', 'Start again at the site. If it happens to everybody, share one state: use `state: file:DIR` for several processes of one machine, Redis for several machines.'),
  TICKET_VERIFIER_MISMATCH: row(403, 'again', 'warn', 'The ticket was presented by a browser tab that did not start the sign-in.', 'Start the sign-in again in the tab in which you want to be signed in.'),

  WIX_TIMEOUT: row(503, 'busy', 'warn', 'The site’s HTTP function did not answer within 15 s.', 'The ticket stays valid and the page tries again; if it lasts, look at the site’s log (Developer Tools, Logging Tools).'),
  WIX_RATE_LIMITED: row(503, 'busy', 'warn', 'Wix limits the calls of this site (429).', 'The ticket stays valid and the page tries again; if it lasts, ask Wix for a higher quota.'),
  WIX_UNAVAILABLE: row(503, 'busy', 'warn', 'The site answered 5xx or not at all.', 'Publish it, and run `wix-saml check --site` to see whether this machine reaches it.'),
  WIX_REDIRECTED: row(502, 'setup', 'error', 'The site redirects.', 'Set `url` of the site to its final address, with or without www.'),
  WIX_ANSWER_INVALID: row(502, 'setup', 'error', 'The site’s reply is not `{"sessionToken":"…"}`.', 'Publish the site with the files that `wix-saml site` copies.'),
  WIX_FUNCTION_MISSING: row(502, 'setup', 'error', 'The site has no HTTP function samlSession.', 'Copy the files with `wix-saml site` and publish the site.'),
  WIX_ASSERTION_REFUSED: row(502, 'setup', 'error', 'The site refused our signature.', 'Give it the current public key, issuer and audience (`wix-saml site`), and compare the clocks.'),
  WIX_SITE_NOT_READY: row(502, 'setup', 'error', 'The site’s function runs, but its secret `saml_config` is missing or unusable, or its files are incomplete. The log line has the site’s own code.', 'Run `wix-saml site` and `wix-saml check --site`.'),
  WIX_MEMBER_REFUSED: row(403, 'member', 'warn', 'The site refused this member; the log line has the site’s own code.', 'In the site’s secret, add the domain to `emailDomains`, or take the address off `deniedEmails`. The owner and collaborators are refused on purpose: use an address of their own for signing in here.'),
  WIX_MEMBER_BLOCKED: row(403, 'blocked', 'warn', 'The member is blocked on the site.', 'Unblock them in the site’s dashboard (Site Members), if they should get in.'),
  WIX_MEMBER_PENDING: row(403, 'pending', 'info', 'The member waits for approval.', 'Approve them in the site’s dashboard (Site Members), or let the site approve new members by itself.'),
  WIX_MEMBER_UNVERIFIED: row(403, 'unverified', 'warn', 'A member with this address was there before, Wix has not verified the address, and the site does not know the member.', 'Ask the site’s owner to adopt or reject such members on the self-check (`wix-saml site` gives its address), or set `preRegistered: accept` in the site’s secret to admit them all.'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;
