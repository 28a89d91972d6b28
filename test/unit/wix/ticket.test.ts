import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { limits } from '../../../src/core/limits';
import {
  giveBackTicket,
  issueTicket,
  SessionTicket,
  spendIfBeingRedeemed,
  takeTicket,
} from '../../../src/wix/ticket';
import { forgeries } from '../../support/makers/valid';
import { EMAIL, grant, member, setting } from '../../support/makers/setting';

describe('a ticket', () => {
  it('#ticket.redeem/once is taken once, with everything that it was issued for', async () => {
    const { context } = setting();
    const issued = await issueTicket(context, member({ firstName: 'Ada' }), grant());
    const taken = await takeTicket(context, issued.id.reveal());
    expect(taken.grant).toEqual({ ...grant(), email: EMAIL, profile: { firstName: 'Ada' } });
    expect(taken.expiresAt).toBe(issued.expiresAt);
    await expect(takeTicket(context, issued.id.reveal())).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('goes to exactly one of a hundred parallel takers', async () => {
    const { context } = setting();
    const id = (await issueTicket(context, member(), grant())).id.reveal();
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => takeTicket(context, id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('#ticket.redeem/60-seconds lives 60 seconds and not a millisecond longer', async () => {
    const { context, clock } = setting();
    const [early, late] = [
      await issueTicket(context, member(), grant()),
      await issueTicket(context, member(), grant()),
    ];
    clock.advance(limits.ticketMs - 1);
    await expect(takeTicket(context, early.id.reveal())).resolves.toBeInstanceOf(SessionTicket);
    clock.advance(1);
    await expect(takeTicket(context, late.id.reveal())).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('has expired by our clock even when the store still has it', async () => {
    const slow = setting();
    const issued = await issueTicket(slow.context, member(), grant());
    const fast = { ...slow.context, clock: { now: () => issued.expiresAt } };
    await expect(takeTicket(fast, issued.id.reveal())).rejects.toMatchObject({
      code: 'TICKET_UNKNOWN',
      detail: { problem: 'expired' },
    });
  });

  it('that is given back can be taken again, for the rest of its life only', async () => {
    const { context, clock } = setting();
    const id = (await issueTicket(context, member(), grant())).id.reveal();
    const taken = await takeTicket(context, id);
    clock.advance(40_000);
    expect(await giveBackTicket(context, taken)).toBe(true);
    const again = await takeTicket(context, id);
    expect(again.expiresAt).toBe(taken.expiresAt);
    expect(await giveBackTicket(context, again)).toBe(true);
    clock.advance(20_000);
    await expect(takeTicket(context, id)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('is not given back when it is about to expire', async () => {
    const { context, clock } = setting();
    const id = (await issueTicket(context, member(), grant())).id.reveal();
    const taken = await takeTicket(context, id);
    clock.advance(limits.ticketMs - 500);
    expect(await giveBackTicket(context, taken)).toBe(false);
    await expect(takeTicket(context, id)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it.each([
    ['the right verifier', true],
    ['a wrong one', false],
  ])('that is being redeemed, presented again with %s', async (_what, right) => {
    const { context } = setting();
    const id = (await issueTicket(context, member(), grant())).id.reveal();
    const taken = await takeTicket(context, id);
    await spendIfBeingRedeemed(context, id, () => right);
    expect(await giveBackTicket(context, taken)).toBe(right);
  });

  it('leaves no mark that outlives it, nor one for what is no ticket', async () => {
    const { context, clock } = setting();
    const id = (await issueTicket(context, member(), grant())).id.reveal();
    await takeTicket(context, id);
    const isRight = jest.fn(() => true);
    await spendIfBeingRedeemed(context, `${id}x`, isRight);
    clock.advance(limits.ticketMs);
    await spendIfBeingRedeemed(context, id, isRight);
    expect(isRight).not.toHaveBeenCalled();
  });

  it('that is being redeemed is marked no longer than it lives by our clock', async () => {
    const slow = setting();
    const issued = await issueTicket(slow.context, member(), grant());
    const id = issued.id.reveal();
    const taken = await takeTicket(slow.context, id);
    const fast = { ...slow.context, clock: { now: () => issued.expiresAt } };
    await spendIfBeingRedeemed(fast, id, () => true);
    expect(await giveBackTicket(slow.context, taken)).toBe(false);
  });

  it('is not given back by a mark that somebody else wrote into the store', async () => {
    const { context } = setting();
    const id = (await issueTicket(context, member(), grant())).id.reveal();
    const taken = await takeTicket(context, id);
    const place = `redeeming:${createHash('sha256').update(id).digest('base64url')}`;
    await context.store.put(place, 'not sealed by us', 60_000);
    await giveBackTicket(context, taken);
    await expect(takeTicket(context, id)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('is a text of 256 random bits', async () => {
    const { context } = setting();
    const ids = new Set<string>();
    for (let round = 0; round < 200; round += 1)
      ids.add((await issueTicket(context, member(), grant())).id.reveal());
    expect(ids.size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is frozen, and known to its class', async () => {
    const { context } = setting();
    const ticket = await issueTicket(context, member(), grant());
    for (const known of [ticket, await takeTicket(context, ticket.id.reveal())]) {
      expect(SessionTicket.isMinted(known)).toBe(true);
      expect(Object.isFrozen(known) && Object.isFrozen(known.grant)).toBe(true);
    }
  });

  it.each(forgeries)('cannot be had from %s, nor be given back as one', async (_title, forge) => {
    const { context } = setting();
    const forged = forge(await issueTicket(context, member(), grant()));
    expect(Reflect.apply(SessionTicket.isMinted, undefined, [forged])).toBe(false);
    await expect(
      Reflect.apply(giveBackTicket, undefined, [context, forged]) as Promise<boolean>,
    ).rejects.toThrow(new TypeError('giveBackTicket takes what takeTicket returned'));
  });

  it.each(forgeries)('is not issued for %s of a member, and nothing is stored', async (_title, forge) => {
    const { context } = setting();
    const put = jest.fn(context.store.put);
    const ports = { ...context, store: { ...context.store, put } };
    const issued: unknown = Reflect.apply(issueTicket, undefined, [ports, forge(member()), grant()]);
    await expect(issued as Promise<SessionTicket>).rejects.toThrow(
      new TypeError('issueTicket takes what resolveMember returned'),
    );
    expect(put).not.toHaveBeenCalled();
  });

  it('has the address and the names of the member, whatever else it is given', async () => {
    const { context } = setting();
    const smuggled = { ...grant(), email: 'eve@acme.example', profile: { nickname: 'Eve' } };
    const issued = await issueTicket(context, member({ nickname: 'Ada' }), smuggled);
    expect(issued.grant).toMatchObject({ email: EMAIL, profile: { nickname: 'Ada' } });
    const { grant: nameless } = await issueTicket(context, member(), smuggled);
    expect(nameless.profile).toBeUndefined();
  });

  it('is unknown whatever else is presented, and asking reaches no record', async () => {
    const { context } = setting();
    const { id } = await issueTicket(context, member(), grant());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        await expect(takeTicket(context, text)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
      }),
    );
    await expect(takeTicket(context, `${id.reveal()}=`)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    await expect(takeTicket(context, id.reveal())).resolves.toBeInstanceOf(SessionTicket);
  });
});
