import fc from 'fast-check';
import { readFields, readParsedFields } from '../../../src/http/fields';

const NAMES = ['SAMLResponse', 'RelayState'] as const;

describe('the fields of a form', () => {
  it.each([
    ['', {}],
    ['SAMLResponse=a', { SAMLResponse: 'a' }],
    ['SAMLResponse=a&RelayState=b', { SAMLResponse: 'a', RelayState: 'b' }],
    ['SAMLResponse=a%2Bb%2F%3D', { SAMLResponse: 'a+b/=' }],
    ['SAMLResponse=a+b', { SAMLResponse: 'a b' }],
    ['SAMLResponse=a=b==', { SAMLResponse: 'a=b==' }],
    ['SAML%52esponse=a', { SAMLResponse: 'a' }],
    ['SAMLResponse=', {}],
    ['SAMLResponse', {}],
    ['=a&&SAMLResponse=a', { SAMLResponse: 'a' }],
    ['__proto__=x&constructor=y&toString=z', {}],
    ['samlresponse=a', {}],
  ])('%j are %j', (text, expected) => {
    expect(readFields(text, NAMES)).toEqual(expected);
  });

  it.each([
    'SAMLResponse=a&SAMLResponse=a',
    'SAMLResponse=a&SAMLResponse=',
    'SAMLResponse=&SAMLResponse=a',
    'SAMLResponse=a&SAML%52esponse=b',
    'SAMLResponse[]=a',
    'SAMLResponse%5B%5D=a',
    'SAMLResponse[length]=2e8',
    'SAMLResponse=a&SAMLResponse[0]=b',
    'SAMLResponse[__proto__][x]=a',
  ])('%j are refused as duplicate', (text) => {
    expect(() => readFields(text, NAMES)).toThrow('HTTP_FIELD_DUPLICATE');
  });

  it.each(['SAMLResponse=%', 'SAMLResponse=%ff', '%c0%af=a', 'a&'.repeat(33)])('%j are malformed', (text) => {
    expect(() => readFields(text, NAMES)).toThrow('HTTP_BODY_MALFORMED');
  });

  it('read whatever a browser would write', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (first, second) => {
          const written = new URLSearchParams({
            SAMLResponse: first,
            other: second,
            RelayState: second,
          }).toString();
          const read = readFields(written, NAMES);
          expect(read).toEqual({ SAMLResponse: first, RelayState: second });
        },
      ),
    );
  });

  it('throw nothing but a refusal', () => {
    const text = fc.array(
      fc.constantFrom('SAMLResponse', 'RelayState', '=', '&', '[', ']', '%', '%5B', 'a', '+', '\u0000', 'é'),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(text, (pieces) => {
        try {
          readFields(pieces.join(''), NAMES);
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^HTTP_(FIELD_DUPLICATE|BODY_MALFORMED)$/) as string,
          });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('that the host has parsed are taken as they are, and refused when it merged them', () => {
    expect(readParsedFields({ SAMLResponse: 'a', other: ['x'] }, NAMES)).toEqual({ SAMLResponse: 'a' });
    expect(readParsedFields({ SAMLResponse: '' }, NAMES)).toEqual({});
    for (const merged of [['a', 'b'], { length: 1 }, 7, null]) {
      expect(() => readParsedFields({ SAMLResponse: merged }, NAMES)).toThrow('HTTP_FIELD_DUPLICATE');
    }
    expect(readParsedFields(Object.create({ SAMLResponse: 'inherited' }) as object, NAMES)).toEqual({});
  });
});
