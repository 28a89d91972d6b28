/** Places in the line of a site: a ticket becomes one place, of one tab, for one token. */

import { limits } from '../../../src/core/limits';
import { SsoError } from '../../../src/core/errors';
import { endSessions } from '../../../src/sso/end-session';
import { redeemOrWait, redeemPlace, redeemTicket, type RedeemedTicket } from '../../../src/sso/redeem-ticket';
import type { Waiting } from '../../../src/sso/mint-in-turn';
import { createMemoryStore } from '../../../src/stores/memory-store';
import type { StateStore } from '../../../src/stores/state-store';
import { SiteGate } from '../../../src/wix/site-gate';
import { SiteQueue } from '../../../src/wix/site-queue';
import {
  EMAIL,
  logText,
  setting,
  ticketFor,
  TOKEN,
  verifier,
  type Setting,
} from '../../support/makers/setting';

const PORTAL = 'https://www.portal.example';
const other = 'w'.repeat(43);

/** A site that takes 20 calls in a minute, two at once; both are made. */
async function busy(): Promise<Setting & { verbs: () => number }> {
  let verbs = 0;
  const first = setting();
  const memory = createMemoryStore(first.clock);
  const counted = <T>(run: () => Promise<T>): Promise<T> => {
    verbs += 1;
    return run();
  };
  const store: StateStore = {
    ...memory,
    take: (...given) => counted(() => memory.take(...given)),
    move: (...given) => counted(() => memory.move(...given)),
    get: (...given) => counted(() => memory.get(...given)),
  };
  const { clock } = first;
  const timers = {
    after: (ms: number, run: () => void) => {
      clock.advance(ms);
      queueMicrotask(run);
      return () => undefined;
    },
  };
  const sites = new Map(
    [...first.context.sites].map(([name, site]) => {
      const gate = new SiteGate(name, {
        clock,
        timers,
        random: first.context.random,
        events: first.context.events,
      });
      const queue = new SiteQueue(gate, { site: name, perMinute: 20, store, clock });
      const { exchange } = site;
      return [
        name,
        {
          ...site,
          queue,
          exchange: (ticket: Parameters<typeof exchange>[0]) => gate.run(() => exchange(ticket)),
        },
      ];
    }),
  );
  const world = { ...first, context: { ...first.context, store, sites }, verbs: () => verbs };
  // The makers' exchange is looked up at each call.
  Object.defineProperty(world, 'exchange', {
    get: () => first.exchange,
    set: (value: Setting['exchange']) => void (first.exchange = value),
  });
  for (let call = 0; call < 2; call += 1) {
    await redeemTicket(world.context, { ...from, ticket: await ticketFor(world), codeVerifier: verifier });
  }
  world.lines.length = 0;
  world.exchanged.length = 0;
  return world;
}

const from = { origin: PORTAL, reference: 'REF' } as const;
const isWaiting = (outcome: Waiting | RedeemedTicket): outcome is Waiting => 'place' in outcome;

/** A ticket that became a place. */
async function placeIn(world: Setting): Promise<{ ticket: string; waiting: Waiting }> {
  const ticket = await ticketFor(world);
  const waiting = await redeemOrWait(world.context, { ...from, ticket, codeVerifier: verifier });
  if (!isWaiting(waiting)) throw new Error('no place');
  return { ticket, waiting };
}

const ask = (world: Setting, place: string, changes: object = {}): Promise<Waiting | RedeemedTicket> =>
  redeemPlace(world.context, { ...from, place, codeVerifier: verifier, ...changes });

/** As a page does, until something else comes. */
async function askUntilTurn(world: Setting, place: string): Promise<RedeemedTicket> {
  for (let turn = 0; turn < 100; turn += 1) {
    const outcome = await ask(world, place);
    if (!isWaiting(outcome)) return outcome;
    world.clock.advance(outcome.retryAfter * 1000);
  }
  throw new Error('never');
}

