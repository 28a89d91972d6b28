// POST /saml/revoke/{connection}: Global Token Revocation, or the connection's bearer token. Off unless configured, and then
// no different from a path that is not there. Asked by servers: no page may, so there is no CORS here.

import { SsoError } from '../../core/errors';
import { revoke } from '../../sso/revoke';
import { readMembers } from '../page-request';
import type { Route, Visit } from '../visit';

/** What follows it is the name of a connection. */
export const revocationPath = '/saml/revoke/';

export const revocationRoute: Route = {
  path: `${revocationPath}*`,
  methods: { POST: receive },
  refusals: 'json',
};

const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

async function receive(visit: Visit): Promise<void> {
  const { context, request, response, reference } = visit;
  const connection = visit.path.slice(visit.path.lastIndexOf('/') + 1);
  // Before the body: a path that is not there reads none.
  if (context.connections.byName(connection)?.settings.revocation === undefined)
    throw new SsoError('HTTP_NOT_FOUND');
  visit.about = { connection };
  response.setHeader('WWW-Authenticate', 'Bearer');
  const [, token = ''] = BEARER.exec(request.headers.authorization ?? '') ?? [];
  const members = await readMembers(visit);
  await revoke(context, { connection, token, members, reference });
  response.removeHeader('WWW-Authenticate');
  response.statusCode = 204;
  response.end();
}
