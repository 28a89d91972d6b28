import { createHash } from 'node:crypto';
import { limits } from '../../../src/core/limits';
import { completeLogin } from '../../../src/sso/complete-login';
import { endSession, endSessions, type WhoseSessions } from '../../../src/sso/end-session';
import { putPendingRequest } from '../../../src/sso/pending-request';
import { redeemTicket } from '../../../src/sso/redeem-ticket';
import { issueSession, peekSession, touchSession } from '../../../src/sso/session';
import { defaultSessionRules } from '../../../src/sso/session-rules';
import { createMemoryStore } from '../../../src/stores/memory-store';
import type { StateStore } from '../../../src/stores/state-store';
import { sessionSubjectOf, type SessionSubject } from '../../../src/wix/session-subject';
import type { TicketGrant } from '../../../src/wix/ticket';
import { buildResponse } from '../../support/idp';
import {
  challenge,
  connection,
  EMAIL,
  grant,
  idpKeys,
  setting,
  START,
  ticketFor,
  verifier,
  type Setting,
} from '../../support/makers/setting';

const HOUR = 3_600_000;
const cause = { why: 'revoked', reference: 'REF' } as const;
const persistent = {
  value: 'a1b2',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameQualifier: 'https://idp.acme.example/metadata',
  spNameQualifier: 'https://sp.example/metadata',
  spProvidedId: 'ours',
};

const granted = (subject: Partial<SessionSubject> = {}, changes: Partial<TicketGrant> = {}): TicketGrant => ({
  ...grant(),
  email: EMAIL,
  subject: { nameId: persistent, sessionIndex: '_1', requestedAt: START, ...subject },
  ...changes,
});

const begin = async (world: Setting, ...given: Parameters<typeof granted>) =>
  (await issueSession(world.context, granted(...given))).handle;

const lives = async (world: Setting, handle: string) =>
  (await peekSession(world.context, handle)) !== undefined;

const redeem = async (world: Setting, ticket: string) =>
  redeemTicket(world.context, {
    ticket,
    codeVerifier: verifier,
    origin: 'https://www.portal.example',
    reference: 'REF',
  });

/** A store into which one can look. */
function glassStore(world: { now(): number }) {
  const inner = createMemoryStore(world);
  const written: string[] = [];
  const store: StateStore = {
    ...inner,
    put: (key, value, ...rest) => (written.push(key, value), inner.put(key, value, ...rest)),
    enter: (...given) => (written.push(...given.map(String)), inner.enter(...given)),
  };
  return { store, written };
}

