import fc from 'fast-check';
import { checkReturnTo } from '../../../src/policy/return-to';

const refused = expect.objectContaining({ code: 'LOGIN_RETURN_TO_INVALID' }) as unknown;

function outcome(value: string): unknown {
  try {
    return checkReturnTo(value);
  } catch (error) {
    return error;
  }
}

describe('return_to', () => {
  it.each([undefined, ''])('is the home page when it is %j', (value) => {
    expect(checkReturnTo(value)).toBe('/');
  });

  it.each([
    '/',
    '/members',
    '/members/',
    '/a/b/c',
    '/members?tab=1&sort=name',
    '/members#top',
    '/m%C3%BCnchen',
    '/search?q=a%20b&next=https://other.example/',
    '/search?next=//other.example',
    '/path;v=1/:colon@at',
    `/${'a'.repeat(1023)}`,
  ])('#policy.returnTo/path keeps the path %j', (value) => {
    expect(checkReturnTo(value)).toBe(value);
  });

  it.each([
    'https://evil.example/',
    'http://evil.example',
    'HTTPS://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a\\..\\b',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nSet-Cookie: a=b',
    '/\u0000',
    ' /members',
    '/members page',
    'members',
    '?next=/',
    '#/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/..//evil.example',
    '/../members',
    '/./members',
    '/a/%2e%2e/b',
    '/.%2E/b',
    '/a//b',
    '//',
    '/%2fevil.example',
    '/%5Cevil.example',
    '/a/%2F/b',
    '/münchen',
    '/\u2028',
    '/\u202ebackwards',
    '/｡evil',
    'https:/evil.example',
    'https:evil.example',
    '@evil.example',
    '.evil.example',
    ':443',
    `/${'a'.repeat(1024)}`,
  ])('refuses %j', (value) => {
    expect(outcome(value)).toEqual(refused);
  });

  it('#policy.returnTo/stays whatever is accepted stays on the site, however it is joined to it', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '@',
      ':',
      'evil.example',
      'a',
      '?',
      '#',
      '\t',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
          // fc.webUrl takes a second to make.
          fc
            .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.string())
            .map(([scheme, host, rest]) => `${scheme}://${host}/${rest}`),
          fc.string(),
        ),
        (value) => {
          const accepted = outcome(value);
          if (typeof accepted !== 'string') {
            expect(accepted).toEqual(refused);
            return;
          }
          for (const joined of [
            new URL(accepted, 'https://site.example'),
            new URL(`https://site.example${accepted}`),
          ]) {
            expect(joined.origin).toBe('https://site.example');
            expect(joined.username).toBe('');
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
