import { SsoError } from '../../../src/core/errors';
import { createApplication } from '../../../src/http/router';
import { jsonBody, listen } from '../../support/makers/listening';
import {
  BEARER,
  revocationToken,
  revokingKey,
  startRevokingServiceProvider,
  SUBJECT,
  type RevokingKey,
  type RevokingServiceProvider,
} from '../../support/makers/revoking-sp';
import { EMAIL, logText, setting } from '../../support/makers/setting';

let key: RevokingKey;
let sp: RevokingServiceProvider;

beforeAll(async () => {
  key = await revokingKey('k1');
});
beforeEach(async () => {
  sp = await startRevokingServiceProvider(key);
});
afterEach(() => sp.stop());

const events = (type: string) =>
  sp.world.lines.filter(({ event }) => event === type).map(({ fields }) => fields);

describe('POST /saml/revoke/{connection}', () => {
  it('#session.revoke/off is not there unless it is configured', async () => {
    const off = await listen(createApplication(setting().context));
    for (const name of ['acme', 'initech', 'nobody', '', '__proto__', 'a/b']) {
      const answer = await off.send(
        `/saml/revoke/${name}`,
        jsonBody({ email: EMAIL }, { authorization: `Bearer ${BEARER}` }),
      );
      expect([name, answer.status]).toEqual([name, 404]);
    }
    await off.stop();
    expect((await sp.server.get('/saml/revoke/acme')).status).toBe(405);
  });

  it('#session.revoke/okta ends the sessions of the person whom a signed token names, and nobody else’s', async () => {
    const mine = [await sp.begin(), await sp.begin()];
    const others = [await sp.begin('bob@acme.example'), await sp.begin(EMAIL, 'globex')];
    const answer = await sp.revoke(await revocationToken(sp, key), { sub_id: SUBJECT });
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(await Promise.all([...mine, ...others].map((handle) => sp.lives(handle)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(events('revocation.received')).toMatchObject([
      { connection: 'acme', proof: 'signed', sessions: 2 },
    ]);
    expect(events('session.ended')).toMatchObject([{ why: 'revoked' }, { why: 'revoked' }]);
    expect(logText(sp.world)).not.toContain(EMAIL);
  });

  it.each([
    ['an address in capitals', { sub_id: { format: 'email', email: 'ADA@acme.example' } }],
    ['an opaque name', { sub_id: { format: 'opaque', id: EMAIL } }],
    ['issuer and subject', { sub_id: { format: 'iss_sub', iss: 'https://acme.okta.example', sub: EMAIL } }],
    ['the older word', { subject: { format: 'email', email: EMAIL } }],
  ])('finds the person by %s', async (_what, body) => {
    const handle = await sp.begin();
    expect((await sp.revoke(await revocationToken(sp, key), body)).status).toBe(204);
    expect(await sp.lives(handle)).toBe(false);
  });

  it('answers a person whom it does not know alike', async () => {
    const handle = await sp.begin();
    for (const sub_id of [
      { format: 'email', email: 'nobody@acme.example' },
      { format: 'email', email: 'no address' },
      { format: 'iss_sub', iss: 'https://else.example', sub: EMAIL },
    ]) {
      const answer = await sp.revoke(await revocationToken(sp, key), { sub_id });
      expect([answer.status, answer.body]).toEqual([204, '']);
    }
    expect(await sp.lives(handle)).toBe(true);
  });

  it('asks for the keys once, and again when one is named that it does not hold', async () => {
    for (let times = 0; times < 3; times += 1)
      await sp.revoke(await revocationToken(sp, key), { sub_id: SUBJECT });
    expect(sp.published.asked).toBe(1);
    const next = await revokingKey('k2', 'ES256');
    sp.published.keys = [key.jwk, next.jwk];
    sp.world.clock.advance(61_000);
    expect(
      (await sp.revoke(await revocationToken(sp, next, {}, { alg: 'ES256' }), { sub_id: SUBJECT })).status,
    ).toBe(204);
    expect(sp.published.asked).toBe(2);
  });

  it('says that the sender should try again when the keys cannot be had', async () => {
    sp.published.status = 500;
    const answer = await sp.revoke(await revocationToken(sp, key), { sub_id: SUBJECT });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'CONNECTION_KEYS_UNAVAILABLE' });
  });

  it('never blocks anybody by a signed token, whatever its body says', async () => {
    await sp.revoke(await revocationToken(sp, key), { sub_id: SUBJECT, disabled: true });
    expect(sp.commands).toEqual([]);
  });
});

describe('the bearer of the connection’s token', () => {
  it.each([
    ['email', { email: EMAIL }],
    ['NameID', { nameId: EMAIL }],
  ])('ends sessions by %s', async (_what, body) => {
    const handle = await sp.begin();
    expect((await sp.revoke(BEARER, body)).status).toBe(204);
    expect(await sp.lives(handle)).toBe(false);
    expect(sp.commands).toEqual([]);
    expect(events('revocation.received')).toMatchObject([{ proof: 'bearer', sessions: 1 }]);
  });

  it('has a disabled person blocked at the site, and let in again', async () => {
    const handle = await sp.begin();
    expect((await sp.revoke(BEARER, { email: EMAIL.toUpperCase(), disabled: true })).status).toBe(204);
    expect(await sp.lives(handle)).toBe(false);
    const again = await sp.begin().catch(() => undefined);
    expect((await sp.revoke(BEARER, { email: EMAIL, disabled: false })).status).toBe(204);
    expect(sp.commands).toEqual([
      { email: EMAIL, connection: 'acme', command: 'block' },
      { email: EMAIL, connection: 'acme', command: 'unblock' },
    ]);
    expect(again).toBeUndefined();
    expect(events('member.blocked')).toHaveLength(1);
    expect(events('member.unblocked')).toHaveLength(1);
  });

  it('blocks nobody whom the connection may not vouch for', async () => {
    await sp.revoke(BEARER, { email: 'bob@globex.example', disabled: true });
    await sp.revoke(BEARER, { nameId: 'a1b2', disabled: true });
    expect(sp.commands).toEqual([]);
  });

  it('is told to try again when the site is busy; the sessions have ended all the same', async () => {
    const handle = await sp.begin();
    sp.site = { done: false, fails: new SsoError('WIX_RATE_LIMITED') };
    expect((await sp.revoke(BEARER, { email: EMAIL, disabled: true })).status).toBe(503);
    expect(await sp.lives(handle)).toBe(false);
    sp.site = { done: false };
    expect((await sp.revoke(BEARER, { email: EMAIL, disabled: true })).status).toBe(204);
    expect(events('member.blocked')).toEqual([]);
  });

  it.each([
    [{}, 'HTTP_FIELD_MISSING'],
    [{ email: 1 }, 'HTTP_FIELD_INVALID'],
    [{ email: '' }, 'HTTP_FIELD_INVALID'],
    [{ nameId: 'x'.repeat(1025) }, 'HTTP_FIELD_INVALID'],
    [{ email: EMAIL, disabled: 'true' }, 'HTTP_FIELD_INVALID'],
    [{ sub_id: EMAIL }, 'HTTP_FIELD_INVALID'],
    [{ sub_id: { format: 'phone_number' } }, 'HTTP_FIELD_INVALID'],
  ])('refuses %j', async (body, error) => {
    expect(JSON.parse((await sp.revoke(BEARER, body)).body)).toMatchObject({ error });
  });
});
