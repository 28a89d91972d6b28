// Set-up links: the only credential of an IT admin, who has no account here. A link is 256 random bits; the store knows its
// hash alone, as the name of the document that says what it opens and until when. It is redeemed once, by a click, for a
// session in one browser; the session's secret is kept as a hash in the same document, so that whatever ends the link ends
// the session with it. The document's version is its generation: an older one that is written back is not believed
// (stores/sealed-documents), and a revoked link stays as a document, because one that is missing would prove nothing.

import { createHash, timingSafeEqual } from 'node:crypto';
import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { Clock, Random } from '../../core/ports';
import { Secret } from '../../core/secret';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { readLinkRecord, type LinkRecord, type LinkScope } from './link-record';

export interface LinkPorts {
  readonly documents: SealedDocuments;
  readonly clock: Clock;
  readonly random: Random;
}

/** What may be shown of a link; nothing in it opens anything. */
export interface SetupLink {
  /** The first 12 hexadecimal digits of the secret's SHA-256: names the link in lists and in the log. */
  readonly id: string;
  readonly connection: string;
  readonly scope: LinkScope;
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
  readonly endsAt: number;
  readonly redeemedAt?: number;
  readonly revokedAt?: number;
  readonly state: 'open' | 'redeemed' | 'revoked' | 'expired';
}

/** Who acts on the set-up pages. */
export interface SetupSession {
  readonly link: SetupLink;
  /** Names what belongs to this session and no other: 64 hexadecimal digits. */
  readonly key: string;
  /** What every form of this session carries (OWASP CSRF: a token bound to the session). */
  readonly formToken: string;
}

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const COOKIE = /^([0-9a-f]{64})\.([A-Za-z0-9_-]{43})$/;
const ID_CHARS = 12;
/** Stays for ever, so that the pages of a service that never invited anybody are not there. */
const EVER_MADE = 'setup/links-made';
const PREFIX = 'setup-links/';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const newSecret = (random: Random): string => random.bytes(SECRET_BYTES).toString('base64url');
const documentOf = (key: string): string => PREFIX + key;

/** @returns the link with the secret that opens it, which nobody can find out again. @throws STATE_UNAVAILABLE (rejects) */
export async function createLink(
  ports: LinkPorts,
  {
    connection,
    days,
    scope = 'setup',
  }: { readonly connection: string; readonly days: number; readonly scope?: LinkScope },
): Promise<{ readonly link: SetupLink; readonly secret: Secret }> {
  const { documents, clock, random } = ports;
  await forgetOldLinks(ports);
  const secret = newSecret(random);
  const key = sha256(secret);
  const createdAt = clock.now();
  const record: LinkRecord = { scope, connection, createdAt, endsAt: createdAt + days * 86_400_000 };
  await documents.putIf(documentOf(key), record, undefined);
  // It may be there from the first one; which of several made it makes no difference.
  await documents.putIf(EVER_MADE, true, undefined);
  return { link: linkOf(key, record, createdAt), secret: new Secret(secret) };
}

/** True as soon as a link was ever made for this store. */
export async function wereLinksMade({ documents }: Pick<LinkPorts, 'documents'>): Promise<boolean> {
  return (await documents.get(EVER_MADE)) !== undefined;
}

/** Every link that is remembered, the newest first. */
export async function listLinks({
  documents,
  clock,
}: Omit<LinkPorts, 'random'>): Promise<readonly SetupLink[]> {
  const links: SetupLink[] = [];
  for (const { name } of await documents.list(PREFIX)) {
    const key = name.slice(PREFIX.length);
    const record = readLinkRecord((await documents.get(name))?.value);
    if (record !== undefined) links.push(linkOf(key, record, clock.now()));
  }
  return links.sort((one, other) => other.createdAt - one.createdAt);
}

/** Ends a link and the session that it was redeemed for. @returns undefined when there is none with this id */
export async function revokeLink(ports: LinkPorts, id: string): Promise<SetupLink | undefined> {
  if (!/^[0-9a-f]{12}$/.test(id)) return undefined;
  const { documents, clock } = ports;
  const [found] = await documents.list(PREFIX + id);
  if (found === undefined) return undefined;
  const key = found.name.slice(PREFIX.length);
  const change = (record: LinkRecord): LinkRecord => ({ ...record, revokedAt: clock.now() });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const document = await documents.get(found.name);
    const record = readLinkRecord(document?.value);
    if (document === undefined || record === undefined) return undefined;
    if (record.revokedAt !== undefined) return linkOf(key, record, clock.now());
    const revoked = change(record);
    if ((await documents.putIf(found.name, revoked, document.version)) !== undefined)
      return linkOf(key, revoked, clock.now());
  }
  throw new SsoError('STATE_UNAVAILABLE', { problem: 'the link is being changed all the time' });
}

/** A change may cross a redemption. */
const ATTEMPTS = 5;

