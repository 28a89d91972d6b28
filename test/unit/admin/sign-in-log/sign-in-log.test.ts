/** The sign-in log: from what happens at the routes to the rows that an administrator reads. */
import { attemptsAsCsv } from '../../../../src/admin/sign-in-log/csv';
import { seriesOf } from '../../../../src/admin/sign-in-log/entries';
import { limits } from '../../../../src/core/limits';
import { SegmentedRows } from '../../../../src/stores/segmented-rows';
import { makeIdpKeys } from '../../../support/idp';
import { form } from '../../../support/makers/listening';
import { EMAIL } from '../../../support/makers/setting';
import { signInLogWorld, type SignInLogWorld } from '../../../support/makers/sign-in-log-world';

let world: SignInLogWorld;
beforeEach(async () => {
  world = await signInLogWorld();
});
afterEach(() => world.stop());

const only = async (filter = {}) => {
  await world.settle();
  const attempts = await world.attempts(filter);
  expect(attempts).toHaveLength(1);
  return attempts[0];
};

/** Everything that lies in the log of a connection. */
async function stored(connection = 'acme'): Promise<string> {
  const rows = new SegmentedRows(world.documents);
  const names = ['started', 'ended', 'refused', 'verdicts', 'prints'] as const;
  return JSON.stringify(await Promise.all(names.map((name) => rows.read(seriesOf(connection, name)))));
}

describe('an attempt', () => {
  it('is in progress, then signed in, with its steps and times', async () => {
    const { requestId, relayState } = await world.begin();
    expect(await only()).toMatchObject({ state: 'inProgress', steps: [{ step: 'started' }] });
    world.clock.advance(4000);
    const acs = await world.answer(requestId, relayState);
    world.clock.advance(1000);
    expect((await world.redeem(acs)).status).toBe(200);
    const attempt = await only();
    expect(attempt).toMatchObject({
      state: 'signedIn',
      address: 'a***@acme.example',
      person: world.context.pseudonym(EMAIL),
    });
    expect(attempt?.steps.map(({ step }) => step)).toEqual(['started', 'accepted', 'redeemed']);
    const times = attempt?.steps.map(({ at }) => at - (attempt.steps[0]?.at ?? 0));
    expect(times).toEqual([0, 4000, 5000]);
  });

  it('is told as one to which nothing came back, once no answer could be taken any more', async () => {
    await world.begin();
    world.clock.advance(limits.pendingRequestMs - 1);
    expect((await only())?.state).toBe('inProgress');
    world.clock.advance(1);
    expect((await only())?.state).toBe('timedOut');
  });

  it('is told as accepted and not fetched when the page of the site does not come', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState);
    world.clock.advance(limits.ticketMs);
    expect((await only())?.state).toBe('notCollected');
  });

  it('is on its way as long as its page holds a place in the line of the site', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState);
    const accepted = (await only())?.steps.at(-1);
    if (accepted?.step !== 'accepted') throw new Error('not accepted');
    const { reference, person: member, signIn = '' } = accepted;
    const about = { reference, signIn, connection: 'acme', site: 'portal', member };
    world.context.events.emit({ type: 'ticket.waits', ...about, position: 7 });
    world.clock.advance(limits.placeMs - 1);
    expect((await only())?.state).toBe('inProgress');
    world.clock.advance(1);
    expect((await only())?.state).toBe('notCollected');
  });

  it('stays signed in when the browser sends the same answer again', async () => {
    const { requestId, relayState } = await world.begin();
    await world.redeem(await world.answer(requestId, relayState));
    expect((await world.answer(requestId, relayState)).status).not.toBe(200);
    expect((await only())?.state).toBe('signedIn');
  });

  it('that is refused and very large keeps its code alone: to judge it again would cost too much', async () => {
    const { requestId, relayState } = await world.begin();
    const values = Array.from({ length: 2000 }, (_, index) => `Engineering-Team-${String(index)}`);
    const attributes = [{ name: 'groups', values }];
    await world.answer(requestId, relayState, { audience: 'https://other.example/metadata', attributes });
    const attempt = await only();
    expect(attempt?.code).toBe('SAML_AUDIENCE_MISMATCH');
    expect(attempt?.verdicts).toBeUndefined();
  });

  it('that is refused opens to the verdicts of a test sign-in', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState, { audience: 'https://other.example/metadata' });
    const attempt = await only();
    expect(attempt).toMatchObject({ state: 'refused', code: 'SAML_AUDIENCE_MISMATCH' });
    const rows = attempt?.verdicts?.findings.rows ?? [];
    expect(rows.filter(({ verdict }) => verdict === 'fail')).toMatchObject([
      {
        code: 'SAML_AUDIENCE_MISMATCH',
        expected: expect.stringContaining('https://sso.example.com/saml/metadata') as string,
        received: expect.stringContaining('https://other.example/metadata') as string,
      },
    ]);
    expect(rows.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(10);
  });

  it('that is refused is found by the address of the person', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState, { nameId: { value: 'eve@elsewhere.example' } });
    await world.settle();
    expect(await world.attempts({ person: world.context.pseudonym('eve@elsewhere.example') })).toHaveLength(
      1,
    );
    expect(await world.attempts({ person: world.context.pseudonym('ada@elsewhere.example') })).toEqual([]);
  });

  it('is found by the reference of an error page, by code, state and time', async () => {
    const { requestId, relayState } = await world.begin();
    const { body } = await world.answer(requestId, relayState, { keys: makeIdpKeys() });
    await world.settle();
    const reference = /<code>([2-9A-Z]{10})<\/code>/.exec(body)?.[1] ?? 'none';
    for (const filter of [
      { id: reference },
      { code: 'SAML_SIGNATURE_INVALID' },
      { state: 'refused' as const },
      { since: world.clock.now() },
    ])
      expect(await world.attempts(filter)).toHaveLength(1);
    for (const filter of [
      { id: 'BBBBBBBBBB' },
      { code: 'SAML_AUDIENCE_MISMATCH' },
      { state: 'signedIn' as const },
      { since: world.clock.now() + 1 },
      { before: world.clock.now() },
    ])
      expect(await world.attempts(filter)).toEqual([]);
  });
});

