// A ticket and its verifier → a session token. The ticket is taken before anything is looked at, so presenting it without
// the right verifier spends it. A busy or unreachable Wix spends nothing: the ticket is given back for the rest of its life.

import { createHash, timingSafeEqual } from 'node:crypto';
import { SsoError, type ErrorCode } from '../core/errors';
import { noSpans } from '../core/spans';
import type { SessionToken } from '../wix/session-token';
import { giveBackTicket, spendIfBeingRedeemed, takeTicket, type SessionTicket } from '../wix/ticket';
import type { SiteWithExchange, SsoContext } from './context';
import { sessionName } from './end-session';
import { issueSession } from './session';
import { defaultSessionRules, sessionDefaults } from './session-rules';

export interface Redemption {
  readonly ticket: string;
  /** Anything but the right verifier spends the ticket, also nothing at all. */
  readonly codeVerifier: string | undefined;
  /** Origin of the page that asks; undefined when no browser asks (the site's backend). */
  readonly origin: string | undefined;
  /** For the log. */
  readonly reference: string;
}

export interface RedeemedTicket {
  readonly sessionToken: SessionToken;
  readonly returnTo: string;
  readonly state: string;
  /** By which the page asks whether its session lives, and ends it; a bearer secret. */
  readonly signOutHandle: string;
  readonly session: SessionNotice;
}

/** What the page is told of its session. */
export interface SessionNotice {
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** How often to ask about the handle, in seconds. */
  readonly checkEvery: number;
  /** For how many seconds the guard lets the session go on while we do not answer. */
  readonly grace: number;
}

/** Whose ticket it is, for event and refusal alike. */
type About = Readonly<Record<'signIn' | 'connection' | 'site' | 'member', string>>;

/** RFC 7636 §4.1. */
const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
/** Wix may do it the next time. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['WIX_TIMEOUT', 'WIX_RATE_LIMITED', 'WIX_UNAVAILABLE']);

/** @throws TICKET_…, HTTP_ORIGIN_NOT_ALLOWED (the ticket is spent), WIX_…, SAML_SESSION_ENDED, STATE_UNAVAILABLE */
export async function redeemTicket(context: SsoContext, redemption: Redemption): Promise<RedeemedTicket> {
  const { spans = noSpans } = context;
  const ticket = await spans('redeem.take', () => takeOrSpend(context, redemption));
  const { site: siteName, connection, email, returnTo, state, signIn } = ticket.grant;
  const about = { signIn, connection, site: siteName, member: context.pseudonym(email) };
  if (!provesChallenge(redemption.codeVerifier, ticket.grant.codeChallenge)) {
    throw new SsoError('TICKET_VERIFIER_MISMATCH', about);
  }
  const site = siteOf(context, about);
  if (redemption.origin !== undefined && !site.origins.includes(redemption.origin)) {
    throw new SsoError('HTTP_ORIGIN_NOT_ALLOWED', { ...about, origin: redemption.origin });
  }
  const sessionToken = await exchange(
    context,
    { ticket, site },
    { ...about, reference: redemption.reference },
  );
  const begun = await beginSession(context, ticket, { ...about, reference: redemption.reference });
  return { sessionToken, returnTo, state, ...begun };
}

/** After Wix has answered, so that no attempt that fails leaves a session behind; an unused token is dead in two minutes. */
async function beginSession(
  context: SsoContext,
  { grant }: SessionTicket,
  about: About & { readonly reference: string },
): Promise<Pick<RedeemedTicket, 'signOutHandle' | 'session'>> {
  const settings = context.connections.byName(grant.connection)?.settings;
  const { session: rules = defaultSessionRules, clockSkewMs = 0 } = settings ?? {};
  const { handle, place, endsAt } = await issueSession(context, grant, { ...rules, clockSkewMs });
  context.events.emit({
    type: 'session.began',
    ...about,
    session: sessionName(place),
    sessionEndsAt: new Date(endsAt).toISOString(),
  });
  const checkEvery = sessionDefaults.checkEveryMs / 1000;
  return { signOutHandle: handle, session: { endsAt, checkEvery, grace: rules.graceMs / 1000 } };
}

/** A ticket that is out while Wix is asked is not there for anybody else, but a wrong verifier spends it all the same. */
async function takeOrSpend(
  context: SsoContext,
  { ticket, codeVerifier }: Redemption,
): Promise<SessionTicket> {
  try {
    return await takeTicket(context, ticket);
  } catch (error) {
    if (error instanceof SsoError && error.code === 'TICKET_UNKNOWN') {
      await spendIfBeingRedeemed(context, ticket, (challenge) => provesChallenge(codeVerifier, challenge));
    }
    throw error;
  }
}

async function exchange(
  context: SsoContext,
  { ticket, site }: { readonly ticket: SessionTicket; readonly site: SiteWithExchange },
  { reference, ...about }: About & { readonly reference: string },
): Promise<SessionToken> {
  const startedAt = context.clock.now();
  try {
    const { spans = noSpans } = context;
    const token = await spans('redeem.wix', (note) => {
      note({ site: about.site, signIn: about.signIn });
      return site.exchange(ticket);
    });
    const wixMs = context.clock.now() - startedAt;
    context.events.emit({ type: 'ticket.redeemed', reference, ...about, wixMs });
    return token;
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    const detail = { ...about, ...error.detail, wixMs: context.clock.now() - startedAt };
    const givenBack = PASSING.has(error.code) && (await giveBack(context, ticket));
    throw new SsoError(error.code, { ...detail, ticketGivenBack: givenBack }, error);
  }
}

/** A store that fails now must not hide what Wix said. */
async function giveBack(context: SsoContext, ticket: SessionTicket): Promise<boolean> {
  try {
    return await giveBackTicket(context, ticket);
  } catch (error) {
    if (error instanceof SsoError) return false;
    throw error;
  }
}

function siteOf(context: SsoContext, about: About): SiteWithExchange {
  const site = context.sites.get(about.site);
  // Another process' configuration, or one that was changed within a minute.
  if (site === undefined) throw new SsoError('TICKET_UNKNOWN', { ...about, problem: 'unknown site' });
  return site;
}

/** S256 (RFC 7636 §4.6), compared in constant time. */
function provesChallenge(codeVerifier: string | undefined, codeChallenge: string): boolean {
  if (codeVerifier === undefined || !CODE_VERIFIER.test(codeVerifier)) return false;
  const computed = createHash('sha256').update(codeVerifier).digest();
  const expected = Buffer.from(codeChallenge, 'base64url');
  return computed.length === expected.length && timingSafeEqual(computed, expected);
}
