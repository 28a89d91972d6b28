/** Attacks on sessions that end: stolen and guessed handles, and revocations by whoever has no business to. Costs about four seconds. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { exportSPKI, importJWK, UnsecuredJWT, type KeyLike } from 'jose';
import { jsonBody } from '../../support/makers/listening';
import {
  BEARER,
  OKTA,
  REVOCATION,
  revocationToken,
  revokingKey,
  startRevokingServiceProvider,
  SUBJECT,
  type RevokingKey,
  type RevokingServiceProvider,
} from '../../support/makers/revoking-sp';
import { EMAIL, logText } from '../../support/makers/setting';

const PAGE = 'https://www.portal.example';
const OTHER_SITE = 'https://user.wixsite.example';
const BODY = { sub_id: SUBJECT };
let key: RevokingKey;
let stranger: RevokingKey;
let sp: RevokingServiceProvider;
let handle: string;

beforeAll(async () => {
  [key, stranger] = await Promise.all([revokingKey('k1'), revokingKey('k1')]);
});
beforeEach(async () => {
  sp = await startRevokingServiceProvider(key);
  handle = await sp.begin();
});
afterEach(() => sp.stop());

const ask = (input: object, headers: Record<string, string> = { origin: PAGE }) =>
  sp.server.send('/session/handle', jsonBody(input, headers));

const survives = async (): Promise<void> => {
  expect(await sp.lives(handle)).toBe(true);
};

describe('#session.handle/attacks on handles', () => {
  it('three hundred guesses find nothing, and are answered like one another', async () => {
    const guesses = Array.from({ length: 300 }, () => randomBytes(32).toString('base64url'));
    const answers = await Promise.all(guesses.map((guess) => ask({ handle: guess, end: true })));
    expect(new Set(answers.map(({ status, body }) => `${String(status)} ${body}`))).toEqual(
      new Set(['200 {"alive":false}']),
    );
    await survives();
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -1)],
    ['with a character more', (text: string) => `${text}A`],
    ['in other letters', (text: string) => text.toLowerCase() + text.toUpperCase().slice(43)],
    ['padded', (text: string) => `${text}=`],
    ['with a null byte', (text: string) => `${text}\u0000`],
    ['as the place in the store', (text: string) => `session:${text}`],
  ])('a handle %s is another one', async (_what, change) => {
    const changed = change(handle);
    if (changed !== handle) expect((await ask({ handle: changed, end: true })).body).toBe('{"alive":false}');
    await survives();
  });

  it.each([
    ['a page of another site of the service', OTHER_SITE],
    ['a page of a stranger', 'https://evil.example'],
    ['a sandboxed page', 'null'],
    ['a page of a look-alike', `${PAGE}.evil.example`],
    ['the site over plain http', PAGE.replace('https', 'http')],
  ])('a stolen handle ends nothing from %s', async (_what, origin) => {
    expect((await ask({ handle, end: true }, { origin })).body).not.toContain('"alive":true');
    await survives();
  });

  it('logout CSRF: no form, no image and no simple request of another page ends a session', async () => {
    const body = JSON.stringify({ handle, end: true });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await sp.server.send('/session/handle', { headers: { 'content-type': type }, body });
      expect(answer.status).toBe(415);
    }
    expect((await sp.server.get(`/session/handle?handle=${handle}&end=true`)).status).toBe(405);
    await survives();
  });

  it('a stolen handle signs nobody in and tells nothing of its member', async () => {
    const { body } = await ask({ handle });
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['alive', 'endsAt']);
    const redeemed = await sp.server.send(
      '/session-token',
      jsonBody({ ticket: handle, codeVerifier: 'v'.repeat(43) }),
    );
    expect(redeemed.status).toBe(410);
  });

  it('a handle that has ended stays ended, also for whoever kept its record', async () => {
    const { store } = sp.context;
    const records: string[] = [];
    const peek = store.peek.bind(store);
    store.peek = async (name) => {
      const value = await peek(name);
      if (value !== undefined) records.push(name);
      return value;
    };
    await ask({ handle });
    await ask({ handle, end: true });
    // The store's reader knows places and seals; none of them is a handle.
    for (const name of records)
      expect((await ask({ handle: name.split(':')[1] })).body).toBe('{"alive":false}');
    expect(await sp.lives(handle)).toBe(false);
  });
});

describe('#session.revoke/attacks on revocations', () => {
  const hs256 = async (): Promise<string> => {
    const spki = await exportSPKI((await importJWK(key.jwk, 'RS256')) as KeyLike);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const iat = Math.floor(sp.world.clock.now() / 1000);
    const input = `${encode({ alg: 'HS256', kid: 'k1', typ: REVOCATION })}.${encode({ iss: OKTA, aud: sp.url, jti: randomUUID(), iat, exp: iat + 60 })}`;
    return `${input}.${createHmac('sha256', spki).update(input).digest('base64url')}`;
  };
  const unsigned = (): string => {
    const iat = Math.floor(sp.world.clock.now() / 1000);
    return new UnsecuredJWT({ iss: OKTA, aud: sp.url, jti: randomUUID(), iat, exp: iat + 60 }).encode();
  };
  const seconds = (): number => Math.floor(sp.world.clock.now() / 1000);

  it.each<[string, () => Promise<string> | string | undefined]>([
    ['nothing', () => undefined],
    ['a word', () => 'revoke'],
    ['the bearer token but one character', () => `${BEARER.slice(0, -1)}0`],
    ['the bearer token in part', () => BEARER.slice(0, 20)],
    ['alg none', unsigned],
    ['HS256 under the public key', hs256],
    ['a key of a stranger under the same name', () => revocationToken(sp, stranger)],
    [
      'a key that the token brings along (jwk)',
      () => revocationToken(sp, stranger, {}, { jwk: stranger.jwk, kid: undefined }),
    ],
    [
      'a key at an address of the sender (jku)',
      () => revocationToken(sp, stranger, {}, { jku: 'https://evil.example/keys' }),
    ],
    ['a kid that is a path', () => revocationToken(sp, stranger, {}, { kid: '../../../../dev/null' })],
    ['a kid that is a query', () => revocationToken(sp, stranger, {}, { kid: "k1' OR '1'='1" })],
    ['a kid of the prototype', () => revocationToken(sp, stranger, {}, { kid: '__proto__' })],
    ['another type', () => revocationToken(sp, key, {}, { typ: 'JWT' })],
    ['the type of an access token', () => revocationToken(sp, key, {}, { typ: 'at+jwt' })],
    ['no type', () => revocationToken(sp, key, {}, { typ: undefined })],
    [
      'a critical header that nobody knows',
      () => revocationToken(sp, key, {}, { crit: ['exp'], exp: 1 }).catch(() => 'x.y.z'),
    ],
    ['another issuer', () => revocationToken(sp, key, { iss: 'https://evil.okta.example' })],
    ['no issuer', () => revocationToken(sp, key, { iss: undefined })],
    ['the issuer with a slash', () => revocationToken(sp, key, { iss: `${OKTA}/` })],
    [
      'another endpoint as audience',
      () => revocationToken(sp, key, { aud: sp.url.replace(/acme$/, 'globex') }),
    ],
    [
      'our entityID as audience',
      () => revocationToken(sp, key, { aud: sp.context.serviceProvider.entityId }),
    ],
    ['several audiences', () => revocationToken(sp, key, { aud: [sp.url, 'https://else.example/'] })],
    ['no audience', () => revocationToken(sp, key, { aud: undefined })],
    [
      'an end that has passed',
      () => revocationToken(sp, key, { iat: seconds() - 900, exp: seconds() - 600 }),
    ],
    ['no end', () => revocationToken(sp, key, { exp: undefined })],
    ['an end in a year', () => revocationToken(sp, key, { exp: seconds() + 31_536_000 })],
    ['no beginning', () => revocationToken(sp, key, { iat: undefined })],
    ['a beginning that is yet to come', () => revocationToken(sp, key, { nbf: seconds() + 900 })],
    ['no jti', () => revocationToken(sp, key, { jti: undefined })],
    ['an empty jti', () => revocationToken(sp, key, { jti: '' })],
    ['a jti of five thousand characters', () => revocationToken(sp, key, { jti: 'x'.repeat(5000) })],
  ])('with %s ends nothing', async (_what, make) => {
    const answer = await sp.revoke(await make(), BODY);
    expect({ status: answer.status, ...(JSON.parse(answer.body) as object) }).toMatchObject({
      status: 401,
      error: 'CONNECTION_REVOCATION_REFUSED',
    });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    await survives();
    expect(sp.commands).toEqual([]);
  });

  it('with a token that was sent before ends nothing, also of two that arrive at once', async () => {
    const token = await revocationToken(sp, key);
    const answers = await Promise.all(Array.from({ length: 20 }, () => sp.revoke(token, BODY)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    sp.world.clock.advance(2 * 3_600_000);
    handle = await sp.begin();
    expect((await sp.revoke(token, BODY)).status).toBe(401);
    await survives();
  });

  it('by another connection’s IdP ends nothing of this one', async () => {
    const globex = 'https://globex.okta.example';
    const toAcme = await revocationToken(sp, key, { iss: globex });
    expect((await sp.revoke(toAcme, BODY)).status).toBe(401);
    const toGlobex = await revocationToken(sp, key, { iss: globex, aud: sp.url.replace(/acme$/, 'globex') });
    expect((await sp.revoke(toGlobex, BODY, 'globex')).status).toBe(204);
    await survives();
  });

  it('with the bearer token of another connection ends nothing', async () => {
    expect((await sp.revoke(BEARER, { email: EMAIL }, 'globex')).status).toBe(401);
    expect((await sp.revoke(BEARER, { email: EMAIL }, 'initech')).status).toBe(404);
    await survives();
  });

  it('a key for encryption, a symmetric one and a short one verify nothing', async () => {
    sp.published.keys = [
      { ...key.jwk, use: 'enc' },
      { kty: 'oct', kid: 'k1', k: 'AAAA' },
    ];
    expect((await sp.revoke(await revocationToken(sp, key), BODY)).status).toBe(401);
    await survives();
  });

  it('a flood of unknown keys has the IdP asked once a minute', async () => {
    for (let times = 0; times < 20; times += 1)
      await sp.revoke(await revocationToken(sp, stranger, {}, { kid: `k-${String(times)}` }), BODY);
    expect(sp.published.asked).toBe(1);
    await survives();
  });

  it('from a page is none: there is no CORS', async () => {
    const answer = await sp.server.send('/saml/revoke/acme', {
      method: 'OPTIONS',
      headers: { origin: PAGE },
    });
    expect(answer.status).toBe(405);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('leaves neither token nor address in the log', async () => {
    const token = await revocationToken(sp, key);
    await sp.revoke(token, BODY);
    await sp.revoke(BEARER, { email: EMAIL });
    for (const secret of [token, BEARER, EMAIL, handle]) expect(logText(sp.world)).not.toContain(secret);
  });
});