describe('what lies in the store', () => {
  it('holds no address, token, ticket, request id or assertion', async () => {
    const { requestId, relayState } = await world.begin();
    const acs = await world.answer(requestId, relayState, {
      attributes: [{ name: 'mail', values: [EMAIL] }],
    });
    await world.redeem(acs);
    const second = await world.begin();
    await world.answer(second.requestId, second.relayState, {
      nameId: { value: 'eve@elsewhere.example' },
      attributes: [{ name: 'mail', values: ['eve@elsewhere.example', 'eva@elsewhere.example'] }],
    });
    await world.settle();
    const text = await stored();
    expect(text).toContain('a***@acme.example');
    const ticket = /ticket=([\w-]+)/.exec(acs.body)?.[1] ?? 'no ticket';
    for (const secret of [EMAIL, 'eve@', 'eva@', 'JWS.header', ticket, requestId, relayState, 'Assertion>'])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/[A-Za-z0-9+/]{400}/);
  });

  it('is sealed', async () => {
    await world.begin();
    await world.settle();
    const [first] = await world.documents.list(seriesOf('acme', 'started').collection + '/');
    const raw = await world.context.store.get(first?.name ?? '');
    expect(raw?.value).not.toContain('started');
  });

  it('is forgotten after the days of the configuration, and never begun with none', async () => {
    await world.begin();
    await world.settle();
    world.clock.advance(29 * 86_400_000);
    await world.log.forget();
    expect(await world.attempts()).toHaveLength(1);
    world.clock.advance(2 * 86_400_000);
    await world.log.forget();
    expect(await world.attempts()).toEqual([]);
    world.days = 0;
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState, { keys: makeIdpKeys() });
    await world.settle();
    expect(await stored()).toBe(JSON.stringify([[], [], [], [], []]));
  });
});

