import fc from 'fast-check';
import { limits } from '../../src/core/limits';
import { giveBackTicket, issueTicket, SessionTicket, takeTicket } from '../../src/wix/ticket';
import { grant, setting } from '../sso/setting';

describe('a ticket', () => {
  it('is taken once, with everything that it was issued for', async () => {
    const { context } = setting();
    const issued = await issueTicket(context, grant({ profile: { firstName: 'Ada' } }));
    const taken = await takeTicket(context, issued.id.reveal());
    expect(taken.grant).toEqual(grant({ profile: { firstName: 'Ada' } }));
    expect(taken.expiresAt).toBe(issued.expiresAt);
    await expect(takeTicket(context, issued.id.reveal())).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('goes to exactly one of a hundred parallel takers', async () => {
    const { context } = setting();
    const id = (await issueTicket(context, grant())).id.reveal();
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => takeTicket(context, id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lives 60 seconds and not a millisecond longer', async () => {
    const { context, clock } = setting();
    const [early, late] = [await issueTicket(context, grant()), await issueTicket(context, grant())];
    clock.advance(limits.ticketMs - 1);
    await expect(takeTicket(context, early.id.reveal())).resolves.toBeInstanceOf(SessionTicket);
    clock.advance(1);
    await expect(takeTicket(context, late.id.reveal())).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('has expired by our clock even when the store still has it', async () => {
    const slow = setting();
    const issued = await issueTicket(slow.context, grant());
    const fast = { ...slow.context, clock: { now: () => issued.expiresAt } };
    await expect(takeTicket(fast, issued.id.reveal())).rejects.toMatchObject({
      code: 'TICKET_UNKNOWN',
      detail: { problem: 'expired' },
    });
  });

  it('that is given back can be taken again, for the rest of its life only', async () => {
    const { context, clock } = setting();
    const id = (await issueTicket(context, grant())).id.reveal();
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
    const id = (await issueTicket(context, grant())).id.reveal();
    const taken = await takeTicket(context, id);
    clock.advance(limits.ticketMs - 500);
    expect(await giveBackTicket(context, taken)).toBe(false);
    await expect(takeTicket(context, id)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('is a text of 256 random bits', async () => {
    const { context } = setting();
    const ids = new Set<string>();
    for (let round = 0; round < 200; round += 1) ids.add((await issueTicket(context, grant())).id.reveal());
    expect(ids.size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('cannot be forged by spreading or copying one', async () => {
    const { context } = setting();
    const ticket = await issueTicket(context, grant());
    expect(SessionTicket.isMinted(ticket)).toBe(true);
    expect(SessionTicket.isMinted(Object.assign({}, ticket))).toBe(false);
    expect(SessionTicket.isMinted(Object.create(SessionTicket.prototype) as object)).toBe(false);
    expect(Object.isFrozen(ticket) && Object.isFrozen(ticket.grant)).toBe(true);
  });

  it('is unknown whatever else is presented, and asking reaches no record', async () => {
    const { context } = setting();
    const { id } = await issueTicket(context, grant());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        await expect(takeTicket(context, text)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
      }),
    );
    await expect(takeTicket(context, `${id.reveal()}=`)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    await expect(takeTicket(context, id.reveal())).resolves.toBeInstanceOf(SessionTicket);
  });
});
