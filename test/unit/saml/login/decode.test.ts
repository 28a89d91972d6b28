import { decodeSamlResponse, RawSamlResponse } from '../../../../src/saml/login/decode';
import { parseResponse } from '../../../../src/saml/login/response';
import { encode, forgeries, outcome, refusalOf } from '../../../support/makers/valid';

const base64 = (...bytes: number[]): string => Buffer.from(bytes).toString('base64');

describe('decoding the form field', () => {
  it('gives the characters, whatever they say', () => {
    expect(decodeSamlResponse(encode('<é𐀀>'), 100).xml).toBe('<é𐀀>');
  });

  it('drops the byte order mark that may stand in front', () => {
    expect(decodeSamlResponse(base64(0xef, 0xbb, 0xbf, 0x3c), 100).xml).toBe('<');
  });

  it('accepts as many bytes as allowed, in lines too', () => {
    expect(outcome(() => decodeSamlResponse(encode('x'.repeat(30)), 30))).toBe('accepted');
    expect(outcome(() => decodeSamlResponse(encode('x'.repeat(30)).replace(/.{4}/g, '$&\r\n'), 30))).toBe(
      'accepted',
    );
  });

  it.each([
    ['a byte more', encode('x'.repeat(31))],
    ['a field of more than twice as many characters, before anything is decoded', '!'.repeat(61)],
  ])('refuses %s', (_title, field) => {
    const refusal = refusalOf(() => decodeSamlResponse(field, 30));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_MESSAGE_TOO_LARGE', { maxBytes: 30 }]);
  });

  it('looks at a field of twice as many characters', () => {
    expect(outcome(() => decodeSamlResponse('!'.repeat(60), 30))).toBe('SAML_BASE64_INVALID');
  });

  it.each(['', '!', 'YQ', 'PHg_'])('refuses %j as base64', (field) => {
    expect(outcome(() => decodeSamlResponse(field, 30))).toBe('SAML_BASE64_INVALID');
  });

  it.each([
    ['a lone continuation byte', base64(0x3c, 0x80)],
    ['an overlong form', base64(0xc0, 0xbc)],
    ['a surrogate', base64(0xed, 0xa0, 0x80)],
    ['a cut character', base64(0x3c, 0xe2, 0x82)],
    ['UTF-16', base64(0xff, 0xfe, 0x3c, 0x00)],
    ['Latin-1', base64(0x3c, 0xe9, 0x3e)],
    ['a code point beyond Unicode', base64(0xf4, 0x90, 0x80, 0x80)],
  ])('refuses %s as UTF-8', (_title, field) => {
    const refusal = refusalOf(() => decodeSamlResponse(field, 30));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_ENCODING_INVALID', { problem: 'not UTF-8' }]);
    expect(refusal.cause).toMatchObject({ name: 'TypeError' });
  });

  it('makes values that cannot be made otherwise', () => {
    const raw = decodeSamlResponse(encode('<x/>'), 30);
    expect(RawSamlResponse.isMinted(raw)).toBe(true);
    expect(Object.isFrozen(raw)).toBe(true);
    for (const [, forge] of forgeries) {
      expect(Reflect.apply(RawSamlResponse.isMinted, undefined, [forge(raw)])).toBe(false);
      expect(() => {
        Reflect.apply(parseResponse, undefined, [forge(raw)]);
      }).toThrow(new TypeError('parseResponse takes what decodeSamlResponse returned'));
    }
  });
});
