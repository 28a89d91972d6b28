// POST /saml/acs: the assertion consumer service (SAML Bindings §3.5). Takes a form with one SAMLResponse and at most one
// RelayState, and answers with a page that leads back to the site. Needs no cookie: none would travel with this cross-site POST.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { completeLogin } from '../../sso/complete-login';
import { peekConnection } from '../../sso/pending-request';
import { peekSignIn } from '../../sso/sign-in';
import { readBody } from '../body';
import { readFields, readParsedFields } from '../fields';
import { onwardPage } from '../pages/onward';
import { sendPage } from '../reply';
import type { Route, Visit } from '../visit';

const FIELDS = ['SAMLResponse', 'RelayState'] as const;

export const assertionConsumerRoute: Route = {
  path: '/saml/acs',
  methods: { POST: consume },
  refusals: 'page',
};

async function consume(visit: Visit): Promise<void> {
  const rules = { type: 'application/x-www-form-urlencoded', maxBytes: limits.formBytes } as const;
  const body = await readBody(visit.request, rules);
  const fields = Buffer.isBuffer(body)
    ? readFields(body.toString('latin1'), FIELDS)
    : readParsedFields(body, FIELDS);
  const relayState = tolerableRelayState(visit, fields.RelayState);
  const connection = relayState === undefined ? undefined : peekConnection(relayState);
  const signIn = peekSignIn(relayState);
  if (connection !== undefined && signIn !== undefined) visit.about = { connection, signIn };
  const samlResponse = fields.SAMLResponse;
  if (samlResponse === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'SAMLResponse' });
  const { reference } = visit;
  const { location } = await completeLogin(visit.context, { samlResponse, relayState, reference });
  sendPage(visit, 200, onwardPage(location));
}

/**
 * A RelayState of ours has at most 80 bytes (§3.5.3). A longer one is an IdP's own: a path on the site is a tile's way back
 * and may be as long as `return_to`; anything else, usually the start page of a portal, is dropped, and no honest person is
 * turned away for it.
 */
function tolerableRelayState(visit: Visit, relayState: string | undefined): string | undefined {
  const longest = relayState?.startsWith('/') === true ? limits.returnToChars : limits.relayStateBytes;
  if (relayState === undefined || Buffer.byteLength(relayState) <= longest) return relayState;
  const { reference, context } = visit;
  context.events.emit({ type: 'login.relayStateDropped', reference, bytes: relayState.length });
  return undefined;
}
