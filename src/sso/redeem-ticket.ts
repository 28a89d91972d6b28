// A ticket and its verifier → a session token. The ticket is taken before anything is looked at, so presenting it without
// the right verifier spends it. A busy or unreachable Wix spends nothing: the ticket is given back for the rest of its life.

import { SsoError } from '../core/errors';
import { noSpans } from '../core/spans';
import { SessionToken } from '../wix/session-token';
import { spendIfBeingRedeemed, takeTicket, type SessionTicket } from '../wix/ticket';
import { provesChallenge } from './challenge';
import type { SiteWithExchange, SsoContext } from './context';
import { sessionName } from './end-session';
import {
  givenBack,
  isPassing,
  mintInTurn,
  placeFor,
  type About,
  type Minting,
  type Waiting,
} from './mint-in-turn';
import { mintForPlace, type PlaceRedemption } from './place-turn';
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

/** @throws TICKET_…, HTTP_ORIGIN_NOT_ALLOWED (the ticket is spent), WIX_…, SAML_SESSION_ENDED, STATE_UNAVAILABLE */
export async function redeemTicket(context: SsoContext, redemption: Redemption): Promise<RedeemedTicket> {
  const redeemed = await redeem(context, redemption, false);
  if ('place' in redeemed) throw new TypeError('a place for somebody who did not ask for one');
  return redeemed;
}

/** The same for a page that knows places: when Wix is busy it gets one for its ticket. */
export const redeemOrWait = (
  context: SsoContext,
  redemption: Redemption,
): Promise<RedeemedTicket | Waiting> => redeem(context, redemption, true);

async function redeem(
  context: SsoContext,
  redemption: Redemption,
  mayWait: boolean,
): Promise<RedeemedTicket | Waiting> {
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
  const { reference } = redemption;
  const minted = await mintOrWait(context, { ticket, site, about, reference }, mayWait);
  if (!(minted instanceof SessionToken)) return minted;
  const begun = await beginSession(context, ticket, { ...about, reference });
  return { sessionToken: minted, returnTo, state, ...begun };
}

/** The same for a place, which is asked about until it is its turn. @throws as redeemTicket */
export async function redeemPlace(
  context: SsoContext,
  redemption: PlaceRedemption,
): Promise<RedeemedTicket | Waiting> {
  const minted = await mintForPlace(context, redemption);
  if (!('token' in minted)) return minted;
  const { token, ticket, about } = minted;
  const { returnTo, state } = ticket.grant;
  const begun = await beginSession(context, ticket, { ...about, reference: redemption.reference });
  return { sessionToken: token, returnTo, state, ...begun };
}

async function mintOrWait(
  context: SsoContext,
  minting: Minting,
  mayWait: boolean,
): Promise<SessionToken | Waiting> {
  const { site, ticket, about } = minting;
  let busy = new SsoError('WIX_RATE_LIMITED', { ...about, problem: 'not asked: others stand in line' });
  try {
    const token = await mintInTurn(context, minting);
    if (token !== undefined) return token;
  } catch (error) {
    if (!isPassing(error)) throw error;
    busy = error;
    // What failed once by chance is asked again soon; in a line stands who has to wait longer than a ticket lives.
    if (site.queue?.isOpen === true) throw await givenBack(context, ticket, busy);
  }
  const waiting = mayWait ? await placeFor(context, minting) : undefined;
  if (waiting === undefined) throw await givenBack(context, ticket, busy);
  return waiting;
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

function siteOf(context: SsoContext, about: About): SiteWithExchange {
  const site = context.sites.get(about.site);
  // Another process' configuration, or one that was changed within a minute.
  if (site === undefined) throw new SsoError('TICKET_UNKNOWN', { ...about, problem: 'unknown site' });
  return site;
}
