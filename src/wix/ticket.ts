// A ticket stands for one member who may get one session token: issued after the policy has spoken, redeemed once by the
// tab that knows the verifier. Its text is a bearer secret of 256 bits and lives 60 s; the store holds it hashed and sealed.

import { createHash } from 'node:crypto';
import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { Clock, Random } from '../core/ports';
import { Secret } from '../core/secret';
import { MemberIdentity, type MemberNames } from '../policy/member';
import { moveSealed, openSealed, putSealed, storeKey } from '../stores/sealed-store';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import { isSessionSubject, type SessionSubject } from './session-subject';

/** What a ticket is issued for. */
export interface TicketGrant {
  readonly site: string;
  readonly connection: string;
  /** entityID of the IdP that vouched for the member. */
  readonly identityProvider: string;
  /** Normalised address; the authorisation decision itself. */
  readonly email: string;
  readonly profile?: MemberNames;
  /** base64url(SHA-256(verifier)), RFC 7636 §4.2. */
  readonly codeChallenge: string;
  /** The page's own value, echoed. Empty when it gave none. */
  readonly state: string;
  /** Path on the site. */
  readonly returnTo: string;
  /** Joins the log lines of one sign-in. */
  readonly signIn: string;
  /** The IdP's session, for whoever ends it. */
  readonly subject: SessionSubject;
}

export interface TicketPorts {
  readonly store: StateStore;
  readonly stateKeys: StateKeys;
  readonly random: Random;
  readonly clock: Clock;
}

/** `place`: what a ticket became while Wix was busy (wix/place); it lives longer. */
export type TicketKind = 'ticket' | 'place';

const TICKET_BYTES = 32;
const TICKET_FORM = /^[A-Za-z0-9_-]{43}$/;
/** With less life left, a ticket that is given back could not be redeemed again anyway. */
const SHORTEST_LIFE_MS = 1000;

const GRANT_TEXTS = [
  'site',
  'connection',
  'identityProvider',
  'email',
  'codeChallenge',
  'state',
  'returnTo',
  'signIn',
] as const satisfies readonly (keyof TicketGrant)[];

let mint: (kind: TicketKind, id: string, grant: TicketGrant, expiresAt: number) => SessionTicket;

/** Proof that a member was resolved. Cannot be made, copied or changed outside this file. */
export class SessionTicket {
  readonly #minted = true;
  readonly kind: TicketKind;
  readonly id: Secret;
  readonly grant: TicketGrant;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;

  private constructor(kind: TicketKind, id: string, grant: TicketGrant, expiresAt: number) {
    this.kind = kind;
    this.id = new Secret(id);
    this.grant = Object.freeze({ ...grant });
    this.expiresAt = expiresAt;
    Object.freeze(this);
  }

  static isMinted(value: SessionTicket): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (kind, id, grant, expiresAt) => new SessionTicket(kind, id, grant, expiresAt);
  }
}

/**
 * Issues a ticket and stores it for its 60 s. The member proves that signature, rules and policy have accepted; address
 * and names come from there and from nowhere else.
 */
export async function issueTicket(
  ports: TicketPorts,
  member: MemberIdentity,
  grant: Omit<TicketGrant, 'email' | 'profile'>,
): Promise<SessionTicket> {
  if (!MemberIdentity.isMinted(member)) throw new TypeError('issueTicket takes what resolveMember returned');
  const id = ports.random.bytes(TICKET_BYTES).toString('base64url');
  const ticket = mint('ticket', id, grantFor(member, grant), ports.clock.now() + limits.ticketMs);
  await keep(ports, ticket, limits.ticketMs);
  return ticket;
}

/**
 * A ticket that is out becomes a place in the line: the same grant under another secret; the ticket is never given back.
 * Undefined when somebody presented the ticket with a wrong verifier meanwhile.
 */
export async function exchangeForPlace(
  ports: TicketPorts,
  ticket: SessionTicket,
): Promise<SessionTicket | undefined> {
  if (!SessionTicket.isMinted(ticket)) throw new TypeError('exchangeForPlace takes what takeTicket returned');
  if ((await ports.store.take(placeAside(ticket.id.reveal()))) === undefined) return undefined;
  const id = ports.random.bytes(TICKET_BYTES).toString('base64url');
  const place = mint('place', id, ticket.grant, ports.clock.now() + limits.placeMs);
  await keep(ports, place, limits.placeMs);
  return place;
}

