import { decodeBase64, readBase64 } from '../../../../src/saml/xml/base64';

describe('base64 (RFC 4648 §4)', () => {
  it.each([
    ['YQ==', 'a'],
    ['YWI=', 'ab'],
    ['YWJj', 'abc'],
    ['Pz8/', '???'],
    ['Pj4+', '>>>'],
    [' \tYWJj\r\nYWJj\n', 'abcabc'],
    ['Y Q = =', 'a'],
  ])('%j is %j', (text, bytes) => {
    expect(decodeBase64(text)?.toString('latin1')).toBe(bytes);
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' \r\n\t'],
    ['missing padding', 'YQ'],
    ['one pad too few', 'YQ='],
    ['padding only', '===='],
    ['padding too much', 'YWJj='],
    ['padding in the middle', 'YQ==YQ=='],
    ['loose bits', 'YR=='],
    ['loose bits in the second place', 'YWJ='.replace('J', 'K')],
    ['the URL alphabet', 'Pz8_'],
    ['the URL alphabet’s minus', 'Pj4-'],
    ['a stray character', 'YWJ*'],
    ['a character in front', '!YWJj'],
    ['a character behind', 'YWJj!'],
    ['a NUL', 'YWJj\0'],
    ['a no-break space', 'YWJj\u00a0'],
    ['a form feed', 'YWJj\f'],
    ['a length of one', 'Y'],
    ['percent-encoding', 'YQ%3D%3D'],
  ])('%s is none', (_title, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('what a text shows besides its bytes', () => {
  const read = (text: string) => readBase64(Buffer.from(text));

  it('is its white space, by kind', () => {
    expect(read('YW Jj\r\nYW\tJj\n')).toMatchObject({ blanks: 2, breaks: 3, foreign: undefined });
    expect(read('YW Jj').bytes?.toString()).toBe('abc');
  });

  it('is the first octet that does not belong there', () => {
    expect(read('YW J<j>')).toEqual({ bytes: undefined, blanks: 1, breaks: 0, foreign: 0x3c });
    expect(read('YWJjYQ==YQ==')).toMatchObject({ bytes: undefined, foreign: 0x59 });
  });

  it('is nothing foreign when the end is missing', () => {
    expect(read('YW JjY')).toEqual({ bytes: undefined, blanks: 1, breaks: 0, foreign: undefined });
  });

  it('keeps a character beyond ASCII from standing in for one of the alphabet', () => {
    expect(decodeBase64('YW\u014aj')).toBeUndefined(); // its low byte is the letter J
  });

  it('is the same as the platform’s for every length, in one piece and in lines', () => {
    for (let length = 1; length < 100; length++) {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 37 + length) & 0xff));
      const text = bytes.toString('base64');
      expect(decodeBase64(text)).toEqual(bytes);
      expect(decodeBase64(`${text}\n`)).toEqual(bytes);
    }
  });
});
