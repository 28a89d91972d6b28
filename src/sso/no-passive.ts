// A request with IsPassive asks whether the person is signed in at the IdP already; NoPassive says no (SAML Core §3.2.2.2).
// That is an answer and no failure: the person goes back to the site, which shows its button.

import { statusNoPassive } from '../saml/names';
import { peekFailureStatus, peekInResponseTo, type UnverifiedResponse } from '../saml/login/response';
import { landingPageUrl } from '../wix/site';
import type { SsoContext } from './context';
import { peekConnection } from './pending-request';

/**
 * Nothing is spent and nothing believed: whoever sends this only opens the site's own page.
 * @returns the landing page without a start; undefined for every other answer
 */
export function returnNotSignedIn(
  context: SsoContext,
  response: UnverifiedResponse,
  { relayState, reference }: { readonly relayState: string | undefined; readonly reference: string },
): { readonly location: string } | undefined {
  if (peekFailureStatus(response)?.codes.includes(statusNoPassive) !== true) return undefined;
  const requestId = peekInResponseTo(response) ?? relayState;
  const name = requestId === undefined ? undefined : peekConnection(requestId);
  const connection = name === undefined ? undefined : context.connections.byName(name)?.settings;
  const site = connection && context.sites.get(connection.site);
  if (connection === undefined || site === undefined) return undefined;
  context.events.emit({ type: 'login.notSignedIn', reference, connection: connection.name, site: site.name });
  return { location: landingPageUrl(site, {}) };
}
