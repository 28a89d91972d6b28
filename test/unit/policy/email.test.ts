// Which texts are one plain address (security catalogue: identity).

import { parseEmail } from '../../../src/policy/email';

const accepted: [string, string][] = [
  ['alice@example.com', 'alice@example.com'],
  ['Alice@Example.COM', 'alice@example.com'],
  ['ALICE.B@EXAMPLE.COM', 'alice.b@example.com'],
  ['a@b.co', 'a@b.co'],
  ['alice+tag@example.com', 'alice+tag@example.com'],
  ['alice_b-c@example.com', 'alice_b-c@example.com'],
  ["o'brien@example.com", "o'brien@example.com"],
  ['r&d@example.com', 'r&d@example.com'],
  ['a=b~c@example.com', 'a=b~c@example.com'],
  ['1234567@example.com', '1234567@example.com'],
  ['-a-@example.com', '-a-@example.com'],
  ['a.b.c.d@example.com', 'a.b.c.d@example.com'],
  ['alice@mail.sub.example.com', 'alice@mail.sub.example.com'],
  ['alice@ex-ample.com', 'alice@ex-ample.com'],
  ['alice@1example.com', 'alice@1example.com'],
  ['alice@xn--bcher-kva.example', 'alice@xn--bcher-kva.example'],
  ['alice@example.xn--p1ai', 'alice@example.xn--p1ai'],
  ['alice@a.b.c.d.e.museum', 'alice@a.b.c.d.e.museum'],
  ['alice@example.x', 'alice@example.x'],
  [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  [`a@${'b'.repeat(63)}.com`, `a@${'b'.repeat(63)}.com`],
  [`a@b.${'c'.repeat(63)}`, `a@b.${'c'.repeat(63)}`],
];

const refused: [string, string][] = [
  ['nothing', ''],
  ['no @', 'alice'],
  ['no @, but a host name', 'alice.example.com'],
  ['only an @', '@'],
  ['no local part', '@example.com'],
  ['no domain', 'alice@'],
  ['two @', 'alice@example.com@evil.example'],
  ['two @ side by side', 'alice@@example.com'],
  ['a local part of 65', `${'a'.repeat(65)}@example.com`],
  ['255 characters', `a@${'b'.repeat(61)}.${'b'.repeat(61)}.${'b'.repeat(61)}.${'b'.repeat(61)}.ccccc`],
  ['a domain without a dot', 'alice@localhost'],
  ['a domain with a dot in front', 'alice@.example.com'],
  ['a domain with a dot behind', 'alice@example.com.'],
  ['a domain with two dots', 'alice@example..com'],
  ['a label with a hyphen in front', 'alice@-example.com'],
  ['a label with a hyphen behind', 'alice@example-.com'],
  ['a last label with a hyphen behind', 'alice@example.com-'],
  ['a last label with a hyphen in front', 'alice@example.-com'],
  ['a last label that starts with a digit', 'alice@example.1com'],
  ['a label of 64', `a@${'b'.repeat(64)}.com`],
  ['a last label of 64', `a@b.${'c'.repeat(64)}`],
  ['an underscore in the domain', 'alice@exa_mple.com'],
  ['an address literal', 'alice@[127.0.0.1]'],
  ['an IPv4 address', 'alice@127.0.0.1'],
  ['a dot in front', '.alice@example.com'],
  ['a dot behind', 'alice.@example.com'],
  ['two dots', 'al..ice@example.com'],
  ['a quoted local part', '"alice"@example.com'],
  ['a quoted @', '"alice@evil.example"@example.com'],
  ['a quoted space', '"a b"@example.com'],
  ['a backslash', 'al\\ice@example.com'],
  ['a comment', 'alice(x)@example.com'],
  ['a comment in the domain', 'alice@(x)example.com'],
  ['a display name', 'Alice <alice@example.com>'],
  ['angle brackets', '<alice@example.com>'],
  ['mailto', 'mailto:alice@example.com'],
  ['a comma list', 'alice@example.com,mallory@evil.example'],
  ['a semicolon list', 'alice@example.com;mallory@evil.example'],
  ['a space list', 'alice@example.com mallory@evil.example'],
  ['a percent hack', 'alice%evil.example@example.com'],
  ['a bang path', 'evil!alice@example.com'],
  ['a slash', 'alice/x@example.com'],
  ['a star', 'a*@example.com'],
  ['a hash', 'a#@example.com'],
  ['a dollar', 'a$@example.com'],
  ['a caret', 'a^@example.com'],
  ['a backquote', 'a`@example.com'],
  ['braces', '{a}@example.com'],
  ['a bar', 'a|b@example.com'],
  ['a question mark', 'a?@example.com'],
  ['a colon', 'a:b@example.com'],
  ['a port', 'alice@example.com:25'],
  ['a space in front', ' alice@example.com'],
  ['a space behind', 'alice@example.com '],
  ['a space inside', 'ali ce@example.com'],
  ['a tab behind', 'alice@example.com\t'],
  ['a line feed behind', 'alice@example.com\n'],
  ['a line feed in front', '\nalice@example.com'],
  ['CR LF and a header', 'alice@example.com\r\nBcc: mallory@evil.example'],
  ['a NUL', 'alice@example.com\0'],
  ['a NUL inside', 'alice@example.com\0.evil.example'],
  ['a no-break space', 'alice@example.com\u00a0'],
  ['a line separator', 'alice@example.com\u2028'],
  ['a next line', 'alice@example.com\u0085'],
  ['a zero-width space', 'alice\u200b@example.com'],
  ['a zero-width joiner', 'alice@exam\u200dple.com'],
  ['a byte order mark', '\ufeffalice@example.com'],
  ['a soft hyphen', 'al\u00adice@example.com'],
  ['a right-to-left override', 'alice@example.com\u202e'],
  ['a full-width @', 'alice＠example.com'],
  ['a full-width dot', 'alice@example．com'],
  ['an ideographic full stop', 'alice@example。com'],
  ['a one-dot leader', 'alice@example․com'],
  ['full-width letters', 'ａlice@example.com'],
  ['a dotless i, which upper-cases to I', 'alıce@example.com'],
  ['a dotted I, which lower-cases to i and a dot', 'alİce@example.com'],
  ['a long s, which upper-cases to S', 'aliſe@example.com'],
  ['a Kelvin sign, which lower-cases to k', 'ali\u212ae@example.com'],
  ['a Kelvin sign in the domain', 'alice@\u212aexample.com'],
  ['a Cyrillic a', 'аlice@example.com'],
  ['a Cyrillic o in the domain', 'alice@example.cоm'],
  ['a Greek omicron', 'aliceο@example.com'],
  ['a combining accent', 'alice\u0301@example.com'],
  ['an accent', 'alicé@example.com'],
  ['an IDN', 'alice@bücher.example'],
  ['a sharp s', 'alice@straße.example'],
  ['a letter beyond the BMP', '𝐚lice@example.com'],
  ['an Arabic digit', 'alice٣@example.com'],
];

describe('an address', () => {
  it.each(accepted)('%s is %s', (text, address) => {
    expect(parseEmail(text)).toEqual({ address, domain: address.slice(address.indexOf('@') + 1) });
    expect(Object.isFrozen(parseEmail(text))).toBe(true);
  });

  it('may have 254 characters', () => {
    const longest = `${'a'.repeat(3)}@${'b'.repeat(61)}.${'b'.repeat(61)}.${'b'.repeat(61)}.${'b'.repeat(61)}.cc`;
    expect(longest).toHaveLength(254);
    expect(parseEmail(longest)?.address).toBe(longest);
    expect(parseEmail(`a${longest}`)).toBeUndefined();
  });

  it.each(refused)('is not %s', (_title, text) => {
    expect(parseEmail(text)).toBeUndefined();
  });

  it('is judged in linear time', () => {
    for (const evil of [
      `${'a.'.repeat(120)}@`,
      `a@${'a-'.repeat(120)}`,
      `a@${'a.'.repeat(120)}`,
      'a'.repeat(10 ** 6),
    ]) {
      expect(parseEmail(evil)).toBeUndefined();
    }
  });
});
