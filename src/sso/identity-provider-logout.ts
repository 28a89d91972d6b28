// A LogoutRequest of the IdP → sessions end, and the browser goes to the site, whose page ends the Wix session and comes back,
// or straight back to the IdP with the answer. One IdP may serve several connections: all of them that know its key are meant,
// because it speaks to us as one service provider.

import { createHash } from 'node:crypto';
import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { acceptLogoutRequest, type VerifiedLogoutRequest } from '../saml/logout-gate';
import { buildLogoutResponse, offersLogout, type OutgoingLogout } from '../saml/logout/build';
import { peekLogoutIssuer, type LogoutMessage } from '../saml/logout/message';
import { landingPageUrl } from '../wix/site';
import { readyFor, type SignOutStep } from './begin-sign-out';
import type { Connection } from './connection';
import type { SsoContext } from './context';
import { readyConnection } from './directory';
import { endSessions } from './end-session';
import { logoutQuestion } from './logout-question';
import { newRequestId } from './pending-request';
import { putUnanswered, takeUnanswered, type UnansweredLogout } from './sign-out-records';

export interface LogoutVisit {
  /** The browser shows us in a frame, beside others: there the site cannot be visited. */
  readonly isFramed: boolean;
  /** For the log. */
  readonly reference: string;
}

/** `silence`: the IdP wants no answer, and there is no site to go to. */
export type LogoutStep = SignOutStep | { readonly kind: 'silence' };

/**
 * Ends the sessions that an IdP names.
 *
 * @throws SsoError SAML_…, SAML_LOGOUT_REPLAYED, CONNECTION_NOT_READY, STATE_UNAVAILABLE
 */
export async function endByIdentityProvider(
  context: SsoContext,
  message: LogoutMessage,
  { isFramed, reference }: LogoutVisit,
): Promise<LogoutStep> {
  const accepted = acceptForAll(context, message);
  const [{ request, connection: first }] = accepted;
  if (!(await claimLogout(context, first.identityProvider.entityId, request)))
    throw new SsoError('SAML_LOGOUT_REPLAYED');
  const { nameId, sessionIndexes, asynchronous } = request;
  const ended = await Promise.all(
    accepted.map(({ connection: { name } }) =>
      endSessions(context, { connection: name, nameId, sessionIndexes }, { why: 'idpLogout', reference }),
    ),
  );
  const all = ended.reduce((sum, count) => sum + count, 0);
  const at = ended.findIndex((count) => count > 0);
  const { connection } = accepted[at] ?? accepted[0];
  context.events.emit({
    type: 'logout.byIdentityProvider',
    reference,
    connection: connection.name,
    site: connection.site,
    identityProvider: connection.identityProvider.entityId,
    binding: request.facts.binding,
    sessions: all,
  });
  const unanswered = unansweredOf(message, request, { connection, ended: all });
  if (all > 0 && !isFramed) return toSite(context, unanswered, asynchronous);
  if (asynchronous) return { kind: 'silence' };
  return answer(context, unanswered, { isSignedOut: false, isFramed, reference });
}

interface Accepted {
  readonly request: VerifiedLogoutRequest;
  readonly connection: Connection;
}

/** Every connection of this IdP by whose keys the request stands. @throws SsoError of the first when there is none */
function acceptForAll(context: SsoContext, message: LogoutMessage): readonly [Accepted, ...Accepted[]] {
  const issuer = peekLogoutIssuer(message);
  const entries = context.connections.byIssuer(issuer);
  const accepted: Accepted[] = [];
  let refusal: SsoError | undefined;
  for (const entry of entries) {
    try {
      const connection = readyConnection(entry, context.clock.now());
      const request = acceptLogoutRequest(message, logoutQuestion(context, connection));
      accepted.push({ request, connection });
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      refusal ??= error;
    }
  }
  const [first, ...others] = accepted;
  if (first !== undefined) return [first, ...others];
  throw refusal ?? new SsoError('SAML_ISSUER_MISMATCH', { received: issuer });
}

/** Every request once, for as long as a copy could be presented. */
function claimLogout(
  { store, clock }: SsoContext,
  identityProvider: string,
  { id, validUntil }: VerifiedLogoutRequest,
): Promise<boolean> {
  const name = createHash('sha256')
    .update(JSON.stringify([identityProvider, id]))
    .digest('base64url');
  return store.claim(`logout:${name}`, Math.max(validUntil - clock.now(), 1));
}

function unansweredOf(
  { unverified: { relayState } }: LogoutMessage,
  { id: requestId, facts: { binding } }: VerifiedLogoutRequest,
  { connection: { name, site }, ended }: { readonly connection: Connection; readonly ended: number },
): UnansweredLogout {
  return {
    ...{ connection: name, site, requestId, binding, ended },
    // Echoed, never read (SAML Bindings §3.4.3); what no IdP needs is not carried about.
    ...(relayState === undefined || Buffer.byteLength(relayState) > limits.returnToChars
      ? {}
      : { relayState }),
  };
}

/** The landing page's code ends the Wix session and, when there is an answer to give, comes back with the token. */
async function toSite(
  context: SsoContext,
  unanswered: UnansweredLogout,
  asynchronous: boolean,
): Promise<LogoutStep> {
  const site = context.sites.get(unanswered.site);
  if (site === undefined) return { kind: 'silence' };
  const token = asynchronous ? undefined : await putUnanswered(context, unanswered);
  return { kind: 'site', location: landingPageUrl(site, { signout: '1', token }) };
}

export interface SiteReturn extends LogoutVisit {
  /** Opaque, out of the address. */
  readonly token: string;
  /** The page says that it has ended the Wix session. */
  readonly isSignedOut: boolean;
}

/** @throws SsoError SAML_LOGOUT_UNKNOWN, STATE_UNAVAILABLE */
export async function answerAfterSite(context: SsoContext, visit: SiteReturn): Promise<LogoutStep> {
  const unanswered = await takeUnanswered(context, visit.token);
  if (unanswered === undefined) throw new SsoError('SAML_LOGOUT_UNKNOWN');
  return answer(context, unanswered, visit);
}

/** Says what really ended: another browser of the person's is signed out only when its page next looks. */
async function answer(
  context: SsoContext,
  unanswered: UnansweredLogout,
  { isSignedOut, isFramed, reference }: Omit<SiteReturn, 'token'>,
): Promise<LogoutStep> {
  const { ended, binding, requestId, relayState } = unanswered;
  const connection = readyFor(context, unanswered.connection);
  if (connection === undefined || !offersLogout(connection.identityProvider)) return { kind: 'silence' };
  const outcome = ended - (isSignedOut ? 1 : 0) > 0 ? 'partly' : 'everywhere';
  const message: OutgoingLogout = await buildLogoutResponse({
    serviceProvider: context.serviceProvider,
    identityProvider: connection.identityProvider,
    id: newRequestId(context.random, connection.name),
    issueInstant: context.clock.now(),
    // A form of ours does not go on inside another's frame.
    preferredBinding: isFramed ? 'redirect' : binding,
    ...{ inResponseTo: requestId, outcome, relayState },
  });
  const { name, site } = connection;
  context.events.emit({
    type: 'logout.answered',
    ...{ reference, connection: name, site, binding: message.binding },
    ended: outcome,
  });
  return { kind: 'message', message };
}
