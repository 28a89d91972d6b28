// A place in the line and its verifier → where the person stands, or a session token when it is their turn. As with a ticket,
// whoever presents a place without its verifier, or from another site's page, spends it. To ask early costs no look into the store.

import { SsoError } from '../core/errors';
import { isPlaceOf, peekPlace, type Place } from '../wix/place';
import type { SessionToken } from '../wix/session-token';
import { spendIfBeingRedeemed, takeTicket, type SessionTicket } from '../wix/ticket';
import { challengeOf, provesChallenge } from './challenge';
import type { SiteWithExchange, SsoContext } from './context';
import { givenBack, isPassing, mintInTurn, pauseFor, type About, type Waiting } from './mint-in-turn';

export interface PlaceRedemption {
  readonly place: string;
  readonly codeVerifier: string | undefined;
  /** Of the page that asks; undefined when no browser asks. */
  readonly origin: string | undefined;
  readonly reference: string;
}

/** A token, and the ticket's grant that it was minted for. */
export interface Minted {
  readonly token: SessionToken;
  readonly ticket: SessionTicket;
  readonly about: About;
}

/** @throws TICKET_…, HTTP_ORIGIN_NOT_ALLOWED (the place is spent), WIX_…, STATE_UNAVAILABLE */
export async function mintForPlace(
  context: SsoContext,
  redemption: PlaceRedemption,
): Promise<Minted | Waiting> {
  const { place: text, codeVerifier, origin } = redemption;
  const place = peekPlace(text);
  if (place === undefined) throw new SsoError('TICKET_UNKNOWN', { problem: 'not the form of a place' });
  const challenge = challengeOf(codeVerifier);
  if (challenge === undefined || !isPlaceOf(context.stateKeys, text, challenge)) {
    throw await spent(context, place, new SsoError('TICKET_VERIFIER_MISMATCH'));
  }
  if (place.expiresAt <= context.clock.now()) throw new SsoError('TICKET_UNKNOWN', { problem: 'expired' });
  const site = context.sites.get(place.site);
  if (site === undefined) throw new SsoError('TICKET_UNKNOWN', { problem: 'unknown site' });
  if (origin !== undefined && !site.origins.includes(origin)) {
    throw await spent(context, place, new SsoError('HTTP_ORIGIN_NOT_ALLOWED', { site: place.site, origin }));
  }
  const standing = await site.queue?.line.standing(place.number);
  if (standing !== undefined) {
    return { place: text, position: standing.position, retryAfter: pauseFor(standing) };
  }
  return mintCalled(context, { place, site }, redemption);
}

async function mintCalled(
  context: SsoContext,
  { place, site }: { readonly place: Place; readonly site: SiteWithExchange },
  { place: text, codeVerifier, reference }: PlaceRedemption,
): Promise<Minted | Waiting> {
  const ticket = await takePlace(context, place, codeVerifier);
  const { connection, email, signIn, codeChallenge, site: siteName } = ticket.grant;
  const about = { signIn, connection, site: siteName, member: context.pseudonym(email) };
  // What the text said was under our hash; the record has the last word.
  if (!provesChallenge(codeVerifier, codeChallenge) || siteName !== site.name) {
    throw new SsoError('TICKET_VERIFIER_MISMATCH', about);
  }
  const again: Waiting = { place: text, position: 1, retryAfter: pauseFor({ position: 1, seconds: 0 }) };
  try {
    const token = await mintInTurn(context, { ticket, site, about, reference, number: place.number });
    if (token !== undefined) return { token, ticket, about };
  } catch (error) {
    throw isPassing(error) ? await givenBack(context, ticket, error) : error;
  }
  const { detail } = await givenBack(context, ticket, new SsoError('WIX_RATE_LIMITED', about));
  if (detail.ticketGivenBack === false)
    throw new SsoError('TICKET_UNKNOWN', { ...about, problem: 'expired' });
  return again;
}

/** A place that is out is not there for anybody else, but a wrong verifier spends it all the same. */
async function takePlace(
  context: SsoContext,
  { id }: Place,
  codeVerifier: string | undefined,
): Promise<SessionTicket> {
  try {
    return await takeTicket(context, id, 'place');
  } catch (error) {
    if (error instanceof SsoError && error.code === 'TICKET_UNKNOWN') {
      await spendIfBeingRedeemed(
        context,
        id,
        (challenge) => provesChallenge(codeVerifier, challenge),
        'place',
      );
    }
    throw error;
  }
}

/** Takes the place away from whoever could still use it. @returns TICKET_UNKNOWN where there was none */
async function spent(context: SsoContext, place: Place, refusal: SsoError): Promise<SsoError> {
  try {
    const { grant } = await takePlace(context, place, undefined);
    const { signIn, connection, site, email } = grant;
    return new SsoError(refusal.code, {
      ...refusal.detail,
      ...{ signIn, connection, site, member: context.pseudonym(email) },
    });
  } catch (error) {
    if (error instanceof SsoError && error.code === 'TICKET_UNKNOWN') return error;
    throw error;
  }
}
