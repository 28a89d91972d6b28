// POST /session-token: a ticket and its verifier → a session token, or a place in the line while Wix is busy, with which the
// page asks again. Called by a site's page (then the browser sends Origin,
// which must be one of the site's) or by a site's backend (then there is none). The answer is the only place where the
// token leaves us.

import { SsoError } from '../../core/errors';
import { redeemOrWait, redeemPlace, redeemTicket } from '../../sso/redeem-ticket';
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
  const field = members.has('place') ? 'place' : 'ticket';
  const presented = members.get(field);
  if (presented === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field });
  if (typeof presented !== 'string') throw new SsoError('HTTP_FIELD_INVALID', { field, form: 'text' });
  const given = members.get('codeVerifier');
  const codeVerifier = typeof given === 'string' ? given : undefined;
  const { context, reference } = visit;
  const about = { codeVerifier, origin, reference };
  // A page of an earlier version knows no places: it asks again while its ticket lives.
  const redeemed =
    field === 'place'
      ? await redeemPlace(context, { place: presented, ...about })
      : await (members.get('mayWait') === true ? redeemOrWait : redeemTicket)(context, {
          ticket: presented,
          ...about,
        });
  if ('place' in redeemed) {
    visit.response.setHeader('Retry-After', redeemed.retryAfter);
    sendJson(visit, 202, redeemed);
    return;
  }
  const { sessionToken, ...told } = redeemed;
  sendJson(visit, 200, { sessionToken: sessionToken.reveal(), ...told });
}
