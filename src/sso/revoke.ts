// Somebody says that a person's sessions are to end: their IdP by a signed token (Global Token Revocation), or a system of
// the company by the connection's bearer token. It ends handles. Only the second kind can say that a person is disabled, and
// only where the operator wants it is the member then blocked at the site: a token of the first kind is sent for a mere
// suspicion too.

import { createHash, timingSafeEqual } from 'node:crypto';
import { SsoError } from '../core/errors';
import { parseEmail } from '../policy/email';
import { mayVouchFor } from '../policy/email-domains';
import type { ConnectionSettings } from './connection';
import type { SsoContext } from './context';
import { endSessions } from './end-session';
import { requireProof } from './require-proof';
import { verifyRevocationToken } from './revocation-token';
import type { Whose } from './session-index';

export interface Revocation {
  /** Name of the connection, from the address. */
  readonly connection: string;
  /** What stands in the header behind `Bearer`. */
  readonly token: string;
  /** Members of the JSON body. */
  readonly members: ReadonlyMap<string, unknown>;
  readonly reference: string;
}

interface Subject {
  readonly email?: string;
  readonly nameId?: string;
}

/** A token of Okta has about 900 characters. */
const TOKEN_CHARS = 8192;

/**
 * Ends the sessions that are meant; whether there were any is not told to whoever asked.
 *
 * @throws HTTP_NOT_FOUND where it is not configured, REVOCATION_…, HTTP_FIELD_…, WIX_…, STATE_UNAVAILABLE
 */
export async function revoke(context: SsoContext, revocation: Revocation): Promise<void> {
  const settings = context.connections.byName(revocation.connection)?.settings;
  if (settings?.revocation === undefined) throw new SsoError('HTTP_NOT_FOUND');
  const { name: connection, site } = settings;
  const about = { connection, site };
  const proof = await authenticate(context, settings, revocation).catch((error: unknown) => {
    throw error instanceof SsoError ? new SsoError(error.code, { ...about, ...error.detail }, error) : error;
  });
  const subject = readSubject(settings, revocation.members);
  const disabled = proof === 'bearer' ? readDisabled(revocation.members) : undefined;
  // Only ever the reverse of what was done by `true`.
  const sessions = disabled === false ? 0 : await endAll(context, settings, { subject, revocation });
  context.events.emit({
    type: 'revocation.received',
    reference: revocation.reference,
    ...about,
    proof,
    sessions,
  });
  if (disabled !== undefined && settings.leavers === 'block')
    await commandSite(context, settings, { subject, revocation, disabled });
}

/** The endpoint of one connection: what a token must have been made for. */
export const revocationUrl = (baseUrl: string, connection: string): string =>
  `${baseUrl}/saml/revoke/${connection}`;

