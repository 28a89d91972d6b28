import { SsoError, type ErrorCode } from '../../../src/core/errors';
import { limits } from '../../../src/core/limits';
import { redeemTicket, type Redemption } from '../../../src/sso/redeem-ticket';
import { createMemoryStore } from '../../../src/stores/memory-store';
import type { StateStore } from '../../../src/stores/state-store';
import {
  EMAIL,
  logText,
  setting,
  ticketFor,
  TOKEN,
  verifier,
  type Setting,
} from '../../support/makers/setting';

async function redemption(world: Setting, changes: Partial<Redemption> = {}): Promise<Redemption> {
  const ticket = await ticketFor(world);
  return {
    ticket,
    codeVerifier: verifier,
    origin: 'https://www.portal.example',
    reference: 'REF',
    ...changes,
  };
}

const fails = (code: ErrorCode) => () => Promise.reject(new SsoError(code, { status: 1 }));

describe('redeeming a ticket', () => {
  it('gives the token, the way back and the page’s state', async () => {
    const world = setting();
    const redeemed = await redeemTicket(world.context, await redemption(world));
    expect(redeemed.sessionToken.reveal()).toBe(TOKEN);
    expect(redeemed).toMatchObject({ returnTo: '/members', state: 'page-state' });
    expect(world.exchanged.map(({ grant }) => grant.email)).toEqual([EMAIL]);
  });

  it('needs no origin: the site’s backend has none', async () => {
    const world = setting();
    await expect(
      redeemTicket(world.context, await redemption(world, { origin: undefined })),
    ).resolves.toMatchObject({ returnTo: '/members' });
  });

  it('lets exactly one of fifty parallel redemptions win, with one exchange', async () => {
    const world = setting();
    const input = await redemption(world);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => redeemTicket(world.context, input)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'TICKET_UNKNOWN' });
    }
    expect(world.exchanged).toHaveLength(1);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['another one', 'w'.repeat(43)],
    ['a longer one that begins alike', `${verifier}v`],
    ['one that is too short', verifier.slice(1)],
    ['one that is too long', 'v'.repeat(129)],
    ['one of other characters', `${verifier.slice(1)}+`],
    ['one with a line break', `${verifier}\n`],
  ])('with a wrong verifier (%s) spends the ticket and asks Wix nothing', async (_what, codeVerifier) => {
    const world = setting();
    const input = await redemption(world);
    await expect(redeemTicket(world.context, { ...input, codeVerifier })).rejects.toMatchObject({
      code: 'TICKET_VERIFIER_MISMATCH',
    });
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    expect(world.exchanged).toEqual([]);
  });

  it('from a page of another site spends the ticket and asks Wix nothing', async () => {
    const world = setting();
    const input = await redemption(world);
    await expect(
      redeemTicket(world.context, { ...input, origin: 'https://user.wixsite.example' }),
    ).rejects.toMatchObject({ code: 'HTTP_ORIGIN_NOT_ALLOWED' });
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    expect(world.exchanged).toEqual([]);
  });

  it('for a site that the configuration no longer has is refused', async () => {
    const world = setting();
    const ticket = await ticketFor(world, { site: 'closed' });
    await expect(redeemTicket(world.context, { ...(await redemption(world)), ticket })).rejects.toMatchObject(
      { code: 'TICKET_UNKNOWN' },
    );
  });

  it.each(['WIX_TIMEOUT', 'WIX_RATE_LIMITED', 'WIX_UNAVAILABLE'] as const)(
    'gives the ticket back on %s, so that the next attempt succeeds',
    async (code) => {
      const world = setting();
      const honest = world.exchange;
      const input = await redemption(world);
      world.exchange = fails(code);
      await expect(redeemTicket(world.context, input)).rejects.toMatchObject({
        code,
        detail: { ticketGivenBack: true, connection: 'acme', site: 'portal' },
      });
      world.exchange = honest;
      await expect(redeemTicket(world.context, input)).resolves.toMatchObject({ returnTo: '/members' });
      await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    },
  );

  it('#ticket.redeem/wrong-verifier still spends a ticket that was given back when the verifier is wrong', async () => {
    const world = setting();
    const input = await redemption(world);
    world.exchange = fails('WIX_UNAVAILABLE');
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'WIX_UNAVAILABLE' });
    await expect(redeemTicket(world.context, { ...input, codeVerifier: '' })).rejects.toMatchObject({
      code: 'TICKET_VERIFIER_MISMATCH',
    });
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('does not lengthen the ticket’s life, however often Wix is busy', async () => {
    const world = setting();
    const input = await redemption(world);
    world.exchange = () => {
      world.clock.advance(15_000);
      return Promise.reject(new SsoError('WIX_TIMEOUT'));
    };
    for (const ticketGivenBack of [true, true, true, false]) {
      await expect(redeemTicket(world.context, input)).rejects.toMatchObject({
        code: 'WIX_TIMEOUT',
        detail: { ticketGivenBack },
      });
    }
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
    expect(limits.ticketMs).toBe(60_000);
  });

  it.each([
    'WIX_ASSERTION_REFUSED',
    'WIX_MEMBER_REFUSED',
    'WIX_FUNCTION_MISSING',
    'WIX_REDIRECTED',
    'WIX_ANSWER_INVALID',
  ] as const)('spends the ticket on %s: asking again would change nothing', async (code) => {
    const world = setting();
    const input = await redemption(world);
    world.exchange = fails(code);
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code });
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('says what Wix said when the ticket cannot be given back', async () => {
    const memory = createMemoryStore(setting().clock);
    let moves = 0;
    const store: StateStore = {
      ...memory,
      move: (key, to) =>
        (moves += 1) === 1 ? memory.move(key, to) : Promise.reject(new SsoError('STATE_UNAVAILABLE')),
    };
    const world = setting({ store });
    const input = await redemption(world);
    world.exchange = fails('WIX_UNAVAILABLE');
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({
      code: 'WIX_UNAVAILABLE',
      detail: { ticketGivenBack: false },
    });
  });

  it('C3: a wrong verifier while Wix is being asked spends the ticket that would be given back', async () => {
    const world = setting();
    const input = await redemption(world);
    world.exchange = async () => {
      const wrong = { ...input, codeVerifier: 'w'.repeat(43) };
      await expect(redeemTicket(world.context, wrong)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
      throw new SsoError('WIX_UNAVAILABLE');
    };
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({
      code: 'WIX_UNAVAILABLE',
      detail: { ticketGivenBack: false },
    });
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('C3: the page that presents its ticket twice while Wix is being asked loses nothing', async () => {
    const world = setting();
    const input = await redemption(world);
    world.exchange = async () => {
      await expect(redeemTicket(world.context, input)).rejects.toMatchObject({ code: 'TICKET_UNKNOWN' });
      throw new SsoError('WIX_UNAVAILABLE');
    };
    await expect(redeemTicket(world.context, input)).rejects.toMatchObject({
      detail: { ticketGivenBack: true },
    });
    world.exchange = setting().exchange;
    expect((await redeemTicket(world.context, input)).sessionToken.reveal()).toBe(TOKEN);
  });

  it('passes a mistake of ours on as it is', async () => {
    const world = setting();
    const input = await redemption(world);
    world.exchange = () => Promise.reject(new TypeError('ours'));
    await expect(redeemTicket(world.context, input)).rejects.toThrow(TypeError);
  });

  it('logs the member as a pseudonym, and neither ticket, verifier, token nor address', async () => {
    const world = setting();
    const input = await redemption(world);
    const { signOutHandle } = await redeemTicket(world.context, input);
    expect(world.lines).toMatchObject([
      {
        event: 'ticket.redeemed',
        fields: { reference: 'REF', connection: 'acme', site: 'portal', wixMs: 0 },
      },
      { event: 'session.began', fields: { reference: 'REF', sessionEndsAt: '2026-01-16T00:00:00.000Z' } },
    ]);
    expect(world.lines[0]?.fields['member']).toMatch(/^p-/);
    for (const secret of [input.ticket, verifier, TOKEN, EMAIL, signOutHandle])
      expect(logText(world)).not.toContain(secret);
  });
});
