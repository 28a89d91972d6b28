// POST /saml/acs: the assertion consumer service (SAML Bindings §3.5). Takes a form with one SAMLResponse and at most one
// RelayState, and sends the person back to the site. Needs no cookie: none would travel with this cross-site POST.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { completeLogin } from '../../sso/complete-login';
import { peekConnection } from '../../sso/pending-request';
import { peekSignIn } from '../../sso/sign-in';
import { readBody } from '../body';
import { readFields, readParsedFields } from '../fields';
import { redirect } from '../reply';
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
  redirect(visit, 303, location);
}

/**
 * RelayState only repeats what InResponseTo says. An IdP that makes it longer than 80 bytes (§3.5.3) has put something of
 * its own there, usually the start page of its portal: it is dropped, and no honest person is turned away for it.
 */
function tolerableRelayState(visit: Visit, relayState: string | undefined): string | undefined {
  if (relayState === undefined || Buffer.byteLength(relayState) <= limits.relayStateBytes) return relayState;
  const { reference, context } = visit;
  context.events.emit({ type: 'login.relayStateDropped', reference, bytes: relayState.length });
  return undefined;
}
