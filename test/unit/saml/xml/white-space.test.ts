// XML Schema 2 §4.3.6: types other than xs:string collapse white space, and only XML's white space.

import { tokenOf, tokenTextOf } from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';

describe('E4: a collapsed value', () => {
  it.each([
    ['a', 'a'],
    ['', ''],
    [' a ', 'a'],
    ['\n\ta\r\n', 'a'],
    ['a \n b', 'a b'],
    ['   ', ''],
    ['\u00a0a', '\u00a0a'],
    ['a\u2028', 'a\u2028'],
    ['a\u200b', 'a\u200b'],
  ])('%j reads %j', (written, value) => {
    const escaped = written.replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
    const element = parseXml(`<x y="${escaped}">${escaped}</x>`);
    expect([tokenOf(element, 'y'), tokenTextOf(element)]).toEqual([value, value]);
  });

  it('is absent where nothing stands, or elements do', () => {
    expect(tokenOf(parseXml('<x/>'), 'y')).toBeUndefined();
    expect(tokenTextOf(parseXml('<x>a<b/></x>'))).toBeUndefined();
  });
});