/** Field by field, so that nothing else can come along. */
function grantFor(
  { email, names }: MemberIdentity,
  grant: Omit<TicketGrant, 'email' | 'profile'>,
): TicketGrant {
  const { site, connection, identityProvider, codeChallenge, state, returnTo, signIn, subject } = grant;
  return {
    site,
    connection,
    identityProvider,
    email,
    ...(Object.keys(names).length > 0 ? { profile: names } : {}),
    codeChallenge,
    state,
    returnTo,
    signIn,
    subject,
  };
}

/**
 * Takes the ticket out of its place: of any number of parallel callers one gets it, the others get TICKET_UNKNOWN. Its record
 * lies aside for the rest of its life, as the mark that it is out: so a wrong verifier that is presented while Wix is asked
 * spends it all the same.
 */
export async function takeTicket(
  ports: TicketPorts,
  id: string,
  kind: TicketKind = 'ticket',
): Promise<SessionTicket> {
  if (!TICKET_FORM.test(id)) throw new SsoError('TICKET_UNKNOWN', { problem: 'not the form of a ticket' });
  const record = await moveSealed(ports, kind, id, placeAside(id));
  if (!isTicketRecord(record)) throw new SsoError('TICKET_UNKNOWN');
  const { expiresAt, ...grant } = record;
  // The store's clock may differ from ours; the stricter one decides.
  if (expiresAt <= ports.clock.now()) {
    throw new SsoError('TICKET_UNKNOWN', { problem: 'expired', signIn: grant.signIn });
  }
  return mint(kind, id, grant, expiresAt);
}

/**
 * For whoever presents a ticket that is not there: when it is being redeemed and the verifier is not the right one, it will
 * not be given back.
 * @param isRight whether the presented verifier proves this challenge
 */
export async function spendIfBeingRedeemed(
  ports: TicketPorts,
  id: string,
  isRight: (codeChallenge: string) => boolean,
  kind: TicketKind = 'ticket',
): Promise<void> {
  if (!TICKET_FORM.test(id)) return;
  const aside = await ports.store.take(placeAside(id));
  const record = openSealed(ports.stateKeys, { kind, id }, aside);
  if (aside === undefined || !isTicketRecord(record) || !isRight(record.codeChallenge)) return;
  const lifeMs = record.expiresAt - ports.clock.now();
  if (lifeMs > 0) await ports.store.put(placeAside(id), aside, lifeMs);
}

/**
 * Makes a taken ticket redeemable again for the rest of its life. False when too little of it is left, or when somebody
 * presented it with a wrong verifier meanwhile.
 */
export async function giveBackTicket(ports: TicketPorts, ticket: SessionTicket): Promise<boolean> {
  if (!SessionTicket.isMinted(ticket)) throw new TypeError('giveBackTicket takes what takeTicket returned');
  const id = ticket.id.reveal();
  if (ticket.expiresAt - ports.clock.now() < SHORTEST_LIFE_MS) {
    await ports.store.take(placeAside(id));
    return false;
  }
  return (await ports.store.move(placeAside(id), storeKey(ticket.kind, id))) !== undefined;
}

const placeAside = (id: string): string => `redeeming:${createHash('sha256').update(id).digest('base64url')}`;

async function keep(ports: TicketPorts, ticket: SessionTicket, ttlMs: number): Promise<void> {
  const record = { ...ticket.grant, expiresAt: ticket.expiresAt };
  await putSealed(ports, { kind: ticket.kind, id: ticket.id.reveal() }, record, { ttlMs });
}

/** Its seal vouches that we wrote it (sealed-store); this catches a record of another version of ourselves. */
function isTicketRecord(value: unknown): value is TicketGrant & { readonly expiresAt: number } {
  if (typeof value !== 'object' || value === null) return false;
  const record = new Map<string, unknown>(Object.entries(value));
  return (
    GRANT_TEXTS.every((name) => typeof record.get(name) === 'string') &&
    isSessionSubject(record.get('subject')) &&
    typeof record.get('expiresAt') === 'number'
  );
}
