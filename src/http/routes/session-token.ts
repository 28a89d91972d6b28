// POST /session-token: a ticket and its verifier → a session token, or a place in the line while Wix is busy, with which the
// page asks again. Called by a site's page (then the browser sends Origin,
// which must be one of the site's) or by a site's backend (then there is none). The answer is the only place where the
// token leaves us.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { redeemOrWait, redeemPlace, redeemTicket } from '../../sso/redeem-ticket';
import { readBody } from '../body';
import { sendJson } from '../reply';
import type { Route, Visit } from '../visit';

const PREFLIGHT_SECONDS = '600';

export const sessionTokenRoute: Route = {
  path: '/session-token',
  methods: { POST: redeem, OPTIONS: preflight },
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
  const { sessionToken, returnTo, state } = redeemed;
  sendJson(visit, 200, { sessionToken: sessionToken.reveal(), returnTo, state });
}

function preflight(visit: Visit): void {
  admitOrigin(visit);
  const { response } = visit;
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Allow-Headers', 'content-type');
  response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
  response.statusCode = 204;
  response.end();
}

/**
 * An origin of no site is turned away before its ticket is looked at; whether it is one of the ticket's own site is known
 * only once the ticket is taken.
 */
function admitOrigin({ context, request, response }: Visit): string | undefined {
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined) return undefined;
  const known = [...context.sites.values()].some((site) => site.origins.includes(origin));
  if (!known) throw new SsoError('HTTP_ORIGIN_NOT_ALLOWED', { origin });
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
  return origin;
}

async function readMembers(visit: Visit): Promise<ReadonlyMap<string, unknown>> {
  const body = await readBody(visit, { type: 'application/json', maxBytes: limits.jsonBytes });
  const value = Buffer.isBuffer(body) ? parseJson(body) : body;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'not a JSON object' });
  }
  return new Map<string, unknown>(Object.entries(value));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'not JSON' }); // The parser's message would quote the ticket.
  }
}
