// POST /session/handle: a handle → whether its session lives; with `end` it ends itself. The guard of every open page asks this
// every five minutes, so it is one look into the store and an answer of a line. Nobody but the session's own site learns
// anything: all else is "not alive", and a guess costs 256 bits.

import { SsoError } from '../../core/errors';
import { signOutLocation } from '../../sso/begin-sign-out';
import { endSession } from '../../sso/end-session';
import { peekSession, touchSession, type Session } from '../../sso/session';
import { admitOrigin, answerPreflight, readMembers } from '../page-request';
import { sendJson } from '../reply';
import type { Route, Visit } from '../visit';

export const sessionHandleRoute: Route = {
  path: '/session/handle',
  methods: { POST: answer, OPTIONS: answerPreflight },
  refusals: 'json',
};

async function answer(visit: Visit): Promise<void> {
  const origin = admitOrigin(visit);
  const { handle, end } = readQuestion(await readMembers(visit));
  const { context, reference } = visit;
  const session = await (end ? peekSession : touchSession)(context, handle);
  if (session === undefined || !isOwnPage(visit, session, origin)) {
    sendJson(visit, 200, { alive: false });
    return;
  }
  if (!end) {
    sendJson(visit, 200, { alive: true, endsAt: session.endsAt });
    return;
  }
  const ended = await endSession(context, handle, { why: 'signedOut', reference });
  const continueAt = ended && (await signOutLocation(context, ended));
  sendJson(visit, 200, { alive: false, ...(continueAt === undefined ? {} : { continueAt }) });
}

function readQuestion(members: ReadonlyMap<string, unknown>): { handle: string; end: boolean } {
  const handle = members.get('handle');
  const end = members.get('end');
  if (handle === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'handle' });
  if (typeof handle !== 'string') throw new SsoError('HTTP_FIELD_INVALID', { field: 'handle', form: 'text' });
  if (end !== undefined && end !== true)
    throw new SsoError('HTTP_FIELD_INVALID', { field: 'end', form: 'true' });
  return { handle, end: end === true };
}

/** Two sites of one service may be strangers to each other. */
function isOwnPage({ context }: Visit, { site }: Session, origin: string | undefined): boolean {
  return origin === undefined || context.sites.get(site)?.origins.includes(origin) === true;
}
