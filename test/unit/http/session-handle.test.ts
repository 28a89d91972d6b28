import { createApplication } from '../../../src/http/router';
import { issueSession } from '../../../src/sso/session';
import { jsonBody, listen, type Listening, type SendOptions } from '../../support/makers/listening';
import { EMAIL, grant, logText, setting, START, type Setting } from '../../support/makers/setting';

const PAGE = 'https://www.portal.example';

describe('POST /session/handle', () => {
  let world: Setting;
  let server: Listening;
  let handle: string;

  beforeEach(async () => {
    world = setting();
    server = await listen(createApplication(world.context));
    ({ handle } = await issueSession(world.context, { ...grant(), email: EMAIL }));
  });

  afterEach(() => server.stop());

  const send = (options: SendOptions) => server.send('/session/handle', options);
  const ask = async (input: object, origin: string | undefined = PAGE) =>
    send(jsonBody(input, origin === '' ? {} : { origin }));
  const told = async (...given: Parameters<typeof ask>): Promise<unknown> =>
    JSON.parse((await ask(...given)).body) as unknown;

  it('#session.handle/alive says that a session lives, until it is over', async () => {
    expect(await told({ handle })).toEqual({ alive: true, endsAt: START + 12 * 3_600_000 });
    expect(await told({ handle }, '')).toMatchObject({ alive: true });
    world.clock.advance(12 * 3_600_000);
    expect(await told({ handle })).toEqual({ alive: false });
  });

  it('#session.handle/ends-itself ends the session, once and for all', async () => {
    expect(await told({ handle, end: true })).toEqual({ alive: false });
    expect(await told({ handle })).toEqual({ alive: false });
    expect(await told({ handle, end: true })).toEqual({ alive: false });
    expect(world.lines.filter(({ event }) => event === 'session.ended')).toMatchObject([
      { fields: { why: 'signedOut', session: expect.any(String) as string } },
    ]);
    expect(logText(world)).not.toContain(handle);
    expect(logText(world)).not.toContain(EMAIL);
  });

  it('#session.handle/own-site neither tells another site of it nor lets it end it', async () => {
    const other = 'https://user.wixsite.example';
    expect(await told({ handle }, other)).toEqual({ alive: false });
    expect(await told({ handle, end: true }, other)).toEqual({ alive: false });
    expect(await told({ handle })).toMatchObject({ alive: true });
  });

  it('#session.handle/no-stranger turns pages of no site away', async () => {
    const answer = await ask({ handle, end: true }, 'https://evil.example');
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(await told({ handle })).toMatchObject({ alive: true });
  });

  it('answers a guess as it answers a handle that has ended', async () => {
    const guess = await ask({ handle: 'A'.repeat(43) });
    await ask({ handle, end: true });
    const ended = await ask({ handle });
    expect([guess.status, guess.body]).toEqual([ended.status, ended.body]);
    expect(guess.headers).toMatchObject({ 'cache-control': 'no-store', vary: 'Origin' });
  });

  it.each([
    ['nothing', {}, 'HTTP_FIELD_MISSING'],
    ['a number', { handle: 1 }, 'HTTP_FIELD_INVALID'],
    ['a list', { handle: ['A'.repeat(43)] }, 'HTTP_FIELD_INVALID'],
    ['an end that is no decision', { handle: 'A'.repeat(43), end: 'yes' }, 'HTTP_FIELD_INVALID'],
  ])('refuses %s', async (_what, input, code) => {
    const answer = await ask(input);
    expect(JSON.parse(answer.body)).toMatchObject({ error: code });
  });

  it('is asked as JSON only: no form of another page can end a session', async () => {
    const answer = await send({
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ handle, end: true }),
    });
    expect(answer.status).toBe(415);
    expect(await told({ handle })).toMatchObject({ alive: true });
    const preflight = await send({ method: 'OPTIONS', headers: { origin: PAGE } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('costs one look into the store, and no writing', async () => {
    const asked: string[] = [];
    const store = new Proxy(world.context.store, {
      get: (target, verb) => {
        asked.push(String(verb));
        return Reflect.get(target, verb) as unknown;
      },
    });
    const other = await listen(createApplication({ ...world.context, store }));
    await other.send('/session/handle', jsonBody({ handle }, { origin: PAGE }));
    expect(asked).toEqual(['peek']);
    await other.stop();
  });
});