describe('a flood', () => {
  const garbage = (relayState: string) =>
    world.server.send(
      '/saml/acs',
      form({ SAMLResponse: Buffer.from('<x/>').toString('base64'), RelayState: relayState }),
    );

  it('#http.pages/log-flood of garbage is counted beyond a bound, and pushes out no sign-in', async () => {
    const { requestId, relayState } = await world.begin();
    await world.redeem(await world.answer(requestId, relayState));
    for (let sent = 0; sent < 230; sent += 1) await garbage(relayState);
    await world.settle();
    const all = await world.attempts();
    expect(all.filter(({ state }) => state === 'signedIn')).toHaveLength(1);
    expect(all.filter(({ count }) => count !== undefined).map(({ count }) => count)).toEqual([30]);
    expect((await stored()).length).toBeLessThan(100_000);
  });

  it('of connections that are not there leaves nothing', async () => {
    await world.server.send(
      '/saml/acs',
      form({ SAMLResponse: 'x', RelayState: `_${'0'.repeat(40)}-nowhere` }),
    );
    await world.settle();
    expect(await world.attempts({}, 'nowhere')).toEqual([]);
    expect(await world.documents.list('sign-in-logs/')).toEqual([]);
  });

  it('is cut to the latest 5 000, and the sign-ins before it stay', async () => {
    const { requestId, relayState } = await world.begin();
    await world.redeem(await world.answer(requestId, relayState));
    await world.settle();
    for (let round = 0; round < 4; round += 1) {
      for (let started = 0; started < 2500; started += 1)
        world.log.subscriber({
          ...{ type: 'login.requested', reference: 'BBBBBBBBBB', connection: 'acme', site: 'portal' },
          ...{ identityProvider: 'x', binding: 'redirect', signIn: `${String(round)}-${String(started)}` },
        });
      await world.settle();
    }
    const started = await new SegmentedRows(world.documents).read(seriesOf('acme', 'started'));
    // The latest document of the twenty is only begun.
    expect(started.length).toBeGreaterThan(4700);
    expect(started.length).toBeLessThanOrEqual(5000);
    expect(await world.attempts({ state: 'signedIn' })).toHaveLength(1);
  });

  it('of refusals are judged for a dozen in a minute', async () => {
    const { requestId, relayState } = await world.begin();
    for (let sent = 0; sent < 15; sent += 1) {
      await world.answer(requestId, relayState, { keys: stranger });
      await world.settle();
    }
    const verdicts = await new SegmentedRows(world.documents).read(seriesOf('acme', 'verdicts'));
    expect(verdicts).toHaveLength(12);
  });
  const stranger = makeIdpKeys();
});

describe('CSV', () => {
  it('#http.pages/log-csv-formula never begins a cell with what a spreadsheet runs', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState, { audience: '=HYPERLINK("https://evil.example","x")' });
    await world.settle();
    const csv = attemptsAsCsv(await world.attempts());
    expect(csv).toContain('"began","ended","state"');
    for (const line of csv.trimEnd().split('\r\n'))
      for (const [, cell = ''] of line.matchAll(/"((?:[^"]|"")*)"/g))
        expect(cell).not.toMatch(/^\s*[=+\-@\t\r|%]/);
    expect(csv).toContain('HYPERLINK(""https://evil.example""');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '|x', '%x'])('makes a text of %j', (received) => {
    const step = {
      step: 'refused',
      at: 1,
      reference: 'B',
      code: 'SAML_AUDIENCE_MISMATCH',
      received,
    } as const;
    const csv = attemptsAsCsv([
      { id: 'x', at: 1, state: 'refused', code: 'SAML_AUDIENCE_MISMATCH', steps: [step] },
    ]);
    expect(csv.trimEnd().split(',').at(-1)).toMatch(/^"'/);
  });
});
