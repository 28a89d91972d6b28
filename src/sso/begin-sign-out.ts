// A session that a person has ended at the site → the message that takes the browser to the IdP, so that it ends there too.
// The session is dead before anything is asked for (SDP-SP34): whatever fails afterwards, nobody is signed in here. Only the
// page that held the session's handle gets here, so no link can sign anybody out.

import { SsoError } from '../core/errors';
import { buildLogoutRequest, offersLogout, type OutgoingLogout } from '../saml/logout/build';
import { signedOutUrl } from '../wix/site';
import type { Connection } from './connection';
import type { SiteWithExchange, SsoContext } from './context';
import { stateAt } from './directory';
import { writeHandle } from './handle';
import { newRequestId } from './pending-request';
import type { Session } from './session';
import { putLeaving, putPendingLogout, takeLeaving, type LeavingSession } from './sign-out-records';

/** Where the browser goes: to the IdP with a message, or back to the site. */
export type SignOutStep =
  | { readonly kind: 'message'; readonly message: OutgoingLogout }
  | { readonly kind: 'site'; readonly location: string };

/**
 * Where the page goes on to once its session has ended here.
 *
 * @returns undefined where the IdP has no single logout, or the session names nobody: then it ended here, and that is all
 */
export async function signOutLocation(
  context: SsoContext,
  { connection: name, site, nameId, sessionIndex }: Session,
): Promise<string | undefined> {
  const connection = readyFor(context, name);
  if (nameId === undefined || connection === undefined || !offersLogout(connection.identityProvider))
    return undefined;
  const token = await putLeaving(context, {
    ...{ connection: name, site, nameId },
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
  });
  return `${context.serviceProvider.baseUrl}/saml/slo?out=${token}`;
}

export interface SignOutVisit {
  /** Opaque, out of the address. */
  readonly token: string;
  /** The browser shows us in a frame: no LogoutRequest leaves from there (SDP-SP27). */
  readonly isFramed: boolean;
  /** For the log. */
  readonly reference: string;
}

/** @throws SsoError SAML_LOGOUT_UNKNOWN, STATE_UNAVAILABLE */
export async function beginSignOut(context: SsoContext, visit: SignOutVisit): Promise<SignOutStep> {
  const leaving = await takeLeaving(context, visit.token);
  const site = leaving === undefined ? undefined : context.sites.get(leaving.site);
  if (leaving === undefined || site === undefined) throw new SsoError('SAML_LOGOUT_UNKNOWN');
  const connection = readyFor(context, leaving.connection);
  // Its metadata may have changed, or ended, since the page was told to come.
  if (visit.isFramed || connection === undefined || !offersLogout(connection.identityProvider))
    return { kind: 'site', location: signedOutUrl(site, 'here') };
  return {
    kind: 'message',
    message: await requestLogout(context, { connection, site, leaving }, visit.reference),
  };
}

interface Leaving {
  readonly connection: Connection;
  readonly site: SiteWithExchange;
  readonly leaving: LeavingSession;
}

async function requestLogout(
  context: SsoContext,
  { connection, site, leaving }: Leaving,
  reference: string,
): Promise<OutgoingLogout> {
  const id = newRequestId(context.random, connection.name);
  const message = await buildLogoutRequest({
    serviceProvider: context.serviceProvider,
    identityProvider: connection.identityProvider,
    id,
    issueInstant: context.clock.now(),
    relayState: writeHandle(context.handleKeys, id, 'sign-out'),
    nameId: leaving.nameId,
    sessionIndex: leaving.sessionIndex,
  });
  // After the message stands: what cannot be sent need not be remembered.
  await putPendingLogout(context, id, { connection: connection.name, site: site.name });
  context.events.emit({
    type: 'logout.requested',
    reference,
    connection: connection.name,
    site: site.name,
    identityProvider: connection.identityProvider.entityId,
    binding: message.binding,
  });
  return message;
}

/** Undefined while it cannot be used: signing out is never refused for that. */
export function readyFor(context: SsoContext, name: string): Connection | undefined {
  const entry = context.connections.byName(name);
  const state = entry === undefined ? undefined : stateAt(entry, context.clock.now());
  return state?.kind === 'ready' ? state.connection : undefined;
}
