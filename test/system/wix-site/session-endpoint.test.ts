import { createHmac, createPrivateKey, sign as signBytes } from 'node:crypto';
import { exportPKCS8 } from 'jose';
import type { WixSite } from '../../support/wix';
import {
  callFunction,
  CHECK,
  EMAIL,
  exchange,
  sign,
  signingKey,
  siteConfiguration,
  startConfiguredSite,
  validClaims,
  SESSION,
  type Answer,
  type Change,
  type SigningKey,
} from '../../support/makers/site-fixture';

let key: SigningKey;
let next: SigningKey;
let stranger: SigningKey;
let site: WixSite;

const now = (): number => Math.floor(Date.now() / 1000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const configure = (change: object): Promise<void> =>
  site.setSecret('saml_config', JSON.stringify(siteConfiguration([key, next], change)));

beforeAll(async () => {
  [key, next, stranger] = await Promise.all([signingKey('k1'), signingKey('k2'), signingKey('k1')]);
  // Tests here empty the collection, and with it what the site remembers of its members.
  // What the site is told of members, and which packages it has, is what these tests are about.
  const plain = {
    mintedVerified: true,
    verifiedReadable: true,
    userMembers: false,
    signOn: false,
    tokenForm: 'documented',
  } as const;
  site = await startConfiguredSite([key, next], { handlerTimeoutMs: 2000, ...plain });
});

afterAll(() => site.stop());

afterEach(async () => {
  await site.clearFaults();
  await site.setClockOffset(0);
  await site.setCollection('SamlAssertions', true);
  await configure({});
});

async function refused(answer: Answer, status: number, code: string): Promise<void> {
  expect({ status: answer.status, error: answer.body['error'] }).toEqual({ status, error: code });
  expect(Object.keys(answer.body).sort()).toEqual(['error', 'message']);
  expect(JSON.stringify(answer.body)).not.toMatch(/JWS\.|acme/);
  const { log } = await site.state();
  expect(JSON.stringify(log)).not.toMatch(/JWS\.|eyJ|ada@/);
}

describe('the session endpoint', () => {
  it('answers a token that Wix accepts, and the member exists', async () => {
    const { status, body } = await exchange(site, await sign(key));
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['sessionToken']);
    expect(body['sessionToken']).toMatch(/^JWS\.[\w-]+\.[\w-]+\.[\w-]+$/);
    const { members } = await site.state();
    expect(members.map(({ email }) => email)).toContain(EMAIL);
  });

  it('#wix.exchange/keys takes a signature by any of its keys, so that keys can be replaced', async () => {
    expect((await exchange(site, await sign(next))).status).toBe(200);
  });

  it('mints for the lower-case form of the address', async () => {
    expect((await exchange(site, await sign(key, { sub: 'Grace@ACME.com' }))).status).toBe(200);
    const { members } = await site.state();
    expect(members.map(({ email }) => email)).toContain('grace@acme.com');
  });

  it('forbids caching', async () => {
    const reply = await fetch(`${site.url}/_functions/samlSession`, { method: 'POST', body: '{}' });
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('content-type')).toBe('application/json');
  });

  it('answers through invoke as well, but only to callers with a key', async () => {
    const call = async (headers: Record<string, string>): Promise<number> =>
      (
        await fetch(`${site.origin}/velo/v1/http/invoke/samlSession`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ assertion: await sign(key) }),
        })
      ).status;
    expect(await call({})).toBe(401);
    expect(await call({ authorization: 'IST.key' })).toBe(200);
  });
});

describe('what is not an assertion', () => {
  it.each([
    ['an empty body', ''],
    ['not JSON', '{'],
    ['null', 'null'],
    ['no assertion', '{}'],
    ['a number as assertion', '{"assertion":1}'],
    ['a list as assertion', '{"assertion":["a.b.c"]}'],
    ['a body beyond every assertion', JSON.stringify({ assertion: 'a'.repeat(20_000) })],
  ])('is refused: %s', async (_name, body) => {
    await refused(await callFunction(site, 'samlSession', body), 400, 'SITE_REQUEST_INVALID');
  });

  it('is refused by Wix itself beyond 512 KB', async () => {
    const reply = await fetch(`${site.url}/_functions/samlSession`, {
      method: 'POST',
      body: 'a'.repeat(600_000),
    });
    expect(reply.status).toBe(413);
  });
});