async function authenticate(
  context: SsoContext,
  { name, revocation = {}, clockSkewMs }: ConnectionSettings,
  { token }: Revocation,
): Promise<'bearer' | 'signed'> {
  const { bearer, signed } = revocation;
  if (token === '' || token.length > TOKEN_CHARS)
    throw new SsoError('CONNECTION_REVOCATION_REFUSED', { problem: 'no usable token' });
  if (bearer !== undefined && sameText(token, bearer.reveal())) return 'bearer';
  if (signed === undefined || context.revocationKeys === undefined)
    throw new SsoError('CONNECTION_REVOCATION_REFUSED', { problem: 'another token' });
  const { revocationKeys, clock, store, serviceProvider } = context;
  const { jti, validUntil } = await verifyRevocationToken(
    token,
    {
      issuer: signed.issuer,
      audience: revocationUrl(serviceProvider.baseUrl, name),
      keysFor: (kid) => revocationKeys.of(signed.jwksUri, kid),
      clockSkewMs,
    },
    clock.now(),
  );
  const once = digest(JSON.stringify([name, signed.issuer, jti])).toString('base64url');
  const isFirst = await store.claim(`revocation:${once}`, Math.max(validUntil - clock.now(), 1));
  if (!isFirst) throw new SsoError('CONNECTION_REVOCATION_REFUSED', { problem: 'it was used before' });
  return 'signed';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Of hashes, so that neither length nor place of a difference shows. */
const sameText = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** RFC 9493: `email`, `iss_sub`, `opaque`; or `email` or `nameId` of our own. Nobody of this connection: an empty one. */
function readSubject(settings: ConnectionSettings, members: ReadonlyMap<string, unknown>): Subject {
  // Some senders call it as the draft did before it named it.
  const given = members.get('sub_id') ?? members.get('subject');
  const subject = given === undefined ? members : membersOf(given);
  switch (given === undefined ? 'own' : subject.get('format')) {
    case 'own':
      if (subject.has('email')) return { email: textOf(subject, 'email') };
      return { nameId: textOf(subject, 'nameId') };
    case 'email':
      return { email: textOf(subject, 'email') };
    case 'opaque':
      return { nameId: textOf(subject, 'id') };
    case 'iss_sub':
      return textOf(subject, 'iss') === settings.revocation?.signed?.issuer
        ? { nameId: textOf(subject, 'sub') }
        : {};
    default:
      throw new SsoError('HTTP_FIELD_INVALID', { field: 'sub_id', form: 'email, iss_sub or opaque' });
  }
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return new Map<string, unknown>(Object.entries(value));
  throw new SsoError('HTTP_FIELD_INVALID', { field: 'sub_id', form: 'object' });
}

function textOf(members: ReadonlyMap<string, unknown>, field: string): string {
  const value = members.get(field);
  if (value === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field });
  if (typeof value !== 'string' || value === '' || value.length > 1024)
    throw new SsoError('HTTP_FIELD_INVALID', { field, form: 'text' });
  return value;
}

function readDisabled(members: ReadonlyMap<string, unknown>): boolean | undefined {
  const disabled = members.get('disabled');
  if (disabled === undefined || typeof disabled === 'boolean') return disabled;
  throw new SsoError('HTTP_FIELD_INVALID', { field: 'disabled', form: 'true or false' });
}

interface Meant {
  readonly subject: Subject;
  readonly revocation: Revocation;
}

/** An address may stand in either place, whatever the sender calls it. */
async function endAll(
  context: SsoContext,
  { name: connection }: ConnectionSettings,
  { subject, revocation: { reference } }: Meant,
): Promise<number> {
  const text = subject.email ?? subject.nameId;
  if (text === undefined) return 0;
  const email = parseEmail(text)?.address;
  const meant: Whose[] = [
    { connection, nameId: { value: text } },
    ...(email === undefined ? [] : [{ connection, email }]),
  ];
  let ended = 0;
  for (const whose of meant) ended += await endSessions(context, whose, { why: 'revoked', reference });
  return ended;
}

/** Blocks the member or takes the block back, for addresses that this connection may vouch for. */
async function commandSite(
  context: SsoContext,
  { name, site: siteName, policy }: ConnectionSettings,
  { subject, revocation: { reference }, disabled }: Meant & { readonly disabled: boolean },
): Promise<void> {
  const email = parseEmail(subject.email ?? subject.nameId ?? '');
  if (email === undefined || !mayVouchFor(policy, email.domain)) return;
  await requireProof(context, { name }, email.address);
  const site = context.sites.get(siteName);
  if (site?.commandMember === undefined) throw new SsoError('WIX_FUNCTION_MISSING', { site: siteName });
  const done = await site.commandMember({
    email: email.address,
    connection: name,
    command: disabled ? 'block' : 'unblock',
  });
  if (!done) return;
  const member = context.pseudonym(email.address);
  const about = { reference, connection: name, site: siteName, member };
  if (disabled) context.events.emit({ type: 'member.blocked', ...about });
  else context.events.emit({ type: 'member.unblocked', ...about });
}