describe('a session', () => {
  it('begins with the session token and carries what the IdP said, with every qualifier', async () => {
    const world = setting();
    const subject = { nameId: persistent, sessionIndex: '_7', requestedAt: START };
    const redeemed = await redeem(world, await ticketFor(world, { subject }));
    expect(redeemed.signOutHandle).toMatch(/^[\w-]{43}$/);
    const endsAt = START + 12 * HOUR;
    expect(redeemed.session).toEqual({ endsAt, checkEvery: 300, grace: 3600 });
    expect(await peekSession(world.context, redeemed.signOutHandle)).toEqual({
      connection: 'acme',
      site: 'portal',
      nameId: persistent,
      sessionIndex: '_7',
      beganAt: START,
      endsAt,
    });
    expect(world.lines.map(({ event }) => event)).toContain('session.began');
  });

  it('is not begun when Wix gives no token', async () => {
    const { store, written } = glassStore({ now: () => START });
    const world = setting({ store });
    world.exchange = () => Promise.reject(new Error('gone'));
    await expect(redeem(world, await ticketFor(world))).rejects.toThrow('gone');
    expect(written.filter((text) => text.startsWith('session'))).toEqual([]);
  });

  it('#session.handle/sealed is kept where the store learns neither handle, address, NameID nor SessionIndex', async () => {
    const { store, written } = glassStore({ now: () => START });
    const world = setting({ store });
    const handle = await begin(world);
    await endSessions(world.context, { connection: 'acme', email: EMAIL }, cause);
    const text = written.map((each) => each + Buffer.from(each, 'base64url').toString('latin1')).join('\n');
    for (const secret of [
      handle,
      EMAIL,
      'a1b2',
      '_1"',
      'acme.example',
      createHash('sha256').update(EMAIL).digest('base64url'),
    ])
      expect(text).not.toContain(secret);
  });

  it.each([
    ['the hours of the connection', undefined, 12 * HOUR],
    ['SessionNotOnOrAfter when it is earlier, with the clock skew', START + HOUR, HOUR + 180_000],
    ['the hours when SessionNotOnOrAfter is later', START + 99 * HOUR, 12 * HOUR],
    ['at once when the IdP has ended it long ago', START - HOUR, 1000],
  ])('ends by %s', async (_what, endsAt, livesMs) => {
    const world = setting();
    const { subject, ...rest } = granted();
    const { handle } = await issueSession(
      world.context,
      { ...rest, subject: { ...subject, ...(endsAt === undefined ? {} : { endsAt }) } },
      { ...defaultSessionRules, clockSkewMs: 180_000 },
    );
    world.clock.advance(livesMs - 1);
    expect(await lives(world, handle)).toBe(true);
    world.clock.advance(1);
    expect(await lives(world, handle)).toBe(false);
  });

  it('#session.handle/idle rests only so long as the connection allows, and no longer for being looked at by others', async () => {
    const world = setting();
    const { handle } = await issueSession(world.context, granted(), {
      ...defaultSessionRules,
      idleMs: HOUR,
      clockSkewMs: 0,
    });
    for (let looks = 0; looks < 5; looks += 1) {
      world.clock.advance(0.9 * HOUR);
      expect(await touchSession(world.context, handle)).toBeDefined();
    }
    world.clock.advance(HOUR);
    expect(await lives(world, handle)).toBe(true);
    world.clock.advance(HOUR / 10);
    expect(await lives(world, handle)).toBe(false);
    expect(await touchSession(world.context, handle)).toBeUndefined();
  });

  it('that may rest costs no writing when it is asked about', async () => {
    const { store, written } = glassStore({ now: () => START });
    const world = setting({ store });
    const handle = await begin(world);
    const before = written.length;
    await touchSession(world.context, handle);
    expect(written).toHaveLength(before);
  });

  it('is there for its handle and for no other text', async () => {
    const world = setting();
    const handle = await begin(world);
    const other = handle.startsWith('A') ? `B${handle.slice(1)}` : `A${handle.slice(1)}`;
    for (const text of [
      '',
      other,
      `${handle}=`,
      ` ${handle}`,
      handle.slice(1),
      '__proto__',
      'x'.repeat(5000),
    ])
      expect(await lives(world, text)).toBe(false);
  });

  it('ends by its handle for exactly one of fifty parallel callers', async () => {
    const world = setting();
    const [handle, other] = [await begin(world), await begin(world)];
    const ended = await Promise.all(
      Array.from({ length: 50 }, () => endSession(world.context, handle, { ...cause, why: 'signedOut' })),
    );
    expect(ended.filter((session) => session !== undefined)).toMatchObject([{ nameId: persistent }]);
    expect(await lives(world, handle)).toBe(false);
    expect(await lives(world, other)).toBe(true);
    expect(world.lines.filter(({ event }) => event === 'session.ended')).toMatchObject([
      { fields: { why: 'signedOut', connection: 'acme', site: 'portal', reference: 'REF' } },
    ]);
  });
});

