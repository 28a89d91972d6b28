import { decodeBase64 } from '../../../../src/saml/xml/base64';

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