describe('a page whose site is busy', () => {
  it('gets a place for its ticket, is told where it stands, and its token when it is its turn', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    expect(waiting).toMatchObject({ position: 1, retryAfter: 2 });
    expect(world.exchanged).toEqual([]);
    const redeemed = await askUntilTurn(world, waiting.place);
    expect(redeemed.sessionToken.reveal()).toBe(TOKEN);
    expect(redeemed).toMatchObject({ returnTo: '/members', state: 'page-state' });
    expect(world.exchanged.map(({ grant }) => grant.email)).toEqual([EMAIL]);
    expect(world.lines.map(({ event }) => event)).toEqual([
      'ticket.waits',
      'ticket.redeemed',
      'session.began',
    ]);
    expect(world.lines[1]?.fields['waitedMs']).toBeGreaterThan(0);
    for (const secret of [waiting.place, verifier, TOKEN, EMAIL])
      expect(logText(world)).not.toContain(secret);
  });

  it('of an earlier version keeps its ticket', async () => {
    const world = await busy();
    const input = { ...from, ticket: await ticketFor(world), codeVerifier: verifier };
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({
      code: 'WIX_RATE_LIMITED',
      detail: { ticketGivenBack: true },
    });
    world.clock.advance(10_000);
    await expect(redeemTicket(world.context, input)).resolves.toMatchObject({ returnTo: '/members' });
  });

  it('goes in the order in which it came', async () => {
    const world = await busy();
    const places: string[] = [];
    for (let person = 0; person < 5; person += 1) places.push((await placeIn(world)).waiting.place);
    const done: number[] = [];
    for (let second = 0; second < 120 && done.length < 5; second += 1) {
      for (const index of [4, 3, 2, 1, 0].filter((one) => !done.includes(one))) {
        if (!isWaiting(await ask(world, places[index] ?? ''))) done.push(index);
      }
      world.clock.advance(500);
    }
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });

  it('is told that the site is busy, and keeps its ticket, where the line is longer than a place lives', async () => {
    const world = await busy();
    const line = world.context.sites.get('portal')?.queue?.line;
    await Promise.all(Array.from({ length: 500 }, async () => line?.takeNumber()));
    const input = { ...from, ticket: await ticketFor(world), codeVerifier: verifier };
    await expect(redeemOrWait(world.context, input)).rejects.toMatchObject({
      code: 'WIX_RATE_LIMITED',
      detail: { ticketGivenBack: true },
    });
  });

  it.each(['WIX_TIMEOUT', 'WIX_UNAVAILABLE', 'WIX_RATE_LIMITED'] as const)(
    'keeps its place when its turn ends with %s',
    async (code) => {
      const world = await busy();
      const { waiting } = await placeIn(world);
      const honest = world.exchange;
      world.exchange = () => Promise.reject(new SsoError(code));
      world.clock.advance(20_000);
      await ask(world, waiting.place).catch(() => undefined);
      await expect(ask(world, waiting.place)).rejects.toMatchObject({
        code,
        detail: { ticketGivenBack: true },
      });
      world.exchange = honest;
      world.clock.advance(100_000);
      expect((await askUntilTurn(world, waiting.place)).sessionToken.reveal()).toBe(TOKEN);
    },
  );

  it('loses its place when the site refuses the member', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    world.exchange = () => Promise.reject(new SsoError('WIX_MEMBER_REFUSED'));
    await expect(askUntilTurn(world, waiting.place)).rejects.toMatchObject({ code: 'WIX_MEMBER_REFUSED' });
    world.clock.advance(10_000);
    await expect(ask(world, waiting.place)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('gets a place while the site is away, and goes on when it is back', async () => {
    const world = await busy();
    world.clock.advance(60_000);
    const honest = world.exchange;
    world.exchange = () => Promise.reject(new SsoError('WIX_UNAVAILABLE'));
    const attempt = async (): Promise<unknown> =>
      redeemOrWait(world.context, { ...from, ticket: await ticketFor(world), codeVerifier: verifier });
    await attempt().catch(() => undefined);
    const second = (await attempt()) as Waiting;
    expect(second.position).toBe(1);
    world.exchange = honest;
    world.clock.advance(30_000);
    expect((await askUntilTurn(world, second.place)).returnTo).toBe('/members');
  });
});

describe('places and attackers', () => {
  it('a ticket that became a place is spent', async () => {
    const world = await busy();
    const { ticket } = await placeIn(world);
    world.clock.advance(10_000);
    const again = { ...from, ticket, codeVerifier: verifier };
    await expect(redeemTicket(world.context, again)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    await expect(redeemOrWait(world.context, again)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    expect(world.exchanged).toEqual([]);
  });

  it('one ticket presented fifty times at once becomes one place', async () => {
    const world = await busy();
    const input = { ...from, ticket: await ticketFor(world), codeVerifier: verifier };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => redeemOrWait(world.context, input)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('a ticket that was presented with a wrong verifier while it waited for its turn becomes none', async () => {
    const world = await busy();
    const ticket = await ticketFor(world);
    const { store } = world.context;
    const putIf = store.putIf.bind(store);
    let done = false;
    const racing: StateStore = {
      ...store,
      putIf: async (...given) => {
        if (!done) {
          done = true;
          await redeemTicket(world.context, { ...from, ticket, codeVerifier: other }).catch(() => undefined);
        }
        return putIf(...given);
      },
    };
    const portal = world.context.sites.get('portal');
    const gate = new SiteGate('portal', {
      ...{ clock: world.clock, random: world.context.random, events: world.context.events },
      timers: { after: () => () => undefined },
    });
    const queue = new SiteQueue(gate, { site: 'portal', perMinute: 20, store: racing, clock: world.clock });
    const sites = new Map(portal === undefined ? [] : [['portal', { ...portal, queue }]]);
    await expect(
      redeemOrWait({ ...world.context, sites }, { ...from, ticket, codeVerifier: verifier }),
    ).rejects.toMatchObject({ detail: { ticketGivenBack: false } });
  });

  it.each([
    ['none', undefined],
    ['another one', other],
    ['an empty one', ''],
  ])('a stolen place is spent by a wrong verifier (%s)', async (_what, codeVerifier) => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    await expect(ask(world, waiting.place, { codeVerifier })).rejects.toMatchObject({
      code: 'TICKET_VERIFIER_MISMATCH',
      detail: { connection: 'acme' },
    });
    world.clock.advance(20_000);
    await expect(askUntilTurn(world, waiting.place)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    expect(world.exchanged).toEqual([]);
  });

  it('a place from a page of another site is spent', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    const origin = 'https://user.wixsite.example';
    await expect(ask(world, waiting.place, { origin })).rejects.toMatchObject({
      code: 'HTTP_ORIGIN_NOT_ALLOWED',
    });
    world.clock.advance(20_000);
    await expect(askUntilTurn(world, waiting.place)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('a place with another number, another site or a longer life is not one of ours', async () => {
    const world = await busy();
    for (let person = 0; person < 9; person += 1) await placeIn(world);
    for (const change of [
      (values: unknown[]) => [values[0], values[1], 1, values[3]],
      (values: unknown[]) => [values[0], 'shop', values[2], values[3]],
      (values: unknown[]) => [values[0], values[1], values[2], Number(values[3]) + 60_000],
    ]) {
      const { waiting } = await placeIn(world);
      const [body = '', hash = ''] = waiting.place.split('.');
      const values = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[];
      const made = `${Buffer.from(JSON.stringify(change(values))).toString('base64url')}.${hash}`;
      await expect(ask(world, made)).rejects.toMatchObject({ code: 'TICKET_VERIFIER_MISMATCH' });
    }
    expect(world.exchanged).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a ticket', 'A'.repeat(43)],
    [
      'a guess',
      `${Buffer.from(JSON.stringify(['A'.repeat(43), 'portal', 1, 9e15])).toString('base64url')}.${'A'.repeat(43)}`,
    ],
    ['other JSON', `${Buffer.from(`{"a":"${'x'.repeat(60)}"}`).toString('base64url')}.${'A'.repeat(43)}`],
    ['no JSON', `${'A'.repeat(80)}.${'A'.repeat(43)}`],
  ])('%s is no place', async (_what, place) => {
    const world = await busy();
    await expect(ask(world, place)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('#ticket.redeem/place-once a place is used once: of fifty who present it when it is called, one gets a token', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    world.clock.advance(8000);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => ask(world, waiting.place)));
    const minted = outcomes.filter((each) => each.status === 'fulfilled' && !isWaiting(each.value));
    expect([minted.length, world.exchanged.length]).toEqual([1, 1]);
    world.clock.advance(10_000);
    await askUntilTurn(world, waiting.place).catch(() => undefined);
    world.clock.advance(10_000);
    expect(world.exchanged).toHaveLength(1);
    await expect(ask(world, waiting.place)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('a place is kept for half an hour and not longer', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    const late = await placeIn(world);
    world.clock.advance(limits.placeMs - 1000);
    expect((await askUntilTurn(world, waiting.place)).returnTo).toBe('/members');
    world.clock.advance(1000);
    await expect(ask(world, late.waiting.place)).rejects.toMatchObject({
      code: 'TICKET_UNKNOWN',
      detail: { problem: 'expired' },
    });
  });

  it('a place that is asked about a thousand times a second costs no look into the store', async () => {
    const world = await busy();
    await placeIn(world);
    const { waiting } = await placeIn(world);
    await ask(world, waiting.place);
    const before = world.verbs();
    for (let turn = 0; turn < 1000; turn += 1) await ask(world, waiting.place);
    expect(world.verbs()).toBe(before);
  });

  it('a place is worth nothing to somebody whose sessions were ended while they stood in line', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    await endSessions(
      world.context,
      { connection: 'acme', email: EMAIL },
      { why: 'revoked', reference: 'R' },
    );
    world.clock.advance(limits.placeMs - 60_000);
    await expect(askUntilTurn(world, waiting.place)).rejects.toMatchObject({ code: 'SAML_SESSION_ENDED' });
  });

  it('a place of a site that is gone from the configuration is refused', async () => {
    const world = await busy();
    const { waiting } = await placeIn(world);
    const context = { ...world.context, sites: new Map() };
    await expect(
      redeemPlace(context, { ...from, place: waiting.place, codeVerifier: verifier }),
    ).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });
});