/** The link that a secret opens, as long as it does; looking spends nothing. @throws SETUP_LINK_INVALID (rejects) */
export async function lookAtLink(ports: LinkPorts, secret: string): Promise<SetupLink> {
  const { link } = await openLink(ports, secret);
  return link;
}

/**
 * Redeems a link for a session, exactly once. Whoever redeemed it before in this browser goes on with the session they have.
 *
 * @param cookie what this browser brought
 * @returns the value for the cookie
 * @throws SETUP_LINK_INVALID (rejects) when it is unknown, over, revoked, or was redeemed elsewhere
 */
export async function redeemLink(
  ports: LinkPorts,
  secret: string,
  cookie: string | undefined,
): Promise<{ readonly link: SetupLink; readonly cookie: Secret }> {
  const { documents, clock, random } = ports;
  const { key, record, link, version } = await openLink(ports, secret);
  if (record.session !== undefined) {
    const [, ownKey, ownSecret] = COOKIE.exec(cookie ?? '') ?? [];
    if (cookie !== undefined && ownKey === key && isSessionOf(record, ownSecret))
      return { link, cookie: new Secret(cookie) };
    throw invalid('redeemed in another browser', link);
  }
  // Always a fresh one: nothing that a browser brings becomes a session (fixation).
  const session = newSecret(random);
  const redeemed: LinkRecord = { ...record, session: sha256(session), redeemedAt: clock.now() };
  const written = await documents.putIf(documentOf(key), redeemed, version);
  if (written === undefined) throw invalid('redeemed in another browser', link);
  return { link: linkOf(key, redeemed, clock.now()), cookie: new Secret(`${key}.${session}`) };
}

/** The session of a cookie; asked at every request, so that a link that ends takes effect at once. @throws SETUP_LINK_INVALID (rejects) */
export async function readSession(
  { documents, clock }: Omit<LinkPorts, 'random'>,
  cookie: string | undefined,
): Promise<SetupSession> {
  const [, key, secret] = COOKIE.exec(cookie ?? '') ?? [];
  if (key === undefined || secret === undefined) throw invalid('no session');
  const record = readLinkRecord((await documents.get(documentOf(key)))?.value);
  if (record === undefined || !isSessionOf(record, secret)) throw invalid('no session');
  const link = linkOf(key, record, clock.now());
  if (link.state !== 'redeemed') throw invalid(link.state, link);
  return Object.freeze({ link, key, formToken: sha256(`wix-saml set-up form\n${secret}`) });
}

/** Compares the token of a form in constant time. */
export function isFormTokenOf({ formToken }: SetupSession, given = ''): boolean {
  return given.length === formToken.length && timingSafeEqual(Buffer.from(given), Buffer.from(formToken));
}

function isSessionOf({ session }: LinkRecord, secret: string | undefined): boolean {
  if (session === undefined || secret === undefined) return false;
  return timingSafeEqual(Buffer.from(session, 'hex'), Buffer.from(sha256(secret), 'hex'));
}

async function openLink({ documents, clock }: LinkPorts, secret: string) {
  if (!SECRET.test(secret)) throw invalid('not a link of ours');
  const key = sha256(secret);
  const document = await documents.get(documentOf(key));
  const record = readLinkRecord(document?.value);
  if (document === undefined || record === undefined) throw invalid('unknown');
  const link = linkOf(key, record, clock.now());
  if (link.state === 'revoked' || link.state === 'expired') throw invalid(link.state, link);
  return { key, record, link, version: document.version };
}

function invalid(problem: string, link?: SetupLink): SsoError {
  const about = link === undefined ? {} : { connection: link.connection, link: link.id };
  return new SsoError('SETUP_LINK_INVALID', { problem, ...about });
}

function linkOf(key: string, record: LinkRecord, now: number): SetupLink {
  const { connection, scope, createdAt, endsAt, redeemedAt, revokedAt } = record;
  return Object.freeze({
    id: key.slice(0, ID_CHARS),
    ...{ connection, scope },
    createdAt,
    endsAt,
    ...(redeemedAt === undefined ? {} : { redeemedAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
    state: stateOf(record, now),
  });
}

function stateOf({ revokedAt, endsAt, session }: LinkRecord, now: number): SetupLink['state'] {
  if (revokedAt !== undefined) return 'revoked';
  if (now >= endsAt) return 'expired';
  return session === undefined ? 'open' : 'redeemed';
}

/** Where the latest test of a session is kept. @param key of the session */
export const testName = (key: string): string => `setup-test/${key}`;

/** What ended long ago opens nothing and tells nobody anything any more; its test goes with it. */
async function forgetOldLinks({ documents, clock }: LinkPorts): Promise<void> {
  for (const { name, version } of await documents.list(PREFIX)) {
    const record = readLinkRecord((await documents.get(name))?.value);
    if (record === undefined || clock.now() <= record.endsAt + limits.setupLinkKeptMs) continue;
    const test = testName(name.slice(PREFIX.length));
    const found = await documents.get(test);
    if (found !== undefined) await documents.delete(test, found.version);
    await documents.delete(name, version);
  }
}
