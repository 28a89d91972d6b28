import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
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

  it('takes octets as well, and needs no text of them', () => {
    expect(decodeSamlResponse(Buffer.from(encode('<é>')), 100).xml).toBe('<é>');
  });

  it.each([
    ['nothing', '', 'empty'],
    ['XML', '<samlp:Response/>', 'XML that is not encoded'],
    ['what is percent-encoded once more', 'PHg%2BPC94Pg%3D%3D', 'percent-encoded twice'],
    ['the URL alphabet', 'PHg_', 'the URL alphabet of base64'],
    ['the URL alphabet’s minus', 'PHg-', 'the URL alphabet of base64'],
    ['a stray character', 'PHg*', 'the octet 0x2a'],
    ['a control character', 'PHg\u0001', 'the octet 0x01'],
    ['a cut end', 'PHgvPg=', 'cut off, or without its padding'],
    ['R05: blanks, and a length that no longer fits', 'PH gvPg=', 'blanks where plus signs should be'],
  ])('E1: names the damage: %s', (_title, field, problem) => {
    const refusal = refusalOf(() => decodeSamlResponse(field, 100));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_BASE64_INVALID', { problem }]);
  });

  it('R05: names lost plus signs also when their number happens to leave a length that fits', () => {
    const damaged = Buffer.from('<é>\u{10ffff}\u07ff >>> \u{10ffff}', 'utf8')
      .toString('base64')
      .replaceAll('+', ' ');
    const fours = `${damaged.replaceAll(' ', '')}${'A'.repeat(8)}`;
    const field = ` ${fours.slice(1, fours.length - (fours.replaceAll('=', '').length % 4) - 3).replaceAll('=', '')}`;
    const even = field.slice(0, 1 + Math.floor((field.length - 1) / 4) * 4);
    const refusal = refusalOf(() => decodeSamlResponse(even, 1000));
    expect([refusal.code, refusal.detail]).toEqual([
      'SAML_BASE64_INVALID',
      { problem: 'blanks where plus signs should be' },
    ]);
  });

  it.each([
    ['raw', deflateRawSync('<samlp:Response xmlns:samlp="urn:x"/>'), 'compressed (deflate)'],
    ['zlib', deflateSync('<samlp:Response xmlns:samlp="urn:x"/>'), 'compressed (zlib)'],
    ['gzip', gzipSync('<samlp:Response xmlns:samlp="urn:x"/>'), 'compressed (gzip)'],
    ['something else', deflateRawSync(Buffer.from('no markup at all, ä ä ä ä ä ä ä')), 'not UTF-8'],
    ['a bomb', deflateRawSync(Buffer.alloc(10_000_000, 0x3c), { level: 9 }), 'not UTF-8'],
  ])('R08: names what was compressed: %s', (_title, bytes, problem) => {
    const refusal = refusalOf(() => decodeSamlResponse(bytes.toString('base64'), 100_000));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_ENCODING_INVALID', { problem }]);
  });

  it('D1: takes lines of any usual length, and refuses more white space than lines need', () => {
    const base64Text = encode('x'.repeat(30_000));
    const inLines = (length: number, end: string) =>
      base64Text.replace(new RegExp(`.{${length}}`, 'g'), (line) => line + end);
    for (const length of [64, 76])
      expect(decodeSamlResponse(inLines(length, '\r\n'), 50_000).xml).toHaveLength(30_000);
    for (const end of ['\r\n', '  ', '\t\n']) {
      const refusal = refusalOf(() => decodeSamlResponse(inLines(4, end), 50_000));
      expect(refusal.code).toBe('SAML_BASE64_INVALID');
      expect(refusal.detail.problem).toBe('more white space than lines need');
    }
  });
});