describe('ending the sessions of a person', () => {
  const whose = (changes: object = {}): WhoseSessions => ({
    connection: 'acme',
    nameId: persistent,
    ...changes,
  });

  it('ends every one of them, and nobody else’s', async () => {
    const world = setting();
    const mine = await Promise.all(
      Array.from({ length: 250 }, (_, at) => begin(world, { sessionIndex: `_${String(at)}` })),
    );
    const others = [
      await begin(world, { nameId: { ...persistent, value: 'else' } }, { email: 'bob@acme.example' }),
      await begin(world, {}, { connection: 'globex' }),
    ];
    expect(await endSessions(world.context, whose(), cause)).toBe(250);
    expect(await Promise.all(mine.map((handle) => lives(world, handle)))).not.toContain(true);
    expect(await Promise.all(others.map((handle) => lives(world, handle)))).toEqual([true, true]);
    expect(await endSessions(world.context, whose(), cause)).toBe(0);
  });

  it('ends only those of the SessionIndexes that are named', async () => {
    const world = setting();
    const [one, two, without] = [
      await begin(world),
      await begin(world, { sessionIndex: '_2' }),
      (
        await issueSession(
          world.context,
          granted({}, { subject: { nameId: persistent, requestedAt: START } }),
        )
      ).handle,
    ];
    expect(await endSessions(world.context, whose({ sessionIndexes: ['_2', '_3'] }), cause)).toBe(2);
    expect([await lives(world, one), await lives(world, two), await lives(world, without)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await endSessions(world.context, whose({ sessionIndexes: [] }), cause)).toBe(1);
  });

  it.each([
    ['all alike', {}, 1],
    [
      'without qualifiers',
      { nameQualifier: undefined, spNameQualifier: undefined, spProvidedId: undefined },
      1,
    ],
    ['without a format', { format: undefined }, 1],
    ['of unspecified format', { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' }, 1],
    ['of another format', { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }, 0],
    ['of another NameQualifier', { nameQualifier: 'https://else.example' }, 0],
    ['of another SPNameQualifier', { spNameQualifier: 'https://else.example' }, 0],
    ['of another value', { value: 'A1B2' }, 0],
  ])('matches a NameID %s', async (_what, changes, ended) => {
    const world = setting();
    await begin(world);
    const nameId = Object.fromEntries(
      Object.entries({ ...persistent, ...changes }).filter(([, value]) => value !== undefined),
    ) as unknown as typeof persistent;
    expect(await endSessions(world.context, whose({ nameId }), cause)).toBe(ended);
  });

  it('finds them by address and by connection too', async () => {
    const world = setting();
    await begin(world);
    await begin(world, { nameId: { value: 'else' } }, { email: 'bob@acme.example' });
    expect(await endSessions(world.context, { connection: 'acme', email: EMAIL }, cause)).toBe(1);
    expect(await endSessions(world.context, { connection: 'acme' }, cause)).toBe(1);
  });

  it('#session.handle/late refuses the assertion of a sign-in that had begun before, and not of one that begins afterwards', async () => {
    const world = setting();
    const { identityProvider } = connection('acme', 'portal', ['acme.example']);
    const { serviceProvider } = world.context;
    const answerTo = async (id: string, requestedAt: number) => {
      const requestId = `_${id.repeat(40)}-acme`;
      await putPendingRequest(world.context, requestId, {
        ...{ connection: 'acme', site: 'portal', codeChallenge: challenge, state: '', returnTo: '/' },
        ...{ forceAuthn: false, requestedAt },
      });
      const xml = buildResponse({
        ...{ keys: idpKeys, issuer: identityProvider.entityId, audience: serviceProvider.entityId },
        acsUrl: serviceProvider.assertionConsumerServiceUrl,
        inResponseTo: requestId,
        now: new Date(world.clock.now()),
        nameId: { value: EMAIL },
      });
      return { samlResponse: Buffer.from(xml).toString('base64'), relayState: undefined, reference: 'REF' };
    };
    const late = await answerTo('a', world.clock.now());
    world.clock.advance(1000);
    await endSessions(world.context, { connection: 'acme', nameId: { value: EMAIL } }, cause);
    await expect(completeLogin(world.context, late)).rejects.toMatchObject({ code: 'SAML_SESSION_ENDED' });
    world.clock.advance(1000);
    const fresh = await answerTo('b', world.clock.now());
    await expect(completeLogin(world.context, fresh)).resolves.toMatchObject({
      location: expect.stringContaining('ticket=') as string,
    });
  });

  it('refuses a ticket that was issued before, and begins no session for it', async () => {
    const world = setting();
    const subject = { nameId: persistent, sessionIndex: '_9', requestedAt: START };
    const [all, indexed, other] = await Promise.all(
      [{}, {}, { sessionIndex: '_10' }].map((changes) =>
        ticketFor(world, { subject: { ...subject, ...changes } }),
      ),
    );
    await endSessions(world.context, { ...whose(), sessionIndexes: ['_9'] }, cause);
    await expect(redeem(world, String(indexed))).rejects.toMatchObject({ code: 'SAML_SESSION_ENDED' });
    await expect(redeem(world, String(other))).resolves.toMatchObject({ returnTo: '/members' });
    await endSessions(world.context, whose(), cause);
    await expect(redeem(world, String(all))).rejects.toMatchObject({ code: 'SAML_SESSION_ENDED' });
  });

  it('ends a session that is begun in the very moment, or refuses it: none slips through', async () => {
    const world = setting();
    const [, ...begun] = await Promise.all([
      endSessions(world.context, whose(), cause),
      ...Array.from({ length: 50 }, () => begin(world).catch(() => undefined)),
    ]);
    for (const handle of begun) if (handle !== undefined) expect(await lives(world, handle)).toBe(false);
  });

  it('forgets the end once no such sign-in can arrive any more', async () => {
    const world = setting();
    await endSessions(world.context, whose(), cause);
    world.clock.advance(limits.pendingRequestMs + limits.ticketMs + limits.placeMs + 1);
    await expect(begin(world)).resolves.toHaveLength(43);
  });
});

describe('what a ticket carries of the IdP’s session', () => {
  it('is the first SessionIndex, the earliest end, and no name that is too long to keep', () => {
    const authnStatements = [
      { sessionNotOnOrAfter: '2026-01-15T14:00:00Z' },
      { sessionIndex: '_2', sessionNotOnOrAfter: '2026-01-15T13:00:00Z' },
    ];
    expect(sessionSubjectOf({ nameId: persistent, authnStatements }, START)).toEqual({
      nameId: persistent,
      sessionIndex: '_2',
      endsAt: Date.UTC(2026, 0, 15, 13),
      requestedAt: START,
    });
    const long = 'x'.repeat(2000);
    expect(
      sessionSubjectOf({ nameId: { value: long }, authnStatements: [{ sessionIndex: long }] }, START),
    ).toEqual({ requestedAt: START });
    expect(sessionSubjectOf({ authnStatements: [] }, START)).toEqual({ requestedAt: START });
  });
});
