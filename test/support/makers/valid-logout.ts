// The object mother of the logout tests: one request and one response that pass everything, by both bindings. A test changes
// one thing and names it.

import { acceptLogoutRequest, acceptLogoutResponse } from '../../../src/saml/logout-gate';
import type {
  LogoutTrust,
  VerifiedLogoutRequest,
  VerifiedLogoutResponse,
} from '../../../src/saml/logout-gate';
import { readLogoutForm, readLogoutQuery, type LogoutMessage } from '../../../src/saml/logout/message';
import {
  logoutRequest,
  logoutResponse,
  signedField,
  signedQuery,
  type LogoutRequestOptions,
  type LogoutResponseOptions,
  type QueryOptions,
} from '../idp';
import { idpKeys, trust } from './valid';
import { EMAIL, IDP, NOW, REQUEST, SKEW } from './valid-data';

export const SLO = 'https://sso.example.com/saml/slo';
export const MAX_BYTES = 384 * 1024;
export const MESSAGE_ID = '_8d2f0c5b6a7e4f10';

/** XML of a LogoutRequest that is accepted, with these changes. */
export const requestXml = (changes: Partial<LogoutRequestOptions> = {}): string =>
  logoutRequest({
    id: MESSAGE_ID,
    issuer: IDP,
    destination: SLO,
    now: new Date(NOW),
    nameId: { value: EMAIL, format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
    sessionIndexes: ['_session-1'],
    ...changes,
  });

/** XML of a LogoutResponse that is accepted, with these changes. */
export const responseXml = (changes: Partial<LogoutResponseOptions> = {}): string =>
  logoutResponse({
    id: MESSAGE_ID,
    issuer: IDP,
    destination: SLO,
    now: new Date(NOW),
    inResponseTo: REQUEST,
    ...changes,
  });

export const query = (xml: string, changes: Partial<QueryOptions> = {}): string =>
  signedQuery(xml, { keys: idpKeys, ...changes });

export const field = (xml: string): string => signedField(xml, MESSAGE_ID, idpKeys);

/** What arrives: a query, or a form field of one of the two names. */
export type Arriving =
  { readonly query: string } | { readonly request: string | Buffer } | { readonly response: string | Buffer };

export function read(arriving: Arriving): LogoutMessage {
  if ('query' in arriving) return readLogoutQuery(arriving.query, MAX_BYTES);
  return 'request' in arriving
    ? readLogoutForm({ kind: 'request', field: arriving.request, relayState: undefined }, MAX_BYTES)
    : readLogoutForm({ kind: 'response', field: arriving.response, relayState: undefined }, MAX_BYTES);
}

export const expectedLogout = { identityProvider: IDP, singleLogoutUrl: SLO, clockSkewMs: SKEW };

export const acceptRequest = (
  arriving: Arriving,
  changes: Partial<LogoutTrust> = {},
  now = NOW,
): VerifiedLogoutRequest =>
  acceptLogoutRequest(read(arriving), { trust: { ...trust, ...changes }, expected: expectedLogout, now });

export const acceptResponse = (
  arriving: Arriving,
  changes: Partial<LogoutTrust> = {},
  now = NOW,
): VerifiedLogoutResponse =>
  acceptLogoutResponse(read(arriving), {
    trust: { ...trust, ...changes },
    expected: { ...expectedLogout, requestId: REQUEST },
    now,
  });

/** Judges whichever it is, as the path does. */
export function judgeLogout(arriving: Arriving): VerifiedLogoutRequest | VerifiedLogoutResponse {
  return read(arriving).unverified.kind === 'request' ? acceptRequest(arriving) : acceptResponse(arriving);
}
