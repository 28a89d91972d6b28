// The IdP's answer to a LogoutRequest of ours → back to the site, which says what ended. The session here ended before; the
// answer only says how far it went, so nothing depends on it but that sentence.

import { SsoError } from '../core/errors';
import { acceptLogoutResponse, type VerifiedLogoutResponse } from '../saml/logout-gate';
import { peekAnsweredRequest, type LogoutMessage } from '../saml/logout/message';
import { signedOutUrl } from '../wix/site';
import type { SsoContext } from './context';
import { readyConnection } from './directory';
import { logoutQuestion } from './logout-question';
import { peekConnection } from './pending-request';
import { takePendingLogout } from './sign-out-records';

/**
 * @returns where the browser goes
 * @throws SsoError SAML_…, SAML_LOGOUT_UNKNOWN, CONNECTION_NOT_READY, STATE_UNAVAILABLE
 */
export async function completeSignOut(
  context: SsoContext,
  message: LogoutMessage,
  reference: string,
): Promise<{ readonly location: string }> {
  const requestId = peekAnsweredRequest(message);
  const name = requestId === undefined ? undefined : peekConnection(requestId);
  const entry = name === undefined ? undefined : context.connections.byName(name);
  if (requestId === undefined || entry === undefined) throw new SsoError('SAML_LOGOUT_UNKNOWN');
  const connection = readyConnection(entry, context.clock.now());
  const { trust, expected, now } = logoutQuestion(context, connection);
  const answer = acceptLogoutResponse(message, { trust, expected: { ...expected, requestId }, now });
  // Spent last: whoever makes answers up cannot take it from the honest one.
  const pending = await takePendingLogout(context, answer.inResponseTo);
  const site = pending?.connection === connection.name ? context.sites.get(pending.site) : undefined;
  if (site === undefined) throw new SsoError('SAML_LOGOUT_UNKNOWN');
  context.events.emit({
    type: 'logout.completed',
    reference,
    connection: connection.name,
    site: site.name,
    statusCodes: answer.statusCodes,
  });
  return { location: signedOutUrl(site, outcomeOf(answer)) };
}

const outcomeOf = ({ isEverywhere }: VerifiedLogoutResponse) => (isEverywhere ? 'everywhere' : 'partly');
