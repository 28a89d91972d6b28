// What every route of the set-up pages does first: are there such pages at all, who is asking, and did the form come from a
// page of ours. Three locks stand before a change: the cookie's SameSite=Strict, the Origin of the request, and the token
// that only a page of the same session shows.

import { SsoError } from '../../core/errors';
import type { SealedDocuments } from '../../stores/sealed-documents';
import {
  isFormTokenOf,
  readSession,
  wereLinksMade,
  type LinkPorts,
  type SetupSession,
} from '../../admin/setup/links';
import { sendPage, type Page } from '../reply';
import type { Visit } from '../visit';
import { readSetupCookie } from './cookie';

/** What the set-up pages need beside the context of every visit. */
export interface SetupParts {
  readonly documents: SealedDocuments;
  /** Whether the configuration in use has them. */
  readonly isOn: () => boolean;
  /** Whether IT admins put live what they have tested; absent: never. */
  readonly isSelf?: () => boolean;
  /** Whether attempts to sign in are kept; absent: they may be. */
  readonly keepsLog?: () => boolean;
}

export const portsOf = ({ context }: Visit, { documents }: SetupParts): LinkPorts => ({
  documents,
  clock: context.clock,
  random: context.random,
});

/** @throws HTTP_NOT_FOUND (rejects): nobody was ever invited, so nobody has to know that there could be pages */
export async function requirePortal(visit: Visit, parts: SetupParts): Promise<void> {
  if (!parts.isOn() || !(await wereLinksMade(parts))) throw new SsoError('HTTP_NOT_FOUND');
}

/** The session of a link of whatever scope. @throws HTTP_NOT_FOUND, SETUP_LINK_INVALID (rejects) */
export async function requireAnySession(visit: Visit, parts: SetupParts): Promise<SetupSession> {
  await requirePortal(visit, parts);
  const { context, request } = visit;
  const cookie = readSetupCookie(context.serviceProvider.baseUrl, request);
  const session = await readSession(portsOf(visit, parts), cookie);
  const { connection } = session.link;
  visit.about = { connection };
  if (context.connections.byName(connection) === undefined)
    throw new SsoError('SETUP_LINK_INVALID', { problem: 'the connection is not there any more', connection });
  return session;
}

/** The session of a link that may change the set-up. @throws HTTP_NOT_FOUND, SETUP_LINK_INVALID (rejects) */
export async function requireSession(visit: Visit, parts: SetupParts): Promise<SetupSession> {
  const { context } = visit;
  const session = await requireAnySession(visit, parts);
  const { connection, scope } = session.link;
  if (scope !== 'setup')
    throw new SsoError('SETUP_LINK_INVALID', { problem: 'it opens the log only', connection });
  // The operator may have removed it from the configuration since, or named its metadata there.
  const from = context.connections.byName(connection)?.metadata.from;
  if (from === undefined || !('setup' in from))
    throw new SsoError('SETUP_LINK_INVALID', { problem: 'not set up here any more', connection });
  return session;
}

/** Every browser says where a POST comes from (Fetch §3.2); without a word it is none. @throws SETUP_FORM_FOREIGN */
export function requireOwnOrigin({ context, request }: Visit): void {
  const { origin } = request.headers;
  if (origin === new URL(context.serviceProvider.baseUrl).origin) return;
  throw new SsoError('SETUP_FORM_FOREIGN', { origin: origin ?? 'none' });
}

/** @throws SETUP_FORM_FOREIGN */
export function requireFormToken(session: SetupSession, token: string | undefined): void {
  if (!isFormTokenOf(session, token)) throw new SsoError('SETUP_FORM_FOREIGN', { problem: 'form token' });
}

/**
 * No page elsewhere learns an address of ours; to ourselves the whole of it may be said, because with `no-referrer` a
 * browser would send `Origin: null` along with our own forms (Fetch §3.2.5).
 */
export function sendPortalPage(visit: Visit, status: number, page: Page): void {
  visit.response.setHeader('Referrer-Policy', 'same-origin');
  sendPage(visit, status, page);
}
