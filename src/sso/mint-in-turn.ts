// The last step of a sign-in, for whoever has a ticket or a place that is out: when it is their turn the site is asked for a
// token. When it is not, or Wix is busy, nothing is lost: the ticket is given back, or becomes a place in the line.

import { SsoError, type ErrorCode } from '../core/errors';
import { limits } from '../core/limits';
import { noSpans } from '../core/spans';
import { placeText } from '../wix/place';
import type { SessionToken } from '../wix/session-token';
import type { Standing } from '../wix/site-line';
import { exchangeForPlace, giveBackTicket, type SessionTicket } from '../wix/ticket';
import type { SiteWithExchange, SsoContext } from './context';

/** Whose ticket it is, for event and refusal alike. */
export type About = Readonly<Record<'signIn' | 'connection' | 'site' | 'member', string>>;

export interface Minting {
  readonly ticket: SessionTicket;
  readonly site: SiteWithExchange;
  readonly about: About;
  readonly reference: string;
  /** Of a place. */
  readonly number?: number;
}

/** What a page is told that has to wait. */
export interface Waiting {
  /** Presented with the verifier, in place of a ticket. */
  readonly place: string;
  /** 1: the next. */
  readonly position: number;
  /** Seconds until the page asks again. */
  readonly retryAfter: number;
}

/** Wix may do it the next time. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['WIX_TIMEOUT', 'WIX_RATE_LIMITED', 'WIX_UNAVAILABLE']);
const SHORTEST_PAUSE = 2;
const LONGEST_PAUSE = 30;

/** Who stands far behind asks seldom, who is next asks often. Seconds. */
export const pauseFor = ({ seconds }: Standing): number =>
  Math.min(Math.max(Math.ceil(seconds / 3), SHORTEST_PAUSE), LONGEST_PAUSE);

/** @returns undefined: not their turn yet; the ticket is still out @throws WIX_… with the ticket given back where it passes */
export async function mintInTurn(context: SsoContext, minting: Minting): Promise<SessionToken | undefined> {
  const ask = (): Promise<SessionToken> => exchange(context, minting);
  const { queue } = minting.site;
  return queue === undefined ? ask() : queue.inTurn(minting.number, ask);
}

async function exchange(
  context: SsoContext,
  { ticket, site, about, reference }: Minting,
): Promise<SessionToken> {
  const startedAt = context.clock.now();
  try {
    const { spans = noSpans } = context;
    const token = await spans('redeem.wix', (note) => {
      note({ site: about.site, signIn: about.signIn });
      return site.exchange(ticket);
    });
    const now = context.clock.now();
    const waited = ticket.kind === 'place' ? { waitedMs: now - ticket.expiresAt + limits.placeMs } : {};
    context.events.emit({ type: 'ticket.redeemed', reference, ...about, wixMs: now - startedAt, ...waited });
    return token;
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    throw new SsoError(
      error.code,
      { ...about, ...error.detail, wixMs: context.clock.now() - startedAt, ticketGivenBack: false },
      error,
    );
  }
}

/** True for what Wix may do the next time. */
export const isPassing = (error: unknown): error is SsoError =>
  error instanceof SsoError && PASSING.has(error.code);

/** The same error, and the ticket given back if it can be. */
export async function givenBack(
  context: SsoContext,
  ticket: SessionTicket,
  error: SsoError,
): Promise<SsoError> {
  return new SsoError(
    error.code,
    { ...error.detail, ticketGivenBack: await giveBack(context, ticket) },
    error.cause,
  );
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

/** A place at the end of the line for a ticket that is out. Undefined where there is no line, or one that is too long. */
export async function placeFor(context: SsoContext, minting: Minting): Promise<Waiting | undefined> {
  const { ticket, site, about, reference } = minting;
  const line = site.queue?.line;
  if (line === undefined || line.atEnd.seconds * 1000 > limits.lineMs) return undefined;
  // The number first: a place without one would be lost, a number without a place only gives way.
  const number = await line.takeNumber();
  const exchanged = await exchangeForPlace(context, ticket);
  if (exchanged === undefined) return undefined;
  const { id, expiresAt, grant } = exchanged;
  const place = { id: id.reveal(), site: site.name, number, expiresAt };
  const standing = line.atNumber(number);
  context.events.emit({ type: 'ticket.waits', reference, ...about, position: standing.position });
  const text = placeText(context.stateKeys, place, grant.codeChallenge);
  return { place: text, position: standing.position, retryAfter: pauseFor(standing) };
}