describe('a signature', () => {
  it.each<[string, Change]>([
    ['of another type', { typ: CHECK }],
    ['without type', { typ: undefined }],
    ['of the plain type', { typ: 'JWT' }],
    ['of a type in capitals', { typ: 'WIX-SAML+JWT' }],
    ['by a key that the site does not know', { kid: 'k9' }],
    ['without a key name', { kid: undefined }],
    ['with a key name of another kind', { kid: ['k1'] }],
    ['by the other key under this name', { kid: 'k2' }],
    ['that brings its own key', { jwk: { kty: 'EC' } }],
    ['that points to a key set', { jku: 'https://evil.example/keys' }],
  ])('is refused: %s', async (_name, header) => {
    await refused(await exchange(site, await sign(key, {}, header)), 401, 'SITE_SIGNATURE_INVALID');
  });

  it('is refused when an extension is critical', async () => {
    const signed = `${encode({ alg: 'ES256', kid: 'k1', typ: SESSION, crit: ['b64'], b64: true })}.${encode(validClaims())}`;
    await refused(await exchange(site, `${signed}.${'A'.repeat(86)}`), 401, 'SITE_SIGNATURE_INVALID');
  });

  it('is refused when a stranger made it under a known key name', async () => {
    await refused(await exchange(site, await sign(stranger)), 401, 'SITE_SIGNATURE_INVALID');
  });

  it.each(['none', 'None', 'HS256', 'ES384', 'RS256', 'es256'])(
    '#wix.exchange/algorithm is refused with alg %s',
    async (alg) => {
      const signed = `${encode({ alg, kid: 'k1', typ: SESSION })}.${encode(validClaims())}`;
      const mac = createHmac('sha256', JSON.stringify(key.jwk)).update(signed).digest('base64url');
      for (const signature of ['', mac, 'A'.repeat(86)]) {
        await refused(await exchange(site, `${signed}.${signature}`), 401, 'SITE_SIGNATURE_INVALID');
      }
    },
  );

  it.each(['none', 'HS256', 'RS256', 'es256'])(
    '#wix.exchange/renamed-algorithm is refused when it is good but called %s',
    async (alg) => {
      const signed = `${encode({ alg, kid: 'k1', typ: SESSION })}.${encode(validClaims())}`;
      const privateKey = createPrivateKey(await exportPKCS8(key.privateKey));
      const signature = signBytes('sha256', Buffer.from(signed), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      const assertion = `${signed}.${signature.toString('base64url')}`;
      await refused(await exchange(site, assertion), 401, 'SITE_SIGNATURE_INVALID');
    },
  );

  it('is refused when a claim was changed after signing', async () => {
    const [header, , signature] = (await sign(key)).split('.');
    const forged = `${header ?? ''}.${encode(validClaims({ sub: 'eve@acme.com' }))}.${signature ?? ''}`;
    await refused(await exchange(site, forged), 401, 'SITE_SIGNATURE_INVALID');
  });

  it.each<[string, (parts: string[]) => string]>([
    ['cut short', ([header, payload, signature]) => `${header!}.${payload!}.${signature!.slice(0, -2)}`],
    ['with padding', (parts) => `${parts.join('.')}==`],
    ['in DER', ([header, payload]) => `${header!}.${payload!}.MEUCIQDx`],
    ['all zero', ([header, payload]) => `${header!}.${payload!}.${'A'.repeat(86)}`],
    ['with a fourth part', (parts) => `${parts.join('.')}.e30`],
    ['missing', ([header, payload]) => `${header!}.${payload!}`],
    ['after a line feed', (parts) => `\n${parts.join('.')}`],
    ['in the alphabet of plain base64', ([header, payload]) => `${header!}.${payload!}.${'+/'.repeat(43)}`],
  ])('is refused: %s', async (_name, change) => {
    const assertion = change((await sign(key)).split('.'));
    await refused(await exchange(site, assertion), 401, 'SITE_SIGNATURE_INVALID');
  });

  it('#wix.exchange/type of the session type is no check', async () => {
    const answer = await callFunction(
      site,
      'samlSessionCheck',
      JSON.stringify({ assertion: await sign(key) }),
    );
    await refused(answer, 401, 'SITE_SIGNATURE_INVALID');
  });
});

describe('a claim', () => {
  it.each<[string, () => Change, string]>([
    ['another issuer', () => ({ iss: 'https://sso.example.com/saml/metadata/' }), 'SITE_ISSUER_MISMATCH'],
    ['no issuer', () => ({ iss: undefined }), 'SITE_ISSUER_MISMATCH'],
    ['another site', () => ({ aud: 'https://example.com' }), 'SITE_AUDIENCE_MISMATCH'],
    ['this site among others', () => ({ aud: ['https://www.example.com'] }), 'SITE_AUDIENCE_MISMATCH'],
    ['no audience', () => ({ aud: undefined }), 'SITE_AUDIENCE_MISMATCH'],
    ['expired', () => ({ iat: now() - 95, exp: now() - 35 }), 'SITE_ASSERTION_EXPIRED'],
    ['issued in the future', () => ({ iat: now() + 40, exp: now() + 90 }), 'SITE_ASSERTION_NOT_YET_VALID'],
    ['a life of 61 seconds', () => ({ exp: now() + 61, iat: now() }), 'SITE_LIFETIME_TOO_LONG'],
    ['no expiry', () => ({ exp: undefined }), 'SITE_CLAIMS_INVALID'],
    ['no time of issue', () => ({ iat: undefined }), 'SITE_CLAIMS_INVALID'],
    ['times as text', () => ({ iat: String(now()), exp: String(now() + 60) }), 'SITE_CLAIMS_INVALID'],
    ['a fraction of a second', () => ({ iat: now() + 0.5 }), 'SITE_CLAIMS_INVALID'],
    ['an end before its beginning', () => ({ exp: now() - 10 }), 'SITE_CLAIMS_INVALID'],
    ['no identifier', () => ({ jti: undefined }), 'SITE_CLAIMS_INVALID'],
    ['an identifier that could be guessed', () => ({ jti: 'short' }), 'SITE_CLAIMS_INVALID'],
    ['an identifier of another kind', () => ({ jti: 1234567890123456 }), 'SITE_CLAIMS_INVALID'],
  ])('#wix.exchange/claims is refused: %s', async (_name, change, code) => {
    await refused(await exchange(site, await sign(key, change())), 401, code);
  });

  it.each([-25, 25])('is accepted when the clocks are %i s apart', async (seconds) => {
    await site.setClockOffset(seconds * 1000);
    expect((await exchange(site, await sign(key))).status).toBe(200);
  });

  it('is refused when the site believes that it is much later', async () => {
    await site.setClockOffset(95_000);
    await refused(await exchange(site, await sign(key)), 401, 'SITE_ASSERTION_EXPIRED');
  });
});

describe('an address', () => {
  it.each([
    ['another domain', 'ada@evil.com', 'SITE_EMAIL_DOMAIN_NOT_ALLOWED'],
    ['a sub-domain', 'ada@mail.acme.com', 'SITE_EMAIL_DOMAIN_NOT_ALLOWED'],
    ['a longer domain', 'ada@acme.com.evil.com', 'SITE_EMAIL_DOMAIN_NOT_ALLOWED'],
    ['a similar ending', 'ada@notacme.com', 'SITE_EMAIL_DOMAIN_NOT_ALLOWED'],
    ['the owner', 'owner@acme.com', 'SITE_EMAIL_DENIED'],
    ['the owner in capitals', 'OWNER@ACME.COM', 'SITE_EMAIL_DENIED'],
    ['two at signs', 'ada@evil.com@acme.com', 'SITE_EMAIL_INVALID'],
    ['a quoted name', '"ada"@acme.com', 'SITE_EMAIL_INVALID'],
    ['a display name', 'Ada <ada@acme.com>', 'SITE_EMAIL_INVALID'],
    ['a space', ' ada@acme.com', 'SITE_EMAIL_INVALID'],
    ['a line feed at the end', 'ada@acme.com\n', 'SITE_EMAIL_INVALID'],
    ['a zero-width space', 'ada\u200b@acme.com', 'SITE_EMAIL_INVALID'],
    ['the Kelvin sign', '\u212aen@acme.com', 'SITE_EMAIL_INVALID'],
    ['a Cyrillic letter', '\u0430da@acme.com', 'SITE_EMAIL_INVALID'],
    ['two dots', 'ada..l@acme.com', 'SITE_EMAIL_INVALID'],
    ['no domain', 'ada@', 'SITE_EMAIL_INVALID'],
    ['an address literal', 'ada@[127.0.0.1]', 'SITE_EMAIL_INVALID'],
    ['a final dot', 'ada@acme.com.', 'SITE_EMAIL_INVALID'],
    ['too long a name', `${'a'.repeat(65)}@acme.com`, 'SITE_EMAIL_INVALID'],
    ['nothing', '', 'SITE_EMAIL_INVALID'],
  ])('is refused: %s', async (_name, sub, code) => {
    const before = (await site.state()).members.length;
    await refused(await exchange(site, await sign(key, { sub })), 403, code);
    expect((await site.state()).members).toHaveLength(before);
  });

  it('is refused when it is a list', async () => {
    await refused(await exchange(site, await sign(key, { sub: [EMAIL] })), 403, 'SITE_EMAIL_INVALID');
  });

  it.each(["o'brien@acme.com", 'first.last+tag@acme.com', 'a_b-c~d=e&f@acme.com'])(
    'is accepted: %s',
    async (sub) => {
      expect((await exchange(site, await sign(key, { sub }))).status).toBe(200);
    },
  );

  it.each([
    'a%b@acme.com',
    'a!b@acme.com',
    'a/b@acme.com',
    '{a}@acme.com',
    'a`b@acme.com',
    '.a@acme.com',
    'a@-acme.com',
  ])('is refused for its odd characters: %s', async (sub) => {
    await refused(await exchange(site, await sign(key, { sub })), 403, 'SITE_EMAIL_INVALID');
  });

  it('may be of any domain only when the site wrote the star', async () => {
    await configure({ emailDomains: ['*'] });
    expect((await exchange(site, await sign(key, { sub: 'ada@elsewhere.org' }))).status).toBe(200);
  });
});

describe('B9: a denied address', () => {
  it.each([
    ['a domain in its own letters', 'owner@bücher.example'],
    ['the same in capitals', 'OWNER@BÜCHER.Example'],
    ['letters made of two characters', 'owner@bu\u0308cher.example'],
    ['the form of the DNS', 'owner@xn--bcher-kva.example'],
    ['blanks around it', ' owner@bücher.example '],
  ])('is found however it is spelt: %s', async (_name, entry) => {
    await configure({ emailDomains: ['*'], deniedEmails: [entry] });
    const answer = await exchange(site, await sign(key, { sub: 'Owner@xn--bcher-kva.example' }));
    await refused(answer, 403, 'SITE_EMAIL_DENIED');
  });

  it.each([
    'owner',
    '@acme.com',
    'owner@',
    'owner@acme',
    'owner@acme.com.',
    'owner@[127.0.0.1]',
    'owner@127.0.0.1',
    'owner@acme.com/x',
    'owner@ac%6de.com',
    'owner@xn--\u00fc.example',
    'öwner@acme.com',
    '\u212aen@acme.com',
    'Owner <owner@acme.com>',
    'owner@acme.com, other@acme.com',
    '"owner"@acme.com',
    'own er@acme.com',
    'owner@acme.com\u200b.',
  ])('that cannot be compared refuses every sign-in: %j', async (entry) => {
    await configure({ deniedEmails: [entry] });
    await refused(await exchange(site, await sign(key)), 503, 'SITE_CONFIGURATION_INVALID');
  });
});

describe('one assertion', () => {
  it('is good for one token', async () => {
    const assertion = await sign(key);
    expect((await exchange(site, assertion)).status).toBe(200);
    await refused(await exchange(site, assertion), 409, 'SITE_ASSERTION_USED');
  });

  it('#wix.exchange/once is good for one token, however many callers present it at once', async () => {
    const assertion = await sign(key);
    const before = (await site.state()).tokensIssued;
    const answers = await Promise.all(Array.from({ length: 12 }, () => exchange(site, assertion)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11);
    expect((await site.state()).tokensIssued).toBe(before + 1);
  });

  it('is known by its identifier, not by its bytes', async () => {
    const jti = 'same-identifier-twice';
    expect((await exchange(site, await sign(key, { jti }))).status).toBe(200);
    await refused(await exchange(site, await sign(next, { jti })), 409, 'SITE_ASSERTION_USED');
  });

  it('is known also where Wix Data names its error in the message only', async () => {
    await site.setOptions({ dataErrorCode: false });
    const assertion = await sign(key);
    await exchange(site, assertion);
    await refused(await exchange(site, assertion), 409, 'SITE_ASSERTION_USED');
    await site.setOptions({ dataErrorCode: true });
  });

  it('is not spent by a refusal', async () => {
    const jti = 'refused-first-then-good';
    await exchange(site, await sign(key, { jti, sub: 'ada@evil.com' }));
    expect((await exchange(site, await sign(key, { jti }))).status).toBe(200);
  });

  it('is remembered until nobody can use it any more, then cleaned up', async () => {
    await exchange(site, await sign(key));
    await site.setClockOffset(60 * 60 * 1000);
    expect(await site.runBackend('http-functions', 'removeExpiredAssertions')).toBe(0);
    await site.setClockOffset(25 * 60 * 60 * 1000);
    expect(await site.runBackend('http-functions', 'removeExpiredAssertions')).toBe(1);
    // What stays is whom the site knows: forgotten, members would be strangers again.
    expect((await site.state()).collections['SamlAssertions']).toBe(1);
  });
});

describe('a member who may not sign in', () => {
  it('gets no token when blocked, and stays blocked', async () => {
    await site.setMember({ email: 'blocked@acme.com', status: 'BLOCKED' });
    await refused(
      await exchange(site, await sign(key, { sub: 'Blocked@acme.com' })),
      403,
      'SITE_MEMBER_BLOCKED',
    );
    const member = (await site.state()).members.find(({ email }) => email === 'blocked@acme.com');
    expect(member?.status).toBe('BLOCKED');
  });

  it('gets no token while waiting for approval', async () => {
    await site.setMember({ email: 'pending@acme.com', status: 'PENDING' });
    await refused(
      await exchange(site, await sign(key, { sub: 'pending@acme.com' })),
      403,
      'SITE_MEMBER_PENDING',
    );
  });

  it('gets no token when Wix does not say', async () => {
    await site.setMember({ email: 'unknown@acme.com', status: 'UNKNOWN' });
    const answer = await exchange(site, await sign(key, { sub: 'unknown@acme.com' }));
    await refused(answer, 503, 'SITE_MEMBER_STATUS_UNKNOWN');
  });

  it.each(['documented', 'otherId', 'opaque'] as const)(
    'B8: gets no token when Wix has the address in capitals and looks exactly (token: %s)',
    async (tokenForm) => {
      await site.setOptions({ tokenForm, memberQuery: 'exact' });
      await site.setMember({ email: 'Trixie@ACME.com', status: 'BLOCKED' });
      const [status, code] =
        tokenForm === 'documented' ? [403, 'SITE_MEMBER_BLOCKED'] : [503, 'SITE_MEMBER_STATUS_UNKNOWN'];
      const answer = await exchange(site, await sign(key, { sub: 'trixie@acme.com' }));
      await site.setOptions({ tokenForm: 'documented' });
      await refused(answer, status, code);
    },
  );

  it('B8: gets no token by the other spelling of the address', async () => {
    await site.setMember({ email: 'Trillian@acme.com', status: 'BLOCKED' });
    const before = (await site.state()).tokensIssued;
    const answer = await exchange(site, await sign(key, { sub: 'Trillian@acme.com' }));
    await refused(answer, 403, 'SITE_MEMBER_BLOCKED');
    expect((await site.state()).tokensIssued).toBe(before);
  });

  it('B8: gets no token when Wix does not tell whose it is', async () => {
    await site.setMemberFault('get');
    await refused(await exchange(site, await sign(key)), 503, 'SITE_MEMBER_STATUS_UNKNOWN');
  });

  it('B8: gets no token that is for another member', async () => {
    await site.setMemberFault('other');
    await refused(await exchange(site, await sign(key)), 403, 'SITE_MEMBER_MISMATCH');
  });

  it.each(['owner', 'admin'] as const)('gets no token that says %s, listed or not', async (role) => {
    await site.setMember({ email: `${role}s-other@acme.com`, role });
    const answer = await exchange(site, await sign(key, { sub: `${role}s-other@acme.com` }));
    await refused(answer, 403, 'SITE_EMAIL_DENIED');
  });

  it('gets no token when Wix cannot be asked', async () => {
    await site.setMemberFault('query');
    await refused(await exchange(site, await sign(key)), 503, 'SITE_MEMBER_STATUS_UNKNOWN');
  });
});

describe('the names of a member', () => {
  const sub = 'nina@acme.com';
  const profile = { firstName: 'Nina', lastName: 'Simone', nickname: 'Nina S.' };
  const exchangeWith = async (names: object): Promise<Answer> =>
    exchange(site, await sign(key, { sub, profile: names }));
  const member = async (): Promise<object | undefined> =>
    (await site.state()).members.find(({ email }) => email === sub);

  it('are written after the token is there, and only what has changed', async () => {
    expect((await exchangeWith(profile)).status).toBe(200);
    const contact = { firstName: 'Nina', lastName: 'Simone' };
    expect(await member()).toMatchObject({ name: 'Nina S.', contact });
    const { memberUpdates } = await site.state();
    expect((await exchangeWith(profile)).status).toBe(200);
    expect((await site.state()).memberUpdates).toBe(memberUpdates);
    expect((await exchangeWith({ lastName: 'S.' })).status).toBe(200);
    expect(await member()).toMatchObject({ name: 'Nina S.', contact: { firstName: 'Nina', lastName: 'S.' } });
  });

  it.each([
    ['too long', { firstName: 'x'.repeat(101) }],
    ['empty', { firstName: '' }],
    ['no text', { firstName: ['Eve'] }],
    ['something else', { labels: ['admin'], status: 'APPROVED', loginEmail: 'eve@acme.com' }],
    ['no object', 'Nina'],
    ['nothing', null],
  ])('stay when what comes is %s', async (_name, names) => {
    const { memberUpdates } = await site.state();
    const answer = await exchange(site, await sign(key, { sub, profile: names }));
    expect(answer.status).toBe(200);
    expect((await site.state()).memberUpdates).toBe(memberUpdates);
  });

  it.each(['update', 'updateHangs'] as const)('cost no sign-in when they fail (%s)', async (fault) => {
    const patient = await startConfiguredSite([key]);
    await patient.setMemberFault(fault);
    const answer = await exchange(patient, await sign(key, { sub, profile }));
    const { memberUpdates, log } = await patient.state();
    await patient.stop();
    expect({ status: answer.status, memberUpdates }).toEqual({ status: 200, memberUpdates: 1 });
    expect(JSON.stringify(log)).not.toMatch(/nina|Nina|Simone/);
  });
});

describe('a site that is not in order', () => {
  it('mints nothing without its collection', async () => {
    await site.setCollection('SamlAssertions', false);
    const before = (await site.state()).tokensIssued;
    await refused(await exchange(site, await sign(key)), 503, 'SITE_STORE_UNAVAILABLE');
    expect((await site.state()).tokensIssued).toBe(before);
  });

  it.each(['WDE0028', 'WDE0027'])('mints nothing when Wix Data answers %s', async (code) => {
    await site.setDataFault(code);
    await refused(await exchange(site, await sign(key)), 503, 'SITE_STORE_UNAVAILABLE');
  });

  it('mints nothing when the secret cannot be read', async () => {
    await site.setSecretFault('the text of the failure');
    await refused(await exchange(site, await sign(key)), 503, 'SITE_CONFIGURATION_MISSING');
  });

  it.each([null, ''])('mints nothing when the secret is %j', async (value) => {
    await site.setSecret('saml_config', value);
    await refused(await exchange(site, await sign(key)), 503, 'SITE_CONFIGURATION_MISSING');
  });

  it.each<[string, () => unknown]>([
    ['a list', () => []],
    ['no issuer', () => siteConfiguration([key], { iss: undefined })],
    ['no audience', () => siteConfiguration([key], { aud: '' })],
    ['no keys', () => siteConfiguration([])],
    ['keys that are no list', () => siteConfiguration([key], { jwks: { keys: 'k1' } })],
    ['a private key', () => siteConfiguration([key], { jwks: { keys: [{ ...key.jwk, d: 'AAAA' }] } })],
    [
      'a key without name',
      () => siteConfiguration([key], { jwks: { keys: [{ ...key.jwk, kid: undefined }] } }),
    ],
    ['two keys of one name', () => siteConfiguration([key, stranger])],
    [
      'a symmetric key',
      () => siteConfiguration([key], { jwks: { keys: [{ kty: 'oct', k: 'AAAA', kid: 'k1' }] } }),
    ],
    [
      'a point of the wrong length',
      () => siteConfiguration([key], { jwks: { keys: [{ ...key.jwk, x: 'AAAA' }] } }),
    ],
    ['no list of domains', () => siteConfiguration([key], { emailDomains: undefined })],
    ['an empty list of domains', () => siteConfiguration([key], { emailDomains: [] })],
    ['a domain with an at sign', () => siteConfiguration([key], { emailDomains: ['@acme.com'] })],
    ['a domain in capitals', () => siteConfiguration([key], { emailDomains: ['Acme.com'] })],
    ['a pattern as domain', () => siteConfiguration([key], { emailDomains: ['*.acme.com'] })],
    ['denied addresses that are none', () => siteConfiguration([key], { deniedEmails: ['owner'] })],
    ['an unknown way to mint', () => siteConfiguration([key], { mint: 'approveByEmail' })],
    ['an address without https', () => siteConfiguration([key], { spBaseUrl: 'http://sso.example.com' })],
    [
      'an address with credentials',
      () => siteConfiguration([key], { spBaseUrl: 'https://a@sso.example.com' }),
    ],
  ])('mints nothing with %s', async (_name, configuration) => {
    await site.setSecret('saml_config', JSON.stringify(configuration()));
    await refused(await exchange(site, await sign(key)), 503, 'SITE_CONFIGURATION_INVALID');
  });

  it('mints nothing with a secret that is not JSON, and keeps its text to itself', async () => {
    await site.setSecret('saml_config', '{"iss": "ada@acme.com');
    await refused(await exchange(site, await sign(key)), 503, 'SITE_CONFIGURATION_INVALID');
  });

  it('mints nothing with a point that is not on the curve', async () => {
    const y = Buffer.alloc(32, 1).toString('base64url');
    await configure({ jwks: { keys: [{ ...key.jwk, y }] } });
    await refused(await exchange(site, await sign(key)), 503, 'SITE_CONFIGURATION_INVALID');
  });

  it.each(['token', 'nothing', 'empty'] as const)('says so when Wix issues no token (%s)', async (fault) => {
    await site.setMemberFault(fault);
    await refused(await exchange(site, await sign(key)), 502, 'SITE_TOKEN_NOT_ISSUED');
  });

  it('says so when Sign On is configured but not installed, before the assertion is spent', async () => {
    await configure({ mint: 'signOn' });
    const assertion = await sign(key);
    await refused(await exchange(site, assertion), 503, 'SITE_MINT_NOT_INSTALLED');
    await configure({});
    expect((await exchange(site, assertion)).status).toBe(200);
  });
});

describe('the check', () => {
  const check = async (claims: Change = {}): Promise<Answer> =>
    callFunction(
      site,
      'samlSessionCheck',
      JSON.stringify({ assertion: await sign(key, claims, { typ: CHECK }) }),
    );

  it('tells how the site is set up, and mints nothing', async () => {
    const before = await site.state();
    const { status, body } = await check({ sub: undefined });
    expect(status).toBe(200);
    expect(body).toEqual({
      version: '0.1.0',
      time: expect.any(Number) as number,
      issuer: 'https://sso.example.com/saml/metadata',
      audience: 'https://www.example.com',
      keys: ['k1', 'k2'],
      emailDomains: ['acme.com'],
      deniedEmails: 1,
      mint: 'generateSessionToken',
      redeem: ['page'],
      preRegistered: 'refuse',
      collaborators: 'list',
      strangers: 0,
      landing: false,
      problems: [],
    });
    const after = await site.state();
    expect(after.tokensIssued).toBe(before.tokensIssued);
    expect(after.members).toHaveLength(before.members.length);
  });

  it('shows the clock of the site', async () => {
    await site.setClockOffset(20_000);
    expect(Number((await check()).body['time']) - now()).toBeGreaterThanOrEqual(19);
  });

  it('names everything that would stop a sign-in', async () => {
    await configure({ mint: 'signOn' });
    await site.setCollection('SamlAssertions', false);
    await site.setMemberFault('query');
    expect((await check()).body['problems']).toEqual([
      'SITE_MINT_NOT_INSTALLED',
      'SITE_STORE_UNAVAILABLE',
      'SITE_MEMBER_STATUS_UNKNOWN',
    ]);
  });

  it('cannot be used as a session assertion', async () => {
    await refused(await exchange(site, await sign(key, {}, { typ: CHECK })), 401, 'SITE_SIGNATURE_INVALID');
  });
});
