import { inspect } from 'node:util';
import { SsoError } from '../../../src/core/errors';
import { readSessionToken, SessionToken } from '../../../src/wix/session-token';
import { forgeries } from '../../support/makers/valid';

const TOKEN = 'JWS.eyJraWQiOiJ4In0.c2lnbmF0dXJl';
const answer = (status: number, value: unknown) => ({
  status,
  body: typeof value === 'string' ? value : JSON.stringify(value),
});

function refusalOf(status: number, value: unknown): SsoError {
  try {
    readSessionToken(answer(status, value));
  } catch (error) {
    if (error instanceof SsoError) return error;
    throw error;
  }
  throw new Error('the answer was accepted');
}

describe('an answer of the site', () => {
  it('with status 200 and a token gives the token', () => {
    expect(readSessionToken(answer(200, { sessionToken: TOKEN })).reveal()).toBe(TOKEN);
  });

  it('may have further members', () => {
    expect(readSessionToken(answer(200, { sessionToken: TOKEN, version: '2' })).reveal()).toBe(TOKEN);
  });

  it.each([
    [401, 'WIX_ASSERTION_REFUSED'],
    [403, 'WIX_MEMBER_REFUSED'],
    [404, 'WIX_FUNCTION_MISSING'],
    [409, 'WIX_ASSERTION_REFUSED'],
    [429, 'WIX_RATE_LIMITED'],
    [500, 'WIX_UNAVAILABLE'],
    [502, 'WIX_UNAVAILABLE'],
    [503, 'WIX_UNAVAILABLE'],
    [504, 'WIX_TIMEOUT'],
    [599, 'WIX_UNAVAILABLE'],
    [301, 'WIX_REDIRECTED'],
    [302, 'WIX_REDIRECTED'],
    [307, 'WIX_REDIRECTED'],
    [308, 'WIX_REDIRECTED'],
    [204, 'WIX_ANSWER_INVALID'],
    [201, 'WIX_ANSWER_INVALID'],
    [400, 'WIX_ANSWER_INVALID'],
    [418, 'WIX_ANSWER_INVALID'],
    [600, 'WIX_ANSWER_INVALID'],
  ])('with status %d is %s, even when it carries a token', (status, code) => {
    expect(refusalOf(status, { sessionToken: TOKEN })).toMatchObject({ code, detail: { status } });
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<!doctype html><title>Welcome</title>'],
    ['a token outside an object', JSON.stringify(TOKEN)],
    ['an array', [TOKEN]],
    ['null', 'null'],
    ['a number', '7'],
    ['an empty object', {}],
    ['an empty token', { sessionToken: '' }],
    ['a token that is no text', { sessionToken: 7 }],
    ['a token in an object', { sessionToken: { value: TOKEN } }],
    ['a token in an array', { sessionToken: [TOKEN] }],
    ['a token with a blank', { sessionToken: `${TOKEN} x` }],
    ['a token with a line break', { sessionToken: `${TOKEN}\r\nSet-Cookie: a=b` }],
    ['a token with a NUL', { sessionToken: `${TOKEN}\u0000` }],
    ['a token outside ASCII', { sessionToken: `${TOKEN}é` }],
    ['an endless token', { sessionToken: 'x'.repeat(8193) }],
    ['a token under another name', { SessionToken: TOKEN }],
    ['an inherited token', '{"__proto__":{"sessionToken":"JWS.x"}}'],
    ['JSON with something behind it', `${JSON.stringify({ sessionToken: TOKEN })}x`],
  ])('with status 200 and %s is not a token', (_what, value) => {
    expect(refusalOf(200, value)).toMatchObject({ code: 'WIX_ANSWER_INVALID' });
  });

  it('adds the site’s own error code to the log, and no other text of it', () => {
    const refusal = refusalOf(403, { error: 'SITE_EMAIL_DENIED', message: 'ada@acme.example may not' });
    expect(refusal.detail).toEqual({ status: 403, siteError: 'SITE_EMAIL_DENIED' });
  });

  it.each([
    ['SITE_MEMBER_BLOCKED', 'WIX_MEMBER_BLOCKED'],
    ['SITE_MEMBER_PENDING', 'WIX_MEMBER_PENDING'],
    ['SITE_MEMBER_UNVERIFIED', 'WIX_MEMBER_UNVERIFIED'],
    ['SITE_MEMBER_MISMATCH', 'WIX_MEMBER_REFUSED'],
    ['SITE_EMAIL_DENIED', 'WIX_MEMBER_REFUSED'],
  ])('with status 403 and %s is %s', (error, code) => {
    expect(refusalOf(403, { error })).toMatchObject({ code, detail: { siteError: error } });
  });

  it('takes a word about a member from a refusal only', () => {
    expect(refusalOf(500, { error: 'SITE_MEMBER_BLOCKED' }).code).toBe('WIX_UNAVAILABLE');
  });

  it.each(['ada@acme.example', 'lower_case', 'X'.repeat(65), 'WITH BLANK', '', 7, null, {}])(
    'does not take %j for an error code',
    (error) => {
      expect(refusalOf(403, { error }).detail).toEqual({ status: 403 });
    },
  );
});

describe('a session token', () => {
  it('shows itself nowhere but where it is revealed', () => {
    const token = readSessionToken(answer(200, { sessionToken: TOKEN }));
    for (const shown of [
      String(token),
      JSON.stringify({ token }),
      inspect(token),
      inspect({ token }, { depth: 9 }),
    ]) {
      expect(shown).toContain('[secret]');
      expect(shown).not.toContain(TOKEN);
    }
    expect(Object.isFrozen(token)).toBe(true);
    expect(Object.entries(token)).toEqual([]);
  });

  it.each(forgeries)('cannot be had from %s', (_title, forge) => {
    const forged = forge(readSessionToken(answer(200, { sessionToken: TOKEN })));
    expect(() => {
      Reflect.apply(SessionToken.prototype.reveal, forged, []);
    }).toThrow(TypeError);
  });
});
