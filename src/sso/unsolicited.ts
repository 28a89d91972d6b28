// An answer that nobody asked for (IdP tile, bookmark at the IdP) → a sign-in that starts properly. Nothing is read from
// it but whose IdP it comes from, and of the form beside it a way back to the site; the person's session there makes the second round invisible. It never becomes a session.

import { SsoError } from '../core/errors';
import { checkReturnTo } from '../policy/return-to';
import { peekIssuer, peekUnsolicited, type UnverifiedResponse } from '../saml/login/response';
import { startPageUrl } from './begin-login';
import type { ConnectionSettings } from './connection';
import type { SsoContext } from './context';
import { peekConnection } from './pending-request';

/**
 * @returns where to start again; undefined for an answer to a request
 * @throws SsoError SAML_RESPONSE_UNSOLICITED when the connection rejects it, or when starting again would go in circles
 */
export function restartUnsolicited(
  context: SsoContext,
  response: UnverifiedResponse,
  { relayState, reference }: { readonly relayState: string | undefined; readonly reference: string },
): { readonly location: string } | undefined {
  if (!peekUnsolicited(response)) return undefined;
  // Our own RelayState means that we did ask: an IdP that drops InResponseTo would send the person round for ever.
  if (relayState !== undefined && peekConnection(relayState) !== undefined) {
    throw new SsoError('SAML_IN_RESPONSE_TO_MISMATCH', { expected: 'InResponseTo', received: 'nothing' });
  }
  const issuer = peekIssuer(response);
  const fitting = context.connections.byIssuer(issuer).map(({ settings }) => settings);
  const [connection, second] = fitting;
  if (connection === undefined) throw new SsoError('SAML_ISSUER_MISMATCH', { received: issuer });
  if (fitting.some(({ unsolicited }) => unsolicited === 'reject'))
    throw new SsoError('SAML_RESPONSE_UNSOLICITED');
  context.events.emit({
    type: 'login.unsolicited',
    reference,
    connection: connection.name,
    site: connection.site,
  });
  const ambiguous = second !== undefined;
  return { location: startAgain(context, connection, { ambiguous, returnTo: wayBack(relayState) }) };
}

/** With several connections of one IdP the person chooses on the sign-in page of the first one's site. */
function startAgain(
  context: SsoContext,
  connection: ConnectionSettings,
  { ambiguous, returnTo }: { readonly ambiguous: boolean; readonly returnTo: string },
): string {
  const site = context.sites.get(connection.site);
  if (site === undefined) throw new TypeError(`Connection ${connection.name} belongs to no site.`);
  return startPageUrl(site, ambiguous ? undefined : connection.name, returnTo);
}

/** A tile's RelayState names a page of the site by the rules of `return_to`, or it says nothing. */
function wayBack(relayState: string | undefined): string {
  try {
    return checkReturnTo(relayState);
  } catch (error) {
    if (error instanceof SsoError) return '/';
    throw error;
  }
}
