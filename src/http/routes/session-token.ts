// POST /session-token: a ticket and its verifier → a session token. Called by a site's page (then the browser sends Origin,
// which must be one of the site's) or by a site's backend (then there is none). The answer is the only place where the
// token leaves us.

import { SsoError } from '../../core/errors';
import { redeemTicket } from '../../sso/redeem-ticket';
import { admitOrigin, answerPreflight, readMembers } from '../page-request';
import { sendJson } from '../reply';
import type { Route, Visit } from '../visit';

export const sessionTokenRoute: Route = {
  path: '/session-token',
  methods: { POST: redeem, OPTIONS: answerPreflight },
  refusals: 'json',
};

async function redeem(visit: Visit): Promise<void> {
  const origin = admitOrigin(visit);
  const members = await readMembers(visit);
  const ticket = members.get('ticket');
  const codeVerifier = members.get('codeVerifier');
  if (ticket === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'ticket' });
  if (typeof ticket !== 'string') throw new SsoError('HTTP_FIELD_INVALID', { field: 'ticket', form: 'text' });
  const redeemed = await redeemTicket(visit.context, {
    ticket,
    codeVerifier: typeof codeVerifier === 'string' ? codeVerifier : undefined,
    origin,
    reference: visit.reference,
  });
  const { sessionToken, ...told } = redeemed;
  sendJson(visit, 200, { sessionToken: sessionToken.reveal(), ...told });
}
